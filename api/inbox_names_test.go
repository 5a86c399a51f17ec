package api

import (
	"slices"
	"testing"

	"xinyuan/internal/state"
)

// TestEveryMessageNamesItsMatter holds that the client learns what a message is
// about, of every noun of which somebody is told.
func TestEveryMessageNamesItsMatter(t *testing.T) {
	for _, l := range state.All() {
		told := slices.ContainsFunc(state.AllRecipients(), func(p state.Party) bool { return len(state.EventsTo(l.Noun, p)) > 0 })
		var m Message
		m.about(l.Noun, 7)
		if named := m != (Message{}); named != (told && l.Noun != state.Grant.Noun) { // a post has no page
			t.Errorf("a message about a %s names it: %v; somebody is told of it: %v", l.Noun, named, told)
		}
	}
}
