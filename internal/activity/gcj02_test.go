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
