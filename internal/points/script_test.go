package points_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/points"
)

// noon is the business time of the tests: in 2026, a Wednesday in Shanghai.
var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

// books are a ledger on a fresh database.
type books struct {
	*points.Ledger
	t     *testing.T
	db    *mysql.DB
	cause id.Event // the last one that was used
}

func newBooks(t *testing.T) *books {
	t.Helper()
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Business: clock.Fixed(noon)})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return &books{Ledger: points.New(db, outbox.New(db, clock.Fixed(noon))), t: t, db: db}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// post posts the award in a transaction of its own.
func (b *books) post(a points.Award) error {
	return b.db.Tx(b.t.Context(), func(tx *mysql.Tx) error { return b.Post(b.t.Context(), tx, a) })
}

// rule writes a rule; 0 stands for the county and for no cap.
func (b *books) rule(number int64, node id.Node, amount, day, month, year int64, from time.Time) {
	b.t.Helper()
	b.write(points.Rule{ID: id.Rule(number), Event: points.WishFulfilled, Points: amount, Effective: from},
		[]int64{int64(node), 0, day, month, year})
}

// write writes a rule with its node, span of minutes and caps, 0 for none.
func (b *books) write(r points.Rule, rest []int64) {
	b.t.Helper()
	orNull := func(n int64) sql.NullInt64 { return sql.NullInt64{Int64: n, Valid: n != 0} }
	_, err := b.db.Pool().ExecContext(b.t.Context(), "INSERT INTO points_rules"+
		" (id, event, version, points, effective_from, node_id, per_minutes, cap_day, cap_month, cap_year)"+
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.ID, r.Event, r.ID, r.Points, r.Effective,
		orNull(rest[0]), orNull(rest[1]), orNull(rest[2]), orNull(rest[3]), orNull(rest[4]))
	must(b.t, err)
}

// paid lists what a cause paid, as "amount by rule", by account.
func (b *books) paid(cause id.Event) string {
	b.t.Helper()
	rows, err := b.db.Pool().QueryContext(b.t.Context(), "SELECT t.amount, t.rule_id FROM points_transfers t"+
		" JOIN points_accounts a ON a.id = t.cause_account_id WHERE t.cause_event_id = ? ORDER BY a.user_id, t.id", cause)
	must(b.t, err)
	defer func() { must(b.t, rows.Close()) }()
	var all []string
	for rows.Next() {
		var amount, rule int64
		must(b.t, rows.Scan(&amount, &rule))
		all = append(all, fmt.Sprintf("%d by %d", amount, rule))
	}
	must(b.t, rows.Err())
	return strings.Join(all, ", ")
}

// balanced fails the test unless each balance is the sum of its transfers, and
// all that was granted is on members' accounts.
func (b *books) balanced() {
	b.t.Helper()
	var wrong int
	must(b.t, b.db.Pool().QueryRowContext(b.t.Context(), "SELECT COUNT(*) FROM points_accounts a WHERE kind = 'member'"+
		" AND balance <> (SELECT COALESCE(SUM(CASE WHEN credit_id = a.id THEN amount ELSE -amount END), 0)"+
		" FROM points_transfers WHERE credit_id = a.id OR debit_id = a.id)").Scan(&wrong))
	var held, granted int64
	must(b.t, b.db.Pool().QueryRowContext(b.t.Context(), "SELECT (SELECT COALESCE(SUM(balance), 0) FROM points_accounts),"+
		" (SELECT COALESCE(SUM(amount), 0) FROM points_transfers WHERE debit_id IN (1, 3))"+
		" - (SELECT COALESCE(SUM(amount), 0) FROM points_transfers WHERE credit_id IN (2, 4))").Scan(&held, &granted))
	if wrong > 0 || held != granted {
		b.t.Errorf("%d balances are wrong; members hold %d of %d", wrong, held, granted)
	}
}

// play runs a script, one operation and its result a line, after "=". Times are
// those of Shanghai.
//
//	rule NUMBER NODE AMOUNT DAY MONTH YEAR FROM   0: the county, no cap
//	award NODE TIME PERSON AMOUNT [PERSON AMOUNT…] = what each is paid, by which rule, in the order of people
//	again                                          the last award, by the same cause
//	hours NUMBER NODE POINTS PER DAY MONTH YEAR FROM   a rule for so many minutes each
//	serve NODE TIME PERSON MINUTES [TIME PERSON MINUTES…]   minutes and points for each, in one call
//	undo                                           takes back what the last cause paid
//	balance PERSON                                 in all, this year
//	minutes PERSON                                 the same of minutes
func (b *books) play(script string) {
	b.t.Helper()
	var last points.Award
	for line := range strings.Lines(script) {
		call, want, _ := strings.Cut(strings.TrimSpace(line), " = ")
		words := strings.Fields(call)
		if len(words) == 0 {
			continue
		}
		got := ""
		switch words[0] {
		case "rule":
			n := numbers(b.t, words[1:7])
			b.rule(n[0], id.Node(n[1]), n[2], n[3], n[4], n[5], at(b.t, words[7]))
		case "award":
			b.cause++
			last = points.Award{
				Event: points.WishFulfilled, Cause: b.cause, DeedAt: at(b.t, words[2]),
				Node: id.Node(numbers(b.t, words[1:2])[0]),
			}
			n := numbers(b.t, words[3:])
			for i := 0; i < len(n); i += 2 {
				last.Shares = append(last.Shares, points.Share{User: id.User(n[i]), Amount: n[i+1], MemberNode: 1, MemberUnit: 2})
			}
			got = b.outcome(b.post(last))
		case "again":
			got = b.outcome(b.post(last))
		case "hours":
			n := numbers(b.t, words[1:8])
			b.write(points.Rule{ID: id.Rule(n[0]), Event: points.ServiceHours, Points: n[2], Effective: at(b.t, words[8])},
				append(n[1:2:2], n[3:]...))
		case "serve":
			got = b.serve(words[1:])
		case "undo":
			paid := b.cause
			b.cause++
			got = b.outcome(b.db.Tx(b.t.Context(), func(tx *mysql.Tx) error {
				return b.Undo(b.t.Context(), tx, paid, b.cause)
			}))
		case "balance", "minutes":
			unit := points.UnitPoints
			if words[0] == "minutes" {
				unit = points.UnitMinutes
			}
			balance, err := b.GetBalance(b.t.Context(), id.User(numbers(b.t, words[1:])[0]), unit)
			must(b.t, err)
			got = fmt.Sprintf("%d, %d", balance.Total, balance.ThisYear)
		default:
			b.t.Fatalf("what is %q?", line)
		}
		if got != want {
			b.t.Errorf("%s = %s, want %s", call, got, want)
		}
	}
	b.balanced()
}

// serve posts minutes and hours of all the people in one call, and fails the
// test if that takes more trips than one and the commit.
func (b *books) serve(words []string) string {
	b.t.Helper()
	node := id.Node(numbers(b.t, words[:1])[0])
	var all []points.Award
	var causes []id.Event
	for i := 1; i < len(words); i += 3 {
		b.cause++
		causes = append(causes, b.cause)
		n := numbers(b.t, words[i+1:i+3])
		for _, e := range []points.RuleEvent{points.ServiceMinutes, points.ServiceHours} {
			all = append(all, points.Award{
				Event: e, DeedAt: at(b.t, words[i]), Node: node, Team: 5,
				Shares: []points.Share{{User: id.User(n[0]), Amount: n[1], MemberNode: 1, Cause: b.cause}},
			})
		}
	}
	before := b.db.Counts()
	err := b.db.Tx(b.t.Context(), func(tx *mysql.Tx) error { return b.PostAll(b.t.Context(), tx, all) })
	if trips := b.db.Counts().RoundTrips - before.RoundTrips; trips != 2 {
		b.t.Errorf("serve %v takes %d round trips, want 2", words, trips)
	}
	must(b.t, err)
	paid := make([]string, len(causes))
	for i, c := range causes {
		paid[i] = b.paid(c)
	}
	return strings.Join(paid, "; ")
}

func (b *books) outcome(err error) string {
	switch {
	case mysql.IsDuplicate(err, "points_transfers_cause"):
		return "paid already"
	case errors.Is(err, mysql.ErrNone):
		return "no rule"
	case err != nil:
		return err.Error()
	}
	return b.paid(b.cause)
}

func numbers(t *testing.T, words []string) []int64 {
	t.Helper()
	all := make([]int64, len(words))
	for i, w := range words {
		var err error
		all[i], err = strconv.ParseInt(w, 10, 64)
		must(t, err)
	}
	return all
}

// at reads a day, "2026-03-11", or a time, "2026-03-11T23:59:59.999".
func at(t *testing.T, word string) time.Time {
	t.Helper()
	if len(word) == len(time.DateOnly) {
		word += "T00:00:00"
	}
	when, err := time.ParseInLocation("2006-01-02T15:04:05", word, clock.Shanghai)
	must(t, err)
	return when
}
