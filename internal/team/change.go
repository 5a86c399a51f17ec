package team

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Change is what may be changed about a team; nil leaves it as it is.
type Change struct {
	Name      *string
	Intro     *string
	LeaderID  *id.User
	DeputyIDs *[]id.User
}

func (c *Change) check() error {
	if c.Name != nil {
		if err := checkName(c.Name); err != nil {
			return err
		}
	}
	if c.DeputyIDs != nil && len(*c.DeputyIDs) > MaxDeputies {
		return fault.BadField("deputyIds", fmt.Sprintf("副队长最多 %d 位。", MaxDeputies))
	}
	if c.Intro == nil {
		return nil
	}
	return fault.CheckText(c.Intro, "intro", "介绍", MaxIntro)
}

// Edit changes the team: by its leader, who hands over only to a member, or by
// who decides at the node. Errors: fault.ReasonNotFound, fault.ReasonNotTeamLeader,
// fault.ReasonTeamState, fault.ReasonInvalidInput.
func (s *Service) Edit(ctx context.Context, actor id.User, team id.Team, c Change, onCommit mysql.OnCommit[Team]) (
	Team, error) {
	if err := c.check(); err != nil {
		return Team{}, err
	}
	var t Team
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		var leading, wanted []Member
		err := tx.Read(ctx, append(lockTeam(&t, &by, team), wantLeading(&leading, team),
			mysql.Many(&wanted, "team.members_among", mysql.Args{"team": team, "users": append(c.people(), 0)}))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		before := t
		grant, err := t.edit(by, tx.Now())
		if err != nil {
			return err
		}
		if c.Name != nil {
			t.Name = *c.Name
		}
		if c.Intro != nil {
			field := matter.Field{Noun: "team", Subject: int64(t.ID), Name: fmt.Sprintf("intro.%d", t.Version+1), Withheld: true}
			if t.Intro, err = matter.Redact(tx, s.sealer, field, *c.Intro); err != nil {
				return err
			}
		}
		if c.Name != nil && *c.Name == before.Name && s.texts != nil {
			field := matter.Field{Noun: state.Team.Noun, Subject: int64(t.ID), Name: "name"}
			if err := s.texts.Withdraw(tx, field); err != nil {
				return err
			}
		}
		how := matter.Step{Actor: actor, Grant: grant, Name: state.EventEdit}
		if err := s.reorder(ctx, tx, &t, turn{c, how, append(leading, wanted...)}); err != nil {
			return err
		}
		err = s.saveTeam(tx, before, t, how)
		return errors.Join(err, onCommit.Do(tx, t, err))
	})
	return t, nameTaken(err)
}

// people are those whom the change names.
func (c Change) people() []id.User {
	var all []id.User
	if c.DeputyIDs != nil {
		all = append(all, *c.DeputyIDs...)
	}
	if c.LeaderID != nil {
		all = append(all, *c.LeaderID)
	}
	return all
}

// turn is a change of who leads.
type turn struct {
	Change
	by    matter.Step
	known []Member // who leads now and whom the change names, as far as they are members
}

// reorder makes the people leader, deputy or neither.
func (s *Service) reorder(ctx context.Context, tx *mysql.Tx, t *Team, c turn) error {
	known, by := c.known, c.by
	roles, err := c.roles(t.LeaderID, known, by.Grant != nil)
	if err != nil {
		return err
	}
	slices.SortStableFunc(known, func(a, b Member) int { // a team never has two leaders: the old one goes first
		return b.rank() - a.rank()
	})
	var done []id.User
	for _, m := range known {
		role, named := roles[m.UserID]
		if !named {
			role = state.TeamRoleMember
		}
		if slices.Contains(done, m.UserID) || role == m.Role {
			done = append(done, m.UserID)
			continue
		}
		done = append(done, m.UserID)
		step := by
		step.From = string(m.Status)
		m.Role = role
		if err := m.move(state.EventEdit, tx.Now()); err != nil {
			return err
		}
		if err := s.saveMember(tx, *t, m, step); err != nil {
			return err
		}
	}
	if c.LeaderID == nil || *c.LeaderID == t.LeaderID {
		return nil
	}
	t.LeaderID = *c.LeaderID
	err = tx.Get(ctx, &t.LeaderName, "team.person", mysql.Args{"user": t.LeaderID})
	if errors.Is(err, mysql.ErrNone) {
		return fault.BadField("leaderId", "没有找到这个人，请重新选一位队长。")
	}
	if err != nil || slices.Contains(done, t.LeaderID) {
		return err
	}
	return s.takeLeader(ctx, tx, t, by)
}

// takeLeader takes somebody into the team as its leader: who has asked to join, and
// who has not.
func (s *Service) takeLeader(ctx context.Context, tx *mysql.Tx, t *Team, by matter.Step) error {
	var asks Member
	var asked bool
	err := tx.Read(ctx, mysql.Maybe(&asks, &asked, "team.lock_member_of", mysql.Args{"team": t.ID, "user": t.LeaderID}))
	if err != nil {
		return err
	}
	t.Members++
	if !asked {
		leader := Member{UserID: t.LeaderID, Role: state.TeamRoleLeader, Status: state.TeamMemberActive}
		return s.addMember(tx, *t, &leader, by, nil)
	}
	asks.Role, by.Name, by.From = state.TeamRoleLeader, state.EventApprove, string(asks.Status)
	if err := asks.move(state.EventApprove, tx.Now()); err != nil {
		return err
	}
	return s.saveMember(tx, *t, asks, by)
}

// rank puts the leader above deputies above members.
func (m Member) rank() int {
	return len(state.TeamRoles()) - slices.Index(state.TeamRoles(), m.Role)
}

// roles says who is to lead and to stand in after the change; everybody else is
// a member. A decider may make a leader of somebody who is not in the team.
func (c Change) roles(leader id.User, known []Member, decider bool) (map[id.User]state.TeamRole, error) {
	in := func(person id.User) bool {
		return slices.ContainsFunc(known, func(m Member) bool { return m.UserID == person })
	}
	roles := map[id.User]state.TeamRole{}
	for _, m := range known {
		if c.DeputyIDs == nil && m.Role == state.TeamRoleDeputy {
			roles[m.UserID] = state.TeamRoleDeputy
		}
	}
	if c.DeputyIDs != nil {
		for _, person := range *c.DeputyIDs {
			if !in(person) {
				return nil, fault.BadField("deputyIds", "副队长请在队员里选。")
			}
			roles[person] = state.TeamRoleDeputy
		}
	}
	if c.LeaderID != nil {
		if leader = *c.LeaderID; !in(leader) && !decider {
			return nil, fault.BadField("leaderId", "新队长请在队员里选。")
		}
	}
	roles[leader] = state.TeamRoleLeader
	return roles, nil
}

// End closes the team; its records stay. Errors: fault.ReasonNotFound, and those
// of Team.end.
func (s *Service) End(ctx context.Context, actor id.User, team id.Team, reason string, onCommit mysql.OnCommit[Team]) (
	Team, error) {
	if err := fault.CheckText(&reason, "reason", "原因", MaxReason); err != nil {
		return Team{}, err
	}
	var t Team
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			by      = Actor{ID: actor}
			running int
			leading []Member
		)
		err := tx.Read(ctx, append(lockTeam(&t, &by, team), wantLeading(&leading, team),
			mysql.One(&running, "team.running", mysql.Args{"team": team}))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		before := t
		grant, err := t.end(by, running, reason, tx.Now())
		if err != nil {
			return err
		}
		how := matter.Step{Actor: actor, Grant: grant, Name: state.EventEnd, Reason: reason}
		err = s.saveTeam(tx, before, t, how, leading...)
		return errors.Join(err, onCommit.Do(tx, t, err))
	})
	return t, err
}
