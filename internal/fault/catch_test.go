package fault_test

import (
	"errors"
	"strings"
	"testing"

	"xinyuan/internal/fault"
)

// A panic is an error that says what and where; what a handler panics with on purpose is found in it.
func TestCatch(t *testing.T) {
	t.Parallel()
	known := errors.New("known")
	if err := fault.Catch(func() error { return known }); !errors.Is(err, known) {
		t.Errorf("an error is %v", err)
	}
	for _, value := range []any{"no luck", known} {
		err := fault.Catch(func() error { panic(value) })
		if !fault.Has(err, fault.ReasonInternal) || !strings.Contains(err.Error(), "catch_test.go") {
			t.Errorf("a panic is %v", err)
		}
		if of, is := value.(error); is && !errors.Is(err, of) {
			t.Errorf("%v is not in %v", of, err)
		}
	}
}
