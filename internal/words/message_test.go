package words

import (
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/state"
)

// Every event that people are told of has words for each of them, and for its
// history.
func TestEveryEventHasWords(t *testing.T) {
	for _, l := range state.All() {
		noun := l.Noun
		for _, part := range state.AllRecipients() {
			for _, e := range state.EventsTo(noun, part) {
				text := Message{Noun: noun, Event: e, Part: part, Title: "修灯", Place: "茂山社区"}.Sentence()
				if len(text) < 12 || strings.Contains(text, "%!") {
					t.Errorf("the %s of a %s is told of %s: %q", part, noun, e, text)
				}
			}
		}
	}
	for _, l := range state.All() {
		for _, e := range l.Events() {
			if of(byNoun[l.Noun].history, e) == "" && !slices.Contains(untold, l.Noun) {
				t.Errorf("the history of a %s has no words for %s", l.Noun, e)
			}
		}
	}
}

// untold are the nouns whose history no page shows.
var untold = []string{
	state.User.Noun, state.Node.Noun, state.Grant.Noun, state.Membership.Noun, state.Team.Noun, state.TeamMember.Noun, state.Activity.Noun,
	state.Signup.Noun, state.Join.Noun, state.Objection.Noun, state.Certificate.Noun,
}

// TestASentenceSpeaksToItsReader holds what is told of the same event to different people.
func TestASentenceSpeaksToItsReader(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Message{"wish", state.EventPublish, state.PartyOwner, "修灯", "茂山社区", 0}.Sentence(), "您的心愿“修灯”发布了，等党员认领"},
		{Message{"wish", state.EventPublish, state.PartyRecorder, "修灯", "茂山社区", 0}.Sentence(), "代办：心愿“修灯”发布了，等党员认领"},
		{Message{"membership", state.EventEnd, state.PartyMember, "", "茂山社区", 0}.Sentence(), "您在茂山社区的报到被结束了"},
		{Message{"grant", state.EventCreate, state.PartyMember, "secretary", "茂山社区", 0}.Sentence(), "您开始担任茂山社区书记"},
		{Message{"grant", state.EventEnd, state.PartyMember, "secretary", "茂山社区", 0}.Sentence(), "您不再担任茂山社区书记"},
		{Message{"signup", state.EventAttend, state.PartyVolunteer, "扫雪", "", 90}.Sentence(), "“扫雪”结束了，记上您服务的 1 小时 30 分，谢谢您"},
		{Step{Noun: "wish", Event: state.EventReject, Role: "secretary"}.Sentence(), "社区书记请本人补充"},
		{Step{Noun: "wish", Event: state.EventReject, Role: "secretary", ToOwner: true}.Sentence(), "社区请您补充"},
		{Step{Noun: "claim", Event: state.EventApprove, Role: "secretary", Delegated: true}.Sentence(), "社区书记的受托人同意认领，可以联系许愿人了"},
		{Step{Noun: "claim", Event: state.EventDeliver, Self: true}.Sentence(), "您说办好了，等许愿人确认"},
		{Step{Noun: "need", Event: state.EventReturn, ToOwner: true}.Sentence(), "您说还没好，接着办"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
