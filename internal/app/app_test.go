package app

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"xinyuan/api"
	"xinyuan/internal/fault"
	"xinyuan/internal/state"
	"xinyuan/internal/task"
)

// A part that has deadlines is swept.
func TestEachPartIsSwept(t *testing.T) {
	a, want := new(App), reflect.TypeFor[sweeper]()
	var swept []reflect.Type
	for _, s := range a.swept() {
		swept = append(swept, reflect.TypeOf(s))
	}
	found := 0
	for part := range reflect.TypeFor[api.Parts]().Fields() {
		if !part.Type.Implements(want) {
			continue
		}
		found++
		if !slices.Contains(swept, part.Type) {
			t.Errorf("%s has deadlines that nobody looks after: name it in App.swept", part.Name)
		}
	}
	if found+1 != len(swept) { // and what is kept too long, which answers no request
		t.Errorf("%d parts have deadlines, %d are swept", found, len(swept))
	}
}

// What rises waits for staff, and so does what is a kind of task and never rises: an admission is refused by silence. The
// list of their tasks shows both.
func TestWhatWaitsForStaffIsShown(t *testing.T) {
	shown := shows()
	for _, l := range state.All() {
		waits := slices.Contains(l.Events(), state.EventEscalate) || slices.Contains(task.Kinds(), task.Kind(l.Noun))
		if waits != (shown[l.Noun] != nil) {
			t.Errorf("%s waits for staff: %t; the list of tasks shows it: %t", l.Noun, waits, shown[l.Noun] != nil)
		}
	}
}

type panicking struct{}

func (panicking) Sweep(context.Context) error { panic("no luck") }

type counting struct{ n int }

func (c *counting) Sweep(context.Context) error {
	c.n++
	return nil
}

// A part whose sweep panics keeps nobody from the next.
func TestOnePartsPanicIsItsOwn(t *testing.T) {
	after := &counting{}
	if err := atEach(t.Context(), []sweeper{panicking{}, after}); !fault.Has(err, fault.ReasonInternal) || after.n != 1 {
		t.Errorf("%d parts are swept after it, %v", after.n, err)
	}
}
