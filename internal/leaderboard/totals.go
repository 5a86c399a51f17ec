package leaderboard

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
)

// chunk is how many people a rebuild looks at in one transaction.
const chunk = 10_000

// Rebuild makes the months anew from the ledger, and then every board that is whole in
// Redis; the others are made when somebody asks for them. It tells how many months it
// had to put right. It may run beside a busy server: it takes its turn with the
// projector for some people at a time, writes differences, and sees in one snapshot
// what the ledger says and what is counted. step is told after each part.
func (s *Service) Rebuild(ctx context.Context, step func(done, all int)) (corrected int, err error) {
	var people int
	if err := s.db.Get(ctx, &people, "leaderboard.count_people", nil); err != nil {
		return 0, err
	}
	boards, err := s.boards(ctx)
	if err != nil {
		return 0, err
	}
	done, all := 0, people/chunk+2+len(boards)
	err = s.eachPart(ctx, func(p part) error {
		n, err := s.correct(ctx, p)
		corrected += n
		done++
		step(min(done, all), all)
		return err
	})
	if err != nil {
		return corrected, err
	}
	if boards, err = s.boards(ctx); err != nil {
		return corrected, err
	}
	for i, board := range boards {
		whole, err := s.isWhole(ctx, board)
		if err == nil && whole {
			err = s.rebuild(ctx, board)
		}
		if err != nil {
			return corrected, err
		}
		step(min(done+i+1, all), all)
	}
	step(all, all)
	return corrected, nil
}

// part is what is looked at at once: people of some ids, or all that are no people.
type part struct {
	query        string
	after, until id.Subject
}

func (p part) args() mysql.Args { return mysql.Args{"after": p.after, "until": p.until} }

// has tells whether the month belongs to the part.
func (p part) has(m month) bool {
	people := p.query == "leaderboard.people_snapshot"
	return people == (m.Subject == SubjectMember) && (!people || m.ID > p.after && m.ID <= p.until)
}

// eachPart does it for all parts, so that together they are everything.
func (s *Service) eachPart(ctx context.Context, do func(part) error) error {
	for after := id.Subject(0); ; {
		var until id.Subject
		err := s.db.Get(ctx, &until, "leaderboard.next_people", mysql.Args{"after": after, "limit": chunk})
		if err != nil {
			return err
		}
		if until == 0 {
			until = math.MaxInt64
		}
		if err := do(part{"leaderboard.people_snapshot", after, until}); err != nil {
			return err
		}
		if until == math.MaxInt64 {
			return do(part{query: "leaderboard.places_snapshot"})
		}
		after = until
	}
}

// difference is a month in which the ledger and what is counted differ.
type difference struct{ ledger, counted int64 }

// differences are those of the part, and what cannot be read in the outbox. What waits
// there counts as counted.
func differences(ctx context.Context, r mysql.Reader, p part) (map[month]difference, []error, error) {
	var rows []struct {
		month
		Source   string `db:"source"`
		Expected int64  `db:"expected"`
		Stored   int64  `db:"found"`
		Payload  []byte `db:"payload"`
	}
	var args any
	if p.query == "leaderboard.people_snapshot" {
		args = p.args()
	}
	if err := r.Select(ctx, &rows, p.query, args); err != nil {
		return nil, nil, err
	}
	found, pending := make(map[month]difference, len(rows)), map[month]int64{}
	var unreadable []error
	for _, row := range rows {
		if row.Source == "row" {
			found[row.month] = difference{row.Expected, row.Stored}
			continue
		}
		var posting points.BoardChange
		if err := json.Unmarshal(row.Payload, &posting); err != nil {
			unreadable = append(unreadable, fmt.Errorf("a posting in the outbox cannot be read: %w", err))
			continue
		}
		for _, m := range monthsOf(posting) {
			if p.has(m) {
				pending[m] += posting.Amount
			}
		}
	}
	for m, amount := range pending {
		// A month that the snapshot does not have is the same in the ledger and in the rows.
		d := found[m]
		d.counted += amount
		if found[m] = d; d.ledger == d.counted {
			delete(found, m)
		}
	}
	return found, unreadable, nil
}

// correct adds to the months of the part what they lack of the ledger, less the
// postings that still wait in the outbox.
func (s *Service) correct(ctx context.Context, p part) (corrected int, err error) {
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		if err := s.takeTurn(tx); err != nil {
			return err
		}
		found, unreadable, err := differences(ctx, tx, p)
		if err != nil {
			return err
		}
		if len(unreadable) > 0 {
			return fmt.Errorf("leaderboard: %w", unreadable[0])
		}
		deltas := make(map[month]int64, len(found))
		for m, d := range found {
			deltas[m] = d.ledger - d.counted
		}
		corrected = len(deltas)
		return addMonths(tx, deltas)
	})
	return corrected, err
}

// boards lists all that have anybody on them.
func (s *Service) boards(ctx context.Context) ([]string, error) {
	var kinds []score
	if err := s.db.Select(ctx, &kinds, "leaderboard.kinds", nil); err != nil {
		return nil, err
	}
	seen := map[Board]bool{}
	for _, m := range kinds {
		above, err := s.above(ctx, s.db, m.Node)
		if err != nil {
			return nil, err
		}
		for _, b := range m.boards(above) {
			seen[b] = true
		}
	}
	all := make([]string, 0, len(seen))
	for b := range seen {
		all = append(all, b.key())
	}
	slices.SortFunc(all, strings.Compare)
	return all, nil
}
