package api

import (
	"context"
	"net/http"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/words"
)

// ListInbox shows what I was told.
func (s *server) ListInbox(ctx context.Context, r ListInboxRequestObject) (ListInboxResponseObject, error) {
	var unread int
	f := matter.Filter{Unread: value(r.Params.Unread)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Event, n int) (all []matter.Message, err error) {
			f.Before, f.Limit = before, n
			all, unread, err = s.Inbox.List(ctx, me(ctx), f)
			return all, err
		}, func(m matter.Message) id.Event { return m.EventID }, messageJSON)
	return ListInbox200JSONResponse{Items: items, NextCursor: next, Unread: unread}, err
}

func messageJSON(m matter.Message) Message {
	one := Message{
		Id: m.EventID, At: m.At, Text: wording(m), Reason: some(m.Reason), Read: m.ReadAt != nil, Part: m.Part,
	}
	one.about(m.Noun, m.SubjectID)
	one.about(m.OfNoun, m.OfID)
	return one
}

// about sets the field of the message that names the matter, of nouns with a page.
func (m *Message) about(noun string, subject int64) {
	if set := messageFields[noun]; set != nil {
		set(m, subject)
	}
}

// messageFields set the field of a message that names the matter, of each noun that has a page.
var messageFields = map[string]func(m *Message, subject int64){}

// messagesName says how a message names a matter of the noun. Each noun calls it in its own file.
func messagesName(noun string, set func(*Message, int64)) string { //nolint:unparam // what is declared has a value
	messageFields[noun] = set
	return noun
}

// ReadInbox marks messages as read.
func (s *server) ReadInbox(ctx context.Context, r ReadInboxRequestObject) (ReadInboxResponseObject, error) {
	answer := func(unread int) ReadInbox200JSONResponse { return ReadInbox200JSONResponse{Unread: unread} }
	unread, err := s.Inbox.MarkRead(ctx, me(ctx), r.Body.UpTo, keep(ctx, s, http.StatusOK, answer))
	return answer(unread), err
}

// wording tells the message to its reader.
func wording(m matter.Message) string { return worded(m).Sentence() }

func worded(m matter.Message) words.Message {
	return words.Message{
		Noun: m.Noun, Event: m.Name, Part: m.Part, Title: m.Title, Place: m.NodeName, Minutes: m.Minutes,
	}
}
