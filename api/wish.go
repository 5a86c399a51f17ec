package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"xinyuan/internal/contact"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/wish"
	"xinyuan/internal/words"
)

// A message about it names it.
var _ = messagesName(state.Wish.Noun, func(m *Message, subject int64) { m.WishId = some(id.Wish(subject)) })

func wishJSON(w wish.Wish, asker id.User) Wish {
	return Wish{
		Id: w.ID, Number: w.Number(), NodeId: w.NodeID, NodeName: w.NodeName, Category: string(w.Category),
		Sensitive: w.Sensitive, Title: w.Title, Description: w.Description, OwnerLabel: w.OwnerLabel, Points: w.Points,
		Status: w.Status, CreatedAt: w.CreatedAt, PublishedAt: w.PublishedAt, Mine: w.OwnerID == asker,
		OnBehalf: some(w.RecorderID != 0), Effort: some(w.Effort), Suits: some(w.Suits), Estate: some(w.Estate),
	}
}

// keepWish keeps the answer to a keyed request.
func (s *server) keepWish(ctx context.Context, status int) mysql.OnCommit[wish.Wish] {
	return keep(ctx, s, status, func(w wish.Wish) Wish { return wishJSON(w, me(ctx)) })
}

// photosOf is the list, or nil where the request has none.
func photosOf(list *[]id.Photo) []id.Photo {
	if list == nil {
		return nil
	}
	return append([]id.Photo{}, *list...)
}

func practicalOf(effort *wish.Effort, suits *wish.Suits, estate *string) wish.Practical {
	return wish.Practical{Effort: value(effort), Suits: value(suits), Estate: value(estate)}
}

// EditWish changes a wish that waits.
func (s *server) EditWish(ctx context.Context, r EditWishRequestObject) (EditWishResponseObject, error) {
	c, err := s.contactOf(ctx, r.Body.Contact, false)
	if err != nil {
		return nil, err
	}
	w, err := s.Wishes.Edit(ctx, me(ctx), r.WishId, wish.Draft{
		Category: wish.Category(r.Body.Category), Title: r.Body.Title,
		Description: r.Body.Description, Contact: c, Photos: photosOf(r.Body.PhotoIds),
		Practical: practicalOf(r.Body.Effort, r.Body.Suits, r.Body.Estate),
	}, s.keepWish(ctx, http.StatusOK))
	return EditWish200JSONResponse(wishJSON(w, me(ctx))), err
}

// CreateWish posts a wish.
func (s *server) CreateWish(ctx context.Context, r CreateWishRequestObject) (CreateWishResponseObject, error) {
	c, err := s.contactOf(ctx, r.Body.Contact, r.Body.OnBehalf != nil)
	if err != nil {
		return nil, err
	}
	d := wish.Draft{
		NodeID: r.Body.NodeId, Category: wish.Category(r.Body.Category), Title: r.Body.Title,
		Description: r.Body.Description, Contact: c, Photos: photosOf(r.Body.PhotoIds),
		Practical: practicalOf(r.Body.Effort, r.Body.Suits, r.Body.Estate),
	}
	if b := r.Body.OnBehalf; b != nil {
		d.OnBehalf = &wish.Behalf{Consent: wish.Consent(b.Consent), Note: b.Note}
	}
	w, err := s.Wishes.Submit(ctx, me(ctx), d, s.keepWish(ctx, http.StatusCreated))
	return CreateWish201JSONResponse(wishJSON(w, me(ctx))), err
}

// ListWishes shows a page of wishes.
func (s *server) ListWishes(ctx context.Context, r ListWishesRequestObject) (ListWishesResponseObject, error) {
	f := wish.Filter{
		Words: strings.TrimSpace(value(r.Params.Q)), Mine: value(r.Params.Mine), NodeID: value(r.Params.NodeId),
		Status: value(r.Params.Status),
	}
	if r.Params.Category != nil {
		f.Category = wish.Category(*r.Params.Category)
	}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(before id.Wish, n int) ([]wish.Wish, error) {
		f.Before, f.Limit = before, n
		return s.Wishes.List(ctx, me(ctx), f)
	}, func(one wish.Wish) id.Wish { return one.ID }, func(w wish.Wish) Wish {
		item := wishJSON(w, me(ctx))
		item.Photos = s.photosJSON(w.Photos, viewer{id: me(ctx)})
		return item
	})
	return ListWishes200JSONResponse{Items: items, NextCursor: next}, err
}

// GetWish shows a wish with its history.
func (s *server) GetWish(ctx context.Context, r GetWishRequestObject) (GetWishResponseObject, error) {
	v, err := s.Wishes.Get(ctx, me(ctx), r.WishId)
	if err != nil {
		return nil, err
	}
	to := audience{id: me(ctx), insider: v.Insider, owner: v.OwnerID == me(ctx), staff: v.DecidesHere}
	answer := GetWish200JSONResponse{
		Wish: wishJSON(v.Wish, me(ctx)), History: history(v.History, to), MayReadContact: v.MayReadContact,
		MayRecordAnswer: some(v.MayRecordAnswer), MayDecide: some(v.MayDecide), MayUndo: some(v.MayUndo),
		MayClaim: some(v.MayClaim), MayEdit: some(v.MayEdit), MayWithdraw: some(v.MayWithdraw),
		DecidesHere: some(v.DecidesHere), PhoneVerified: some(v.PhoneMark),
	}
	if v.OwnerID == me(ctx) || v.RecorderID == me(ctx) || v.DecidesHere {
		answer.NeedId = some(v.NeedID)
	}
	answer.Wish.Photos = s.photosJSON(v.Photos, viewer{id: me(ctx), staff: v.DecidesHere})
	if v.MayDecide && v.Claim != nil && v.Claim.Status == state.ClaimRequested {
		c, err := s.Tasks.GetClaimant(ctx, v.Claim.ClaimantID)
		if err != nil {
			return nil, err
		}
		answer.Claimant = claimantJSON(&c)
	}
	if len(v.Askers) > 0 {
		askers := make([]WishAsker, len(v.Askers))
		for i, a := range v.Askers {
			askers[i] = WishAsker{UserId: a.UserID, Role: a.Role, DisplayName: a.Name, Belongs: some(a.Belongs)}
		}
		answer.Askers = &askers
	}
	answer.Flagged = flaggedJSON(v.Flags)
	if p := v.Proposal; p != nil {
		answer.OwnerProposal = &OwnerProposal{UserId: p.ID, DisplayName: p.Name}
	}
	if v.Claim != nil {
		c := claimJSON(*v.Claim, me(ctx))
		c.Photos = s.photosJSON(v.Claim.Photos, viewer{id: me(ctx), staff: v.DecidesHere})
		if !v.Insider {
			c.DeliveryNote = ""
			if !isInvited(*v.Claim, me(ctx)) {
				c.Claimant, c.Participants = nil, nil
			}
		}
		answer.Claim = &c
	}
	return answer, nil
}

// isInvited tells whether the claimant has asked the person to join: to answer,
// they must see who asks.
func isInvited(c wish.Claim, person id.User) bool {
	return slices.ContainsFunc(c.Participants, func(p wish.Participant) bool { return p.UserID == person })
}

// GetWishContact opens the contact data, and logs it.
func (s *server) GetWishContact(ctx context.Context, r GetWishContactRequestObject) (
	GetWishContactResponseObject, error) {
	reason := ""
	if r.Params.Reason != nil {
		reason = *r.Params.Reason
	}
	c, err := s.Wishes.ReadContact(ctx, me(ctx), r.WishId, reason)
	return GetWishContact200JSONResponse(knownJSON(c)), err
}

// ListContactReads shows the owner who read the contact data.
func (s *server) ListContactReads(ctx context.Context, r ListContactReadsRequestObject) (
	ListContactReadsResponseObject, error) {
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.ContactRead, n int) ([]contact.Read, error) {
			return s.Wishes.ListContactReads(ctx, me(ctx), r.WishId, before, n)
		}, func(one contact.Read) id.ContactRead { return one.ID }, contactReadJSON)
	return ListContactReads200JSONResponse{Items: items, NextCursor: next}, err
}

func contactReadJSON(read contact.Read) ContactRead {
	return ContactRead{
		At: read.At, Times: read.Times, Reader: read.Reader, As: words.Reader(read.Place, read.Role), Reason: read.Reason,
	}
}

// ReviewWish publishes or rejects.
func (s *server) ReviewWish(ctx context.Context, r ReviewWishRequestObject) (ReviewWishResponseObject, error) {
	w, err := s.Wishes.Review(ctx, me(ctx), r.WishId, wish.Review{
		Publish: r.Body.Decision == ReviewWishJSONBodyDecisionPublish, Reason: value(r.Body.Reason), Points: r.Body.Points,
	}, s.keepWish(ctx, http.StatusOK))
	return ReviewWish200JSONResponse(wishJSON(w, me(ctx))), err
}

// AttachWish gives a wish to its resident.
func (s *server) AttachWish(ctx context.Context, r AttachWishRequestObject) (AttachWishResponseObject, error) {
	w, err := s.Wishes.Attach(ctx, me(ctx), r.WishId, r.Body.UserId, s.keepWish(ctx, http.StatusOK))
	return AttachWish200JSONResponse(wishJSON(w, me(ctx))), err
}

// WithdrawWish takes a wish back.
func (s *server) WithdrawWish(ctx context.Context, r WithdrawWishRequestObject) (WithdrawWishResponseObject, error) {
	w, err := s.Wishes.Withdraw(ctx, me(ctx), r.WishId, s.keepWish(ctx, http.StatusOK))
	return WithdrawWish200JSONResponse(wishJSON(w, me(ctx))), err
}
