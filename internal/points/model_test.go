package points_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/points"
)

// layouts name a business day, month and year.
var layouts = []string{"2006-01-02", "2006-01", "2006"}

// model is the ledger as a few maps.
type model struct {
	caps   map[string]int64 // by layout; absent: no cap
	earned map[string]int64 // by person and period
	total  map[id.User]int64
}

// award is what a share must be paid, and writes it down.
func (m *model) award(person id.User, amount int64, deed time.Time) int64 {
	period := func(layout string) string { return fmt.Sprint(person, " ", deed.In(clock.Shanghai).Format(layout)) }
	for layout, most := range m.caps {
		amount = min(amount, most-m.earned[period(layout)])
	}
	for _, layout := range layouts {
		m.earned[period(layout)] += amount
	}
	m.total[person] += amount
	return amount
}

// Random awards, in any order of time and most of them close to the ends of
// days, months and years, pay what the model says.
func TestLedgerLikeModel(t *testing.T) {
	t.Parallel()
	b := newBooks(t)
	turn := int64(0)
	ends := []time.Time{
		time.Date(2026, 1, 1, 0, 0, 0, 0, clock.Shanghai), time.Date(2026, 3, 1, 0, 0, 0, 0, clock.Shanghai),
		time.Date(2026, 3, 11, 0, 0, 0, 0, clock.Shanghai),
	}
	rapid.Check(t, func(r *rapid.T) {
		turn++ // a community, a rule and people of its own
		m := &model{caps: map[string]int64{}, earned: map[string]int64{}, total: map[id.User]int64{}}
		for i, layout := range layouts {
			wide := []int64{60, 90, 120}[i]
			if most := rapid.SampledFrom([]int64{0, 1, wide / 2, wide}).Draw(r, "cap "+layout); most != 0 {
				m.caps[layout] = most
			}
		}
		b.rule(10+turn, id.Node(turn), 10, m.caps[layouts[0]], m.caps[layouts[1]], m.caps[layouts[2]],
			ends[0].AddDate(-5, 0, 0))
		person := rapid.Custom(func(r *rapid.T) id.User {
			return id.User(turn*10 + rapid.Int64Range(1, 3).Draw(r, "person"))
		})
		for range rapid.IntRange(1, 10).Draw(r, "awards") {
			b.cause++
			away := rapid.SampledFrom([]time.Duration{-time.Hour, -time.Millisecond, 0, time.Millisecond, 30 * time.Hour})
			a := points.Award{
				Event: points.WishFulfilled, Cause: b.cause, Node: id.Node(turn),
				DeedAt: rapid.SampledFrom(ends).Draw(r, "end").Add(away.Draw(r, "away")),
			}
			want := map[id.User]int64{}
			for _, who := range rapid.SliceOfNDistinct(person, 1, 3, rapid.ID).Draw(r, "people") {
				amount := rapid.Int64Range(0, 70).Draw(r, "amount")
				a.Shares = append(a.Shares, points.Share{User: who, Amount: amount, MemberNode: 1, MemberUnit: 2})
				want[who] = m.award(who, amount, a.DeedAt)
			}
			if err := b.post(a); err != nil {
				r.Fatal(err)
			}
			if text := inOrder(want, 10+turn); b.paid(b.cause) != text {
				r.Fatalf("%+v pays %s, want %s", a, b.paid(b.cause), text)
			}
		}
		for who, total := range m.total {
			if got, err := b.GetBalance(t.Context(), who, points.UnitPoints); err != nil || got.Total != total {
				r.Fatalf("%s has %d, want %d: %v", who, got.Total, total, err)
			}
		}
	})
	b.balanced()
}

// inOrder tells what was paid in the form of books.paid.
func inOrder(paid map[id.User]int64, rule int64) string {
	var text []string
	for _, person := range slices.Sorted(maps.Keys(paid)) {
		text = append(text, fmt.Sprintf("%d by %d", paid[person], rule))
	}
	return strings.Join(text, ", ")
}
