package grant

import (
	"context"
	"errors"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service gives and ends grants, and reads where those of a person reach.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
}

// New returns the grants of the database. Without a sealer it ends none: the originals of reasons are sealed.
func New(db *mysql.DB, sealer *seal.Sealer) *Service { return &Service{db, sealer} }

// Gift is what is to be given to whom.
type Gift struct {
	Person id.User
	Role   id.Role
	Node   id.Node
	Span   Span

	by    id.Grant // by which it is given
	grant Grant    // as it will be
}

// Give gives a role to a person. Errors: those of lockHolder,
// fault.ReasonInvalidInput for a role that such a node does not have,
// fault.ReasonPartyToMatter for oneself, fault.ReasonGrantExists, and those of
// Grants.giver.
func (s *Service) Give(ctx context.Context, actor id.User, gift Gift,
	onCommit mysql.OnCommit[Holding]) (Holding, error) {
	var h Holding
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		where, grants, err := lockHolder(ctx, tx, actor, gift)
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
		h, err = give(ctx, tx, actor, g)
		return errors.Join(err, onCommit.Do(tx, h, err))
	})
	return h, err
}

// Delegate lets a deputy decide in the actor's place, who keeps the own grant;
// the gift names no role.
// Errors: those of lockHolder, fault.ReasonPartyToMatter for oneself,
// fault.ReasonNotYourCommunity for who is not the secretary there,
// fault.ReasonGrantTooHigh for a deputy, fault.ReasonInvalidInput for a deputy
// who holds none of id.Deputies there and for spans over MaxDelegation,
// fault.ReasonGrantExists.
func (s *Service) Delegate(ctx context.Context, actor id.User, gift Gift,
	onCommit mysql.OnCommit[Holding]) (Holding, error) {
	var h Holding
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		where, grants, err := lockHolder(ctx, tx, actor, gift)
		if err != nil {
			return err
		}
		var posts int
		err = tx.Get(ctx, &posts, "grant.deputy_posts", mysql.Args{
			"user": gift.Person, "node": gift.Node, "at": tx.Now(), "roles": id.Deputies(),
		})
		if err != nil {
			return err
		}
		own := slices.IndexFunc(grants, func(g Grant) bool {
			return g.IsInForce(tx.Now()) && g.Role == id.RoleSecretary && g.NodeID == gift.Node
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
		h, err = give(ctx, tx, actor, g)
		return errors.Join(err, onCommit.Do(tx, h, err))
	})
	return h, err
}

// give writes a grant that may be given.
func give(ctx context.Context, tx *mysql.Tx, actor id.User, gift Gift) (Holding, error) {
	var err error
	g := gift.grant
	if g.From, g.Until, err = gift.Span.times(tx.Now()); err != nil {
		return Holding{}, err
	}
	var overlapping int
	err = tx.Get(ctx, &overlapping, "grant.overlapping", mysql.Args{
		"user": gift.Person, "role": g.Role, "node": g.NodeID, "from": g.From, "until": g.Until,
	})
	if err != nil {
		return Holding{}, err
	}
	if overlapping > 0 {
		return Holding{}, fault.New(fault.ReasonGrantExists)
	}
	g.ID, err = add(tx, gift.Person, g, matter.Step{Actor: actor, Grant: &gift.by})
	if err != nil {
		return Holding{}, err
	}
	h := Holding{Grant: g, UserID: gift.Person, Status: state.Grant.Initial, Version: 1}
	return h, tx.Get(ctx, &h.Name, "grant.holder_name", mysql.Args{"user": gift.Person})
}

// Install gives the county's role to a person who has logged in: the first
// officer has nobody above who could. Errors: fault.ReasonNotFound for no such
// person or no county, fault.ReasonGrantExists.
func (s *Service) Install(ctx context.Context, person id.User) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			county org.Node
			holder []id.User
			there  bool
			grants Grants
		)
		err := tx.Read(ctx, org.HoldPeople(tx, &holder, person),
			org.WantCounty(&county, &there), CoveringCounty(&grants, person))
		switch {
		case err != nil:
			return err
		case len(holder) == 0 || !there:
			return fault.New(fault.ReasonNotFound)
		}
		for _, g := range grants {
			if g.Role == id.RoleCounty && g.IsInForce(tx.Now()) {
				return fault.New(fault.ReasonGrantExists)
			}
		}
		_, err = Add(tx, person, Grant{Role: id.RoleCounty, NodeID: county.ID, From: tx.Now()})
		return err
	})
}

// End ends a grant now. Errors: fault.ReasonNotFound, fault.ReasonReasonRequired,
// fault.ReasonPartyToMatter for one's own, fault.ReasonGrantState when it is over
// already, itself or with its giver's, and those of Grants.giver.
func (s *Service) End(ctx context.Context, actor id.User, grant id.Grant, reason string,
	onCommit mysql.OnCommit[Holding]) (Holding, error) {
	if err := fault.CheckText(&reason, "reason", "原因", fault.MaxReason); err != nil {
		return Holding{}, err
	}
	if reason == "" {
		return Holding{}, fault.New(fault.ReasonReasonRequired)
	}
	var h Holding
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var grants Grants
		args := mysql.Args{"grant": grant}
		err := tx.Read(ctx, mysql.One(&h, "grant.lock", args),
			CoveringDesk(&grants, actor, state.Grant.Noun, grant))
		if err != nil {
			return mysql.NotFound(err)
		}
		by, err := h.endedBy(actor, grants, tx.Now())
		if err != nil {
			return err
		}
		next, ok := state.Grant.Next(h.Status, state.EventEnd)
		if !ok || h.isOver(tx.Now()) {
			return fault.New(fault.ReasonGrantState)
		}
		how := matter.Step{Actor: actor, Grant: &by, Reason: reason, From: string(h.Status)}
		h.Status = next
		err = s.end(tx, &h, how)
		return errors.Join(err, onCommit.Do(tx, h, err))
	})
	return h, err
}

// end queues that the grant is over from now on.
func (s *Service) end(tx *mysql.Tx, h *Holding, how matter.Step) error {
	now := tx.Now()
	if h.UsedAt != nil && !now.After(*h.UsedAt) { // in the same millisecond, or by another server's clock
		now = h.UsedAt.Add(time.Millisecond)
	}
	h.Until, how.Name = &now, state.EventEnd
	ended := h.matter()
	ended.Version++
	_, err := matter.Save(tx, s.sealer, ended, how)
	return errors.Join(err, tx.Add("grant.end", h))
}

// Resign ends the person's own grant, for an account that is deleted. Errors:
// fault.ReasonNotFound, fault.ReasonGrantState when it is over already.
func (s *Service) Resign(ctx context.Context, person id.User, grant id.Grant) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var h Holding
		if err := tx.Get(ctx, &h, "grant.lock", mysql.Args{"grant": grant}); err != nil {
			return mysql.NotFound(err)
		}
		next, ok := state.Grant.Next(h.Status, state.EventEnd)
		switch {
		case h.UserID != person:
			return fault.New(fault.ReasonNotFound)
		case !ok || h.isOver(tx.Now()):
			return fault.New(fault.ReasonGrantState)
		}
		how := matter.Step{Actor: person, From: string(h.Status)}
		h.Status = next
		return s.end(tx, &h, how)
	})
}

// ListHoldings lists who holds what at the node and below, now or later. Errors:
// fault.ReasonNotFound, fault.ReasonNotYourCommunity for who is no staff there.
func (s *Service) ListHoldings(ctx context.Context, actor id.User, node id.Node) ([]Holding, error) {
	var (
		where  org.Node
		there  bool
		grants Grants
		all    []Holding
	)
	now := s.db.Now()
	err := s.db.Read(ctx, org.WantNode(ctx, &where, &there, node), Covering(&grants, actor, node),
		mysql.Many(&all, "grant.held", mysql.Args{"node": node, "at": now}))
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
