package user

import (
	"context"
	"errors"

	"xinyuan/internal/event"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Membership is a report-in: a member serves a community and comes from a unit.
type Membership struct {
	ID     id.Membership          `db:"id"`
	UserID id.User                `db:"user_id"`
	NodeID id.Node                `db:"node_id"` // the community
	UnitID id.Node                `db:"unit_id"`
	Status state.MembershipStatus `db:"status"`
}

// ActiveMembership returns the person's active report-in; false if there is none.
func (p *People) ActiveMembership(ctx context.Context, person id.User) (Membership, bool, error) {
	var m Membership
	err := p.db.Get(ctx, &m, "user.active_membership", mysql.Args{"user": person})
	if errors.Is(err, mysql.ErrNone) {
		return m, false, nil
	}
	return m, err == nil, err
}

// LockActiveMembership wants the person's active report-in and holds it, so
// that nobody leaves while something that rests on it is being written.
func LockActiveMembership(dest *Membership, found *bool, person id.User) mysql.Want {
	return mysql.Maybe(dest, found, "user.active_membership_for_update", mysql.Args{"user": person})
}

// AddMembership writes an active report-in with its history in the transaction:
// for seeds. The real name is sealed.
func AddMembership(tx *mysql.Tx, sealer *seal.Sealer, m Membership, realName string) (id.Membership, error) {
	m.ID = mysql.NewID[id.Membership](tx)
	name, err := sealer.Seal(seal.Place{Table: "memberships", Column: "real_name", Row: int64(m.ID)}, realName)
	if err != nil {
		return 0, err
	}
	err = tx.Add("user.add_membership", mysql.Args{
		"id": m.ID, "user_id": m.UserID, "node_id": m.NodeID, "unit_id": m.UnitID, "real_name": name,
		"status": state.MembershipActive, "at": tx.Now(),
	})
	for i, e := range []event.Entry{
		{Name: event.Created, To: string(state.MembershipRequested), ActorID: &m.UserID},
		{Name: state.EventApprove, From: string(state.MembershipRequested), To: string(state.MembershipActive)},
	} {
		e.ID, e.Noun, e.SubjectID = mysql.NewID[id.Event](tx), state.Membership.Noun, int64(m.ID)
		e.Version = i + 1
		err = errors.Join(err, event.Add(tx, e))
	}
	return m.ID, err
}
