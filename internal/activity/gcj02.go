package activity

import "math"

// Maps and phones in China give places in GCJ-02, which is WGS 84 shifted by some
// hundred meters; so do the API and the tables. What leaves for programs that know
// only WGS 84 is converted here; what a browser says, in the client's gcj02.ts.

// The ellipsoid that GCJ-02 is computed on (Krasovsky 1940).
const (
	gcjAxis         = 6_378_245.0
	gcjEccentricity = 0.00669342162296594323 // squared
)

// toWGS84 is the place in WGS 84, to about a meter; abroad both are the same.
func toWGS84(lat, lng float64) (float64, float64) {
	if lng < 72.004 || lng > 137.8347 || lat < 0.8293 || lat > 55.8271 {
		return lat, lng
	}
	guessLat, guessLng := lat, lng
	for range 3 { // each makes the rest a thousand times smaller
		north, east := gcjShift(guessLat, guessLng)
		guessLat, guessLng = lat-north, lng-east
	}
	return guessLat, guessLng
}

// gcjShift is how many degrees GCJ-02 lies north and east of a place in WGS 84.
func gcjShift(lat, lng float64) (north, east float64) {
	x, y := lng-105, lat-35
	wave := func(amount, of, length float64) float64 { return amount * math.Sin(of/length*math.Pi) }
	common := (wave(20, x, 1.0/6) + wave(20, x, 0.5)) * 2 / 3
	root := math.Sqrt(math.Abs(x))
	north = -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*root + common +
		(wave(20, y, 1)+wave(40, y, 3))*2/3 + (wave(160, y, 12)+wave(320, y, 30))*2/3
	east = 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*root + common +
		(wave(20, x, 1)+wave(40, x, 3))*2/3 + (wave(150, x, 12)+wave(300, x, 30))*2/3
	angle := lat / 180 * math.Pi
	bend := 1 - gcjEccentricity*math.Sin(angle)*math.Sin(angle)
	meridian := gcjAxis * (1 - gcjEccentricity) / (bend * math.Sqrt(bend))
	return north * 180 / (meridian * math.Pi), east * 180 / (gcjAxis / math.Sqrt(bend) * math.Cos(angle) * math.Pi)
}
