package clock_test

import (
	"testing"
	"time"

	"xinyuan/internal/clock"
)

// What may be stored is cut to milliseconds; what measures is not. Both move together.
func TestExactIsNotCut(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 0, 0, 0, 1_234_567, time.UTC)
	c := clock.Fixed(at)
	c.Advance(time.Hour)
	if got, want := c.Exact(), at.Add(time.Hour); !got.Equal(want) {
		t.Errorf("exactly it is %v, not %v", got, want)
	}
	if got, want := c.Now(), at.Add(time.Hour).Truncate(time.Millisecond); !got.Equal(want) {
		t.Errorf("it is %v, not %v", got, want)
	}
}
