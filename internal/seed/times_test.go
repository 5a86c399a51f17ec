package seed_test

import (
	"fmt"
	"testing"
	"time"

	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/seal"
	"xinyuan/internal/seed"
)

// The history ends well whenever it ends: it is written backwards from the
// moment of the first start, and its steps must stay in order.
func TestAtAnyTime(t *testing.T) {
	t.Parallel()
	sealer, err := seal.New(seal.NewDemoKeys())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		now := time.Date(2026, 3, 11, 4, 17, 0, 0, time.UTC).Add(time.Duration(i) * 53 * 7 * time.Hour)
		t.Run(fmt.Sprint(now), func(t *testing.T) {
			seeded, err := seed.Fill(t.Context(), seed.Target{DSN: testdb.New(t), Sealer: sealer, Now: now, Profile: seed.ProfileDemo, Seed: uint64(i + 1)})
			if err != nil || !seeded {
				t.Errorf("seeded %v, %v", seeded, err)
			}
		})
	}
}
