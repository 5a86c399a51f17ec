package wish

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

// right is what entitles somebody to read a contact: a claim or a grant; both
// where staff asks the resident about a delivery. The owner needs neither.
type right struct {
	claim *id.Claim
	grant *id.Grant
}

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
func contactRight(by Actor, w Wish, last *Claim, reason string, now time.Time) (right, error) {
	grant, refused := org.Eligible(by.Grants, org.Parties{}, now)
	if w.RecorderID == by.ID && refused != nil { // who posted it, while still in the post
		grant, refused = org.EligibleRecorder(by.Grants, org.Parties{}, now)
	}
	var asks *id.Claim
	if refused != nil && last != nil && (Matter{w, *last}).mayRecord(by, now) {
		grant, refused = org.EligibleRecorder(by.Grants, Matter{w, *last}.nonAskers(), now)
		asks = &last.ID
	}
	switch {
	case !by.Sees(w, now):
		return right{}, fault.New(fault.ReasonNotFound)
	case w.OwnerID == by.ID:
		return right{}, nil
	case last != nil && last.has(by.ID) && last.opensContact() && by.Member:
		return right{claim: &last.ID}, nil
	case refused != nil && last != nil && last.has(by.ID) && last.opensContact():
		return right{}, fault.New(fault.ReasonContactNotAllowed).Saying("您的报到已经结束，不能再看许愿人的联系方式。")
	case refused != nil:
		return right{}, fault.New(fault.ReasonContactNotAllowed)
	case grant.Distance > 0 && reason == "":
		return right{}, fault.New(fault.ReasonReasonRequired).Saying("请写明查看联系方式的原因，许愿人会看到。")
	}
	return right{claim: asks, grant: &grant.ID}, nil
}

// Contact opens the contact data of a wish. It is the only function that does,
// and the reading is in the log, which the owner can open, before it returns;
// the owner's own reading is not. Errors: those of contactRight.
func (s *Service) Contact(ctx context.Context, actor id.User, wish id.Wish, reason string) (Contact, error) {
	if err := fault.CheckText(&reason, "reason", "原因", MaxReason); err != nil {
		return Contact{}, err
	}
	var hidden sealed
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			w     Wish
			last  Claim
			found bool
			all   []Participant
			by    = Actor{ID: actor}
			in    membership.Membership

			others int
		)
		err := tx.Read(ctx, membership.HoldActive(tx, &in, &by.Member, actor), lockWish(&w, wish),
			lastClaim(&last, &found, wish), participantsOf(&all, wish),
			org.CoveringWish(&by.Grants, actor, wish), mysql.One(&hidden, "wish.contact", mysql.Args{"wish": wish}),
			readToday(&others, actor, wish, s.db.Now()))
		if err != nil {
			return missing(err)
		}
		last.keepOwn(all)
		var claim *Claim
		if found {
			claim = &last
		}
		by2, err := contactRight(by, w, claim, reason, tx.Now())
		if err != nil || by2 == (right{}) {
			return err
		}
		if others >= MaxContactsADay && reason == "" {
			return fault.New(fault.ReasonReasonRequired).Saying(
				"今天已经看了 %d 个人的联系方式。接着看，请写一句为什么，许愿人会看到。", others)
		}
		read := mysql.NewID[id.ContactRead](tx)
		clean, err := redact(tx, s.sealer, field{"contact_read", int64(read), "reason"}, reason)
		if err != nil {
			return err
		}
		if by2.grant != nil {
			matter.UseGrant(tx, *by2.grant)
		}
		return tx.Add("wish.add_contact_read", mysql.Args{
			"id": read, "wish_id": wish, "reader_id": actor, "claim_id": by2.claim, "grant_id": by2.grant,
			"reason": clean, "read_at": tx.Now(),
		})
	})
	if err != nil {
		return Contact{}, err
	}
	return hidden.open(s.sealer, wish)
}

// MaxContactsADay is how many wishes' contacts a person reads on a business day
// without saying why: more is unusual, and never refused.
const MaxContactsADay = 60

// readToday wants of how many other wishes the reader has read the contact since
// the business day began.
func readToday(dest *int, reader id.User, wish id.Wish, now time.Time) mysql.Want {
	return mysql.One(dest, "wish.contacts_read", mysql.Args{"reader": reader, "wish": wish, "since": clock.Day(now)})
}

// ContactRead is what a person read of a wish's contact data on one business
// day.
type ContactRead struct {
	ID     id.ContactRead `db:"id"`      // of the latest reading
	At     time.Time      `db:"read_at"` // of the latest
	Times  int            `db:"times"`
	Reader string         `db:"reader"` // display name
	Role   id.Role        `db:"role"`   // empty: the claimant
	Place  string         `db:"place"`  // the grant's node
	Reason string         `db:"reason"` // all that were given
}

// ContactReads lists a page of who read the contact data, the latest first, a
// reader once a day: for the wish's owner. before is the last one of the page
// before, 0 for the first. Error: fault.ReasonNotFound, fault.ReasonForbidden.
func (s *Service) ContactReads(ctx context.Context, actor id.User, wish id.Wish, before id.ContactRead, limit int) (
	[]ContactRead, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	var (
		w     Wish
		reads []ContactRead
		by    = Actor{ID: actor}
		args  = mysql.Args{"wish": wish, "before": before, "limit": limit}
	)
	err := s.db.Read(ctx, mysql.One(&w, "wish.by_id", args), org.CoveringWish(&by.Grants, actor, wish),
		mysql.Many(&reads, "wish.contact_reads", args))
	switch {
	case err != nil:
		return nil, missing(err)
	case !by.Sees(w, s.db.Now()):
		return nil, fault.New(fault.ReasonNotFound)
	case w.OwnerID != actor:
		return nil, fault.New(fault.ReasonForbidden).Saying("只有许愿人自己可以看谁查过联系方式。")
	}
	return reads, nil
}
