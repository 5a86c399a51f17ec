package wish

import (
	"os"
	"strings"
	"testing"
)

// A wish is found by the words that its card shows: each effort and time has its words, the client's own.
func TestSayings(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../miniprogram/src/words/practical.ts")
	if err != nil {
		t.Fatal(err)
	}
	holds := func(code, saying string) {
		t.Helper()
		on := strings.ReplaceAll(saying, "时间", "") // the short form is on the chip
		if on = strings.TrimSuffix(on, "方便"); !strings.Contains(string(text), "['"+code+"', '"+on+"']") {
			t.Errorf("%s is shown in other words than %q", code, saying)
		}
		if code == string(SuitsByPhone) && !strings.Contains(string(text), "'"+saying+"'") ||
			strings.HasSuffix(saying, "方便") && !strings.Contains(string(text), "+ '方便'") {
			t.Errorf("%q is on no card", saying)
		}
	}
	for _, e := range Efforts() {
		holds(string(e), effortSayings[e])
	}
	for _, s := range AllSuits() {
		holds(string(s), suitsSayings[s])
	}
}
