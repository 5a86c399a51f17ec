package hours

import (
	"testing"

	"xinyuan/internal/state"
)

// A sample, a long report and what is one of too many unseen people are looked at
// before they are decided; what else a leader wrote down is not, however long.
func TestOneByOne(t *testing.T) {
	for name, c := range map[string]struct {
		record Record
		want   bool
	}{
		"a sample":           {Record{Sample: true, Minutes: 10}, true},
		"an unseen person":   {Record{Source: state.SourceActivity, Unseen: true, Minutes: 10}, true},
		"a report of 4 h":    {Record{Source: state.SourceSelf, Minutes: 240}, false},
		"a report of 4 h 1":  {Record{Source: state.SourceSelf, Minutes: 241}, true},
		"an activity of 9 h": {Record{Source: state.SourceActivity, Minutes: 540}, false},
	} {
		if got := c.record.isOneByOne(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
