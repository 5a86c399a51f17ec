package doctor

import (
	"context"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
	"xinyuan/internal/state"
)

func liveClaims(ctx context.Context, e env) ([]string, error) {
	var rows []struct {
		ID     id.Wish          `db:"id"`
		Status state.WishStatus `db:"status"`
		Live   int              `db:"live"`
	}
	err := e.db.Select(ctx, &rows, "doctor.live_claims", nil)
	var found []string
	for _, r := range rows {
		found = append(found, fmt.Sprintf("wish %s is %s and has %d live claims", r.ID, r.Status, r.Live))
	}
	return found, err
}

func balances(ctx context.Context, e env) ([]string, error) {
	var rows []struct {
		ID      id.Account `db:"id"`
		Balance int64      `db:"balance"`
		Amount  int64      `db:"amount"`
	}
	err := e.db.Select(ctx, &rows, "doctor.balances", nil)
	var found []string
	for _, r := range rows {
		found = append(found, fmt.Sprintf("account %s has a balance of %d, its transfers say %d", r.ID, r.Balance, r.Amount))
	}
	return found, err
}

// walked are the lifecycles whose matters have a history from their first step on:
// all but that of places, which an import adds without a word.
func walked() []state.Lifecycle {
	return slices.DeleteFunc(state.All(), func(l state.Lifecycle) bool { return l.Noun == state.Node.Noun })
}

// history walks every matter's events along its lifecycle, and compares the
// last one with the status that is stored.
func history(ctx context.Context, e env) ([]string, error) {
	var found []string
	for _, m := range walked() {
		broken, err := walk(ctx, e, m, chunk)
		if err != nil {
			return nil, err
		}
		var rows []struct {
			ID      int64  `db:"id"`
			Status  string `db:"status"`
			Version int    `db:"version"`
		}
		if err := e.db.Select(ctx, &rows, "doctor."+m.Noun+"_status", nil); err != nil {
			return nil, err
		}
		found = append(found, broken...)
		for _, r := range rows {
			found = append(found,
				fmt.Sprintf("%s %d is %s, and its event %d does not say so", m.Noun, r.ID, r.Status, r.Version))
		}
	}
	return found, nil
}

// chunk is how many events are read at a time.
const chunk = 5000

// most bounds how many findings of one kind are listed.
const most = 100

type eventRow struct {
	Subject int64       `db:"subject_id"`
	Version int         `db:"version"`
	Name    state.Event `db:"name"`
	From    string      `db:"from_status"`
	To      string      `db:"to_status"`
}

// walk holds each event of the noun against the one before it, so many read at a time.
func walk(ctx context.Context, e env, m state.Lifecycle, atOnce int) ([]string, error) {
	var found []string
	var last eventRow
	for {
		var rows []eventRow
		err := e.db.Select(ctx, &rows, "doctor.events", mysql.Args{
			"noun": m.Noun, "subject": last.Subject, "version": last.Version, "limit": atOnce,
		})
		if err != nil {
			return nil, err
		}
		for _, e := range rows {
			if !follows(m, last, e) && len(found) < most {
				found = append(found, fmt.Sprintf("%s %d: event %d (%s, from %q to %q) does not follow from what was before",
					m.Noun, e.Subject, e.Version, e.Name, e.From, e.To))
			}
			last = e
		}
		if len(rows) < atOnce {
			return found, nil
		}
	}
}

// follows tells whether the lifecycle leads from the last event to this one.
func follows(m state.Lifecycle, last, e eventRow) bool {
	if e.Subject != last.Subject {
		return e.Version == 1 && e.Name == state.EventCreate && e.From == "" && m.Begins(e.To)
	}
	to, ok := m.Next(last.To, e.Name)
	return ok && e.Version == last.Version+1 && e.From == last.To && e.To == to
}

// unlike is a transfer of a confirmed claim that is not simply what the wish
// promised.
type unlike struct {
	ID       id.Claim    `db:"id"`
	Promised int64       `db:"promised"` // to all together
	Paid     int64       `db:"paid"`     // -1: nothing at all
	Transfer id.Transfer `db:"transfer_id"`
	Account  id.Account  `db:"account_id"`
	Rule     id.Rule     `db:"rule_id"`
	DeedAt   *time.Time  `db:"deed_at"`
	People   int         `db:"people"`
}

// paid holds each claim's transfers against the shares that are due, the
// claimant's first.
func paid(ctx context.Context, e env) ([]string, error) {
	var rows []unlike
	if err := e.db.Select(ctx, &rows, "doctor.unlike_promised", nil); err != nil {
		return nil, err
	}
	var found []string
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].ID == rows[0].ID {
			n++
		}
		problem, err := unpaid(ctx, e, rows[:n])
		if err != nil {
			return nil, err
		}
		found, rows = append(found, problem...), rows[n:]
	}
	return found, nil
}

// unpaid is what is wrong with the transfers of one claim.
func unpaid(ctx context.Context, e env, rows []unlike) ([]string, error) {
	claim := rows[0]
	switch {
	case claim.Paid < 0:
		return []string{fmt.Sprintf("claim %s is confirmed and earned nothing", claim.ID)}, nil
	case len(rows) != claim.People:
		return []string{fmt.Sprintf("claim %s paid %d people instead of %d", claim.ID, len(rows), claim.People)}, nil
	}
	var found []string
	for i, share := range points.Divide(claim.Promised, claim.People) {
		r := rows[i]
		due, err := r.due(ctx, e, share)
		if err != nil {
			return nil, err
		}
		if r.Paid != due {
			found = append(found, fmt.Sprintf("claim %s: transfer %s paid %d instead of %d", r.ID, r.Transfer, r.Paid, due))
		}
	}
	return found, nil
}

// due is what is left of the share under the caps of the transfer's rule.
func (u unlike) due(ctx context.Context, e env, share int64) (int64, error) {
	return capped{u.Transfer, u.Account, u.Rule, *u.DeedAt, points.WishFulfilled}.due(ctx, e, share)
}

// capped is a transfer that a rule's caps may have cut.
type capped struct {
	Transfer id.Transfer
	Account  id.Account
	Rule     id.Rule
	DeedAt   time.Time
	Event    points.RuleEvent
}

// due is what the rule lets the amount, or the minutes, earn beside what the
// account had earned by it before.
func (u capped) due(ctx context.Context, e env, amount int64) (int64, error) {
	var rule points.Rule
	if err := e.db.Get(ctx, &rule, "doctor.rule", mysql.Args{"id": u.Rule}); err != nil {
		return 0, err
	}
	var earned points.Earned
	for _, span := range []struct {
		dest *int64
		clock.Period
	}{
		{&earned.Day, clock.DayOf(u.DeedAt)}, {&earned.Month, clock.MonthOf(u.DeedAt)},
		{&earned.Year, clock.YearOf(u.DeedAt)},
	} {
		err := e.db.Get(ctx, span.dest, "doctor.earned_before", mysql.Args{
			"account": u.Account, "rule": u.Event, "since": span.From, "until": span.Until, "id": u.Transfer,
		})
		if err != nil {
			return 0, err
		}
	}
	return rule.Cut(rule.Earns(amount), earned), nil
}
