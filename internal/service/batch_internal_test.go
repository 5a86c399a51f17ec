package service

import (
	"testing"

	"xinyuan/internal/state"
)

// A sample and a long report are looked at before they are decided; what a leader
// wrote down is not, however long.
func TestOneByOne(t *testing.T) {
	for name, c := range map[string]struct {
		record Record
		want   bool
	}{
		"a sample":           {Record{Sample: true, Minutes: 10}, true},
		"a report of 4 h":    {Record{Source: state.SourceSelf, Minutes: 240}, false},
		"a report of 4 h 1":  {Record{Source: state.SourceSelf, Minutes: 241}, true},
		"an activity of 9 h": {Record{Source: state.SourceActivity, Minutes: 540}, false},
	} {
		if got := c.record.oneByOne(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
