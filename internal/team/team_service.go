package team

import (
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
)

// Service runs the rules in transactions.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
	texts  *content.Service // nil: nobody looks at texts, as in a seed
	plain  sweep.Backlog    // codes that are not sealed
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer) *Service { return &Service{db: db, sealer: sealer} }

// CheckedBy has texts looked at before others see them.
func (s *Service) CheckedBy(texts *content.Service) { s.texts = texts }

// held is the team as it is stored until its new texts are passed: meanwhile others read
// those that it had.
func (s *Service) held(tx *mysql.Tx, before, after Team, by matter.Step) (Team, error) {
	if s.texts == nil {
		return after, nil
	}
	writing := content.Writing{
		Field:  matter.Field{Noun: state.Team.Noun, Subject: int64(after.ID), Name: "name"},
		Writer: by.Actor, Staff: by.Grant != nil, Text: after.Name, Former: before.Name,
	}
	var err, problem error
	if before.Name != after.Name {
		after.Name, err = s.texts.Hold(tx, writing)
	}
	if before.Intro != after.Intro {
		writing.Field.Name, writing.Text, writing.Former = "intro", after.Intro, before.Intro
		after.Intro, problem = s.texts.Hold(tx, writing)
	}
	return after, errors.Join(err, problem)
}

// Draft is a team as staff founds it.
type Draft struct {
	NodeID   id.Node
	Name     string
	Intro    string
	LeaderID id.User
}

// check trims the draft and says what is wrong with it, all fields at once.
func (d *Draft) check() error {
	if err := checkName(&d.Name); err != nil {
		return err
	}
	return fault.CheckText(&d.Intro, "intro", "介绍", MaxIntro)
}

// nameTaken says so where the database found the name in the community already.
func nameTaken(err error) error {
	if mysql.IsDuplicate(err, "teams_name") {
		return fault.BadField("name", "这里已经有一支同名的队伍，请换个名字。")
	}
	return err
}

// Create founds a team at a community with its leader. Errors:
// fault.ReasonInvalidInput, fault.ReasonNotACommunity,
// fault.ReasonNotYourCommunity.
func (s *Service) Create(ctx context.Context, actor id.User, d Draft, onCommit mysql.OnCommit[Team]) (Team, error) {
	if err := d.check(); err != nil {
		return Team{}, err
	}
	var t Team
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			node         org.Node
			there, known bool
			grants       grant.Grants
			leader       string
		)
		err := tx.Read(ctx, org.WantNode(ctx, &node, &there, d.NodeID), grant.Covering(&grants, actor, d.NodeID),
			mysql.Maybe(&leader, &known, "team.person", mysql.Args{"user": d.LeaderID}))
		if err != nil {
			return err
		}
		g, refused := grant.Eligible(grants, grant.Parties{}, tx.Now())
		switch {
		case !there || !node.Kind.TakesWishes():
			return fault.New(fault.ReasonNotACommunity)
		case refused != nil:
			return refused
		case !known:
			return fault.BadField("leaderId", "没有找到这个人，请重新选一位队长。")
		}
		t = Team{
			ID: mysql.NewID[id.Team](tx), NodeID: d.NodeID, NodeName: node.Name, Name: d.Name, Intro: d.Intro,
			Status: state.Team.Initial, CreatedAt: tx.Now(), Version: 1, Members: 1, LeaderID: d.LeaderID, LeaderName: leader,
		}
		err = s.found(tx, &t, matter.Step{Actor: actor, Grant: &g.ID, Name: state.EventCreate})
		return errors.Join(err, onCommit.Do(tx, t, err))
	})
	return t, nameTaken(err)
}

// checkName trims a team's name, which everybody reads. Error: fault.ReasonInvalidInput.
func checkName(name *string) error {
	if err := fault.NeedText(name, "name", "队名", MaxName); err != nil {
		return err
	}
	if seal.Identifies(*name) {
		return fault.BadField("name", "队名大家都看得到，里面不能有电话、证件号或者卡号。")
	}
	return nil
}

// found writes a new team with its leader.
func (s *Service) found(tx *mysql.Tx, t *Team, by matter.Step) error {
	var err error
	field := matter.Field{Noun: "team", Subject: int64(t.ID), Name: "intro.1", Withheld: true}
	if t.Intro, err = matter.Redact(tx, s.sealer, field, t.Intro); err != nil {
		return err
	}
	code, _, err := s.invite(t.ID)
	if err != nil {
		return err
	}
	leader := Member{UserID: t.LeaderID, Role: state.TeamRoleLeader, Status: state.TeamMemberActive}
	stored, held := s.held(tx, Team{}, *t, by)
	if stored.Name == content.Placeholder { // two new teams of a place must not be called the same
		stored.Name = fmt.Sprintf("%s%d", content.Placeholder, int64(t.ID)%1_000_000)
	}
	_, saved := matter.Save(tx, s.sealer, stored.matter([]Member{leader}), by)
	return errors.Join(
		tx.Add("team.add", struct {
			Team
			Lookup string `db:"invite_code"`
			Sealed []byte `db:"invite_sealed"`
		}{stored, code.Lookup, code.Sealed}),
		saved, held,
		s.addMember(tx, *t, &leader, by, nil))
}

// Filter chooses teams. A cursor is the id of the last team seen.
type Filter struct {
	NodeID id.Node // at it or below; 0: anywhere
	Mine   bool    // those that the person is in or has asked to join
	Before id.Team
	Limit  int
}

// List returns teams that serve, the newest first.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Team, error) {
	f.Before = id.OrLatest(f.Before)
	args := mysql.Args{"node": f.NodeID, "user": actor, "before": f.Before, "limit": f.Limit}
	query := "team.page"
	if f.Mine {
		query = "team.page_mine"
	}
	var all []Team
	return all, s.db.Select(ctx, &all, query, args)
}

// View is a team as one person sees it.
type View struct {
	Team
	Leading []Member // the leader first
	Own     *Member  // the person's own place in it
	Minutes int64    // credited for its activities
	Decides bool     // the person decides about teams there
}

// Get returns a team with who leads it. Error: fault.ReasonNotFound.
func (s *Service) Get(ctx context.Context, actor id.User, team id.Team) (View, error) {
	var (
		v      View
		own    Member
		in     bool
		grants grant.Grants
		args   = mysql.Args{"team": team, "user": actor}
	)
	err := s.db.Read(ctx, mysql.One(&v.Team, "team.by_id", args), wantLeading(&v.Leading, team),
		mysql.Maybe(&own, &in, "team.member_of", args), mysql.One(&v.Minutes, "team.minutes", args),
		grant.CoveringMatter(&grants, actor, state.Team.Noun, team))
	if err != nil {
		return v, mysql.NotFound(err)
	}
	if in {
		v.Own = &own
	}
	v.Decides = grants.Decides(s.db.Now())
	return v, nil
}
