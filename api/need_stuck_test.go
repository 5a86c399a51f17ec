package api_test

import (
	"slices"
	"testing"
	"time"
)

// Who stands above reads what is late below, and what residents sent back.
func TestWhatIsStuck(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	fresh, back := handled(w), answered(w)
	stepOf(w, "resident", back, "confirmation", doc{"solved": "no", "again": true, "comment": "还在晃"}).Want(200)
	ids := func(why string) (all []string) {
		a := w.Call("street", "GET", "/api/v1/needs?scope=desk&stuck="+why, nil).Want(200)
		for i := range a.Len("items") {
			all = append(all, a.Text("items", i, "id"))
		}
		return all
	}
	if got := ids("returned"); !slices.Equal(got, []string{back}) {
		t.Errorf("returned: %v, want %s", got, back)
	}
	if got := ids("late"); len(got) != 0 {
		t.Errorf("late: %v", got)
	}
	w.Clocks.Business.Advance(15 * 24 * time.Hour)
	if got := ids("late"); !slices.Contains(got, fresh) || !slices.Contains(got, back) {
		t.Errorf("late after its term: %v", got)
	}
	w.Call("street", "GET", "/api/v1/needs?scope=desk&stuck=x", nil).Refused(422, "invalid_input")
}
