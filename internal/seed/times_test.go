package seed_test

import (
	"fmt"
	"testing"

	"xinyuan/internal/devstack"
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
	times := starts[2:4] // the first two are other tests'
	if devstack.IsWhole() {
		times = starts[2:]
	}
	for i, now := range times {
		t.Run(fmt.Sprint(now), func(t *testing.T) {
			seeded, err := seed.Fill(t.Context(), seed.Target{DSN: testdb.New(t), Sealer: sealer, Now: now, Profile: seed.ProfileDemo, Seed: uint64(i + 3)})
			if err != nil || !seeded {
				t.Errorf("seeded %v, %v", seeded, err)
			}
		})
	}
}
