package seed_test

import (
	"fmt"
	"testing"

	"xinyuan/internal/devstack"
)

// The history ends well whenever it ends, and whatever the number: it is written
// backwards from the moment of the first start, and its steps must stay in order.
// Here make test-county looks at that; make test has the hour of TestDemoProfile.
func TestAtAnyTime(t *testing.T) {
	t.Parallel()
	if !devstack.IsWhole() {
		return
	}
	for i, at := range starts[1:] {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			to, db := demo(t, uint64(i+7), at)
			wantWell(t, db, to.Pictures)
			wantStatuses(t, db)
		})
	}
}

// For the same number and time the data is the same. Here make test-county looks at that, and everywhere TestLoadProfile.
func TestSameNumberSameData(t *testing.T) {
	t.Parallel()
	if !devstack.IsWhole() {
		return
	}
	_, first := demo(t, 7, starts[1])
	_, second := demo(t, 7, starts[1])
	want, got := wishes(t, first), wishes(t, second)
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || want[i] != got[i] {
			t.Fatalf("of %d and %d wishes, number %d differs:\n%v\n%v", len(want), len(got), i, want[min(i, len(want)-1)],
				got[min(i, len(got)-1)])
		}
	}
}
