package race

import (
	"runtime"
	"testing"
)

// TestShare holds that the probe ends, that it says no more than the whole, and that work is counted.
func TestShare(t *testing.T) {
	t.Parallel()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if got := share(); got <= 0 || got > 1 {
		t.Errorf("a share of %v", got)
	}
	before, counted := used()
	if !counted {
		t.Fatal("the system does not count the work of a thread, as Linux does")
	}
	share()
	if after, _ := used(); after <= before {
		t.Error("work is not counted")
	}
}
