package membership

import (
	"context"
	"errors"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Earlier is the report-in of another person under the same name at the same unit, as staff see it beside a later one.
type Earlier struct {
	ID          id.Membership          `db:"id"`
	UserID      id.User                `db:"user_id"`
	DisplayName string                 `db:"display_name"`
	NameLabel   string                 `db:"name_label"`
	NodeName    string                 `db:"node_name"`
	Status      state.MembershipStatus `db:"status"`
	RequestedAt time.Time              `db:"requested_at"`
	DecidedAt   *time.Time             `db:"decided_at"`
	ByRoster    bool                   `db:"by_roster"` // the unit's roster approved it, not staff
}

// FindEarlier reads the report-ins, by id, as staff see them beside later ones.
func FindEarlier(ctx context.Context, r mysql.Reader, memberships []id.Membership) (
	map[id.Membership]*Earlier, error) {
	if len(memberships) == 0 {
		return nil, nil
	}
	var all []Earlier
	err := r.Select(ctx, &all, "membership.earlier", mysql.Args{"memberships": memberships})
	known := make(map[id.Membership]*Earlier, len(all))
	for i := range all {
		known[all[i].ID] = &all[i]
	}
	return known, err
}

// showDeciders puts to the report-ins at the nodes what helps whoever decides about them: the earlier ones, and what
// is known of the member's number.
func (p *Service) showDeciders(ctx context.Context, all []Membership, nodes []id.Node) error {
	earlier, theirs := []id.Membership{0}, []id.Membership{0}
	for _, m := range all {
		if slices.Contains(nodes, m.NodeID) {
			theirs = append(theirs, m.ID)
			if m.EarlierID != 0 {
				earlier = append(earlier, m.EarlierID)
			}
		}
	}
	var before []Earlier
	var phones []struct {
		ID         id.Membership `db:"id"`
		Phoned     bool          `db:"is_phoned"`
		Listed     bool          `db:"is_listed"`
		Numberless bool          `db:"is_numberless"`
	}
	err := p.db.Read(ctx, mysql.Many(&before, "membership.earlier", mysql.Args{"memberships": earlier}),
		mysql.Many(&phones, "membership.phones", mysql.Args{"memberships": theirs}))
	for i := range all {
		m := &all[i]
		if !slices.Contains(nodes, m.NodeID) {
			continue
		}
		for _, e := range before {
			if e.ID == m.EarlierID {
				m.Earlier = &e
			}
		}
		for _, phone := range phones {
			if phone.ID == m.ID {
				m.Phoned, m.Listed, m.Numberless = &phone.Phoned, &phone.Listed, &phone.Numberless
			}
		}
	}
	return err
}

// Get returns a report-in for its member and for staff of its community, and whether the actor may decide about
// it; who may sees the earlier one beside it. Error: fault.ReasonNotFound.
func (p *Service) Get(ctx context.Context, actor id.User, membership id.Membership) (
	m Membership, decides bool, err error) {
	var grants grant.Grants
	err = p.db.Read(ctx, mysql.One(&m, "membership.by_id", mysql.Args{"membership": membership}),
		grant.CoveringDesk(&grants, actor, state.Membership.Noun, membership))
	now := p.db.Now()
	switch {
	case errors.Is(err, mysql.ErrNone), err == nil && m.UserID != actor && !grants.Reads(now):
		return Membership{}, false, fault.New(fault.ReasonNotFound)
	case err != nil:
		return m, false, err
	}
	if _, err := m.decides(actor, grants, now); err != nil {
		return m, false, nil //nolint:nilerr // who may not decide may still read
	}
	all := []Membership{m}
	err = p.showDeciders(ctx, all, []id.Node{m.NodeID})
	return all[0], true, err
}

// End ends the report-in of somebody else with a reason, which the member reads. Claims that are not
// delivered are released. Errors: those of Membership.End.
func (p *Service) End(ctx context.Context, actor id.User, membership id.Membership, reason string,
	onCommit mysql.OnCommit[Membership]) (Membership, error) {
	if err := fault.CheckText(&reason, "reason", "原因", fault.MaxReason); err != nil {
		return Membership{}, err
	}
	var m Membership
	err := p.db.Tx(ctx, func(tx *mysql.Tx) error {
		m = Membership{}
		var grants grant.Grants
		err := tx.Read(ctx, mysql.One(&m, "membership.lock", mysql.Args{"membership": membership}),
			grant.CoveringDesk(&grants, actor, state.Membership.Noun, membership))
		if err != nil {
			return mysql.NotFound(err)
		}
		before := m
		g, err := m.End(actor, grants, reason, tx.Now())
		if err != nil {
			return err
		}
		if p.beforeLeaving != nil {
			if err := p.beforeLeaving(ctx, tx, m.UserID); err != nil {
				return err
			}
		}
		err = p.saveMembership(tx, before, m, matter.Step{
			Actor: actor, Grant: &g.ID, Name: state.EventEnd, Reason: reason,
		})
		return errors.Join(err, onCommit.Do(tx, m, err))
	})
	return m, err
}

// RealName is the name under which somebody reported in, for staff who decide about it.
type RealName struct {
	Name        string
	DisplayName string
	UnitName    string
	NodeName    string
}

// ReadName opens the name of a report-in for staff who decide where it is, or about the claim that was made with it.
// The reading is in the log before it returns. Errors: fault.ReasonNotFound for whom it does not exist,
// fault.ReasonPartyToMatter for one's own, fault.ReasonNotYourCommunity for staff who do not decide there.
func (p *Service) ReadName(ctx context.Context, actor id.User, membership id.Membership, claim id.Claim) (
	RealName, error) {
	var row struct {
		ID          id.Membership `db:"id"`
		UserID      id.User       `db:"user_id"`
		Sealed      []byte        `db:"real_name"`
		NameLabel   string        `db:"name_label"`
		DisplayName string        `db:"display_name"`
		UnitName    string        `db:"unit_name"`
		NodeName    string        `db:"node_name"`
	}
	err := p.db.Tx(ctx, func(tx *mysql.Tx) error {
		var grants grant.Grants
		var claimed id.Membership
		wants := []mysql.Want{mysql.One(&row, "membership.real_name", mysql.Args{"membership": membership})}
		if claim == 0 {
			wants = append(wants, grant.CoveringDesk(&grants, actor, state.Membership.Noun, membership))
		} else {
			wants = append(wants, grant.CoveringMatter(&grants, actor, state.Claim.Noun, claim),
				mysql.One(&claimed, "membership.of_claim", mysql.Args{"claim": claim}))
		}
		err := tx.Read(ctx, wants...)
		g, refused := grant.Eligible(grants, grant.Parties{Personal: []id.User{row.UserID}}, tx.Now())
		switch {
		case errors.Is(err, mysql.ErrNone), err == nil && claim != 0 && claimed != membership:
			return fault.New(fault.ReasonNotFound)
		case err != nil:
			return err
		case row.UserID == actor:
			return fault.New(fault.ReasonPartyToMatter)
		case refused != nil && !grants.Reads(tx.Now()):
			return fault.New(fault.ReasonNotFound)
		case refused != nil:
			return refused
		}
		matter.UseGrant(tx, g.ID)
		return tx.Add("membership.add_name_read", mysql.Args{
			"id": mysql.NewID[id.NameRead](tx), "membership": membership, "reader": actor, "grant": g.ID,
			"claim": claim, "at": tx.Now(),
		})
	})
	if err != nil {
		return RealName{}, err
	}
	name, err := p.sealer.Open(NamePlace(membership), row.Sealed)
	return RealName{name, row.DisplayName, row.UnitName, row.NodeName}, err
}
