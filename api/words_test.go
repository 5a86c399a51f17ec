package api

import (
	"strings"
	"testing"

	"xinyuan/internal/matter"
	"xinyuan/internal/state"
)

// Every event that people are told of has words for each of them, and for its
// history.
func TestEveryEventHasWords(t *testing.T) {
	for _, noun := range []string{state.Wish.Noun, state.Claim.Noun, state.Membership.Noun, state.Grant.Noun, state.Team.Noun,
		state.TeamMember.Noun, state.Activity.Noun, state.Signup.Noun, state.Objection.Noun, state.Complaint.Noun,
		state.Record.Noun, state.Certificate.Noun, state.Join.Noun} {
		for _, part := range []state.Party{
			state.PartyOwner, state.PartyRecorder, state.PartyClaimant, state.PartyInvited, state.PartyMember,
			state.PartyDecider, state.PartyLeader, state.PartyVolunteer,
		} {
			for _, e := range state.EventsTo(noun, part) {
				text := wording(matter.Message{Noun: noun, Name: e, Part: part, Title: "修灯", NodeName: "茂山社区"})
				if len(text) < 12 || strings.Contains(text, "%!") {
					t.Errorf("the %s of a %s is told of %s: %q", part, noun, e, text)
				}
			}
		}
	}
	for _, transition := range state.Wish.Transitions {
		if tales[told{state.Wish.Noun, transition.Event}] == "" {
			t.Errorf("the history of a wish has no words for %s", transition.Event)
		}
	}
	for _, transition := range state.Complaint.Transitions {
		if tales[told{state.Complaint.Noun, transition.Event}] == "" {
			t.Errorf("the history of a complaint has no words for %s", transition.Event)
		}
	}
	for _, transition := range state.Claim.Transitions {
		if tales[told{state.Claim.Noun, transition.Event}] == "" {
			t.Errorf("the history of a claim has no words for %s", transition.Event)
		}
	}
}
