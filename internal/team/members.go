package team

import (
	"context"
	"crypto/subtle"
	"errors"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
)

// alreadyIn says so where the database found the person in the team.
func alreadyIn(err error) error {
	if mysql.IsDuplicate(err, "team_members_live") {
		return fault.New(fault.ReasonAlreadyInTeam)
	}
	return err
}

// Join asks to be taken into the team; with its invitation's code, or for somebody
// who is invited, that is the answer. Errors: fault.ReasonNotFound, fault.ReasonTeamState,
// fault.ReasonInviteCode, fault.ReasonAlreadyInTeam.
func (s *Service) Join(ctx context.Context, actor id.User, team id.Team, code string, onCommit mysql.OnCommit[Member]) (
	Member, error) {
	var m Member
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			t       Team
			by      = Actor{ID: actor}
			invite  invitation
			leading []Member
		)
		m = Member{UserID: actor, Status: state.TeamMember.Initial}
		asked, invited := Member{}, false
		err := tx.Read(ctx, append(lockTeam(&t, &by, team), wantLeading(&leading, team),
			mysql.One(&invite, "team.invite_code", mysql.Args{"team": team}),
			mysql.One(&m.DisplayName, "team.person", mysql.Args{"user": actor}),
			mysql.Maybe(&asked, &invited, "team.lock_invited", mysql.Args{"team": team, "user": actor}))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		if err := t.checkTakes(); err != nil {
			return err
		}
		if invited {
			m = asked
			err = s.takeIn(tx, t, &m, by, leading)
			return errors.Join(err, onCommit.Do(tx, m, err))
		}
		if code != "" {
			right, err := s.code(invite)
			if err != nil {
				return err
			}
			if subtle.ConstantTimeCompare([]byte(code), []byte(right)) != 1 {
				return fault.New(fault.ReasonInviteCode)
			}
			m.Status = state.TeamMemberActive
		}
		err = s.addMember(tx, t, &m, matter.Step{Actor: actor}, leading)
		return errors.Join(err, onCommit.Do(tx, m, err))
	})
	return m, alreadyIn(err)
}

// AddWithoutPhone takes in somebody without a phone, whom the leader names. Errors:
// fault.ReasonNotFound, fault.ReasonInvalidInput, fault.ReasonNotTeamLeader,
// fault.ReasonTeamState.
func (s *Service) AddWithoutPhone(ctx context.Context, actor id.User, team id.Team, name string,
	onCommit mysql.OnCommit[Member]) (Member, error) {
	if err := user.CheckDisplayName(&name, "displayName", "称呼"); err != nil {
		return Member{}, err
	}
	var m Member
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var t Team
		by := Actor{ID: actor}
		if err := tx.Read(ctx, lockTeam(&t, &by, team)...); err != nil {
			return mysql.NotFound(err)
		}
		if !by.Role.Leads() {
			return fault.New(fault.ReasonNotTeamLeader)
		}
		if err := t.checkTakes(); err != nil {
			return err
		}
		person, err := user.AddRecorded(tx, actor, name)
		if err != nil {
			return err
		}
		m = Member{UserID: person.ID, DisplayName: name, Status: state.TeamMemberActive, RecorderID: &actor}
		err = s.addMember(tx, t, &m, matter.Step{Actor: actor}, nil)
		return errors.Join(err, onCommit.Do(tx, m, err))
	})
	return m, err
}

// Decision is the leader's answer to who asks to join.
type Decision struct {
	Approve bool
	Reason  string // needed to reject
}

// Review takes a person in, or not. Errors: fault.ReasonNotFound, and those of
// Member.review.
func (s *Service) Review(ctx context.Context, actor id.User, member id.TeamMember, d Decision,
	onCommit mysql.OnCommit[Member]) (Member, error) {
	if err := fault.CheckText(&d.Reason, "reason", "原因", MaxReason); err != nil {
		return Member{}, err
	}
	var m Member
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var t Team
		by := Actor{ID: actor}
		if err := tx.Read(ctx, lockMember(&t, &m, &by, member)...); err != nil {
			return mysql.NotFound(err)
		}
		before := m
		name, err := m.review(by, d.Approve, d.Reason, tx.Now())
		if err != nil {
			return err
		}
		err = s.saveMember(tx, t, m, matter.Step{Actor: actor, Name: name, Reason: d.Reason, From: string(before.Status)})
		return errors.Join(err, onCommit.Do(tx, m, err))
	})
	return m, err
}

// Leaving is whose membership of a team ends, and why.
type Leaving struct {
	Team   id.Team
	Person id.User
	Reason string // empty where somebody leaves by themselves
}

// Leave ends a person's membership or invitation: their own, or as leader
// somebody's. Errors:
// fault.ReasonNotFound, and those of Member.leave.
func (s *Service) Leave(ctx context.Context, actor id.User, l Leaving, onCommit mysql.OnCommit[struct{}]) error {
	if err := fault.CheckText(&l.Reason, "reason", "原因", MaxReason); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			t       Team
			m       Member
			by      = Actor{ID: actor}
			leading []Member
		)
		err := tx.Read(ctx, append(lockTeam(&t, &by, l.Team), wantLeading(&leading, l.Team),
			mysql.One(&m, "team.lock_member_of", mysql.Args{"team": l.Team, "user": l.Person}))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		before := m
		how := matter.Step{Actor: actor, Reason: l.Reason, From: string(m.Status)}
		if how.Name, err = m.leave(by, l.Reason, tx.Now()); err != nil {
			return err
		}
		if before.Status == state.TeamMemberRequested { // nobody had answered yet
			leading = nil
		}
		if how.Name == state.EventWithdraw && !by.Role.Leads() {
			how.Grant = by.decides(tx.Now())
		}
		err = s.saveMember(tx, t, m, how, leading...)
		return errors.Join(err, onCommit.Do(tx, struct{}{}, err))
	})
}

// MemberFilter chooses members of a team. A cursor is the id of the last one seen.
type MemberFilter struct {
	Status state.TeamMemberStatus // "": active
	After  id.TeamMember
	Limit  int
}

// ListMembers lists a team's members, the first to join first: for those who are in
// it and for staff; those who ask only for who leads and for staff. Errors:
// fault.ReasonNotFound, fault.ReasonForbidden.
func (s *Service) ListMembers(ctx context.Context, actor id.User, team id.Team, f MemberFilter) ([]Member, error) {
	if f.Status == "" {
		f.Status = state.TeamMemberActive
	}
	var (
		all []Member
		t   Team
		by  = Actor{ID: actor}
	)
	args := mysql.Args{"team": team, "status": f.Status, "after": f.After, "limit": f.Limit}
	err := s.db.Read(ctx, append(wantActor(&by, team), mysql.One(&t, "team.by_id", args),
		mysql.Many(&all, "team.members", args))...)
	if err != nil {
		return nil, mysql.NotFound(err)
	}
	inside := by.Role.Leads() || by.Role != "" && f.Status == state.TeamMemberActive
	if !inside && !by.Grants.Reads(s.db.Now()) {
		return nil, fault.New(fault.ReasonForbidden).Saying("队员名单只给队里的人和社区看。")
	}
	return all, nil
}

// GetInvitation is the code with which people join without asking, for who leads.
// Errors: fault.ReasonNotFound, fault.ReasonNotTeamLeader.
func (s *Service) GetInvitation(ctx context.Context, actor id.User, team id.Team) (string, error) {
	var (
		invite invitation
		role   state.TeamRole
		in     bool
		grants grant.Grants
		args   = mysql.Args{"team": team, "user": actor}
	)
	err := s.db.Read(ctx, mysql.One(&invite, "team.invite_code", args), mysql.Maybe(&role, &in, "team.role", args),
		grant.CoveringMatter(&grants, actor, state.Team.Noun, team))
	if err != nil {
		return "", mysql.NotFound(err)
	}
	if !role.Leads() && !grants.Decides(s.db.Now()) {
		return "", fault.New(fault.ReasonNotTeamLeader)
	}
	return s.code(invite)
}

// FindInvited is the team whose invitation has the code. Error: fault.ReasonNotFound, also
// for one that was renewed.
func (s *Service) FindInvited(ctx context.Context, code string) (id.Team, error) {
	var team id.Team
	codes := s.sealer.LookupAll(seal.PurposeInvitation, code)
	if len(codes) == 0 {
		return 0, fault.New(fault.ReasonNotFound)
	}
	return team, mysql.NotFound(s.db.Get(ctx, &team, "team.by_code", mysql.Args{"codes": codes}))
}

// Renew gives the team another invitation and returns its code; from then on
// nobody joins by the one before. Errors: fault.ReasonNotFound, and those of
// Team.renew.
func (s *Service) Renew(ctx context.Context, actor id.User, team id.Team,
	onCommit mysql.OnCommit[string]) (string, error) {
	next, code, err := s.invite(team)
	if err != nil {
		return "", err
	}
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var t Team
		by := Actor{ID: actor}
		if err := tx.Read(ctx, lockTeam(&t, &by, team)...); err != nil {
			return mysql.NotFound(err)
		}
		before := t
		g, err := t.renew(by, tx.Now())
		if err != nil {
			return err
		}
		how := matter.Step{Actor: actor, Grant: g, Name: state.EventEdit, Reason: "换了邀请码"}
		err = errors.Join(tx.Add("team.renew", next),
			s.saveTeam(tx, before, t, how))
		return errors.Join(err, onCommit.Do(tx, code, err))
	})
	return code, err
}
