package points_test

import (
	"encoding/json"
	"testing"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
	"xinyuan/internal/race"
)

// Each script begins with the migrations' rule 1: 10 points, at most 60 a day.
// Where one has caps of its own, rule 2 replaces it.
var scripts = map[string]string{
	"the day's cap": `
		award 7 2026-03-11T08:00:00     31 20 = 20 by 1
		award 7 2026-03-11T23:59:59.999 31 30 = 30 by 1
		award 8 2026-03-11T12:00:00     31 30 = 10 by 1
		award 8 2026-03-11T00:00:00     31 30 = 0 by 1
		award 7 2026-03-11T12:00:00     32 30 = 30 by 1
		award 7 2026-03-12T00:00:00     31 30 = 30 by 1
		award 7 2026-03-10T23:59:59.999 31 70 = 60 by 1
		balance 31 = 150, 150
		balance 32 = 30, 30
		balance 33 = 0, 0`,

	"the month's cap": `
		rule 2 0 10 0 50 0 2021-01-01
		award 7 2026-02-28T23:59:59.999 31 40 = 40 by 2
		award 7 2026-02-01T00:00:00     31 40 = 10 by 2
		award 7 2026-01-31T23:59:59.999 31 40 = 40 by 2
		award 7 2026-03-01T00:00:00     31 40 = 40 by 2
		award 7 2026-03-31T23:59:59.999 31 40 = 10 by 2
		award 7 2026-03-15T12:00:00     31 40 = 0 by 2
		award 7 2028-02-29T23:59:59.999 31 40 = 40 by 2
		award 7 2028-03-01T00:00:00     31 40 = 40 by 2`,

	"the year's cap": `
		rule 2 0 10 0 0 100 2021-01-01
		award 7 2025-12-31T23:59:59.999 31 90 = 90 by 2
		award 7 2026-01-01T00:00:00     31 90 = 90 by 2
		award 7 2026-12-31T23:59:59.999 31 90 = 10 by 2
		award 7 2025-01-01T00:00:00     31 90 = 10 by 2
		award 7 2024-12-31T23:59:59.999 31 90 = 90 by 2
		award 7 2027-01-01T00:00:00     31 90 = 90 by 2
		balance 31 = 380, 190`,

	"the narrowest of three caps": `
		rule 2 0 10 30 50 60 2021-01-01
		award 7 2026-03-11T12:00:00 31 40 = 30 by 2
		award 7 2026-03-12T12:00:00 31 40 = 20 by 2
		award 7 2026-03-13T12:00:00 31 40 = 0 by 2
		award 7 2026-04-13T12:00:00 31 40 = 10 by 2
		award 7 2026-05-13T12:00:00 31 40 = 0 by 2
		award 7 2027-05-13T12:00:00 31 40 = 30 by 2`,

	"a share that is cut goes to nobody else": `
		award 7 2026-03-11T12:00:00 31 50              = 50 by 1
		award 7 2026-03-11T12:00:00 33 20 31 20 32 20  = 10 by 1, 20 by 1, 20 by 1
		award 7 2026-03-11T12:00:00 32 20 31 20        = 0 by 1, 20 by 1
		balance 31 = 60, 60
		balance 32 = 40, 40
		balance 33 = 20, 20`,

	"a cause pays once": `
		award 7 2026-03-11T12:00:00 31 20 = 20 by 1
		again = paid already
		award 7 2026-03-11T12:00:00 31 20 32 20 = 20 by 1, 20 by 1
		again = paid already
		award 7 2026-03-11T12:00:00 31 50 = 20 by 1
		award 7 2026-03-11T12:00:00 31 50 = 0 by 1
		again = paid already
		balance 31 = 60, 60
		balance 32 = 20, 20`,

	"the rule is that of the deed's date and community": `
		rule 2 0 10 40 0 0 2026-03-11
		rule 3 7 10 30 0 0 2026-03-12
		rule 4 7 10 20 0 0 2026-03-13
		rule 6 0 10 50 0 0 2026-03-13
		rule 5 0 10 45 0 0 2026-03-13
		award 7 2026-03-10T23:59:59.999 31 100 = 60 by 1
		award 7 2026-03-11T00:00:00     31 100 = 40 by 2
		award 7 2026-03-11T23:59:59.999 32 100 = 40 by 2
		award 7 2026-03-12T00:00:00     31 100 = 30 by 3
		award 8 2026-03-12T00:00:00     32 100 = 40 by 2
		award 7 2026-03-13T00:00:00     31 100 = 20 by 4
		award 8 2026-03-13T00:00:00     32 100 = 50 by 6
		award 7 2019-12-31T12:00:00     31 100 = no rule
		balance 31 = 150, 150`,

	"what another community's rule paid counts": `
		rule 2 7 10 30 0 0 2021-01-01
		award 8 2026-03-11T12:00:00 31 50 = 50 by 1
		award 7 2026-03-11T12:00:00 31 10 = 0 by 2
		award 7 2026-03-12T12:00:00 31 40 = 30 by 2
		award 8 2026-03-12T12:00:00 31 40 = 30 by 1`,

	"minutes are minutes, and whole hours are points": `
		serve 7 2026-03-11T08:00:00 31 59   = 59 by 1001, 0 by 1002
		serve 7 2026-03-11T10:00:00 31 60   = 60 by 1001, 1 by 1002
		serve 7 2026-03-11T12:00:00 31 119  = 119 by 1001, 1 by 1002
		serve 7 2026-03-11T12:00:00 32 180 2026-03-11T12:00:00 31 1 = 180 by 1001, 3 by 1002; 1 by 1001, 0 by 1002
		minutes 31 = 239, 239
		balance 31 = 2, 2
		minutes 32 = 180, 180
		minutes 33 = 0, 0`,

	"the hours of a day have a cap, its minutes have none": `
		serve 7 2026-03-11T00:00:00 31 480       = 480 by 1001, 8 by 1002
		serve 8 2026-03-11T09:00:00 31 480       = 480 by 1001, 2 by 1002
		serve 7 2026-03-11T23:59:59.999 31 60    = 60 by 1001, 0 by 1002
		serve 7 2026-03-12T00:00:00 31 600       = 600 by 1001, 10 by 1002
		award 7 2026-03-11T12:00:00 31 60        = 60 by 1
		minutes 31 = 1620, 1620
		balance 31 = 80, 80`,

	"hours of one call see each other's effect on the caps": `
		hours 9 0 2 30 12 0 20 2021-01-01
		serve 7 2026-03-11T08:00:00 31 150 2026-03-11T12:00:00 31 60 2026-03-12T08:00:00 31 200 = 150 by 1001, 10 by 9; 60 by 1001, 2 by 9; 200 by 1001, 8 by 9
		minutes 31 = 410, 410
		balance 31 = 20, 20`,

	"what is taken back makes room for what is right": `
		serve 7 2026-03-11T08:00:00 31 480   = 480 by 1001, 8 by 1002
		undo                                 = 480 by 1001, 8 by 1002
		minutes 31 = 0, 0
		balance 31 = 0, 0
		serve 7 2026-03-11T08:00:00 31 600   = 600 by 1001, 10 by 1002
		serve 7 2026-03-11T19:00:00 31 120   = 120 by 1001, 0 by 1002
		undo                                 = 120 by 1001, 0 by 1002
		minutes 31 = 600, 600`,

	"a community's hours": `
		hours 9 7 2 60 0 0 0 2026-03-12
		serve 7 2026-03-11T08:00:00 31 60 2026-03-12T08:00:00 32 60 = 60 by 1001, 1 by 1002; 60 by 1001, 2 by 9
		serve 8 2026-03-12T08:00:00 31 60 = 60 by 1001, 1 by 1002`,

	"nothing": `
		award 7 2026-03-11T12:00:00 31 0 = 0 by 1
		balance 31 = 0, 0`,
}

func TestScripts(t *testing.T) {
	t.Parallel()
	for name, script := range scripts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newBooks(t).play(script)
		})
	}
}

// Whatever is refused leaves no account, transfer or outbox row behind.
func TestRefusedPostingIsNotThere(t *testing.T) {
	t.Parallel()
	b := newBooks(t)
	for _, a := range []points.Award{
		{Event: "no_such_deed", Cause: 1, DeedAt: noon, Node: 7, Shares: []points.Share{{User: 31, Amount: 10}}},
		{Event: points.WishFulfilled, Cause: 1, DeedAt: noon, Node: 7, Shares: []points.Share{{User: 31, Amount: -10}}},
		{Event: points.WishFulfilled, Cause: 1, DeedAt: noon, Node: 7, Shares: []points.Share{
			{User: 31, Amount: 10}, {User: 31, Amount: 10}}},
	} {
		if err := b.post(a); err == nil {
			t.Errorf("%+v was posted", a)
		}
	}
	var rows int
	must(t, b.db.Pool().QueryRowContext(t.Context(), "SELECT (SELECT COUNT(*) FROM points_accounts WHERE kind = 'member')"+
		" + (SELECT COUNT(*) FROM points_transfers) + (SELECT COUNT(*) FROM outbox)").Scan(&rows))
	if rows != 0 {
		t.Errorf("%d rows are left", rows)
	}
}

// A posting tells the boards what they need, costs one round trip before the
// commit, and says nothing where nothing was paid.
func TestPostingLeavesByTheOutbox(t *testing.T) {
	t.Parallel()
	b := newBooks(t)
	award := points.Award{Event: points.WishFulfilled, Cause: 1, DeedAt: noon, Node: 7, Shares: []points.Share{
		{User: 32, Amount: 70, MemberNode: 8, MemberUnit: 9}, {User: 31, Amount: 0, MemberNode: 8, MemberUnit: 9},
	}}
	before := b.db.Counts()
	must(t, b.post(award))
	if trips := b.db.Counts().RoundTrips - before.RoundTrips; trips != 2 {
		t.Errorf("a posting for two takes %d round trips, want 2", trips)
	}
	var transfer id.Transfer
	must(t, b.db.Pool().QueryRowContext(t.Context(), "SELECT id FROM points_transfers WHERE amount > 0").Scan(&transfer))
	var got points.BoardChange
	must(t, json.Unmarshal(pendingPosting(t, b), &got))
	want := points.BoardChange{Transfer: transfer, Unit: points.UnitPoints, User: 32, Amount: 60, DeedAt: noon, MemberNode: 8, MemberUnit: 9, Node: 7}
	if got != want {
		t.Errorf("the boards learn %+v, want %+v", got, want)
	}
}

// Twenty awards for one member at once pay the day's cap exactly. Each has a
// second member, in one order or the other.
func TestTwentyAwardsAtOnce(t *testing.T) {
	t.Parallel()
	const racers, dayCap = 20, 60
	b := newBooks(t)
	start := make(chan struct{})
	var wg race.Group
	for i := range racers {
		shares := []points.Share{{User: 31, Amount: 7}, {User: 32, Amount: 2}}
		if i%2 == 0 {
			shares[0], shares[1] = shares[1], shares[0]
		}
		wg.Go(func() {
			<-start
			err := b.post(points.Award{
				Event: points.WishFulfilled, Cause: id.Event(i + 1), DeedAt: noon, Node: 7, Shares: shares,
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	wg.Wait()
	for person, want := range map[id.User]int64{31: dayCap, 32: 2 * racers} {
		if got, err := b.GetBalance(t.Context(), person, points.UnitPoints); err != nil || got.Total != want {
			t.Errorf("%s has %d, want %d: %v", person, got.Total, want, err)
		}
	}
	var transfers, cut int
	row := b.db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*), COALESCE(SUM(amount = 0), 0) FROM points_transfers")
	must(t, row.Scan(&transfers, &cut))
	if transfers != 2*racers || cut != racers-9 { // eight times 7, then 4
		t.Errorf("%d transfers, %d of them of nothing", transfers, cut)
	}
	b.balanced()
}

// The same cause at once from twenty sides pays once.
func TestTwentyTimesOneCause(t *testing.T) {
	t.Parallel()
	const racers = 20
	b := newBooks(t)
	answers := make(chan error, racers)
	for range racers {
		go func() {
			answers <- b.post(points.Award{
				Event: points.WishFulfilled, Cause: 1, DeedAt: noon, Node: 7, Shares: []points.Share{{User: 31, Amount: 10}},
			})
		}()
	}
	paid := 0
	for range racers {
		if err := <-answers; err == nil {
			paid++
		} else if !mysql.IsDuplicate(err, "points_transfers_cause") {
			t.Error(err)
		}
	}
	if got, err := b.GetBalance(t.Context(), 31, points.UnitPoints); err != nil || got.Total != 10 || paid != 1 {
		t.Errorf("%d were paid, the balance is %d: %v", paid, got.Total, err)
	}
}

func TestRuleAllows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		choices string
		amount  int64
		want    bool
	}{
		{"", 10, true}, {"", 5, false}, {"", 0, false}, {"5,10,20", 20, true}, {"5, 20", 20, true}, {"5,20", 10, true},
		{"5,20", 2, false}, {"5,20", 0, false}, {"0,-5", 0, false}, {"0,-5", -5, false}, {"five", 5, false},
	} {
		if got := (points.Rule{Points: 10, Choices: c.choices}).Allows(c.amount); got != c.want {
			t.Errorf("10 or %q allows %d: %v", c.choices, c.amount, got)
		}
	}
}

// pendingPosting is what waits in the outbox for the boards: a single row.
func pendingPosting(t *testing.T, b *books) (payload []byte) {
	t.Helper()
	row := b.db.Pool().QueryRowContext(t.Context(), "SELECT payload, (SELECT COUNT(*) FROM outbox) FROM outbox")
	var n int
	must(t, row.Scan(&payload, &n))
	if n != 1 {
		t.Fatalf("%d rows in the outbox, want 1", n)
	}
	return payload
}
