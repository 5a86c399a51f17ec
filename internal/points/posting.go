package points

import (
	"cmp"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
)

// transfer is a row of points_transfers.
type transfer struct {
	ID         id.Transfer  `db:"id"`
	Unit       Unit         `db:"unit"`
	Kind       Kind         `db:"kind"`
	DebitID    id.Account   `db:"debit_id"`
	CreditID   id.Account   `db:"credit_id"`
	Amount     int64        `db:"amount"`
	RuleID     id.Rule      `db:"rule_id"`
	DeedAt     time.Time    `db:"deed_at"`
	MemberNode id.Node      `db:"member_node_id"`
	MemberUnit id.Node      `db:"unit_id"`
	Node       id.Node      `db:"node_id"`
	Team       id.Team      `db:"team_id"`
	Cause      id.Event     `db:"cause_event_id"`
	Event      RuleEvent    `db:"cause_rule"`
	AccountID  id.Account   `db:"cause_account_id"`
	Corrects   *id.Transfer `db:"corrects_id"`
	PostedAt   time.Time    `db:"posted_at"`

	user id.User
}

// posting is what one call posts.
type posting struct {
	ledger   *Ledger
	rules    []Rule // those of communities first, each place's newest first
	accounts map[accountKey]id.Account
	earned   []Earned
	rows     []transfer
}

// addAward adds an award's transfers, cut by the caps.
func (b *posting) addAward(tx *mysql.Tx, a Award) error {
	rule, found := InForce(b.rules, a.Event, a.Node, a.DeedAt)
	if !found {
		return mysql.ErrNone
	}
	shares, unit := slices.Clone(a.Shares), a.Event.Unit()
	slices.SortFunc(shares, func(x, y Share) int { return cmp.Compare(x.User, y.User) })
	for _, s := range shares {
		to := b.accounts[accountKey{unit, s.User}]
		cause := s.Cause
		if cause == 0 {
			cause = a.Cause
		}
		b.add(tx, transfer{
			Unit: unit, Kind: KindEarn, DebitID: unit.grant(), CreditID: to,
			Amount: rule.Cut(rule.Earns(s.Amount), b.earnedAround(to, a)), RuleID: rule.ID, DeedAt: a.DeedAt,
			MemberNode: s.MemberNode, MemberUnit: s.MemberUnit, Node: a.Node, Team: a.Team, Cause: cause, Event: a.Event,
			AccountID: to, user: s.User,
		})
	}
	return nil
}

// earnedAround is what the account has earned by the award's rule around its deed, in
// this call as well.
func (b *posting) earnedAround(account id.Account, a Award) Earned {
	var e Earned
	day, month, year := clock.DayOf(a.DeedAt), clock.MonthOf(a.DeedAt), clock.YearOf(a.DeedAt)
	for _, known := range b.earned {
		if known.Account == account && known.Event == a.Event && known.On.Equal(day.From) {
			e = known
		}
	}
	for _, t := range b.rows {
		if t.AccountID != account || t.Event != a.Event {
			continue
		}
		if day.Has(t.DeedAt) {
			e.Day += t.Amount
		}
		if month.Has(t.DeedAt) {
			e.Month += t.Amount
		}
		if year.Has(t.DeedAt) {
			e.Year += t.Amount
		}
	}
	return e
}

func (b *posting) add(tx *mysql.Tx, t transfer) {
	t.ID, t.PostedAt = mysql.NewID[id.Transfer](tx), tx.Now()
	b.rows = append(b.rows, t)
}

// write queues the transfers, their effect on the balances, and what the boards
// have to learn: three statements, however many they are.
func (b *posting) write(tx *mysql.Tx) error {
	if len(b.rows) == 0 {
		return nil
	}
	var changes []mysql.Args
	var forBoards []any
	amounts := map[id.Account]int64{}
	for _, t := range b.rows {
		amount := t.Amount
		if t.Kind == KindCorrect {
			amount = -amount
		}
		amounts[t.AccountID] += amount
		if amount != 0 {
			forBoards = append(forBoards, BoardChange{
				Transfer: t.ID, Unit: t.Unit, User: t.user, Amount: amount, DeedAt: t.DeedAt, MemberNode: t.MemberNode,
				MemberUnit: t.MemberUnit, Node: t.Node, Team: t.Team,
			})
		}
	}
	for _, t := range b.rows {
		if amount := amounts[t.AccountID]; amount != 0 {
			changes = append(changes, mysql.Args{"id": t.AccountID, "user": t.user, "unit": t.Unit, "amount": amount})
			amounts[t.AccountID] = 0
		}
	}
	if len(changes) > 0 {
		if err := tx.Add("points.credit", changes); err != nil {
			return err
		}
	}
	if err := tx.Add("points.add_transfers", b.rows); err != nil {
		return err
	}
	return b.ledger.box.AddAll(tx, outbox.TopicBoard, forBoards)
}

// occasion is a business day on which a deed of a kind was done.
type occasion struct {
	event RuleEvent
	at    time.Time
}

func daysOf(awards []Award) []occasion {
	return distinct(awards, func(a Award) occasion { return occasion{a.Event, clock.Day(a.DeedAt)} })
}

func eventsOf(awards []Award) []RuleEvent {
	return distinct(awards, func(a Award) RuleEvent { return a.Event })
}

func nodesOf(awards []Award) []id.Node {
	return distinct(awards, func(a Award) id.Node { return a.Node })
}

// accountKeysOf are the accounts of all who get a share, in the order of locking.
func accountKeysOf(awards []Award) []accountKey {
	var all []accountKey
	for _, a := range awards {
		for _, s := range a.Shares {
			all = append(all, accountKey{a.Event.Unit(), s.User})
		}
	}
	return inOrder(all)
}

func inOrder(all []accountKey) []accountKey {
	slices.SortFunc(all, func(a, b accountKey) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.user, b.user))
	})
	return slices.Compact(all)
}

func usersOf(people []accountKey) []id.User {
	return distinct(people, func(p accountKey) id.User { return p.user })
}

// distinct lists what f says of all, each once.
func distinct[T any, V comparable](all []T, f func(T) V) []V {
	var found []V
	seen := map[V]bool{}
	for _, one := range all {
		if v := f(one); !seen[v] {
			seen[v], found = true, append(found, v)
		}
	}
	return found
}
