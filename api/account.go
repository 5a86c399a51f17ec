package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"xinyuan/internal/account"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/retention"
	"xinyuan/internal/review"
)

// Operator is who runs this installation, for the privacy page.
type Operator struct {
	Name, Contact string
	SessionLife   time.Duration
}

// ExportMe gives me all that is kept of me.
func (s *server) ExportMe(ctx context.Context, r ExportMeRequestObject) (ExportMeResponseObject, error) {
	e, err := s.Accounts.Export(ctx, me(ctx), ownToken(ctx))
	if err != nil {
		return nil, err
	}
	messages, err := s.messages(ctx)
	if err != nil {
		return nil, err
	}
	e.Sheets = append(e.Sheets, messages)
	if r.Params.Format == ExportMeParamsFormatXlsx {
		book, err := account.Book(e)
		return ExportMe200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
			Body: bytes.NewReader(book), ContentLength: int64(len(book)),
		}, err
	}
	return zipped(func(to io.Writer) error { return s.Accounts.Write(ctx, to, e) }), nil
}

// zipped writes a ZIP file straight into the answer.
type zipped func(to io.Writer) error

// VisitExportMeResponse writes the answer.
func (z zipped) VisitExportMeResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/zip")
	w.WriteHeader(http.StatusOK)
	return z(w)
}

// messagesAtOnce is how many messages are read at a time.
const messagesAtOnce = 100

// messages are my messages, in their words.
func (s *server) messages(ctx context.Context) (account.Sheet, error) {
	sheet := account.Sheet{Name: "消息", Head: []string{"何时", "消息", "原因"}}
	var before id.Event
	for {
		all, _, err := s.Inbox.List(ctx, me(ctx), matter.Filter{Before: before, Limit: messagesAtOnce})
		if err != nil || len(all) == 0 {
			return sheet, err
		}
		for _, m := range all {
			sheet.Rows = append(sheet.Rows, []string{account.Moment(m.At), wording(m), m.Reason})
			before = m.EventID
		}
	}
}

// DeleteMe deletes my account.
func (s *server) DeleteMe(ctx context.Context, _ DeleteMeRequestObject) (DeleteMeResponseObject, error) {
	return DeleteMe204Response{}, s.Accounts.Delete(ctx, me(ctx))
}

// GetMyDeletion tells what I have to hand over first.
func (s *server) GetMyDeletion(ctx context.Context, _ GetMyDeletionRequestObject) (GetMyDeletionResponseObject, error) {
	h, err := s.Accounts.ListDuties(ctx, me(ctx))
	return GetMyDeletion200JSONResponse{
		Teams: append([]string{}, h.Teams...), Places: append([]string{}, h.Places...),
	}, err
}

// GetPolicies tells who runs this installation, and how long data is kept.
func (s *server) GetPolicies(ctx context.Context, _ GetPoliciesRequestObject) (GetPoliciesResponseObject, error) {
	rules, err := retention.Rules(ctx, s.DB)
	p := GetPolicies200JSONResponse{
		Operator: some(s.Operator.Name), Contact: some(s.Operator.Contact),
		SessionDays: int(s.Operator.SessionLife / aDayLong),
	}
	p.Versions.Agreement, p.Versions.Privacy = account.Agreement.Version(), account.Privacy.Version()
	p.Keeps = make([]struct {
		Days int            `json:"days"`
		Kind retention.Kind `json:"kind"`
	}, len(rules))
	for i, r := range rules {
		p.Keeps[i].Days, p.Keeps[i].Kind = r.Days, r.Kind
	}
	return p, err
}

// aDayLong is a day as a duration.
const aDayLong = 24 * time.Hour

// ListMyConsents tells what I agreed to, and what I am to be asked.
func (s *server) ListMyConsents(ctx context.Context, _ ListMyConsentsRequestObject) (
	ListMyConsentsResponseObject, error) {
	all, due, err := s.Accounts.ListConsents(ctx, me(ctx))
	answer := ListMyConsents200JSONResponse{Items: make([]Consent, len(all)), Due: due}
	for i, c := range all {
		answer.Items[i] = Consent{Document: c.Document, Version: c.Version, At: c.At}
	}
	return answer, err
}

// Agree keeps that I agree to a document.
func (s *server) Agree(ctx context.Context, r AgreeRequestObject) (AgreeResponseObject, error) {
	return Agree204Response{}, s.Accounts.Agree(ctx, me(ctx), r.Body.Document, r.Body.Version)
}

// ListMySessions tells on which phones I am logged in.
func (s *server) ListMySessions(ctx context.Context, _ ListMySessionsRequestObject) (
	ListMySessionsResponseObject, error) {
	all, err := s.People.ListSessions(ctx, me(ctx), ownToken(ctx))
	items := make([]LoggedIn, len(all))
	for i, one := range all {
		items[i] = LoggedIn{
			Id: one.ID, Device: one.Device, BeganAt: one.BeganAt, SeenAt: one.SeenAt, Current: one.Current,
		}
	}
	return ListMySessions200JSONResponse{Items: items}, err
}

// EndMySession logs me out on one of my phones.
func (s *server) EndMySession(ctx context.Context, r EndMySessionRequestObject) (EndMySessionResponseObject, error) {
	return EndMySession204Response{}, s.People.EndSession(ctx, me(ctx), r.SessionId)
}

// EndMyOtherSessions logs me out everywhere but here.
func (s *server) EndMyOtherSessions(ctx context.Context, _ EndMyOtherSessionsRequestObject) (
	EndMyOtherSessionsResponseObject, error) {
	_, err := s.People.EndSessions(ctx, me(ctx), ownToken(ctx))
	return EndMyOtherSessions204Response{}, err
}

// ownToken is the token that asks; that of a reviewer is none of the person's sessions.
func ownToken(ctx context.Context) string {
	token, _ := ctx.Value(tokenKey{}).(string)
	return strings.TrimPrefix(token, review.TokenPrefix)
}
