package wish

import (
	"context"
	"errors"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
	"xinyuan/internal/state"
)

// Claim takes the wish for a member: the first one wins. The invited are members
// who may join until delivery. Errors: those of Wish.Claim,
// fault.ReasonNotMembers, fault.ReasonInvalidInput. Once the wish is taken, the
// others are answered by one plain read; the first to want it needs none.
func (s *Service) Claim(ctx context.Context, actor id.User, wish id.Wish, invited []id.User,
	onCommit mysql.OnCommit[Claim]) (Claim, error) {
	plain, err := Wish{ID: wish}, error(nil)
	if !s.wanted.isFirst(wish) || len(invited) > 0 {
		if plain, err = s.look(ctx, actor, wish); err != nil {
			return Claim{}, err
		}
		if invited, err = checkInvited(actor, plain, invited); err != nil {
			return Claim{}, err
		}
	}
	var c Claim
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		c, err = s.claim(ctx, tx, actor, plain, invited)
		return errors.Join(err, onCommit.Do(tx, c, err))
	})
	if mysql.IsDuplicate(err, "claims_live") { // the database's own guard
		err = fault.New(fault.ReasonWishTaken)
	}
	return c, err
}

// look reads the wish without a lock, and refuses whom that is enough to refuse.
func (s *Service) look(ctx context.Context, actor id.User, wish id.Wish) (Wish, error) {
	plain, err := s.looks.Get(ctx, wish, func(ctx context.Context) (w Wish, err error) {
		err = s.db.Get(ctx, &w, "wish.look", mysql.Args{"wish": wish})
		return w, err
	})
	if err != nil {
		return plain, mysql.NotFound(err)
	}
	return plain, plain.checkClaimable(actor)
}

// claim writes the claim. Of a wish that nobody has looked at, the plain one has but the id.
func (s *Service) claim(ctx context.Context, tx *mysql.Tx, actor id.User, plain Wish, invited []id.User) (
	Claim, error) {
	var (
		w       Wish
		by      = Candidate{ID: actor}
		members []Participant
	)
	wants := []mysql.Want{
		membership.HoldActive(tx, &by.Membership, &by.Member, actor), lockToClaim(&w, plain.ID),
		undeliveredOf(&by.Undelivered, actor), approvers(&by, plain.ID),
	}
	ownerless := plain.Status != "" && plain.OwnerID == 0
	if ownerless {
		wants = append(wants, beneficiaryOf(&w, plain.ID))
	}
	if len(invited) > 0 {
		wants = append(wants, mysql.Many(&members, "wish.colleagues_among", mysql.Args{
			"claimant": actor, "wish": plain.ID, "users": invited,
		}))
	}
	if err := tx.Read(ctx, wants...); err != nil {
		return Claim{}, mysql.NotFound(err)
	}
	if w.OwnerID == 0 && !ownerless { // nobody has looked, or the owner left meanwhile
		if err := tx.Read(ctx, beneficiaryOf(&w, plain.ID)); err != nil {
			return Claim{}, err
		}
	}
	before := w
	c, err := w.Claim(by, tx.Now())
	if err != nil {
		return c, err
	}
	if len(members) != len(invited) {
		return c, fault.New(fault.ReasonNotMembers)
	}
	c.ID = mysql.NewID[id.Claim](tx)
	for _, p := range members {
		c.Participants = append(c.Participants, Participant{ClaimID: c.ID, UserID: p.UserID, DisplayName: p.DisplayName})
	}
	created := Matter{w, c}.matter()
	created.Version = 1 // as the row begins with; what is locked and changed has its own
	// Two matters take a step each: the claim is made, and the wish is taken.
	_, err = matter.SaveAll(tx, s.sealer, []matter.Saved{
		{Matter: created, Step: matter.Step{Actor: actor, Name: state.EventCreate}},
		stepOf(before, w, matter.Step{Actor: actor, Name: state.EventClaim}),
	})
	err = errors.Join(err, tx.Add("wish.save", w), tx.Add("wish.add_claim", c))
	if len(invited) > 0 {
		err = errors.Join(err, tx.Add("wish.invite", mysql.Args{"claim": c.ID, "users": invited}))
	}
	return c, err
}

// Decision is staff's answer to a claim.
type Decision struct {
	Approve bool
	Reason  string // needed to decline
	InBatch bool   // with others, without looking at each
}

// ReviewClaim approves or declines a claim that waits. Where the resident said
// "not yet" again, approving lets the claimant go on and declining ends it.
// Errors: those of Matter.Approve, Matter.Decline and Matter.Return,
// fault.ReasonOneByOne for a sensitive wish in a batch.
func (s *Service) ReviewClaim(ctx context.Context, actor id.User, claim id.Claim, d Decision,
	onCommit mysql.OnCommit[Claim]) (Claim, error) {
	if err := fault.CheckText(&d.Reason, "reason", "原因", MaxReason); err != nil {
		return Claim{}, err
	}
	return s.act(ctx, actor, claim, onCommit, rule{apply: func(tx *mysql.Tx, m *Matter, by Actor) (matter.Step, error) {
		var g grant.Grant
		var err error
		name := state.EventDecline
		switch {
		case d.Approve && m.Claim.DisputedAt != nil:
			name = state.EventReturn
			g, err = m.Return(by, tx.Now())
		case d.Approve:
			name = state.EventApprove
			g, err = m.Approve(by, tx.Now())
		default:
			g, err = m.Decline(by, d.Reason, tx.Now())
		}
		if err == nil && d.InBatch && m.Wish.Sensitive {
			err = fault.New(fault.ReasonOneByOne)
		}
		return byGrant(actor, g, name, d.Reason), err
	}})
}

// MissCall writes down that the resident was asked in vain. Errors: those of
// Matter.MissCall.
func (s *Service) MissCall(ctx context.Context, actor id.User, claim id.Claim,
	onCommit mysql.OnCommit[Claim]) (Claim, error) {
	return s.act(ctx, actor, claim, onCommit, rule{apply: func(tx *mysql.Tx, m *Matter, by Actor) (matter.Step, error) {
		g, err := m.MissCall(by, tx.Now())
		return matter.Step{Actor: actor, Grant: idOf(g), Name: state.EventMissCall}, err
	}})
}

// Release gives the wish back. Errors: those of Matter.Release.
func (s *Service) Release(ctx context.Context, actor id.User, claim id.Claim, reason string,
	onCommit mysql.OnCommit[Claim]) (Claim, error) {
	if err := fault.CheckText(&reason, "reason", "原因", MaxReason); err != nil {
		return Claim{}, err
	}
	return s.act(ctx, actor, claim, onCommit, rule{apply: func(tx *mysql.Tx, m *Matter, by Actor) (matter.Step, error) {
		return matter.Step{Actor: actor, Name: state.EventRelease, Reason: reason}, m.Release(by, tx.Now())
	}})
}

// ReleaseAll gives back, in the transaction, what the person has claimed and not
// delivered: for somebody who ceases to be a member. What is delivered stays: the
// deed is done, and the resident has the last word.
func (s *Service) ReleaseAll(ctx context.Context, tx *mysql.Tx, person id.User) error {
	var claims []id.Claim
	if err := tx.Select(ctx, &claims, "wish.undelivered_of", mysql.Args{"claimant": person}); err != nil {
		return err
	}
	for _, claim := range claims { // in the order of their wishes, as locks are taken
		var m Matter
		if err := tx.Read(ctx, lockMatter(&m, claim)...); err != nil {
			return err
		}
		before := m
		if err := m.end(state.EventRelease); err != nil {
			continue // decided or delivered meanwhile
		}
		if _, err := s.saveMatter(tx, before, m, matter.Step{Actor: person, Name: state.EventRelease}); err != nil {
			return err
		}
	}
	return nil
}

// Delivery is what a member says of the deed, and shows of it.
type Delivery struct {
	Note   string
	Photos []id.Photo
}

func (d *Delivery) check() error {
	if err := fault.CheckText(&d.Note, "note", "办理情况", MaxNote); err != nil {
		return err
	}
	if d.Note == "" {
		return fault.BadField("note", "请写一写办得怎么样，许愿人会看到。")
	}
	if len(d.Photos) > MaxDeliveryPhotos {
		return invalid([]fault.Field{tooManyPhotos(MaxDeliveryPhotos)})
	}
	return nil
}

// Deliver says that the deed is done, in a few words. Errors: those of
// Matter.Deliver and media.Choice.To, fault.ReasonInvalidInput.
func (s *Service) Deliver(ctx context.Context, actor id.User, claim id.Claim, d Delivery,
	onCommit mysql.OnCommit[Claim]) (Claim, error) {
	if err := d.check(); err != nil {
		return Claim{}, err
	}
	photos := media.Choose(actor, d.Photos)
	deliver := func(tx *mysql.Tx, m *Matter, by Actor) (matter.Step, error) {
		clean, err := s.claimText(tx, m.Claim, "delivery_note", content.Writing{Writer: actor, Text: d.Note})
		if err == nil {
			err = m.Deliver(by, clean, tx.Now())
		}
		if err == nil {
			err = photos.To(tx, state.Claim.Noun, int64(claim))
		}
		return matter.Step{Actor: actor, Name: state.EventDeliver}, err
	}
	return s.act(ctx, actor, claim, onCommit, rule{photos.Wants(), deliver})
}

// check says what is wrong with the answer.
func (a *Answer) check() error {
	if err := fault.CheckText(&a.Comment, "comment", "评价", MaxComment); err != nil {
		return err
	}
	if a.Rating != nil && (*a.Rating < 1 || *a.Rating > 5) {
		return fault.BadField("rating", "请给一到五颗星。")
	}
	switch {
	case a.NobodyCame && a.Accepted:
		return fault.BadField("nobodyCame", "没有人来过，就不是办好了，请选一样。")
	case a.NobodyCame && a.Comment == "":
		a.Comment = "没有人来过。"
	}
	if a.OnBehalf == nil {
		return nil
	}
	if err := fault.CheckText(&a.OnBehalf.Note, "onBehalf.note", "询问经过", MaxReason); err != nil {
		return err
	}
	if a.OnBehalf.Note == "" {
		return fault.BadField("onBehalf.note", "请写明什么时候、怎样问的许愿人，是怎么答的。")
	}
	return nil
}

// tell is the event's reason: why it is not done yet, or how the resident was
// asked.
func (a Answer) tell() string {
	if a.OnBehalf != nil {
		return map[How]string{HowVisit: "上门询问：", HowPhone: "电话询问："}[a.OnBehalf.How] + a.OnBehalf.Note
	}
	if !a.Accepted {
		return a.Comment
	}
	return ""
}

// pay posts what the published wish promised, in equal shares: what is left over
// goes one each to the claimant first, then by id.
func (s *Service) pay(ctx context.Context, tx *mysql.Tx, m Matter, cause id.Event) error {
	c := m.Claim
	shares := []points.Share{{User: c.ClaimantID, MemberNode: c.MemberNodeID, MemberUnit: c.UnitID}}
	for _, p := range c.Participants {
		if p.AcceptedAt != nil {
			shares = append(shares, points.Share{User: p.UserID, MemberNode: p.MemberNodeID, MemberUnit: p.UnitID})
		}
	}
	for i, amount := range points.Divide(*m.Wish.Points, len(shares)) {
		shares[i].Amount = amount
	}
	return s.ledger.Post(ctx, tx, points.Award{
		Event: points.WishFulfilled, Cause: cause, DeedAt: *c.DeliveredAt, Node: m.Wish.NodeID, Shares: shares,
	})
}

// rule is what one step does to a matter, and what it needs to know besides.
type rule struct {
	wants []mysql.Want
	apply func(*mysql.Tx, *Matter, Actor) (matter.Step, error)
}

// act locks a claim and its wish, applies the rule, and saves what it changed.
func (s *Service) act(ctx context.Context, actor id.User, claim id.Claim, onCommit mysql.OnCommit[Claim], r rule) (
	Claim, error) {
	var after Claim
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		m, by, err := s.lock(ctx, tx, actor, claim, r.wants...)
		if err != nil {
			return err
		}
		before := m
		how, err := r.apply(tx, &m, by)
		if err != nil {
			return err
		}
		after = m.Claim
		_, err = s.saveMatter(tx, before, m, how)
		return errors.Join(err, onCommit.Do(tx, after, err))
	})
	return after, err
}

func (s *Service) lock(ctx context.Context, tx *mysql.Tx, actor id.User, claim id.Claim, more ...mysql.Want) (
	Matter, Actor, error) {
	var m Matter
	by := Actor{ID: actor}
	wants := append(lockMatter(&m, claim), grant.CoveringMatter(&by.Grants, actor, state.Claim.Noun, claim))
	err := tx.Read(ctx, append(wants, more...)...)
	return m, by, mysql.NotFound(err)
}

// GetClaim reads a claim with its wish. Error: fault.ReasonNotFound, also for
// whom it is none of their business.
func (s *Service) GetClaim(ctx context.Context, actor id.User, claim id.Claim) (Opened, error) {
	var m Opened
	var recorded []Recorded
	var held []content.Text
	by := Actor{ID: actor}
	args := mysql.Args{"claim": claim}
	err := s.db.Read(ctx, mysql.One(&m.Claim, "wish.claim", args), mysql.One(&m.Wish, "wish.by_claim", args),
		beneficiary(&m.Wish, "wish.beneficiary_by_claim", args),
		mysql.Many(&m.Claim.Participants, "wish.participants", args),
		grant.CoveringMatter(&by.Grants, actor, state.Claim.Noun, claim), media.Of(&m.Claim.Photos, state.Claim.Noun, claim),
		mysql.Many(&m.Wish.Photos, "wish.photos_by_claim", args),
		wantRecorded(&recorded, []id.Claim{claim}), content.Own(&held, state.Claim.Noun, int64(claim)))
	if err != nil {
		return m, mysql.NotFound(err)
	}
	now := s.db.Now()
	asks := m.mayRecord(by, now)
	if !m.sees(by, now) && !asks {
		return Opened{}, fault.New(fault.ReasonNotFound)
	}
	if len(recorded) > 0 && (asks || by.Grants.Reads(now)) {
		m.Recorded = &recorded[0]
	}
	m.ToStaff = by.Grants.Decides(now)
	m.Wish.hide(by, &m.Claim, now)
	m.show(held, by, now)
	if !m.showsDeed(by, now) {
		m.Claim.Photos = nil
	}
	return m, nil
}
