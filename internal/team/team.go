// Package team holds the volunteer teams: a community's leader, deputies and
// members, who run its activities and serve in them.
package team

import (
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/state"
)

// Team is a volunteer team.
type Team struct {
	ID         id.Team          `db:"id"`
	NodeID     id.Node          `db:"node_id"`
	NodeName   string           `db:"node_name"`
	Name       string           `db:"name"`
	Intro      string           `db:"intro"`
	Status     state.TeamStatus `db:"status"`
	CreatedAt  time.Time        `db:"created_at"`
	Version    int              `db:"version"`
	Members    int              `db:"members"` // active ones
	LeaderID   id.User          `db:"leader_id"`
	LeaderName string           `db:"leader_name"`
	OwnRole    state.TeamRole   `db:"own_role"` // the asker's, known only among the asker's own teams
}

// Member is a person's place in a team.
type Member struct {
	ID          id.TeamMember          `db:"id"`
	TeamID      id.Team                `db:"team_id"`
	UserID      id.User                `db:"user_id"`
	DisplayName string                 `db:"display_name"`
	Role        state.TeamRole         `db:"role"`
	Status      state.TeamMemberStatus `db:"status"`
	RecorderID  *id.User               `db:"recorder_id"` // the leader who wrote down somebody without a phone
	InviterID   *id.User               `db:"inviter_id"`  // who asked them to come; nil: they came by themselves
	Inviter     string                 `db:"inviter"`     // what they are called, read only with one's own place
	Belongs     string                 `db:"belongs"`     // what tells them from a namesake, read only in lists
	RequestedAt time.Time              `db:"requested_at"`
	DecidedAt   *time.Time             `db:"decided_at"`
	Version     int                    `db:"version"`
}

// Actor is who does something about a team.
type Actor struct {
	ID     id.User
	Grants grant.Grants   // at the team's node
	Role   state.TeamRole // in the team, "" for who is not in it
}

// The longest texts, in characters.
const (
	MaxName   = letters.TeamName
	MaxIntro  = letters.TeamIntro
	MaxReason = letters.Reason
)

// MaxDeputies is how many may stand in for a leader.
const MaxDeputies = 5

// decides is the grant by which the actor decides at the team's node, nil without one.
func (a Actor) decides(now time.Time) *id.Grant {
	g, err := grant.Eligible(a.Grants, grant.Parties{}, now)
	if err != nil {
		return nil
	}
	return &g.ID
}

func (t *Team) move(e state.Event) error {
	next, ok := state.Team.Next(t.Status, e)
	if !ok {
		return fault.New(fault.ReasonTeamState)
	}
	t.Status = next
	return nil
}

// edit lets the leader, or who decides at the node by the grant returned, change
// the team. Errors: fault.ReasonNotTeamLeader, fault.ReasonTeamState.
func (t *Team) edit(by Actor, now time.Time) (*id.Grant, error) {
	if by.Role == state.TeamRoleLeader {
		return nil, t.move(state.EventEdit)
	}
	g := by.decides(now)
	if g == nil {
		return nil, fault.New(fault.ReasonNotTeamLeader)
	}
	return g, t.move(state.EventEdit)
}

// renew lets who leads, or who decides at the node by the grant returned, give the
// team another invitation. Errors: fault.ReasonNotTeamLeader, fault.ReasonTeamState.
func (t *Team) renew(by Actor, now time.Time) (*id.Grant, error) {
	if by.Role.Leads() {
		return nil, t.move(state.EventEdit)
	}
	return t.edit(by, now)
}

// end closes the team. running is how many of its activities are published and
// not yet settled. Errors: fault.ReasonNotYourCommunity, fault.ReasonTeamBusy,
// fault.ReasonReasonRequired, fault.ReasonTeamState.
func (t *Team) end(by Actor, running int, reason string, now time.Time) (*id.Grant, error) {
	g, err := grant.Eligible(by.Grants, grant.Parties{}, now)
	switch {
	case err != nil:
		return nil, err
	case reason == "":
		return nil, fault.New(fault.ReasonReasonRequired)
	case t.Status == state.TeamActive && running > 0:
		return nil, fault.New(fault.ReasonTeamBusy)
	}
	return &g.ID, t.move(state.EventEnd)
}

// checkTakes refuses new members of a team that serves no more.
func (t Team) checkTakes() error {
	if t.Status != state.TeamActive {
		return fault.New(fault.ReasonTeamState)
	}
	return nil
}

func (m *Member) move(e state.Event, now time.Time) error {
	next, ok := state.TeamMember.Next(m.Status, e)
	if !ok {
		return fault.New(fault.ReasonTeamMemberState)
	}
	m.Status = next
	if e != state.EventEdit {
		m.DecidedAt = &now
	}
	return nil
}

// review takes a person into the team, or not. Errors: fault.ReasonNotTeamLeader,
// fault.ReasonReasonRequired, fault.ReasonTeamMemberState.
func (m *Member) review(by Actor, approve bool, reason string, now time.Time) (state.Event, error) {
	switch {
	case !by.Role.Leads():
		return "", fault.New(fault.ReasonNotTeamLeader)
	case m.Status == state.TeamMemberInvited: // waits for the person's own word
		return "", fault.New(fault.ReasonTeamMemberState)
	case approve:
		return state.EventApprove, m.move(state.EventApprove, now)
	case reason == "":
		return "", fault.New(fault.ReasonReasonRequired)
	}
	return state.EventReject, m.move(state.EventReject, now)
}

// leave ends the membership, by the person or by who leads, and an invitation:
// the person declines it, who leads or decides withdraws it. Errors:
// fault.ReasonNotTeamLeader, fault.ReasonLeaderStays, fault.ReasonReasonRequired for
// who removes another, fault.ReasonTeamMemberState.
func (m *Member) leave(by Actor, reason string, now time.Time) (state.Event, error) {
	own, invited := m.UserID == by.ID, m.Status == state.TeamMemberInvited
	switch {
	case own && invited:
		return state.EventDecline, m.move(state.EventDecline, now)
	case invited && (by.Role.Leads() || by.decides(now) != nil):
		return state.EventWithdraw, m.move(state.EventWithdraw, now)
	}
	return state.EventLeave, m.end(by, own, reason, now)
}

// end ends the membership of somebody who is in the team or asks to join.
func (m *Member) end(by Actor, own bool, reason string, now time.Time) error {
	switch {
	case !own && !by.Role.Leads():
		return fault.New(fault.ReasonNotTeamLeader)
	case m.Status == state.TeamMemberActive && m.Role == state.TeamRoleLeader:
		return fault.New(fault.ReasonLeaderStays)
	case !own && m.Status != state.TeamMemberActive:
		return fault.New(fault.ReasonTeamMemberState) // who asks is reviewed
	case !own && m.Role == state.TeamRoleDeputy && by.Role != state.TeamRoleLeader:
		return fault.New(fault.ReasonNotTeamLeader)
	case !own && reason == "":
		return fault.New(fault.ReasonReasonRequired)
	}
	return m.move(state.EventLeave, now)
}
