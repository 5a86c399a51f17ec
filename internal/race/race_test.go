package race

import (
	"testing"
	"time"
)

// TestShare holds that the probe ends, that it says no more than the whole, and that work is counted.
func TestShare(t *testing.T) {
	t.Parallel()
	if got := share(); got <= 0 || got > 1 {
		t.Errorf("a share of %v", got)
	}
	before, counted := used()
	if !counted {
		t.Skip("the system does not count by thread")
	}
	for begun := time.Now(); time.Since(begun) < probe; {
		if after, _ := used(); after > before {
			return
		}
	}
	t.Error("work is not counted")
}
