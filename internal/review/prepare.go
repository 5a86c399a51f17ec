package review

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/team"
	"xinyuan/internal/user"
)

// ErrLife is a life of codes that is none, or over MaxLife.
var ErrLife = errors.New("review: a code lives from one moment to MaxLife")

// Given is a code as the operator reads it once: nobody can read it again.
type Given struct {
	Account Account
	Code    string
	Until   time.Time
}

// SwitchOn ends the codes that hold, prepares the review community where it is not there
// yet, and makes a code for each account. Error: ErrLife.
func (r *Reviews) SwitchOn(ctx context.Context, life time.Duration) ([]Given, error) {
	if life <= 0 || life > MaxLife {
		return nil, ErrLife
	}
	people, err := r.prepared(ctx)
	if err != nil {
		return nil, err
	}
	now := r.machine.Now()
	all := make([]Given, 0, len(people))
	for _, account := range Accounts() {
		all = append(all, Given{account, newCode(), now.Add(life)})
	}
	return all, r.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := tx.Add("review.end_codes", mysql.Args{"at": now})
		for _, g := range all {
			err = errors.Join(err, tx.Add("review.add_code", mysql.Args{
				"id": mysql.NewID[id.ReviewCode](tx), "user": people[g.Account], "at": now, "until": g.Until,
				"lookup": r.sealer.Lookup(seal.PurposeReview, codeOf(g.Code)),
			}))
		}
		return err
	})
}

// newCode is four times four letters and digits, 80 random bits.
func newCode() string {
	text := rand.Text()
	return fmt.Sprintf("%s-%s-%s-%s", text[:4], text[4:8], text[8:12], text[12:16])
}

// SwitchOff ends every code, and with it the sessions that it began.
func (r *Reviews) SwitchOff(ctx context.Context) error {
	return r.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("review.end_codes", mysql.Args{"at": r.machine.Now()})
	})
}

// Code is what became of a code.
type Code struct {
	Account Account    `db:"account"`
	GivenAt time.Time  `db:"given_at"`
	Until   time.Time  `db:"until_at"`
	EndedAt *time.Time `db:"ended_at"`
	LogIns  int        `db:"log_ins"`
	LastAt  *time.Time `db:"last_at"`
}

// Holds tells whether the code logs in at the time.
func (c Code) Holds(at time.Time) bool { return c.EndedAt == nil && at.Before(c.Until) }

// ListCodes lists the newest codes.
func (r *Reviews) ListCodes(ctx context.Context) ([]Code, error) {
	var all []Code
	err := r.db.Select(ctx, &all, "review.codes", nil)
	return all, err
}

// prepared are the people of the accounts, who are made the first time.
func (r *Reviews) prepared(ctx context.Context) (map[Account]id.User, error) {
	var rows []struct {
		Account Account `db:"account"`
		Person  id.User `db:"user_id"`
	}
	err := r.db.Select(ctx, &rows, "review.people", nil)
	if err != nil {
		return nil, err
	}
	people := make(map[Account]id.User)
	for _, row := range rows {
		people[row.Account] = row.Person
	}
	if len(people) == 0 {
		if people, err = r.prepare(ctx); err != nil {
			return nil, err
		}
	}
	return people, r.found(ctx, people)
}

// places of the review community.
type places struct{ street, community, grid, unit id.Node }

// prepare writes the tree and the people, all or nothing.
func (r *Reviews) prepare(ctx context.Context) (people map[Account]id.User, err error) {
	err = r.db.Tx(ctx, func(tx *mysql.Tx) error {
		people = make(map[Account]id.User)
		at, err := plant(tx)
		for _, account := range Accounts() {
			if err == nil {
				people[account], err = r.addPerson(tx, account, at)
			}
		}
		return err
	})
	return people, err
}

// plant adds the tree. It hangs below nothing: whatever counts or lists what is
// below the county does not meet it.
func plant(tx *mysql.Tx) (p places, err error) {
	for _, n := range []struct {
		id    *id.Node
		kind  org.Kind
		name  string
		under *id.Node
	}{
		{&p.street, org.KindStreet, "审核专用街道", nil}, {&p.community, org.KindCommunity, "审核专用社区", &p.street},
		{&p.grid, org.KindGrid, "审核专用网格", &p.community}, {&p.unit, org.KindUnit, "审核专用单位", &p.community},
	} {
		if *n.id, err = org.Add(tx, org.Node{Kind: n.kind, Name: n.name, ParentID: n.under}); err != nil {
			return p, err
		}
		if err = tx.Add("review.add_node", mysql.Args{"node": *n.id, "at": tx.Now()}); err != nil {
			return p, err
		}
	}
	return p, nil
}

// addPerson adds the person of an account with what makes them one.
func (r *Reviews) addPerson(tx *mysql.Tx, account Account, at places) (id.User, error) {
	// No open id of WeChat's has a colon.
	prepared := user.User{DisplayName: "审核" + account.String(), HomeNodeID: &at.community}
	u, err := user.Add(tx, "review:"+string(account), prepared)
	err = errors.Join(err, tx.Add("review.add_person", mysql.Args{"user": u.ID, "account": account}))
	give := func(role id.Role, node id.Node) {
		_, problem := grant.Add(tx, u.ID, grant.Grant{Role: role, NodeID: node, From: tx.Now()})
		err = errors.Join(err, problem)
	}
	switch account {
	case Resident:
	case Member, Leader:
		m := membership.Membership{UserID: u.ID, NodeID: at.community, UnitID: at.unit}
		_, problem := membership.Add(tx, r.sealer, m, "审核"+account.String())
		err = errors.Join(err, problem)
	case Grid:
		give(id.RoleGridWorker, at.grid)
	case Liaison:
		give(id.RoleUnitLiaison, at.unit)
	case Secretary:
		give(id.RoleSecretary, at.community)
	case Street:
		give(id.RoleStreet, at.street)
	}
	return u.ID, err
}

// found gives the leader a team.
func (r *Reviews) found(ctx context.Context, people map[Account]id.User) error {
	var teams int
	var community id.Node
	err := r.db.Read(ctx, mysql.One(&teams, "review.teams", mysql.Args{"leader": people[Leader]}),
		mysql.One(&community, "review.community", nil))
	if err != nil || teams > 0 {
		return err
	}
	_, err = team.New(r.db, r.sealer).Create(mysql.Confine(ctx), people[Secretary], team.Draft{
		NodeID: community, Name: "审核专用志愿队", Intro: "只给微信审核用。", LeaderID: people[Leader],
	}, nil)
	return err
}
