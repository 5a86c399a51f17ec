package api

import (
	"context"
	"net/http"

	"xinyuan/internal/contact"
	"xinyuan/internal/handover"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/wish"
)

// A message about it names it.
var _ = messagesName(state.Need.Noun, func(m *Message, subject int64) { m.NeedId = some(id.Need(subject)) })

func (s *server) needJSON(n need.Need, asker id.User) Need {
	now := s.DB.Now()
	owed := n.Status == state.NeedSubmitted && now.After(n.AcceptBy) ||
		n.Status == state.NeedHandling && now.After(n.DueAt)
	return Need{
		Id: n.ID, Number: n.Number(), NodeId: n.NodeID, NodeName: n.NodeName, DeskName: n.DeskName, Category: n.Category,
		Origin: n.Origin, HotlineNumber: some(n.Hotline), Term: n.Term, Place: n.Place, Lat: n.Lat, Lng: n.Lng, Text: n.Text,
		Public: n.Public, AboutStaff: some(n.AboutStaff), Status: n.Status, OwnerLabel: some(n.OwnerLabel),
		HandlerLabel: some(seal.MaskName(n.Handler)), Rejection: n.Rejected, Answer: some(n.Answer), Result: n.Result,
		Solved: n.Solved, Satisfied: n.Satisfied, MergedInto: some(n.MergedInto), ReviewAt: n.ReviewAt,
		CreatedAt: n.CreatedAt, AcceptBy: n.AcceptBy, DueAt: n.DueAt, AnsweredAt: n.AnsweredAt, ClosedAt: n.ClosedAt,
		Mine: n.OwnerID == asker, OnBehalf: some(n.RecorderID != 0), Returns: n.Returns, Late: some(owed),
		Photos:   s.photosJSON(n.Photos, viewer{id: asker, staff: !n.Public}),
		Withheld: list(n.Withheld),
	}
}

// keepNeed keeps the answer to a keyed request.
func (s *server) keepNeed(ctx context.Context, status int) mysql.OnCommit[need.Need] {
	return keep(ctx, s, status, func(n need.Need) Need { return s.needJSON(n, me(ctx)) })
}

// CreateNeed writes down what somebody says.
func (s *server) CreateNeed(ctx context.Context, r CreateNeedRequestObject) (CreateNeedResponseObject, error) {
	b := r.Body
	d := need.Draft{
		NodeID: b.NodeId, Category: b.Category, Place: b.Place, Lat: b.Lat, Lng: b.Lng, Text: b.Text,
		Private: b.Private, AboutStaff: value(b.AboutStaff), Photos: photosOf(b.PhotoIds),
	}
	if b.Contact != nil {
		c, err := s.contactOf(ctx, *b.Contact, b.OnBehalf != nil)
		if err != nil {
			return nil, err
		}
		d.Contact = &c
	}
	if o := b.OnBehalf; o != nil {
		d.OnBehalf = &need.Behalf{Consent: need.Consent(o.Consent), Note: value(o.Note), Hotline: value(o.HotlineNumber)}
		d.OnBehalf.Origin = value(o.Origin)
	}
	n, err := s.Needs.Submit(ctx, me(ctx), d, s.keepNeed(ctx, http.StatusCreated))
	return CreateNeed201JSONResponse(s.needJSON(n, me(ctx))), err
}

// ListNeeds shows a page of needs.
func (s *server) ListNeeds(ctx context.Context, r ListNeedsRequestObject) (ListNeedsResponseObject, error) {
	f := need.Filter{Scope: r.Params.Scope, Node: value(r.Params.NodeId), Status: value(r.Params.Status)}
	if r.Params.Stuck != nil {
		f.Late, f.Returned = *r.Params.Stuck == ListNeedsParamsStuckLate, *r.Params.Stuck == ListNeedsParamsStuckReturned
	}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(last id.Need, limit int) ([]need.Need, error) {
		f.Cursor, f.Limit = last, limit
		return s.Needs.List(ctx, me(ctx), f)
	}, func(one need.Need) id.Need { return one.ID }, func(n need.Need) Need { return s.needJSON(n, me(ctx)) })
	return ListNeeds200JSONResponse{Items: items, NextCursor: next}, err
}

// ListSimilarNeeds shows what others have said of the same.
func (s *server) ListSimilarNeeds(ctx context.Context, r ListSimilarNeedsRequestObject) (
	ListSimilarNeedsResponseObject, error) {
	p := r.Params
	all, err := s.Needs.ListSimilar(ctx, need.Spot{
		Node: p.NodeId, Category: p.Category, Place: value(p.Place), Lat: p.Lat, Lng: p.Lng,
	})
	items := make([]Need, len(all))
	for i, n := range all {
		items[i] = s.needJSON(n, me(ctx))
	}
	return ListSimilarNeeds200JSONResponse{Items: items}, err
}

// GetNeed shows a need with what was done for it.
func (s *server) GetNeed(ctx context.Context, r GetNeedRequestObject) (GetNeedResponseObject, error) {
	v, err := s.Needs.Get(ctx, me(ctx), r.NeedId)
	if err != nil {
		return nil, err
	}
	answer := GetNeed200JSONResponse{
		Need: s.needJSON(v.Need, me(ctx)), TermWords: v.TermWords, Follows: v.Follows, Assignments: []Assignment{},
		PhoneVerified: some(v.PhoneMark),
		History: history(v.History, audience{
			id: me(ctx), insider: v.Insider, owner: v.OwnerID == me(ctx), staff: v.Insider && v.OwnerID != me(ctx),
		}),
		May: NeedMay{
			Review: some(v.May.Review), Dispatch: some(v.May.Dispatch), Answer: some(v.May.Answer),
			Confirm: some(v.May.Confirm), Ask: some(v.May.Ask), Lapse: some(v.May.Lapse), Suspend: some(v.May.Suspend),
			Resume: some(v.May.Resume), Concede: some(v.May.Concede), Reopen: some(v.May.Reopen),
			Withdraw: some(v.May.Withdraw), Edit: some(v.May.Edit), Merge: some(v.May.Merge), Contact: some(v.May.Contact),
			Print: some(v.Insider), HandOver: some(v.May.HandOver),
			Speak: some(v.May.Speak),
		},
	}
	answer.Need.WishId = some(v.WishID)
	var flagged []FlaggedText
	for _, f := range v.Flags {
		flagged = append(flagged, FlaggedText{Field: f.Field, Why: f.Why(), CaseId: &f.Case})
	}
	answer.Flagged = list(flagged)
	for _, a := range v.Assignments {
		one := s.assignmentJSON(a)
		if !v.Insider {
			one.Answer, one.Clause = nil, nil
		}
		answer.Assignments = append(answer.Assignments, one)
	}
	return answer, nil
}

// EditNeed says a rejected need once more.
func (s *server) EditNeed(ctx context.Context, r EditNeedRequestObject) (EditNeedResponseObject, error) {
	n, err := s.Needs.Edit(ctx, me(ctx), r.NeedId, need.Said{Text: r.Body.Text, Place: r.Body.Place},
		s.keepNeed(ctx, http.StatusOK))
	return EditNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// ReviewNeed leads a need, or says why it does not belong here.
func (s *server) ReviewNeed(ctx context.Context, r ReviewNeedRequestObject) (ReviewNeedResponseObject, error) {
	review := need.Review{
		Accept: r.Body.Decision == ReviewNeedJSONBodyDecisionAccept, Reason: value(r.Body.Reason),
	}
	review.Term = value(r.Body.Term)
	review.Rejection = value(r.Body.Rejection)
	n, err := s.Needs.Review(ctx, me(ctx), r.NeedId, review, s.keepNeed(ctx, http.StatusOK))
	return ReviewNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// MergeNeed has a need go on as another.
func (s *server) MergeNeed(ctx context.Context, r MergeNeedRequestObject) (MergeNeedResponseObject, error) {
	n, err := s.Needs.Merge(ctx, me(ctx), r.NeedId, r.Body.Into, s.keepNeed(ctx, http.StatusOK))
	return MergeNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// HandOverNeed makes a wish of a need.
func (s *server) HandOverNeed(ctx context.Context, r HandOverNeedRequestObject) (HandOverNeedResponseObject, error) {
	to := handover.ToWish{
		Category: wish.Category(r.Body.Category), Title: r.Body.Title, Description: value(r.Body.Description),
		Agreed: r.Body.Agreed,
	}
	w, err := s.Handovers.CreateWish(ctx, me(ctx), r.NeedId, to, s.keepWish(ctx, http.StatusCreated))
	return HandOverNeed201JSONResponse(wishJSON(w, me(ctx))), err
}

// SuspendNeed puts a need off.
func (s *server) SuspendNeed(ctx context.Context, r SuspendNeedRequestObject) (SuspendNeedResponseObject, error) {
	n, err := s.Needs.Suspend(ctx, me(ctx), r.NeedId, need.Later{At: r.Body.ReviewAt, Reason: r.Body.Reason},
		s.keepNeed(ctx, http.StatusOK))
	return SuspendNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// ResumeNeed goes on with a need that waits.
func (s *server) ResumeNeed(ctx context.Context, r ResumeNeedRequestObject) (ResumeNeedResponseObject, error) {
	n, err := s.Needs.Resume(ctx, me(ctx), r.NeedId, s.keepNeed(ctx, http.StatusOK))
	return ResumeNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// AnswerNeed says what came of a need.
func (s *server) AnswerNeed(ctx context.Context, r AnswerNeedRequestObject) (AnswerNeedResponseObject, error) {
	n, err := s.Needs.Answer(ctx, me(ctx), r.NeedId, need.Reply{Result: r.Body.Result, Text: r.Body.Answer},
		s.keepNeed(ctx, http.StatusOK))
	return AnswerNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// ConfirmNeed takes the resident's word.
func (s *server) ConfirmNeed(ctx context.Context, r ConfirmNeedRequestObject) (ConfirmNeedResponseObject, error) {
	word := need.Word{
		Solved: r.Body.Solved, Satisfied: r.Body.Satisfied, Again: value(r.Body.Again), Comment: value(r.Body.Comment),
	}
	if r.Body.OnBehalf != nil {
		word.OnBehalf, word.How = true, r.Body.OnBehalf.How
	}
	n, err := s.Needs.Confirm(ctx, me(ctx), r.NeedId, word, s.keepNeed(ctx, http.StatusOK))
	return ConfirmNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// MissNeedCall notes a call in vain.
func (s *server) MissNeedCall(ctx context.Context, r MissNeedCallRequestObject) (MissNeedCallResponseObject, error) {
	n, err := s.Needs.MissCall(ctx, me(ctx), r.NeedId, s.keepNeed(ctx, http.StatusOK))
	return MissNeedCall200JSONResponse(s.needJSON(n, me(ctx))), err
}

// LapseNeed closes a need without a word.
func (s *server) LapseNeed(ctx context.Context, r LapseNeedRequestObject) (LapseNeedResponseObject, error) {
	n, err := s.Needs.Lapse(ctx, me(ctx), r.NeedId, s.keepNeed(ctx, http.StatusOK))
	return LapseNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// ConcedeNeed says that a need cannot be met now.
func (s *server) ConcedeNeed(ctx context.Context, r ConcedeNeedRequestObject) (ConcedeNeedResponseObject, error) {
	n, err := s.Needs.Concede(ctx, me(ctx), r.NeedId, need.Later{At: r.Body.ReviewAt, Reason: r.Body.Reason},
		s.keepNeed(ctx, http.StatusOK))
	return ConcedeNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// ReopenNeed says that it came back.
func (s *server) ReopenNeed(ctx context.Context, r ReopenNeedRequestObject) (ReopenNeedResponseObject, error) {
	n, err := s.Needs.Reopen(ctx, me(ctx), r.NeedId, r.Body.Reason, s.keepNeed(ctx, http.StatusOK))
	return ReopenNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// WithdrawNeed takes a need back.
func (s *server) WithdrawNeed(ctx context.Context, r WithdrawNeedRequestObject) (WithdrawNeedResponseObject, error) {
	n, err := s.Needs.Withdraw(ctx, me(ctx), r.NeedId, s.keepNeed(ctx, http.StatusOK))
	return WithdrawNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// FollowNeed has me told how a need ends.
func (s *server) FollowNeed(ctx context.Context, r FollowNeedRequestObject) (FollowNeedResponseObject, error) {
	n, err := s.Needs.Follow(ctx, me(ctx), r.NeedId, true, s.keepNeed(ctx, http.StatusOK))
	return FollowNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// UnfollowNeed has me told no more.
func (s *server) UnfollowNeed(ctx context.Context, r UnfollowNeedRequestObject) (UnfollowNeedResponseObject, error) {
	n, err := s.Needs.Follow(ctx, me(ctx), r.NeedId, false, s.keepNeed(ctx, http.StatusOK))
	return UnfollowNeed200JSONResponse(s.needJSON(n, me(ctx))), err
}

// GetNeedContact opens the contact of who said it, and logs it.
func (s *server) GetNeedContact(ctx context.Context, r GetNeedContactRequestObject) (
	GetNeedContactResponseObject, error) {
	c, err := s.Needs.ReadContact(ctx, me(ctx), r.NeedId, value(r.Params.Reason))
	return GetNeedContact200JSONResponse(knownJSON(c)), err
}

// ListNeedContactReads shows the owner who read the contact.
func (s *server) ListNeedContactReads(ctx context.Context, r ListNeedContactReadsRequestObject) (
	ListNeedContactReadsResponseObject, error) {
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.ContactRead, limit int) ([]contact.Read, error) {
			return s.Needs.ListContactReads(ctx, me(ctx), r.NeedId, before, limit)
		}, func(one contact.Read) id.ContactRead { return one.ID }, func(read contact.Read) ContactRead {
			if read.Role == "" { // by an assignment
				read.Role, read.Place = id.RoleResponder, ""
			}
			return contactReadJSON(read)
		})
	return ListNeedContactReads200JSONResponse{Items: items, NextCursor: next}, err
}
