package wish

import (
	"context"
	"time"

	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// mayReadContact tells whether a request would be answered, a reason given.
func mayReadContact(by Actor, w Wish, last *Claim, now time.Time) bool {
	_, err := contactRight(by, w, last, "asked", now)
	return err == nil
}

// contactRight is the right by which the actor reads the contact: claimant and
// participants while the claim is approved or delivered and for as long as they are
// members, deciding staff of the wish's own
// node, street and county with a reason, and any post for as long as it may
// record what the resident says of a delivery. Errors: fault.ReasonNotFound,
// fault.ReasonContactNotAllowed, fault.ReasonReasonRequired.
func contactRight(by Actor, w Wish, last *Claim, reason string, now time.Time) (contact.Right, error) {
	g, refused := grant.Eligible(by.Grants, grant.Parties{}, now)
	if w.RecorderID == by.ID && refused != nil { // who posted it, while still in the post
		g, refused = grant.EligibleRecorder(by.Grants, grant.Parties{}, now)
	}
	var asks contact.Right // about a delivery
	if refused != nil && last != nil && (Matter{w, *last}).mayRecord(by, now) {
		g, refused = grant.EligibleRecorder(by.Grants, Matter{w, *last}.nonAskers(), now)
		asks = contact.Right{Noun: state.Claim.Noun, ID: int64(last.ID)}
	}
	switch {
	case !by.Sees(w, now):
		return contact.Right{}, fault.New(fault.ReasonNotFound)
	case w.OwnerID == by.ID:
		return contact.Right{}, nil
	case last != nil && last.hasParticipant(by.ID) && last.opensContact() && by.Member:
		return contact.Right{Noun: state.Claim.Noun, ID: int64(last.ID)}, nil
	case refused != nil && last != nil && last.hasParticipant(by.ID) && last.opensContact():
		return contact.Right{}, fault.New(fault.ReasonContactNotAllowed).Saying("您的报到已经结束，不能再看许愿人的联系方式。")
	case refused != nil:
		return contact.Right{}, fault.New(fault.ReasonContactNotAllowed)
	case g.Distance > 0 && reason == "":
		return contact.Right{}, fault.New(fault.ReasonReasonRequired).Saying("请写明查看联系方式的原因，许愿人会看到。")
	}
	asks.Grant = &g.ID
	return asks, nil
}

// ReadContact opens the contact data of a wish. The reading is in the log, which the owner
// can open, before it returns; the owner's own reading is not. Errors: those of
// contactRight and contact.Book.Read.
func (s *Service) ReadContact(ctx context.Context, actor id.User, wish id.Wish, reason string) (
	contact.Contact, error) {
	return s.contacts.Read(ctx, contact.Reading{
		Of: contact.Owner(state.Wish.Noun, wish), Reader: actor, Reason: reason, Owner: "许愿人",
	}, readers(actor, wish))
}

// readers is who may read the contact of a wish, and when.
func readers(actor id.User, wish id.Wish) contact.Rule {
	return func(tx *mysql.Tx) ([]mysql.Want, func(string, time.Time) (contact.Right, error)) {
		var (
			w     Wish
			last  Claim
			found bool
			all   []Participant
			by    = Actor{ID: actor}
			in    membership.Membership
		)
		wants := append([]mysql.Want{membership.HoldActive(tx, &in, &by.Member, actor)}, lockWish(&w, wish)...)
		wants = append(wants, lastClaim(&last, &found, wish), participantsOf(&all, wish),
			grant.CoveringMatter(&by.Grants, actor, state.Wish.Noun, wish))
		return wants, func(reason string, now time.Time) (contact.Right, error) {
			last.keepOwn(all)
			var claim *Claim
			if found {
				claim = &last
			}
			return contactRight(by, w, claim, reason, now)
		}
	}
}

// ListContactReads lists a page of who read the contact data, the latest first, a
// reader once a day: for the wish's owner. before is the last one of the page
// before, 0 for the first. Error: fault.ReasonNotFound, fault.ReasonForbidden.
func (s *Service) ListContactReads(ctx context.Context, actor id.User, wish id.Wish, before id.ContactRead, limit int) (
	[]contact.Read, error) {
	var (
		w     Wish
		reads []contact.Read
		by    = Actor{ID: actor}
	)
	err := s.db.Read(ctx, append(readWish(&w, wish), grant.CoveringMatter(&by.Grants, actor, state.Wish.Noun, wish),
		contact.Reads(&reads, contact.Owner(state.Wish.Noun, wish), before, limit))...)
	switch {
	case err != nil:
		return nil, mysql.NotFound(err)
	case !by.Sees(w, s.db.Now()):
		return nil, fault.New(fault.ReasonNotFound)
	case w.OwnerID != actor:
		return nil, fault.New(fault.ReasonForbidden).Saying("只有许愿人自己可以看谁查过联系方式。")
	}
	return reads, nil
}

// RecordSpoken writes that staff who decides about the wish has spoken to the person whose contact it is: the number is
// right. Errors: those of Actor.decides, fault.ReasonNotFound where no contact is kept any more.
func (s *Service) RecordSpoken(ctx context.Context, actor id.User, wish id.Wish, how contact.Way,
	onCommit mysql.OnCommit[struct{}]) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var w Wish
		by := Actor{ID: actor}
		wants := append(lockWish(&w, wish), grant.CoveringMatter(&by.Grants, actor, state.Wish.Noun, wish))
		if err := tx.Read(ctx, wants...); err != nil {
			return mysql.NotFound(err)
		}
		g, err := by.decides(w, tx.Now())
		if err == nil {
			err = contact.Speak(ctx, tx, contact.Owner(state.Wish.Noun, wish), how, g.ID)
		}
		if err != nil {
			return err
		}
		return onCommit.Do(tx, struct{}{}, nil)
	})
}
