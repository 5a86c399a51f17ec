package activity

import (
	"math"
	"testing"
)

// Places that other implementations publish in both systems.
func TestWGS84(t *testing.T) {
	for _, x := range []struct {
		name             string
		lat, lng         float64 // GCJ-02
		wantLat, wantLng float64 // WGS 84
	}{
		{"Shanghai", 31.17530398364597, 121.531541859215, 31.1774276, 121.5272106},
		{"Shenzhen", 22.540796131694766, 113.9171764808363, 22.543847, 113.912316},
		{"Beijing", 39.91334545536069, 116.38404722455657, 39.911954, 116.377817},
		{"abroad", 37.5665, 139.6917, 37.5665, 139.6917},
	} {
		lat, lng := toWGS84(x.lat, x.lng)
		if math.Abs(lat-x.wantLat) > 1e-6 || math.Abs(lng-x.wantLng) > 1e-6 {
			t.Errorf("%s: got %f, %f, want %f, %f", x.name, lat, lng, x.wantLat, x.wantLng)
		}
	}
}

// A code that was forwarded shows as its reader's distance from the place.
func TestFar(t *testing.T) {
	n := func(m int) *int { return &m }
	for _, x := range []struct {
		name               string
		distance, accuracy *int
		want               bool
	}{
		{"no location", nil, nil, false},
		{"there", n(199), n(0), false},
		{"at the edge", n(230), n(30), false},
		{"beyond it", n(231), n(30), true},
		{"111 km away", n(111_000), n(30), true},
		{"111 km away, by a phone that knows nothing", n(111_000), n(100_000), true},
	} {
		in, out := pair(0, 60), pair(0, 60)
		in.InDistance, in.InAccuracy, in.Radius = x.distance, x.accuracy, 200
		out.OutDistance, out.OutAccuracy, out.Radius = x.distance, x.accuracy, 200
		if in.Far() != x.want || out.Far() != x.want || in.unsure() != x.want || out.unsure() != x.want {
			t.Errorf("%s: %t and %t", x.name, in.Far(), out.Far())
		}
		span := Span{at(0), at(120)}
		if s := serve([]Attendance{in}, span, false); x.want && (s.Seen || s.Minutes() > 0) {
			t.Errorf("%s: counts before the leader names the person: %+v", x.name, s)
		}
		if s := serve([]Attendance{in}, span, true); s.Minutes() != 60 || s.Far != x.want {
			t.Errorf("%s: named it is %+v", x.name, s)
		}
	}
}
