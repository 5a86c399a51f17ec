package hours

import (
	"fmt"
	"testing"
	"time"
)

// Habits show in shares: a few records tell nothing, and how many hours there are
// is another matter.
func TestSignsOfRecorders(t *testing.T) {
	watch := Watch{Days: 30, Hours: 20, Records: 3, Percent: 90, Late: 48 * time.Hour}
	for name, c := range map[string]struct {
		Recorder
		of   share
		want string
	}{
		"a little":                 {Recorder{Minutes: 60, Records: 1, Credited: 1}, share{5, 50}, "[]"},
		"many hours":               {Recorder{Minutes: 20 * 60, Records: 1}, share{5, 50}, "[many_hours]"},
		"always full":              {Recorder{Records: 10, Full: 9}, share{5, 50}, "[always_full]"},
		"late":                     {Recorder{Records: 10, Late: 9}, share{5, 50}, "[entered_late]"},
		"half unseen":              {Recorder{Records: 1, Credited: 6, Unseen: 3}, share{5, 50}, "[mostly_unseen]"},
		"fewer than half":          {Recorder{Records: 9, Credited: 7, Unseen: 3}, share{5, 50}, "[]"},
		"too few to tell":          {Recorder{Records: 9, Credited: 4, Unseen: 4}, share{5, 50}, "[]"},
		"by another rule":          {Recorder{Records: 9, Credited: 4, Unseen: 1}, share{4, 25}, "[mostly_unseen]"},
		"many, but most were seen": {Recorder{Records: 99, Credited: 200, Unseen: 60}, share{5, 50}, "[]"},
		"before there was a rule":  {Recorder{Records: 9, Credited: 6, Unseen: 6}, share{}, "[]"},
	} {
		if got := fmt.Sprint(watch.signs(c.Recorder, c.of)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
