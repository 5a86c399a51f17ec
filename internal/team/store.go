package team

import (
	"errors"

	"xinyuan/internal/event"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/inbox"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Locks are taken in one order everywhere: team, its members by id.

// lockTeam wants the team and what the actor is to it.
func lockTeam(t *Team, by *Actor, team id.Team) []mysql.Want {
	return append([]mysql.Want{mysql.One(t, "team.lock", mysql.Args{"team": team})}, wantActor(by, team)...)
}

func wantActor(by *Actor, team id.Team) []mysql.Want {
	var in bool
	return []mysql.Want{
		mysql.Maybe(&by.Role, &in, "team.role", mysql.Args{"team": team, "user": by.ID}),
		org.CoveringTeam(&by.Grants, by.ID, team),
	}
}

// lockMember wants a member's team, the member, and what the actor is to them.
func lockMember(t *Team, m *Member, by *Actor, member id.TeamMember) []mysql.Want {
	var in bool
	args := mysql.Args{"member": member, "user": by.ID}
	return []mysql.Want{
		mysql.One(t, "team.lock_of_member", args), mysql.One(m, "team.lock_member", args),
		mysql.Maybe(&by.Role, &in, "team.role_by_member", args),
	}
}

func wantLeading(dest *[]Member, team id.Team) mysql.Want {
	return mysql.Many(dest, "team.leading", mysql.Args{"team": team})
}

// missing turns the lack of a row into fault.ReasonNotFound.
func missing(err error) error {
	if errors.Is(err, mysql.ErrNone) {
		return fault.New(fault.ReasonNotFound)
	}
	return err
}

// A step is who takes a team or a member from one status to the next, by what
// right.
type step struct {
	actor  id.User
	grant  *id.Grant // nil: by their own part in the team
	name   state.Event
	reason string
}

// addEvent queues the event of a step, with numbers in its reason hidden, and
// tells whom it concerns.
func (s *Service) addEvent(tx *mysql.Tx, e event.Entry, by step, about inbox.Matter) error {
	e.ID, e.ActorID, e.GrantID, e.Name = mysql.NewID[id.Event](tx), &by.actor, by.grant, by.name
	var err error
	e.Reason, err = event.Redact(tx, s.sealer, event.Field{Noun: "event", Subject: int64(e.ID), Name: "reason"}, by.reason)
	return errors.Join(err, event.Add(tx, e), inbox.Tell(tx, e, about))
}

// concerned is whom the team's events concern: who leads it, and a member.
func concerned(t Team, leading []Member, member id.User) inbox.Matter {
	about := inbox.Matter{Node: t.NodeID}
	if member != 0 {
		about.Parties = append(about.Parties, inbox.Party{Part: state.PartyVolunteer, Person: member})
	}
	for _, m := range leading {
		about.Parties = append(about.Parties, inbox.Party{Part: state.PartyLeader, Person: m.UserID})
	}
	return about
}

// saveTeam queues the changed team and its event.
func (s *Service) saveTeam(tx *mysql.Tx, before, after Team, by step, about inbox.Matter) error {
	return errors.Join(tx.Add("team.save", after), s.addEvent(tx, event.Entry{
		Noun: state.Team.Noun, SubjectID: int64(after.ID), Version: after.Version + 1,
		From: string(before.Status), To: string(after.Status),
	}, by, about))
}

// addMember queues a new member with the first event; who leads is told where
// somebody waits for them, and who is invited.
func (s *Service) addMember(tx *mysql.Tx, t Team, m *Member, by step, leading []Member) error {
	m.ID, m.TeamID, m.RequestedAt, m.Version = mysql.NewID[id.TeamMember](tx), t.ID, tx.Now(), 1
	if m.Role == "" {
		m.Role = state.TeamRoleMember
	}
	about := concerned(t, nil, m.UserID)
	switch m.Status {
	case state.TeamMemberRequested:
		about = concerned(t, leading, m.UserID)
	case state.TeamMemberInvited:
		about.Parties = []inbox.Party{{Part: state.PartyInvited, Person: m.UserID}}
	case state.TeamMemberActive, state.TeamMemberLeft, state.TeamMemberRejected:
		m.DecidedAt = &m.RequestedAt
	}
	by.name = state.EventCreate
	return errors.Join(tx.Add("team.add_member", m), s.addEvent(tx, event.Entry{
		Noun: state.TeamMember.Noun, SubjectID: int64(m.ID), Version: m.Version, To: string(m.Status),
	}, by, about))
}

// saveMember queues the changed member and the event.
func (s *Service) saveMember(tx *mysql.Tx, t Team, before, after Member, by step) error {
	return s.saveMemberTelling(tx, before, after, by, concerned(t, nil, after.UserID))
}

func (s *Service) saveMemberTelling(tx *mysql.Tx, before, after Member, by step, about inbox.Matter) error {
	return errors.Join(tx.Add("team.save_member", after), s.addEvent(tx, event.Entry{
		Noun: state.TeamMember.Noun, SubjectID: int64(after.ID), Version: after.Version + 1,
		From: string(before.Status), To: string(after.Status),
	}, by, about))
}
