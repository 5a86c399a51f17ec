package attendance

import "math"

// Location is where a phone believes to be, in GCJ-02 as the activity's place is.
type Location struct {
	Lat, Lng float64
	Accuracy float64 // meters
}

// Hint is what is kept of a location: how far from the activity's place the
// phone was, and how sure of it. It is no proof, and no bar either: a phone that
// was elsewhere only makes the leader name its person.
type Hint struct{ Distance, Accuracy *int }

// earth is the mean radius in meters.
const earth = 6_371_000

// farthest bounds what is worth keeping: half the way round the earth is 20,000 km.
const farthest = 20_040_000

// hint measures the way from the place; nothing where either is not known.
func hint(lat, lng *float64, l *Location) Hint {
	if l == nil || lat == nil || lng == nil {
		return Hint{}
	}
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	north, east := math.Sin(rad(l.Lat-*lat)/2), math.Sin(rad(l.Lng-*lng)/2)
	chord := north*north + math.Cos(rad(*lat))*math.Cos(rad(l.Lat))*east*east
	meters := func(m float64) *int {
		whole := int(math.Round(min(max(m, 0), farthest)))
		return &whole
	}
	return Hint{
		Distance: meters(2 * earth * math.Asin(math.Sqrt(min(chord, 1)))), Accuracy: meters(l.Accuracy),
	}
}
