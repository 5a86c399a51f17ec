package org

import (
	"context"
	"errors"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Held is a grant with who holds it.
type Held struct {
	Grant
	UserID  id.User           `db:"user_id"`
	Name    string            `db:"display_name"`
	Belongs string            `db:"belongs"` // what tells them from a namesake, read only in lists
	Status  state.GrantStatus `db:"status"`
	Version int               `db:"version"`
	UsedAt  *time.Time        `db:"used_at"` // when something was last decided by it; only the end reads it

	GiverUntil *time.Time `db:"giver_until"` // when the grant that a deputy's stands in for ends; only the end reads it
}

// MaxDelegation is the longest span for which a deputy stands in.
const MaxDelegation = 60 * 24 * time.Hour

// givenBy says, for each role, at which kinds of nodes it is held, and which
// roles give it.
func givenBy(role id.Role) (kinds []Kind, givers []id.Role) {
	communities := []Kind{KindCommunity, KindVillage}
	posts := append([]Kind{KindGrid, KindBuilding, KindGroup}, communities...)
	switch role {
	case id.RoleGridLeader, id.RoleGridWorker, id.RolePropertyWorker, id.RoleBuildingHead, id.RoleUnitHead,
		id.RoleCentreHousehold:
		return posts, id.Deciders()
	case id.RoleUnitLiaison:
		return []Kind{KindUnit}, id.Deciders()
	case id.RoleSecretary:
		return communities, []id.Role{id.RoleStreet, id.RoleCounty}
	case id.RoleStreet:
		return []Kind{KindStreet}, []id.Role{id.RoleCounty}
	case id.RoleAuditor:
		return append(posts, KindStreet, KindCounty), []id.Role{id.RoleCounty}
	case id.RoleCounty: // only the installation's command gives it
	}
	return nil, nil
}

// giver is the nearest grant in force that gives the role. A deputy's does not.
// Errors: fault.ReasonNotYourCommunity, fault.ReasonGrantTooHigh.
func (g Grants) giver(role id.Role, at time.Time) (Grant, error) {
	_, givers := givenBy(role)
	refused := fault.New(fault.ReasonNotYourCommunity)
	for _, one := range g {
		if !one.InForce(at) || !one.Role.Decides() || one.Distance < 0 {
			continue
		}
		if slices.Contains(givers, one.Role) && one.DelegatedBy == nil {
			return one, nil
		}
		refused = fault.New(fault.ReasonGrantTooHigh)
	}
	return Grant{}, refused
}

// Gives tells whether any grant in force lets its holder give roles.
func (g Grants) Gives(at time.Time) bool {
	return slices.ContainsFunc(g, func(one Grant) bool {
		return one.InForce(at) && one.Role.Decides() && one.DelegatedBy == nil
	})
}

// Span is the days for which a grant is given: the business days of From and
// Until, both included. Nil is now, and without end.
type Span struct{ From, Until *time.Time }

// times are the span's moments, [from, until).
func (s Span) times(now time.Time) (from time.Time, until *time.Time, err error) {
	from = now
	if s.From != nil {
		if from = clock.Date(*s.From); from.Before(clock.Day(now)) {
			return from, nil, fault.BadField("from", "开始的日子不能早于今天。")
		}
		if from.Before(now) { // no right begins before it is given
			from = now
		}
	}
	if s.Until != nil {
		end := clock.NextDay(clock.Date(*s.Until)).UTC()
		if until = &end; !end.After(from) || !end.After(now) {
			return from, nil, fault.BadField("until", "结束的日子不能早于开始。")
		}
	}
	return from.UTC(), until, nil
}

// Gift is what is to be given to whom.
type Gift struct {
	Person id.User
	Role   id.Role
	Node   id.Node
	Span   Span

	by    id.Grant // by which it is given
	grant Grant    // as it will be
}

// Give gives a role to a person. Errors: fault.ReasonNotFound for no such
// person or node, fault.ReasonInvalidInput for a role that such a node does not
// have, fault.ReasonPartyToMatter for oneself, fault.ReasonGrantExists, and those
// of Grants.giver.
func (t *Tree) Give(ctx context.Context, actor id.User, gift Gift, onCommit mysql.OnCommit[Held]) (Held, error) {
	var h Held
	err := t.db.Tx(ctx, func(tx *mysql.Tx) error {
		where, grants, err := t.lockHolder(ctx, tx, actor, gift)
		if err != nil {
			return err
		}
		kinds, _ := givenBy(gift.Role)
		switch {
		case !slices.Contains(kinds, where.Kind):
			return fault.BadField("role", "这个地方没有这个岗位，请换一个。")
		case actor == gift.Person:
			return fault.New(fault.ReasonPartyToMatter)
		}
		by, err := grants.giver(gift.Role, tx.Now())
		if err != nil {
			return err
		}
		g := gift
		g.by, g.grant = by.ID, Grant{Role: gift.Role, NodeID: gift.Node, NodeName: where.Name}
		h, err = t.give(ctx, tx, actor, g)
		return errors.Join(err, onCommit.Do(tx, h, err))
	})
	return h, err
}

// Delegate lets a deputy decide in the actor's place, who keeps the own grant;
// the gift names no role.
// Errors: fault.ReasonNotFound, fault.ReasonPartyToMatter for oneself,
// fault.ReasonNotYourCommunity for who is not the secretary there,
// fault.ReasonGrantTooHigh for a deputy, fault.ReasonInvalidInput for a deputy
// who holds none of id.Deputies there and for spans over MaxDelegation,
// fault.ReasonGrantExists.
func (t *Tree) Delegate(ctx context.Context, actor id.User, gift Gift, onCommit mysql.OnCommit[Held]) (Held, error) {
	var h Held
	err := t.db.Tx(ctx, func(tx *mysql.Tx) error {
		where, grants, err := t.lockHolder(ctx, tx, actor, gift)
		if err != nil {
			return err
		}
		var posts int
		err = tx.Get(ctx, &posts, "org.deputy_posts", mysql.Args{
			"user": gift.Person, "node": gift.Node, "at": tx.Now(), "roles": id.Deputies(),
		})
		if err != nil {
			return err
		}
		own := slices.IndexFunc(grants, func(g Grant) bool {
			return g.InForce(tx.Now()) && g.Role == id.RoleSecretary && g.NodeID == gift.Node
		})
		from, until, problem := gift.Span.times(tx.Now())
		switch {
		case own < 0:
			return fault.New(fault.ReasonNotYourCommunity)
		case grants[own].DelegatedBy != nil:
			return fault.New(fault.ReasonGrantTooHigh)
		case actor == gift.Person:
			return fault.New(fault.ReasonPartyToMatter)
		case posts == 0:
			return fault.BadField("deputyId", "只能委托本社区的书记、网格长或者网格员。没有合适的人，请街道先加岗位。")
		case problem != nil:
			return problem
		case until == nil || until.Sub(from) > MaxDelegation:
			return fault.BadField("until", "委托最多六十天，请写明最后一天。")
		}
		g := gift
		g.by = grants[own].ID
		g.grant = Grant{Role: id.RoleSecretary, NodeID: gift.Node, NodeName: where.Name, DelegatedBy: &grants[own].ID}
		h, err = t.give(ctx, tx, actor, g)
		return errors.Join(err, onCommit.Do(tx, h, err))
	})
	return h, err
}

// lockHolder reads the node and the actor's grants there, and holds the row of
// the person who is to be given something.
func (t *Tree) lockHolder(ctx context.Context, tx *mysql.Tx, actor id.User, gift Gift) (
	where Node, grants Grants, err error) {
	var holder []id.User
	var there bool
	err = tx.Read(ctx, HoldPeople(tx, &holder, gift.Person), WantNode(&where, &there, gift.Node),
		Covering(&grants, actor, gift.Node))
	if err == nil && (len(holder) == 0 || !there) {
		err = fault.New(fault.ReasonNotFound)
	}
	return where, grants, err
}

// give writes a grant that may be given.
func (t *Tree) give(ctx context.Context, tx *mysql.Tx, actor id.User, gift Gift) (Held, error) {
	var err error
	g := gift.grant
	if g.From, g.Until, err = gift.Span.times(tx.Now()); err != nil {
		return Held{}, err
	}
	var overlapping int
	err = tx.Get(ctx, &overlapping, "org.overlapping", mysql.Args{
		"user": gift.Person, "role": g.Role, "node": g.NodeID, "from": g.From, "until": g.Until,
	})
	if err != nil {
		return Held{}, err
	}
	if overlapping > 0 {
		return Held{}, fault.New(fault.ReasonGrantExists)
	}
	g.ID, err = addGrant(tx, gift.Person, g, matter.Step{Actor: actor, Grant: &gift.by})
	if err != nil {
		return Held{}, err
	}
	h := Held{Grant: g, UserID: gift.Person, Status: state.Grant.Initial, Version: 1}
	return h, tx.Get(ctx, &h.Name, "org.name", mysql.Args{"user": gift.Person})
}

// Install gives the county's role to a person who has logged in: the first
// officer has nobody above who could. Errors: fault.ReasonNotFound for no such
// person or no county, fault.ReasonGrantExists.
func (t *Tree) Install(ctx context.Context, person id.User) error {
	return t.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			county Node
			holder []id.User
			there  bool
			grants Grants
		)
		err := tx.Read(ctx, HoldPeople(tx, &holder, person),
			mysql.Maybe(&county, &there, "org.county", nil), CoveringCounty(&grants, person))
		switch {
		case err != nil:
			return err
		case len(holder) == 0 || !there:
			return fault.New(fault.ReasonNotFound)
		}
		for _, g := range grants {
			if g.Role == id.RoleCounty && g.InForce(tx.Now()) {
				return fault.New(fault.ReasonGrantExists)
			}
		}
		_, err = AddGrant(tx, person, Grant{Role: id.RoleCounty, NodeID: county.ID, From: tx.Now()})
		return err
	})
}

// AddGrant gives a role to a person in the transaction, by nobody in particular:
// for seeds and tests.
func AddGrant(tx *mysql.Tx, person id.User, g Grant) (id.Grant, error) {
	return addGrant(tx, person, g, matter.Step{})
}

func addGrant(tx *mysql.Tx, person id.User, g Grant, by matter.Step) (id.Grant, error) {
	g.ID, by.Name = mysql.NewID[id.Grant](tx), state.EventCreate
	first := Held{Grant: g, UserID: person, Status: state.Grant.Initial, Version: 1}
	_, err := matter.Save(tx, nil, first.matter(), by)
	return g.ID, errors.Join(err,
		tx.Add("org.add_grant", mysql.Args{
			"id": g.ID, "user_id": person, "role": g.Role, "node_id": g.NodeID, "from_at": g.From, "until_at": g.Until,
			"delegated_by": g.DelegatedBy, "status": state.Grant.Initial,
		}))
}

// matter is the grant as the register has it, named by its role.
func (h Held) matter() matter.Matter {
	return matter.Matter{
		Noun: state.Grant.Noun, ID: int64(h.ID), Title: string(h.Role), Node: h.NodeID, Status: string(h.Status),
		Version: h.Version, Parties: matter.As(state.PartyMember, h.UserID),
	}
}

// End ends a grant now. Errors: fault.ReasonNotFound, fault.ReasonReasonRequired,
// fault.ReasonPartyToMatter for one's own, fault.ReasonGrantState when it is over
// already, itself or with its giver's, and those of Grants.giver.
func (t *Tree) End(ctx context.Context, actor id.User, grant id.Grant, reason string, onCommit mysql.OnCommit[Held]) (
	Held, error) {
	if err := fault.CheckText(&reason, "reason", "原因", fault.MaxReason); err != nil {
		return Held{}, err
	}
	if reason == "" {
		return Held{}, fault.New(fault.ReasonReasonRequired)
	}
	var h Held
	err := t.db.Tx(ctx, func(tx *mysql.Tx) error {
		var grants Grants
		args := mysql.Args{"grant": grant}
		err := tx.Read(ctx, mysql.One(&h, "org.lock_grant", args),
			coveringDesk(&grants, actor, state.Grant.Noun, int64(grant)))
		if errors.Is(err, mysql.ErrNone) {
			return fault.New(fault.ReasonNotFound)
		}
		if err != nil {
			return err
		}
		by, err := h.endedBy(actor, grants, tx.Now())
		if err != nil {
			return err
		}
		next, ok := state.Grant.Next(h.Status, state.EventEnd)
		if !ok || h.over(tx.Now()) {
			return fault.New(fault.ReasonGrantState)
		}
		how := matter.Step{Actor: actor, Grant: &by, Name: state.EventEnd, Reason: reason, From: string(h.Status)}
		now := tx.Now()
		if h.UsedAt != nil && !now.After(*h.UsedAt) { // in the same millisecond, or by another server's clock
			now = h.UsedAt.Add(time.Millisecond)
		}
		h.Status, h.Until = next, &now
		ended := h.matter()
		ended.Version++
		_, err = matter.Save(tx, t.sealer, ended, how)
		err = errors.Join(err, tx.Add("org.end_grant", h))
		return errors.Join(err, onCommit.Do(tx, h, err))
	})
	return h, err
}

// over tells whether the grant has ended, by its own end or with the grant that it
// stands in for.
func (h Held) over(now time.Time) bool {
	return h.Until != nil && !now.Before(*h.Until) || h.GiverUntil != nil && !now.Before(*h.GiverUntil)
}

// endedBy is the grant by which the actor may end this one: one that gives such
// grants, or the one that it stands in for.
func (h Held) endedBy(actor id.User, grants Grants, now time.Time) (id.Grant, error) {
	for _, g := range grants {
		if h.DelegatedBy != nil && g.ID == *h.DelegatedBy && g.InForce(now) {
			return g.ID, nil
		}
	}
	by, err := grants.giver(h.Role, now)
	switch {
	case fault.Has(err, fault.ReasonNotYourCommunity) && !grants.Reads(now):
		return 0, fault.New(fault.ReasonNotFound)
	case err != nil:
		return 0, err
	case h.UserID == actor:
		return 0, fault.New(fault.ReasonPartyToMatter)
	}
	return by.ID, nil
}

// Held lists who holds what at the node and below, now or later. Errors:
// fault.ReasonNotFound, fault.ReasonNotYourCommunity for who is no staff there.
func (t *Tree) Held(ctx context.Context, actor id.User, node id.Node) ([]Held, error) {
	var (
		where  Node
		there  bool
		grants Grants
		all    []Held
	)
	now := t.db.Now()
	err := t.db.Read(ctx, WantNode(&where, &there, node), Covering(&grants, actor, node),
		mysql.Many(&all, "org.held", mysql.Args{"node": node, "at": now}))
	switch {
	case err != nil:
		return nil, err
	case !there:
		return nil, fault.New(fault.ReasonNotFound)
	case !grants.Reads(now):
		return nil, fault.New(fault.ReasonNotYourCommunity)
	}
	return all, nil
}
