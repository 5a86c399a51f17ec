package api

import (
	"context"
	"net/url"
	"strconv"

	"xinyuan/internal/matter"
	"xinyuan/internal/state"
	"xinyuan/internal/subscription"
)

// GetMySubscriptions shows of which templates I get messages on the phone.
func (s *server) GetMySubscriptions(ctx context.Context, _ GetMySubscriptionsRequestObject) (
	GetMySubscriptionsResponseObject, error) {
	all, past, err := s.Subscriptions.ListSettings(ctx, me(ctx))
	answer := Subscriptions{Templates: make([]Subscription, len(all)), Sent: make([]SentMessage, len(past))}
	for i, t := range all {
		answer.Templates[i] = Subscription{Id: t.ID, Purpose: t.Purpose, LongTerm: t.LongTerm, Accepts: t.Accepts}
	}
	for i, p := range past {
		answer.Sent[i] = SentMessage{At: p.At, Purpose: some(p.Purpose), Status: MessageStatus(p.Status)}
	}
	return GetMySubscriptions200JSONResponse(answer), err
}

// AcceptMessages counts what I just said yes to.
func (s *server) AcceptMessages(ctx context.Context, r AcceptMessagesRequestObject) (
	AcceptMessagesResponseObject, error) {
	return AcceptMessages204Response{}, s.Subscriptions.Accept(ctx, me(ctx), r.Body.Templates, keepDone(ctx, s))
}

// NoteOf is a message of the inbox as its reader reads it on the phone.
func NoteOf(m matter.Message) subscription.Note {
	said := worded(m)
	return subscription.Note{
		About: said.About(), Place: m.NodeName, Page: PageOf(m), At: m.At,
		Say: func(name string) string { return said.Calling(name).Sentence() },
	}
}

// leads are the pages of the program that a message leads to, by its noun: of the matter
// itself, or of what it belongs to.
var leads = map[string]struct{ own, of, other string }{
	state.Wish.Noun:        {own: "pages/wish/wish"},
	state.Claim.Noun:       {of: "pages/wish/wish"},
	state.Complaint.Noun:   {own: "pages/complaint/complaint"},
	state.Objection.Noun:   {own: "pages/objection/objection"},
	state.Need.Noun:        {own: "pages/need/need"},
	state.Assignment.Noun:  {own: "pages/need/order"},
	state.Activity.Noun:    {own: "pages/activity/activity"},
	state.Signup.Noun:      {of: "pages/activity/activity"},
	state.Team.Noun:        {own: "pages/team/team"},
	state.TeamMember.Noun:  {of: "pages/team/team"},
	state.Join.Noun:        {other: "pages/hours/records"},
	state.Certificate.Noun: {other: "pages/certificate/certificates"},
	state.Membership.Noun:  {other: "pages/membership/report"},
	state.Record.Noun:      {own: "pages/hours/record"},
}

// desks are the pages of who decides or leads, where they are others.
var desks = map[string]struct{ own, of, other string }{
	state.Membership.Noun: {own: "pages/membership/reportin"},
	state.Case.Noun:       {own: "pages/content/case"},
	state.Record.Noun:     {own: "pages/hours/servicecheck"},
	state.Signup.Noun:     {of: "pages/activity/roll"},
	state.TeamMember.Noun: {of: "pages/team/manage"},
}

// PageOf is the page of the program on which the reader of a message deals with it.
func PageOf(m matter.Message) string {
	page := leads[m.Noun]
	if other, known := desks[m.Noun]; known && (m.Part == state.PartyDecider || m.Part == state.PartyLeader) {
		page = other
	}
	id := func(n int64) string { return "?" + url.Values{"id": {strconv.FormatInt(n, 10)}}.Encode() }
	switch {
	case page.own != "":
		return page.own + id(m.SubjectID)
	case page.of != "":
		return page.of + id(m.OfID)
	case page.other != "":
		return page.other
	}
	return "pages/me/inbox"
}
