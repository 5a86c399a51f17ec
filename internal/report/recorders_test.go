package report

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// Habits show in shares: a few records tell nothing, and how many hours there are
// is another matter.
func TestSignsOfRecordersOfHours(t *testing.T) {
	watch := WatchHours{Days: 30, Hours: 20, Records: 3, Percent: 90, Late: 48 * time.Hour}
	for name, c := range map[string]struct {
		RecorderOfHours
		of   share
		want string
	}{
		"a little":                 {RecorderOfHours{Minutes: 60, Records: 1, Credited: 1}, share{5, 50}, "[]"},
		"many hours":               {RecorderOfHours{Minutes: 20 * 60, Records: 1}, share{5, 50}, "[many_hours]"},
		"always full":              {RecorderOfHours{Records: 10, Full: 9}, share{5, 50}, "[always_full]"},
		"late":                     {RecorderOfHours{Records: 10, Late: 9}, share{5, 50}, "[entered_late]"},
		"half unseen":              {RecorderOfHours{Records: 1, Credited: 6, Unseen: 3}, share{5, 50}, "[mostly_unseen]"},
		"fewer than half":          {RecorderOfHours{Records: 9, Credited: 7, Unseen: 3}, share{5, 50}, "[]"},
		"too few to tell":          {RecorderOfHours{Records: 9, Credited: 4, Unseen: 4}, share{5, 50}, "[]"},
		"by another rule":          {RecorderOfHours{Records: 9, Credited: 4, Unseen: 1}, share{4, 25}, "[mostly_unseen]"},
		"many, but most were seen": {RecorderOfHours{Records: 99, Credited: 200, Unseen: 60}, share{5, 50}, "[]"},
		"before there was a rule":  {RecorderOfHours{Records: 9, Credited: 6, Unseen: 6}, share{}, "[]"},
	} {
		if got := fmt.Sprint(watch.signs(c.RecorderOfHours, c.of)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Shares are looked at: a busy person is not unusual for being busy.
func TestSignsOfRecordersOfYeses(t *testing.T) {
	watch := WatchYeses{Days: 90, Yeses: 10, Percent: 80, Denied: 20}
	for name, c := range map[string]struct {
		r    RecorderOfYeses
		want []YesSign
	}{
		"a busy person":       {RecorderOfYeses{Yeses: 500, Most: 30, ByPhone: 200, Checked: 50}, nil},
		"too few":             {RecorderOfYeses{Yeses: 9, Most: 9, ByPhone: 9}, nil},
		"one claimant":        {RecorderOfYeses{Yeses: 10, Most: 8, ByPhone: 7}, []YesSign{SignOneClaimant}},
		"almost":              {RecorderOfYeses{Yeses: 100, Most: 79, ByPhone: 79}, nil},
		"by phone":            {RecorderOfYeses{Yeses: 10, Most: 7, ByPhone: 8}, []YesSign{SignByPhone}},
		"the only one denied": {RecorderOfYeses{Yeses: 1, Checked: 1, Denied: 1}, []YesSign{SignDenied}},
		"a fifth denied":      {RecorderOfYeses{Yeses: 50, Checked: 5, Denied: 1}, []YesSign{SignDenied}},
		"less than a fifth":   {RecorderOfYeses{Yeses: 60, Checked: 6, Denied: 1}, nil},
		"everything":          {RecorderOfYeses{Yeses: 10, Most: 10, ByPhone: 10, Checked: 2, Denied: 2}, []YesSign{SignDenied, SignOneClaimant, SignByPhone}},
	} {
		if got := watch.signs(c.r); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
