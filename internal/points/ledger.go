package points

import (
	"context"
	"errors"
	"slices"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
)

// Ledger posts transfers and reads balances.
type Ledger struct {
	db  *mysql.DB
	box *outbox.Box
}

// New returns the ledger of the database.
func New(db *mysql.DB, box *outbox.Box) *Ledger { return &Ledger{db, box} }

// WantRule wants the rule in force for a deed in the community at the time;
// mysql.ErrNone if there is none.
func WantRule(dest *Rule, event RuleEvent, community id.Node, at time.Time) mysql.Want {
	return mysql.One(dest, "points.rule", mysql.Args{"event": event, "node": community, "at": at})
}

// Award is points for one deed.
type Award struct {
	Event  RuleEvent
	Cause  id.Event // pays once for each account and rule event
	DeedAt time.Time
	Node   id.Node // the community that the deed served
	Shares []Share
}

// Share is what one person gets, before caps.
type Share struct {
	User       id.User
	Amount     int64
	MemberNode id.Node
	MemberUnit id.Node
}

// account is a member's row of points_accounts.
type account struct {
	ID      id.Account `db:"id"`
	UserID  id.User    `db:"user_id"`
	Balance int64      `db:"balance"`
}

// Post writes the award's transfers in the transaction that causes them, one
// round trip before what is queued for its commit. Accounts are touched in the
// order of their people and stay locked until the commit, so two awards of one
// person see each other's effect on the caps. A share cut to nothing is written
// too, so that its owner can see why.
func (l *Ledger) Post(ctx context.Context, tx *mysql.Tx, a Award) error {
	shares := slices.Clone(a.Shares)
	slices.SortFunc(shares, func(x, y Share) int { return int(x.User - y.User) })
	users := make([]id.User, len(shares))
	for i, s := range shares {
		users[i] = s.User
		touch := mysql.Args{"id": mysql.NewID[id.Account](tx), "user": s.User, "unit": UnitPoints}
		if err := tx.Add("points.touch_account", touch); err != nil {
			return err
		}
	}
	var (
		rule     Rule
		accounts []account
		earned   []Earned
	)
	p := periodsOf(a.DeedAt)
	err := tx.Read(ctx,
		WantRule(&rule, a.Event, a.Node, a.DeedAt),
		mysql.Many(&accounts, "points.accounts", mysql.Args{"users": users, "unit": UnitPoints}),
		mysql.Many(&earned, "points.earned", mysql.Args{
			"users": users, "unit": UnitPoints, "rule": a.Event, "day": p.day, "day_end": p.dayEnd,
			"month": p.month, "month_end": p.monthEnd, "year": p.year, "year_end": p.yearEnd,
		}),
	)
	if err != nil {
		return err
	}
	for _, s := range shares {
		at := accounts[slices.IndexFunc(accounts, func(x account) bool { return x.UserID == s.User })]
		var used Earned
		if i := slices.IndexFunc(earned, func(e Earned) bool { return e.Account == at.ID }); i >= 0 {
			used = earned[i]
		}
		s.Amount = rule.Cut(s.Amount, used)
		if err := l.post(tx, a, s, at.ID, rule.ID); err != nil {
			return err
		}
	}
	return nil
}

// post queues the transfer of a share that the caps have cut already.
func (l *Ledger) post(tx *mysql.Tx, a Award, s Share, to id.Account, rule id.Rule) error {
	transfer := mysql.NewID[id.Transfer](tx)
	err := errors.Join(
		tx.Add("points.credit", mysql.Args{"id": to, "amount": s.Amount}),
		tx.Add("points.add_transfer", mysql.Args{
			"id": transfer, "unit": UnitPoints, "kind": KindEarn, "debit_id": AccountGrant, "credit_id": to,
			"amount": s.Amount, "rule_id": rule, "deed_at": a.DeedAt, "member_node_id": s.MemberNode,
			"unit_id": s.MemberUnit, "node_id": a.Node, "cause_event_id": a.Cause, "cause_rule": a.Event,
			"cause_account_id": to, "corrects_id": nil, "posted_at": tx.Now(),
		}))
	if err != nil || s.Amount == 0 {
		return err
	}
	return l.box.Add(tx, outbox.TopicBoard, Posting{
		Transfer: transfer, User: s.User, Amount: s.Amount, DeedAt: a.DeedAt,
		MemberNode: s.MemberNode, MemberUnit: s.MemberUnit, Node: a.Node,
	})
}

// Divide splits an amount into equal shares; what is left over goes one each to
// the first ones.
func Divide(amount int64, people int) []int64 {
	shares, n := make([]int64, people), int64(people)
	for i := range shares {
		shares[i] = amount / n
		if int64(i) < amount%n {
			shares[i]++
		}
	}
	return shares
}

// posted is a transfer that is to be taken back.
type posted struct {
	ID         id.Transfer `db:"id"`
	UserID     id.User     `db:"user_id"`
	AccountID  id.Account  `db:"credit_id"`
	Amount     int64       `db:"amount"`
	RuleID     id.Rule     `db:"rule_id"`
	Event      RuleEvent   `db:"cause_rule"`
	DeedAt     time.Time   `db:"deed_at"`
	MemberNode id.Node     `db:"member_node_id"`
	MemberUnit id.Node     `db:"unit_id"`
	Node       id.Node     `db:"node_id"`
}

// Undo posts the opposite of every transfer that the event paid, named and with
// its stamps, so that past boards follow. It may take a balance below zero.
func (l *Ledger) Undo(ctx context.Context, tx *mysql.Tx, paid, cause id.Event) error {
	if err := tx.Add("points.touch_accounts", mysql.Args{"event": paid}); err != nil {
		return err
	}
	var all []posted
	if err := tx.Select(ctx, &all, "points.paid_by", mysql.Args{"event": paid}); err != nil {
		return err
	}
	for _, p := range all {
		correction := mysql.NewID[id.Transfer](tx)
		err := errors.Join(
			tx.Add("points.credit", mysql.Args{"id": p.AccountID, "amount": -p.Amount}),
			tx.Add("points.add_transfer", mysql.Args{
				"id": correction, "unit": UnitPoints, "kind": KindCorrect, "debit_id": p.AccountID,
				"credit_id": AccountCorrection, "amount": p.Amount, "rule_id": p.RuleID, "deed_at": p.DeedAt,
				"member_node_id": p.MemberNode, "unit_id": p.MemberUnit, "node_id": p.Node, "cause_event_id": cause,
				"cause_rule": p.Event, "cause_account_id": p.AccountID, "corrects_id": p.ID, "posted_at": tx.Now(),
			}))
		if err != nil {
			return err
		}
		if p.Amount == 0 {
			continue
		}
		if err := l.box.Add(tx, outbox.TopicBoard, Posting{
			Transfer: correction, User: p.UserID, Amount: -p.Amount, DeedAt: p.DeedAt,
			MemberNode: p.MemberNode, MemberUnit: p.MemberUnit, Node: p.Node,
		}); err != nil {
			return err
		}
	}
	return nil
}

// Balance is a member's points.
type Balance struct {
	Total    int64
	ThisYear int64 // earned in this business year, corrections taken off
}

// Balance reads a person's points; somebody without an account has none.
func (l *Ledger) Balance(ctx context.Context, person id.User) (Balance, error) {
	var b Balance
	args := mysql.Args{"user": person, "unit": UnitPoints, "since": periodsOf(l.db.Now()).year}
	err := l.db.Read(ctx,
		mysql.One(&b.Total, "points.balance", args),
		mysql.One(&b.ThisYear, "points.earned_since", args))
	return b, err
}
