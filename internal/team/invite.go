package team

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Guest is whom somebody invites to a team: the person who shows the number, or a
// colleague.
type Guest struct {
	Number string  // eight digits; empty: see UserID
	UserID id.User // of the inviter's own unit
	Lead   bool    // the guest becomes the leader in the place of the inviter
}

// check refuses a guest who is named in no way, or in two.
func (g Guest) check() error {
	if (g.Number == "") == (g.UserID == 0) {
		return fault.BadField("number", "请写下对方的号码，或者选一位同事。")
	}
	return nil
}

// invite lets who leads the team, or who decides at the node by the grant returned,
// ask somebody to come; only the leader hands over the lead. Errors:
// fault.ReasonNotTeamLeader, fault.ReasonTeamState.
func (t *Team) invite(by Actor, lead bool, decides *id.Grant) (*id.Grant, error) {
	switch {
	case lead && by.Role != state.TeamRoleLeader:
		return nil, fault.New(fault.ReasonNotTeamLeader).Saying("只有队长能请别人来当队长。")
	case by.Role.Leads():
		return nil, t.checkTakes()
	case decides != nil:
		return decides, t.checkTakes()
	}
	return nil, fault.New(fault.ReasonNotTeamLeader)
}

// accept makes the guest a member. leader leads the team now: who is to lead it
// takes the place of who invited them, and of nobody else. Errors:
// fault.ReasonTeamMemberState.
func (m *Member) accept(by Actor, leader id.User, now time.Time) error {
	switch {
	case m.UserID != by.ID || m.InviterID == nil:
		return fault.New(fault.ReasonNotFound)
	case m.Status == state.TeamMemberInvited && m.Role == state.TeamRoleLeader && *m.InviterID != leader:
		return fault.New(fault.ReasonTeamMemberState).Saying("请您当队长的人已经不带这支队了，这次邀请不算数了。")
	}
	return m.move(state.EventAccept, now)
}

// Invite asks somebody to come into the team, who then accepts or declines. Errors:
// fault.ReasonInvalidInput, fault.ReasonNotFound, fault.ReasonNotTeamLeader,
// fault.ReasonTeamState, fault.ReasonAlreadyInTeam, fault.ReasonTeamMemberState
// where somebody else is invited to lead already.
func (s *Service) Invite(ctx context.Context, actor id.User, team id.Team, g Guest, onCommit mysql.OnCommit[Member]) (
	Member, error) {
	if err := g.check(); err != nil {
		return Member{}, err
	}
	var m Member
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			t     Team
			by    = Actor{ID: actor}
			known bool
			asked int
			args  = mysql.Args{"team": team, "user": actor, "number": g.Number, "colleague": g.UserID}
		)
		m = Member{Status: state.TeamMemberInvited, Role: state.TeamRoleMember, InviterID: &actor}
		err := tx.Read(ctx, append(lockTeam(&t, &by, team), mysql.Maybe(&m, &known, "team.guest", args),
			mysql.One(&asked, "team.asked_to_lead", args))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		grant, err := t.invite(by, g.Lead, by.decides(tx.Now()))
		switch {
		case err != nil:
			return err
		case !known:
			return g.errUnknown()
		case m.UserID == actor:
			return fault.BadField(g.field(), "这是您自己，请写要请的人。")
		case g.Lead && asked > 0:
			return fault.New(fault.ReasonTeamMemberState).Saying("已经请了一位来当队长，等答复；要换人，先收回那次邀请。")
		case g.Lead:
			m.Role = state.TeamRoleLeader
		}
		err = s.addMember(tx, t, &m, matter.Step{Actor: actor, Grant: grant}, nil)
		return errors.Join(err, onCommit.Do(tx, m, err))
	})
	return m, alreadyIn(err)
}

func (g Guest) field() string {
	if g.Number == "" {
		return "userId"
	}
	return "number"
}

// errUnknown refuses whom nobody is found for.
func (g Guest) errUnknown() error {
	if g.Number == "" {
		return fault.BadField("userId", "没有找到这位同事，请重新选。")
	}
	return fault.BadField("number", "没有找到这个号码，请再看一遍。")
}

// Accept makes the invited person a member. Errors: fault.ReasonNotFound,
// fault.ReasonTeamState, and those of Member.accept.
func (s *Service) Accept(ctx context.Context, actor id.User, member id.TeamMember, onCommit mysql.OnCommit[Member]) (
	Member, error) {
	var m Member
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			t       Team
			by      = Actor{ID: actor}
			leading []Member
		)
		err := tx.Read(ctx, append(lockMember(&t, &m, &by, member),
			mysql.Many(&leading, "team.leading_by_member", mysql.Args{"member": member}))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		err = s.takeIn(tx, t, &m, by, leading)
		return errors.Join(err, onCommit.Do(tx, m, err))
	})
	return m, err
}

// takeIn makes the invited person a member, and leader in the place of the one
// there is if they are invited to lead.
func (s *Service) takeIn(tx *mysql.Tx, t Team, m *Member, by Actor, leading []Member) error {
	how := matter.Step{Actor: by.ID, Name: state.EventAccept, From: string(m.Status)}
	if len(leading) == 0 {
		return fault.New(fault.ReasonTeamState)
	}
	if err := m.accept(by, leading[0].UserID, tx.Now()); err != nil {
		return err
	}
	if err := t.checkTakes(); err != nil {
		return err
	}
	var all error
	if m.Role == state.TeamRoleLeader {
		earlier := leading[0]
		after := earlier
		after.Role = state.TeamRoleMember
		edit := matter.Step{Actor: by.ID, Name: state.EventEdit, From: string(earlier.Status)}
		all = errors.Join(after.move(edit.Name, tx.Now()), s.saveMember(tx, t, after, edit))
	}
	return errors.Join(all, s.saveMember(tx, t, *m, how, leading...))
}
