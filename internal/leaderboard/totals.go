package leaderboard

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
)

// ErrAnotherRebuild means that somebody has begun a rebuild after this one, which ends.
var ErrAnotherRebuild = errors.New("leaderboard: another rebuild has begun")

// Rebuild makes the months anew from the ledger, and with them every board that is whole in
// Redis; the others are made when somebody asks for them. It tells how many boards it
// made and how many months it had to put right. It may run beside a busy server: it sees
// the ledger and what is counted in one snapshot, and writes differences, for which it
// takes its turn with the projector. step is told after each part.
func (s *Service) Rebuild(ctx context.Context, step func(done, all int)) (made, corrected int, err error) {
	boards, err := s.inRedis(ctx, markWhole)
	if err != nil {
		return 0, 0, err
	}
	// The snapshot begins after the token is there. So whatever an earlier rebuild put right is in it, and
	// nothing of what that one still finds.
	token := rand.Text()
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		return errors.Join(s.takeTurn(tx), tx.SaveSetting(rebuilding, token))
	})
	if err != nil {
		return 0, 0, err
	}
	// What the projector counts after the snapshot goes to the new boards, too: they begin before it.
	done, err := s.fill(ctx, boards, func(f *filling) error {
		l := newLines(f)
		var c *comparison
		c = s.newComparison(func(found map[month]difference) error {
			if len(c.unreadable) > 0 {
				return fmt.Errorf("leaderboard: %w", c.unreadable[0])
			}
			corrected += len(found)
			if err := l.end(ctx); err != nil || len(found) == 0 {
				return err
			}
			return s.correct(ctx, token, found, l)
		})
		c.step, c.month = step, func(m score) error { return l.count(ctx, m) }
		return c.run(ctx)
	})
	if err != nil || corrected == 0 {
		return len(done), corrected, err
	}
	n, err := s.rebuildOthers(ctx, done)
	return len(done) + n, corrected, err
}

// rebuildOthers makes boards that somebody has asked for while those were made: they may be of months from before
// these were put right.
func (s *Service) rebuildOthers(ctx context.Context, done []string) (made int, err error) {
	boards, err := s.inRedis(ctx, markWhole, markBegun)
	if err != nil {
		return 0, err
	}
	for _, board := range boards {
		if !slices.Contains(done, board) {
			if err := s.rebuild(ctx, board); err != nil {
				return made, err
			}
			made++
		}
	}
	return made, nil
}

// rebuilding is the setting that has the token of the last rebuild that began.
const rebuilding = "boards.rebuilding"

// correct adds to the months what they lack of the ledger, and tells l all months of whom it wrote. A difference stays
// what it is while the projector works: a posting comes into the ledger and the outbox at once, and goes from the
// outbox to the months at once.
func (s *Service) correct(ctx context.Context, token string, found map[month]difference, l *lines) error {
	deltas := make(map[month]int64, len(found))
	subjects := map[id.Subject]bool{}
	for m, d := range found {
		deltas[m] = d.ledger - d.counted
		subjects[m.ID] = true
	}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		if err := s.takeTurn(tx); err != nil {
			return err
		}
		last, err := tx.Setting(ctx, rebuilding)
		if err != nil {
			return err
		}
		if last != token {
			return ErrAnotherRebuild
		}
		return addMonths(tx, deltas)
	})
	if err != nil {
		return err
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(subjects)), rebuildSize) {
		var all []score
		if err := s.db.Select(ctx, &all, "leaderboard.of_subjects", mysql.Args{"subjects": part}); err != nil {
			return err
		}
		slices.SortStableFunc(all, func(a, b score) int { return cmp.Compare(a.ID, b.ID) })
		for _, m := range all {
			if err := l.count(ctx, m); err != nil {
				return err
			}
		}
	}
	return l.end(ctx)
}

// chunk is how many accounts a comparison looks at together.
const chunk = 20_000

// difference is a month in which the ledger and what is counted differ.
type difference struct{ ledger, counted int64 }

// comparison goes through the ledger and the months in one snapshot. What waits in the outbox is
// counted. Its memory is that of one part and of all places.
type comparison struct {
	s    *Service
	step func(done, all int)
	// tell gets the differences of a part, which has all months of some people; at last, those of the places.
	tell func(map[month]difference) error
	// month gets what is counted, all months of a subject together.
	month func(score) error

	unreadable []error // what cannot be read in the outbox

	places map[month]difference // months of those that are no people
	found  map[month]difference // those of the people of a part
	people []waiting            // of the outbox, the next people first
}

// posting is a transfer of points or minutes as the ledger has it.
type posting struct {
	User       id.User     `db:"user_id"`
	Unit       points.Unit `db:"unit"`
	Amount     int64       `db:"amount"` // negative for a correction
	DeedAt     time.Time   `db:"deed_at"`
	MemberNode id.Node     `db:"member_node_id"`
	MemberUnit id.Node     `db:"unit_id"`
	Node       id.Node     `db:"node_id"`
	Team       id.Team     `db:"team_id"`
}

func (p posting) change() points.BoardChange {
	return points.BoardChange{
		Unit: p.Unit, User: p.User, Amount: p.Amount, DeedAt: p.DeedAt,
		MemberNode: p.MemberNode, MemberUnit: p.MemberUnit, Node: p.Node, Team: p.Team,
	}
}

// waiting is what a month gets when the projector comes to it.
type waiting struct {
	month
	amount int64
}

func (s *Service) newComparison(tell func(map[month]difference) error) *comparison {
	return &comparison{
		s: s, tell: tell, step: func(int, int) {}, month: func(score) error { return nil },
		places: map[month]difference{},
	}
}

func (c *comparison) run(ctx context.Context) error {
	return c.s.db.Snapshot(ctx, func(r *mysql.Snapshot) error {
		var accounts int
		if err := r.Get(ctx, &accounts, "leaderboard.count_accounts", nil); err != nil {
			return err
		}
		if err := c.readOutbox(ctx, r); err != nil {
			return err
		}
		all := accounts/chunk + 2 // after the last there may be anything
		done := 0
		for after := id.Subject(0); after != math.MaxInt64; done++ {
			var until id.Subject
			err := r.Get(ctx, &until, "leaderboard.next_people", mysql.Args{"after": after, "limit": chunk})
			if err != nil {
				return err
			}
			if until == 0 {
				until = math.MaxInt64
			}
			if err := c.part(ctx, r, after, until); err != nil {
				return err
			}
			c.step(min(done+1, all), all)
			after = until
		}
		return c.differ(c.places)
	})
}

// readOutbox counts what waits there.
func (c *comparison) readOutbox(ctx context.Context, r *mysql.Snapshot) error {
	err := mysql.Each(ctx, r, "leaderboard.waiting", nil, func(row struct {
		Payload []byte `db:"payload"`
	}) error {
		var p points.BoardChange
		if err := json.Unmarshal(row.Payload, &p); err != nil {
			c.unreadable = append(c.unreadable, fmt.Errorf("a posting in the outbox cannot be read: %w", err))
			return nil
		}
		for _, m := range monthsOf(p) {
			if m.Subject == SubjectMember {
				c.people = append(c.people, waiting{m, p.Amount})
			} else {
				c.count(m, difference{counted: p.Amount})
			}
		}
		return nil
	})
	slices.SortFunc(c.people, func(a, b waiting) int { return int(a.ID - b.ID) })
	return err
}

// part looks at everybody after one and up to another.
func (c *comparison) part(ctx context.Context, r *mysql.Snapshot, after, until id.Subject) error {
	c.found = make(map[month]difference, 2*chunk)
	for ; len(c.people) > 0 && c.people[0].ID <= until; c.people = c.people[1:] {
		c.count(c.people[0].month, difference{counted: c.people[0].amount})
	}
	args := mysql.Args{"after": after, "until": until}
	// What somebody got of a month in one place mostly stands together.
	var same posting
	var amount int64
	add := func() {
		for _, m := range monthsOf(same.change()) {
			c.count(m, difference{ledger: amount})
		}
	}
	err := mysql.Each(ctx, r, "leaderboard.postings_of", args, func(p posting) error {
		more := p.Amount
		if p.Amount, p.DeedAt = 0, clock.Month(p.DeedAt); p != same {
			add()
			same, amount = p, 0
		}
		amount += more
		return nil
	})
	if err != nil {
		return err
	}
	add()
	err = mysql.Each(ctx, r, "leaderboard.months_of", args, func(m score) error {
		c.count(m.month, difference{counted: m.Score})
		return c.month(m)
	})
	if err != nil {
		return err
	}
	return c.differ(c.found)
}

// count adds to what is found of the month.
func (c *comparison) count(m month, more difference) {
	months := c.found
	if m.Subject != SubjectMember {
		months = c.places
	}
	d := months[m]
	months[m] = difference{d.ledger + more.ledger, d.counted + more.counted}
}

// differ tells the months in which there is a difference.
func (c *comparison) differ(months map[month]difference) error {
	maps.DeleteFunc(months, func(_ month, d difference) bool { return d.ledger == d.counted })
	return c.tell(months)
}
