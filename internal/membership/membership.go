// Package membership holds report-ins (报到): who serves which community, from
// which unit, and whose real name a roster lists.
package membership

import (
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Membership is a report-in (报到): a member serves a community and comes from a
// unit.
type Membership struct {
	ID        id.Membership `db:"id"`
	UserID    id.User       `db:"user_id"`
	NodeID    id.Node       `db:"node_id"`   // the community
	NodeName  string        `db:"node_name"` // empty where only rules look
	UnitID    id.Node       `db:"unit_id"`
	UnitName  string        `db:"unit_name"`
	NameLabel string        `db:"name_label"` // the real name with its middle hidden
	// NameLookup is the keyed hash of the real name, as the roster has it where it is listed.
	NameLookup *string `db:"name_lookup"`
	// RosterSlot is which of the people whom the roster lists under the name approved it; nil: staff did.
	RosterSlot *int `db:"roster_slot"`
	// EarlierID is the report-in of another person under the same name at the same unit that stood when this one
	// came; Earlier is that, for staff.
	EarlierID id.Membership `db:"earlier_id"`
	Earlier   *Earlier      `db:"-"`
	// Phoned tells whoever decides that WeChat has said what number is the member's; Listed, that the roster has the
	// name with a number, and it is not known to be theirs; Numberless, that it has the name without one, and others
	// with theirs.
	Phoned      *bool                  `db:"-"`
	Listed      *bool                  `db:"-"`
	Numberless  *bool                  `db:"-"`
	Status      state.MembershipStatus `db:"status"`
	RequestedAt time.Time              `db:"requested_at"`
	DecidedAt   *time.Time             `db:"decided_at"`
	// The person belongs there from ApprovedAt until EndedAt. Who approved had a
	// grant, or else it was the roster.
	ApprovedAt      *time.Time `db:"approved_at"`
	ApprovalGrantID *id.Grant  `db:"approval_grant_id"`
	EndedAt         *time.Time `db:"ended_at"`     // also of a request that was taken back
	EscalatedAt     *time.Time `db:"escalated_at"` // when the next level was told that it still waits
	Version         int        `db:"version"`
}

// WantActive wants the person's active report-in, for who only looks.
func WantActive(dest *Membership, found *bool, person id.User) mysql.Want {
	return mysql.Maybe(dest, found, "membership.active", mysql.Args{"user": person})
}

// UnitOf wants from which unit the person has reported in; 0: from none.
func UnitOf(dest *id.Node, person id.User) mysql.Want {
	return mysql.One(dest, "membership.unit_of", mysql.Args{"user": person})
}

// HoldActive wants the person's active report-in and holds it, so that
// nobody leaves while something that rests on it is being written. The report-in is
// written, too, where that takes more than a lock.
func HoldActive(tx *mysql.Tx, dest *Membership, found *bool, person id.User) mysql.Want {
	tx.Touch("membership.use", mysql.Args{"user": person})
	return mysql.Maybe(dest, found, "membership.active_for_update", mysql.Args{"user": person})
}

func (m *Membership) move(e state.Event) error {
	next, ok := state.Membership.Next(m.Status, e)
	if !ok {
		return fault.New(fault.ReasonMembershipState)
	}
	m.Status, m.EscalatedAt = next, nil
	return nil
}

// EscalateAfter is how long a report-in may wait before the next level is told.
const EscalateAfter = 3 * 24 * time.Hour

// Escalate tells the next level that the report-in still waits. Error:
// fault.ReasonMembershipState when somebody was faster.
func (m *Membership) Escalate(now time.Time) error {
	if m.EscalatedAt != nil || now.Sub(m.RequestedAt) < EscalateAfter {
		return fault.New(fault.ReasonMembershipState)
	}
	if err := m.move(state.EventEscalate); err != nil {
		return err
	}
	m.EscalatedAt = &now
	return nil
}

// decides returns the grant by which the actor decides about the report-in.
// Errors: fault.ReasonNotFound for whom it does not exist,
// fault.ReasonPartyToMatter, fault.ReasonNotYourCommunity.
func (m Membership) decides(actor id.User, grants grant.Grants, now time.Time) (grant.Grant, error) {
	g, refused := grant.Eligible(grants, grant.Parties{Personal: []id.User{m.UserID}}, now)
	switch {
	case m.UserID == actor:
		return g, fault.New(fault.ReasonPartyToMatter)
	case refused != nil && !grants.Reads(now):
		return g, fault.New(fault.ReasonNotFound)
	}
	return g, refused
}

// Approve makes the member active. Errors: those of decides,
// fault.ReasonMembershipState.
func (m *Membership) Approve(actor id.User, grants grant.Grants, now time.Time) (grant.Grant, error) {
	g, err := m.decides(actor, grants, now)
	if err != nil {
		return g, err
	}
	return g, m.approve(&g.ID, now)
}

// approve makes the member active, by the grant, or without one by the roster.
func (m *Membership) approve(by *id.Grant, now time.Time) error {
	m.DecidedAt, m.ApprovedAt, m.ApprovalGrantID = &now, &now, by
	return m.move(state.EventApprove)
}

// Reject refuses the request. Errors: as Approve, and fault.ReasonReasonRequired.
func (m *Membership) Reject(actor id.User, grants grant.Grants, reason string, now time.Time) (grant.Grant, error) {
	return m.turnAway(state.EventReject, actor, grants, reason, now)
}

// End ends an active report-in by staff. Errors: those of decides, fault.ReasonReasonRequired,
// fault.ReasonMembershipState.
func (m *Membership) End(actor id.User, grants grant.Grants, reason string, now time.Time) (grant.Grant, error) {
	m.EndedAt = &now
	return m.turnAway(state.EventEnd, actor, grants, reason, now)
}

// turnAway decides against the member, with a reason.
func (m *Membership) turnAway(e state.Event, actor id.User, grants grant.Grants, reason string, now time.Time) (
	grant.Grant, error) {
	g, err := m.decides(actor, grants, now)
	switch {
	case err != nil:
		return g, err
	case reason == "":
		return g, fault.New(fault.ReasonReasonRequired)
	}
	m.DecidedAt = &now
	return g, m.move(e)
}

// Leave ends it. Errors: fault.ReasonNotFound for others than the member,
// fault.ReasonMembershipState.
func (m *Membership) Leave(actor id.User, now time.Time) error {
	if m.UserID != actor {
		return fault.New(fault.ReasonNotFound)
	}
	m.DecidedAt, m.EndedAt = &now, &now
	return m.move(state.EventLeave)
}
