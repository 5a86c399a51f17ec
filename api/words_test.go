package api

import (
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/matter"
	"xinyuan/internal/state"
)

// Every event that people are told of has words for each of them, and for its
// history.
func TestEveryEventHasWords(t *testing.T) {
	for _, l := range state.All() {
		noun := l.Noun
		for _, part := range state.AllRecipients() {
			for _, e := range state.EventsTo(noun, part) {
				text := wording(matter.Message{Noun: noun, Name: e, Part: part, Title: "修灯", NodeName: "茂山社区"})
				if len(text) < 12 || strings.Contains(text, "%!") {
					t.Errorf("the %s of a %s is told of %s: %q", part, noun, e, text)
				}
			}
		}
	}
	for _, l := range state.All() {
		for _, e := range l.Events() {
			if tales[stepKey{l.Noun, e}] == "" && !slices.Contains(untold, l.Noun) {
				t.Errorf("the history of a %s has no words for %s", l.Noun, e)
			}
		}
	}
}

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

// untold are the nouns whose history no page shows.
var untold = []string{
	state.User.Noun, state.Node.Noun, state.Grant.Noun, state.Membership.Noun, state.Team.Noun, state.TeamMember.Noun, state.Activity.Noun,
	state.Signup.Noun, state.Join.Noun, state.Objection.Noun, state.Certificate.Noun,
}
