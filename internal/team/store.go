package team

import (
	"errors"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
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
		grant.CoveringMatter(&by.Grants, by.ID, state.Team.Noun, team),
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

// matter is the team as the register has it; an event may concern who leads it.
func (t Team) matter(leading []Member) matter.Matter {
	return matter.Matter{
		Noun: state.Team.Noun, ID: int64(t.ID), Title: t.Name, Node: t.NodeID, Status: string(t.Status), Version: t.Version,
		Parties: leaders(leading),
	}
}

// matter is the member as the register has it.
func (m Member) matter(t Team, leading []Member) matter.Matter {
	part, turns := state.PartyVolunteer, []matter.Turn{}
	if m.Status == state.TeamMemberInvited {
		part = state.PartyInvited
		turns = append(turns, matter.Turn{Part: part, Person: m.UserID, Asker: *m.InviterID, Since: m.RequestedAt})
	}
	return matter.Matter{
		Noun: state.TeamMember.Noun, ID: int64(m.ID), OfNoun: state.Team.Noun, OfID: int64(m.TeamID), Node: t.NodeID,
		Status: string(m.Status), Version: m.Version,
		Parties: append(leaders(leading), matter.Party{Part: part, Person: m.UserID}),
		Turns:   turns,
	}
}

func leaders(leading []Member) (all []matter.Party) {
	for _, m := range leading {
		all = append(all, matter.Party{Part: state.PartyLeader, Person: m.UserID})
	}
	return all
}

// saveTeam queues the changed team and its step.
func (s *Service) saveTeam(tx *mysql.Tx, before, after Team, by matter.Step, leading ...Member) error {
	after, held := s.held(tx, before, after, by)
	saved := tx.Add("team.save", after)
	by.From = string(before.Status)
	after.Version++
	_, err := matter.Save(tx, s.sealer, after.matter(leading), by)
	return errors.Join(held, err, saved)
}

// addMember queues a new member with the first step; who leads is told where
// somebody waits for them, and who is invited.
func (s *Service) addMember(tx *mysql.Tx, t Team, m *Member, by matter.Step, leading []Member) error {
	m.ID, m.TeamID, m.RequestedAt, m.Version = mysql.NewID[id.TeamMember](tx), t.ID, tx.Now(), 1
	if m.Role == "" {
		m.Role = state.TeamRoleMember
	}
	if m.Status != state.TeamMemberRequested {
		leading = nil
	}
	if m.Status != state.TeamMemberRequested && m.Status != state.TeamMemberInvited {
		m.DecidedAt = &m.RequestedAt
	}
	by.Name = state.EventCreate
	_, err := matter.Save(tx, s.sealer, m.matter(t, leading), by)
	return errors.Join(err, tx.Add("team.add_member", m))
}

// saveMember queues the changed member and the step, of which who leads may have
// to know.
func (s *Service) saveMember(tx *mysql.Tx, t Team, after Member, by matter.Step, leading ...Member) error {
	saved := tx.Add("team.save_member", after)
	after.Version++
	_, err := matter.Save(tx, s.sealer, after.matter(t, leading), by)
	return errors.Join(err, saved)
}
