package points

import (
	"context"
	"maps"
	"slices"
	"time"

	"xinyuan/internal/clock"
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

// Award is what one deed pays to those who did it together.
type Award struct {
	Event  RuleEvent
	Cause  id.Event // pays once for each account and rule event
	DeedAt time.Time
	Node   id.Node // the community that the deed served
	Team   id.Team // whose deed it was; 0: none
	Shares []Share
}

// Share is what one person gets, before caps.
type Share struct {
	User id.User
	// Amount is what was promised, or the minutes of the deed where the rule
	// counts those.
	Amount     int64
	MemberNode id.Node
	MemberUnit id.Node  // 0: none
	Cause      id.Event // instead of the award's; 0: that one
}

// account is a member's row of points_accounts.
type account struct {
	ID      id.Account `db:"id"`
	UserID  id.User    `db:"user_id"`
	Unit    Unit       `db:"unit"`
	Balance int64      `db:"balance"`
}

// accountKey is a person's account before it is looked up.
type accountKey struct {
	unit Unit
	user id.User
}

// Post posts one award; see PostAll.
func (l *Ledger) Post(ctx context.Context, tx *mysql.Tx, a Award) error {
	return l.PostAll(ctx, tx, []Award{a})
}

// PostAll writes the awards' transfers in the transaction that causes them, one
// round trip before what is queued for its commit, however many they are.
// Accounts are touched in the order of units and people and stay locked until
// the commit, so two awards of one person see each other's effect on the caps,
// and so do those of one call, in their order. A share cut to nothing is written
// too, so that its owner can see why. Without a rule in force the error is
// mysql.ErrNone.
func (l *Ledger) PostAll(ctx context.Context, tx *mysql.Tx, awards []Award) error {
	people := accountKeysOf(awards)
	if len(people) == 0 {
		return nil
	}
	if err := l.touch(tx, people); err != nil {
		return err
	}
	b := &posting{ledger: l, accounts: map[accountKey]id.Account{}}
	var accounts []account
	users, wants := usersOf(people), []mysql.Want{}
	wants = append(wants, mysql.Many(&b.rules, "points.rules", mysql.Args{
		"events": eventsOf(awards), "nodes": nodesOf(awards),
	}), mysql.Many(&accounts, "points.accounts", mysql.Args{"users": users}))
	days := daysOf(awards)
	earned := make([][]Earned, len(days))
	for i, d := range days {
		day, month, year := clock.DayOf(d.at), clock.MonthOf(d.at), clock.YearOf(d.at)
		wants = append(wants, mysql.Many(&earned[i], "points.earned", mysql.Args{
			"users": users, "unit": d.event.Unit(), "rule": d.event, "day": day.From, "day_end": day.Until,
			"month": month.From, "month_end": month.Until, "year": year.From, "year_end": year.Until,
		}))
	}
	if err := tx.Read(ctx, wants...); err != nil {
		return err
	}
	for _, a := range accounts {
		b.accounts[accountKey{a.Unit, a.UserID}] = a.ID
	}
	for i, d := range days {
		for _, e := range earned[i] {
			e.Event, e.On = d.event, d.at
			b.earned = append(b.earned, e)
		}
	}
	for _, a := range awards {
		if err := b.addAward(tx, a); err != nil {
			return err
		}
	}
	return b.write(tx)
}

// Touch locks the minutes accounts of people until the commit, in the one order,
// so that what else is judged by their minutes stays true.
func (l *Ledger) Touch(tx *mysql.Tx, people []id.User) error {
	all := make([]accountKey, len(people))
	for i, p := range people {
		all[i] = accountKey{UnitMinutes, p}
	}
	return l.touch(tx, inOrder(all))
}

func (l *Ledger) touch(tx *mysql.Tx, people []accountKey) error {
	rows := make([]mysql.Args, len(people))
	for i, p := range people {
		rows[i] = mysql.Args{"id": mysql.EarlyID[id.Account](tx), "user": p.user, "unit": p.unit}
	}
	return tx.Add("points.touch_accounts", rows)
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
	Paid       id.Event    `db:"cause_event_id"`
	Unit       Unit        `db:"unit"`
	UserID     id.User     `db:"user_id"`
	AccountID  id.Account  `db:"credit_id"`
	Amount     int64       `db:"amount"`
	RuleID     id.Rule     `db:"rule_id"`
	Event      RuleEvent   `db:"cause_rule"`
	DeedAt     time.Time   `db:"deed_at"`
	MemberNode id.Node     `db:"member_node_id"`
	MemberUnit id.Node     `db:"unit_id"`
	Node       id.Node     `db:"node_id"`
	Team       id.Team     `db:"team_id"`
}

// Undo posts the opposite of every transfer that the event paid and that still
// stands, named and with its stamps, so that past boards follow. It may take a balance below zero.
func (l *Ledger) Undo(ctx context.Context, tx *mysql.Tx, paid, cause id.Event) error {
	return l.UndoAll(ctx, tx, map[id.Event]id.Event{paid: cause})
}

// UndoAll is Undo for many events that paid, each with the event that takes it
// back.
func (l *Ledger) UndoAll(ctx context.Context, tx *mysql.Tx, causes map[id.Event]id.Event) error {
	if len(causes) == 0 {
		return nil
	}
	events := mysql.Args{"events": slices.Sorted(maps.Keys(causes))}
	if err := tx.Add("points.touch_paid", events); err != nil {
		return err
	}
	var all []posted
	if err := tx.Select(ctx, &all, "points.paid_by", events); err != nil {
		return err
	}
	b := &posting{ledger: l}
	for _, p := range all {
		b.add(tx, p.back(causes[p.Paid]))
	}
	return b.write(tx)
}

// Amendment is what one person is paid for a deed after all.
type Amendment struct {
	User   id.User
	Amount int64      // instead of what still stands; no cap cuts it
	Paid   []id.Event // that paid for the deed, one of them the person
	Takes  id.Event   // takes back what stands
	Pays   id.Event
}

// Amend posts the opposite of what still stands of the payments to the person, and
// the amount with the same stamps. It returns what stood until now. Where nothing
// does the error is mysql.ErrNone.
func (l *Ledger) Amend(ctx context.Context, tx *mysql.Tx, a Amendment) (before int64, err error) {
	events := mysql.Args{"events": a.Paid}
	if err := tx.Add("points.touch_paid", events); err != nil {
		return 0, err
	}
	var all []posted
	if err := tx.Select(ctx, &all, "points.paid_by", events); err != nil {
		return 0, err
	}
	for _, p := range all {
		if p.UserID != a.User {
			continue
		}
		b := &posting{ledger: l}
		b.add(tx, p.back(a.Takes))
		again := p.back(a.Pays)
		again.Kind, again.Corrects, again.Amount = KindEarn, nil, a.Amount
		again.DebitID, again.CreditID = p.Unit.grant(), p.AccountID
		b.add(tx, again)
		return p.Amount, b.write(tx)
	}
	return 0, mysql.ErrNone
}

// back is the transfer that takes this one back.
func (p posted) back(cause id.Event) transfer {
	return transfer{
		Unit: p.Unit, Kind: KindCorrect, DebitID: p.AccountID, CreditID: p.Unit.correction(), Amount: p.Amount,
		RuleID: p.RuleID, DeedAt: p.DeedAt, MemberNode: p.MemberNode, MemberUnit: p.MemberUnit, Node: p.Node,
		Team: p.Team, Cause: cause, Event: p.Event, AccountID: p.AccountID, Corrects: &p.ID, user: p.UserID,
	}
}

// Balance is what a person has of a unit.
type Balance struct {
	Total    int64
	ThisYear int64 // earned in this business year, corrections taken off
}

// ListBalances are what a person has of each unit, in one round trip.
func (l *Ledger) ListBalances(ctx context.Context, person id.User) (points, minutes Balance, err error) {
	var wants []mysql.Want
	for _, b := range []struct {
		dest *Balance
		unit Unit
	}{{&points, UnitPoints}, {&minutes, UnitMinutes}} {
		args := mysql.Args{"user": person, "unit": b.unit, "since": clock.YearOf(l.db.Now()).From}
		wants = append(wants, mysql.One(&b.dest.Total, "points.balance", args),
			mysql.One(&b.dest.ThisYear, "points.earned_since", args))
	}
	return points, minutes, l.db.Read(ctx, wants...)
}

// GetBalance reads a person's points, or minutes; somebody without an account has
// none.
func (l *Ledger) GetBalance(ctx context.Context, person id.User, unit Unit) (Balance, error) {
	var b Balance
	args := mysql.Args{"user": person, "unit": unit, "since": clock.YearOf(l.db.Now()).From}
	err := l.db.Read(ctx,
		mysql.One(&b.Total, "points.balance", args),
		mysql.One(&b.ThisYear, "points.earned_since", args))
	return b, err
}
