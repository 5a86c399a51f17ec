package assignment

import (
	"testing"

	"xinyuan/internal/id"
)

// The paper names a line of the duty list once, also where its number is the clause.
func TestBasis(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		number    int
		admission id.Admission
		clause    string
		bound     bool
		want      string
	}{
		{0, 0, "", false, "—"},
		{65, 0, "职责清单第 65 项", false, "职责清单第 65 项"},
		{65, 1, "会议定的", false, "职责清单第 65 项；县里批准的准入；会议定的"},
		{0, 0, "会议定的", true, "会议定的；已经定责，不能再退"},
	} {
		a := Assignment{Admission: c.admission, Clause: c.clause, Bound: c.bound}
		a.DutyNumber = c.number
		if got := a.basis(); got != c.want {
			t.Errorf("it stands on %q, want %q", got, c.want)
		}
	}
}
