package api

import (
	"context"
	"net/http"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/wish"
	"xinyuan/internal/words"
)

// A message about it names it.
var _ = messagesName(state.Claim.Noun, func(m *Message, subject int64) { m.ClaimId = some(id.Claim(subject)) })

func claimJSON(c wish.Claim, asker id.User) Claim {
	participants := make([]Participant, len(c.Participants))
	for i, p := range c.Participants {
		participants[i] = Participant{UserId: p.UserID, DisplayName: p.DisplayName, Accepted: p.AcceptedAt != nil}
	}
	var membership *id.Membership
	if c.ClaimantName != "" {
		membership = some(c.MembershipID)
	}
	var waiting []ClaimWaiting
	for _, name := range c.Waiting {
		waiting = append(waiting, ClaimWaiting(name))
	}
	return Claim{
		Waiting: list(waiting), MissedCalls: some(c.MissedCalls), MissedCallAt: c.MissedCallAt,
		MembershipId: membership,
		Disputed:     some(c.DisputedAt != nil), AskedAgain: some(c.AskedAt != nil), Participants: list(participants),
		Id: c.ID, WishId: c.WishID, Status: c.Status, Claimant: some(c.ClaimantName), RequestedAt: c.RequestedAt,
		DecidedAt: c.DecidedAt, DeliveredAt: c.DeliveredAt, ConfirmedAt: c.ConfirmedAt, DeliveryNote: c.DeliveryNote,
		Rating: c.Rating, Comment: c.Comment, Mine: c.ClaimantID == asker,
	}
}

// keepClaim keeps the answer to a keyed request.
func (s *server) keepClaim(ctx context.Context, status int) mysql.OnCommit[wish.Claim] {
	return keep(ctx, s, status, func(c wish.Claim) Claim { return claimJSON(c, me(ctx)) })
}

func matterJSON(m wish.Matter, asker id.User) ClaimWithWish {
	return ClaimWithWish{Claim: claimJSON(m.Claim, asker), Wish: wishJSON(m.Wish, asker)}
}

func recordedJSON(r *wish.Recorded) *RecordedYes {
	if r == nil {
		return nil
	}
	return &RecordedYes{DisplayName: r.Name, Post: words.Role(r.Role), At: r.At}
}

// ClaimWish takes a wish on.
func (s *server) ClaimWish(ctx context.Context, r ClaimWishRequestObject) (ClaimWishResponseObject, error) {
	var invited []id.User
	if r.Body != nil && r.Body.ParticipantIds != nil {
		invited = *r.Body.ParticipantIds
	}
	c, err := s.Wishes.Claim(ctx, me(ctx), r.WishId, invited, s.keepClaim(ctx, http.StatusCreated))
	return ClaimWish201JSONResponse(claimJSON(c, me(ctx))), err
}

// ListClaims shows a page of claims.
func (s *server) ListClaims(ctx context.Context, r ListClaimsRequestObject) (ListClaimsResponseObject, error) {
	f := wish.ClaimFilter{
		Mine: value(r.Params.Mine), Undelivered: value(r.Params.Undelivered), Status: value(r.Params.Status),
	}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(before id.Claim, n int) ([]wish.Matter, error) {
		f.Before, f.Limit = before, n
		return s.Wishes.ListClaims(ctx, me(ctx), f)
	}, func(m wish.Matter) id.Claim { return m.Claim.ID }, func(m wish.Matter) ClaimWithWish {
		return matterJSON(m, me(ctx))
	})
	answer := ListClaims200JSONResponse{Items: items, NextCursor: next}
	if err == nil && f.Mine {
		var left int
		left, err = s.Wishes.CountClaimable(ctx, me(ctx))
		answer.MayClaim = &left
	}
	return answer, err
}

// GetClaim shows a claim with its wish.
func (s *server) GetClaim(ctx context.Context, r GetClaimRequestObject) (GetClaimResponseObject, error) {
	m, err := s.Wishes.GetClaim(ctx, me(ctx), r.ClaimId)
	answer := GetClaim200JSONResponse(matterJSON(m.Matter, me(ctx)))
	answer.Recorded = recordedJSON(m.Recorded)
	by := viewer{id: me(ctx), staff: m.ToStaff}
	answer.Wish.Photos, answer.Claim.Photos = s.photosJSON(m.Wish.Photos, by), s.photosJSON(m.Claim.Photos, by)
	return answer, err
}

// ReviewClaim approves or declines.
func (s *server) ReviewClaim(ctx context.Context, r ReviewClaimRequestObject) (ReviewClaimResponseObject, error) {
	c, err := s.Wishes.ReviewClaim(ctx, me(ctx), r.ClaimId, wish.Decision{
		Approve: r.Body.Decision == ReviewClaimJSONBodyDecisionApprove, Reason: value(r.Body.Reason),
	}, s.keepClaim(ctx, http.StatusOK))
	return ReviewClaim200JSONResponse(claimJSON(c, me(ctx))), err
}

// ReleaseClaim gives a wish back.
func (s *server) ReleaseClaim(ctx context.Context, r ReleaseClaimRequestObject) (ReleaseClaimResponseObject, error) {
	reason := ""
	if r.Body != nil {
		reason = value(r.Body.Reason)
	}
	c, err := s.Wishes.Release(ctx, me(ctx), r.ClaimId, reason, s.keepClaim(ctx, http.StatusOK))
	return ReleaseClaim200JSONResponse(claimJSON(c, me(ctx))), err
}

// DeliverClaim says that the deed is done.
func (s *server) DeliverClaim(ctx context.Context, r DeliverClaimRequestObject) (DeliverClaimResponseObject, error) {
	d := wish.Delivery{Note: r.Body.Note, Photos: photosOf(r.Body.PhotoIds)}
	c, err := s.Wishes.Deliver(ctx, me(ctx), r.ClaimId, d, s.keepClaim(ctx, http.StatusOK))
	return DeliverClaim200JSONResponse(claimJSON(c, me(ctx))), err
}

// ConfirmClaim takes the owner's last word.
func (s *server) ConfirmClaim(ctx context.Context, r ConfirmClaimRequestObject) (ConfirmClaimResponseObject, error) {
	answer := wish.Answer{
		Accepted: r.Body.Accepted, Rating: r.Body.Rating, Comment: value(r.Body.Comment),
		NobodyCame: value(r.Body.NobodyCame),
	}
	if b := r.Body.OnBehalf; b != nil {
		answer.OnBehalf = &wish.Asked{How: wish.How(b.How), Note: b.Note}
	}
	c, err := s.Wishes.Confirm(ctx, me(ctx), r.ClaimId, answer, s.keepClaim(ctx, http.StatusOK))
	return ConfirmClaim200JSONResponse(claimJSON(c, me(ctx))), err
}

// MissCall writes down that nobody answered.
func (s *server) MissCall(ctx context.Context, r MissCallRequestObject) (MissCallResponseObject, error) {
	c, err := s.Wishes.MissCall(ctx, me(ctx), r.ClaimId, s.keepClaim(ctx, http.StatusOK))
	return MissCall200JSONResponse(claimJSON(c, me(ctx))), err
}

// AcceptClaim joins a claim.
func (s *server) AcceptClaim(ctx context.Context, r AcceptClaimRequestObject) (AcceptClaimResponseObject, error) {
	c, err := s.Wishes.Accept(ctx, me(ctx), r.ClaimId, s.keepClaim(ctx, http.StatusOK))
	return AcceptClaim200JSONResponse(claimJSON(c, me(ctx))), err
}

// UndoClaim takes a confirmation back.
func (s *server) UndoClaim(ctx context.Context, r UndoClaimRequestObject) (UndoClaimResponseObject, error) {
	c, err := s.Wishes.Undo(ctx, me(ctx), r.ClaimId, r.Body.Reason, s.keepClaim(ctx, http.StatusOK))
	return UndoClaim200JSONResponse(claimJSON(c, me(ctx))), err
}

// ThankClaim takes the owner's thanks.
func (s *server) ThankClaim(ctx context.Context, r ThankClaimRequestObject) (ThankClaimResponseObject, error) {
	thanks := wish.Thanks{Rating: r.Body.Rating, Comment: value(r.Body.Comment)}
	c, err := s.Wishes.Thank(ctx, me(ctx), r.ClaimId, thanks, s.keepClaim(ctx, http.StatusOK))
	return ThankClaim200JSONResponse(claimJSON(c, me(ctx))), err
}
