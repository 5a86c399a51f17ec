package wish

import (
	"cmp"
	"context"
	"slices"
	"time"

	"xinyuan/internal/contact"
	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// View is a wish as one person may see it.
type View struct {
	Wish
	Claim   *Claim         // the latest; nil if there is none
	History []matter.Entry // of the wish and its latest claim, the oldest first
	// Insider tells that the person is the owner, the latest claimant or staff,
	// who also see reasons and the claim's own steps.
	Insider bool
	// Proposal is who may be the owner of a wish without one, for staff who decide;
	// nil if nobody has its phone.
	Proposal *Proposal
	// MayReadContact tells that a request for the contact would be answered.
	MayReadContact bool
	// MayRecordAnswer tells that the person may write down now what the resident
	// says of the delivery.
	MayRecordAnswer bool
	// MayDecide tells that the person may decide now about what waits: the wish, its
	// claim, or its dispute.
	MayDecide bool
	// MayUndo tells the owner that the own confirmation may still be taken back, and
	// staff that they may take back any.
	MayUndo bool
	// MayClaim tells that the person may claim the wish now, unless they have too many in hand.
	MayClaim bool
	// MayEdit and MayWithdraw tell whoever speaks for the resident what is still possible.
	MayEdit     bool
	MayWithdraw bool
	// DecidesHere tells that the person decides about matters of the wish's node, whether or not about this one.
	DecidesHere bool
	// Flags are the texts of the wish that their check did not pass, for whoever decides here.
	Flags []content.Text
	// PhoneMark is how the number of the contact is known to be right, for the owner and for whoever decides here.
	PhoneMark contact.Mark
	// Askers are the posts whose holders may ask the resident about the delivery, for whoever decides here and may not.
	Askers []Asker
}

// Asker is who holds a post and may ask a resident about a delivery.
type Asker struct {
	UserID  id.User `db:"user_id"`
	Role    id.Role `db:"role"`
	Name    string  `db:"display_name"`
	Belongs string  `db:"belongs"` // what tells them from a namesake
}

// Get reads a wish for a person. Error: fault.ReasonNotFound.
func (s *Service) Get(ctx context.Context, actor id.User, wish id.Wish) (View, error) {
	var (
		v     View
		claim Claim
		found bool
		by    = Actor{ID: actor}
		steps []matter.Entry
		owner Proposal
		known bool
		all   []Participant
		in    membership.Membership
		deeds []media.Photo
		held  []content.Text
		mark  contact.Mark
		kept  bool
	)
	err := s.db.Read(ctx, append(readWish(&v.Wish, wish), heldTexts(&held, wish),
		contact.Marked(&mark, &kept, contact.Owner(state.Wish.Noun, wish)), lastClaim(&claim, &found, wish),
		participantsOf(&all, wish), grant.CoveringMatter(&by.Grants, actor, state.Wish.Noun, wish),
		matter.History(&v.History, state.Wish.Noun, int64(wish)),
		mysql.Many(&steps, "wish.claim_history", mysql.Args{"wish": wish}),
		mysql.Maybe(&owner, &known, "wish.proposal", mysql.Args{"wish": wish}),
		membership.WantActive(&in, &by.Member, actor), media.Of(&v.Photos, state.Wish.Noun, wish),
		mysql.Many(&deeds, "wish.photos_of_claims", mysql.Args{"wish": wish}))...)
	if err != nil {
		return v, mysql.NotFound(err)
	}
	now := s.db.Now()
	if !by.Sees(v.Wish, now) {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	if found {
		v.Claim = &claim
	}
	claim.keepOwn(all)
	yes := confirmationIn(steps, claim)
	if (Matter{v.Wish, claim}).showsDeed(by, now) {
		claim.Photos = slices.DeleteFunc(deeds, func(p media.Photo) bool { return p.SubjectID != int64(claim.ID) })
	}
	switch {
	case v.OwnerID == actor || v.RecorderID == actor || by.Grants.Reads(now):
		v.Insider, v.History = true, merge(v.History, steps)
	case found && claim.hasParticipant(actor): // of earlier claims they need not know
		others := func(e matter.Entry) bool { return e.SubjectID != int64(claim.ID) }
		v.Insider, v.History = true, merge(v.History, slices.DeleteFunc(steps, others))
	}
	if known && v.mayAttach(by, owner.ID, now) {
		v.Proposal = &owner
	}
	v.MayUndo = found && (Matter{v.Wish, claim}).mayUndo(by, yes, now)
	v.MayClaim = v.checkClaimable(actor) == nil && by.Member && !hasApproved(steps, actor)
	v.allow(by, claim, now)
	v.hide(by, v.Claim, now)
	if found {
		m := Matter{v.Wish, claim}
		m.show(held, by, now)
		claim = m.Claim
	}
	if v.DecidesHere {
		v.Flags = flags(held)
	}
	if v.OwnerID == actor || v.DecidesHere {
		v.PhoneMark = mark
	}
	if !v.DecidesHere || v.MayRecordAnswer || claim.Status != state.ClaimDelivered || claim.DisputedAt != nil {
		return v, nil
	}
	return v, s.db.Read(ctx, Matter{v.Wish, claim}.askers(&v.Askers, now))
}

// allow fills in what the actor may do. The claim is the latest one, if there is any.
func (v *View) allow(by Actor, claim Claim, now time.Time) {
	m := Matter{v.Wish, claim}
	v.MayReadContact = mayReadContact(by, v.Wish, v.Claim, now)
	v.MayRecordAnswer = v.Claim != nil && m.mayRecord(by, now)
	v.MayDecide = m.mayDecide(by, now)
	v.DecidesHere = by.Grants.Decides(now)
	edited, withdrawn, live := v.Wish, v.Wish, &claim
	if !claim.Status.IsLive() {
		live = nil
	}
	v.MayEdit = edited.Edit(by, now) == nil
	v.MayWithdraw = withdrawn.Withdraw(by, live, now) == nil
}

// hasApproved tells whether the person has approved a claim: an earlier one of the wish, too.
func hasApproved(steps []matter.Entry, person id.User) bool {
	return slices.ContainsFunc(steps, func(e matter.Entry) bool {
		return e.Name == state.EventApprove && e.ActorID != nil && *e.ActorID == person
	})
}

// askers wants the holders of posts who may ask the resident: a few are enough to say whom to wait for.
func (m Matter) askers(dest *[]Asker, now time.Time) mysql.Want {
	others := m.nonAskers()
	parties := slices.Concat([]id.User{0}, others.Personal, others.Office)
	return mysql.Many(dest, "wish.askers", mysql.Args{
		"wish": m.Wish.ID, "roles": id.Posts(), "at": now, "parties": parties,
	})
}

// mayAttach tells whether the actor may give the wish to the person now.
func (v *View) mayAttach(by Actor, person id.User, now time.Time) bool {
	live := v.Claim
	if live != nil && !live.Status.IsLive() {
		live = nil
	}
	_, err := v.checkAttach(by, person, live, now)
	return err == nil
}

// hide empties what the actor may not read.
func (w *Wish) hide(from Actor, last *Claim, now time.Time) {
	if !w.ShowsDescription(from, last, now) {
		w.Description, w.Photos = "", nil
	}
}

// merge puts two histories in the order in which they were written.
func merge(a, b []matter.Entry) []matter.Entry {
	all := append(slices.Clone(a), b...)
	slices.SortStableFunc(all, func(x, y matter.Entry) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID))
	})
	return all
}
