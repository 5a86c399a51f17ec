package fault

import (
	"fmt"
	"runtime/debug"
)

// Catch does it, and returns a panic in it as an error of ReasonInternal, with the place for the log. What runs beside
// the requests, or for many of them, is done so: else its panic ends the server, and again after each start.
func Catch(do func() error) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = Because(ReasonInternal, fmt.Errorf("panic: %w\n%s", r, debug.Stack()))
		default:
			err = Because(ReasonInternal, fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
		}
	}()
	return do()
}
