package report

import (
	"strings"
	"testing"
)

// A list that is longer than what is taken along says so.
func TestAListThatIsCutSaysSo(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 项", maxListed: "5000 项", maxListed + 1: "不止 5000 项，只列最近的这些"} {
		p := PlaceLists{Of: make(map[List][]ListItem), IsCut: make(map[List]bool)}
		p.put(ListNeeds, make([]ListItem, n))
		if got := p.about(ListNeeds); !strings.HasPrefix(got, want+"，") || len(p.Of[ListNeeds]) != min(n, maxListed) {
			t.Errorf("of %d lines %d are taken along, and it says %q", n, len(p.Of[ListNeeds]), got)
		}
	}
}
