package wish

import (
	"slices"
	"testing"
)

// Shares are looked at: a busy person is not unusual for being busy.
func TestSignsOfRecorders(t *testing.T) {
	watch := Watch{Days: 90, Yeses: 10, Percent: 80, Denied: 20}
	for name, c := range map[string]struct {
		r    Recorder
		want []Sign
	}{
		"a busy person":       {Recorder{Yeses: 500, Most: 30, ByPhone: 200, Checked: 50}, nil},
		"too few":             {Recorder{Yeses: 9, Most: 9, ByPhone: 9}, nil},
		"one claimant":        {Recorder{Yeses: 10, Most: 8, ByPhone: 7}, []Sign{SignOneClaimant}},
		"almost":              {Recorder{Yeses: 100, Most: 79, ByPhone: 79}, nil},
		"by phone":            {Recorder{Yeses: 10, Most: 7, ByPhone: 8}, []Sign{SignByPhone}},
		"the only one denied": {Recorder{Yeses: 1, Checked: 1, Denied: 1}, []Sign{SignDenied}},
		"a fifth denied":      {Recorder{Yeses: 50, Checked: 5, Denied: 1}, []Sign{SignDenied}},
		"less than a fifth":   {Recorder{Yeses: 60, Checked: 6, Denied: 1}, nil},
		"everything":          {Recorder{Yeses: 10, Most: 10, ByPhone: 10, Checked: 2, Denied: 2}, []Sign{SignDenied, SignOneClaimant, SignByPhone}},
	} {
		if got := watch.signs(c.r); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
