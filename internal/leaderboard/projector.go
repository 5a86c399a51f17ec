package leaderboard

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/points"
)

const (
	// batch is how many postings are summed at once: many of a settlement, or of a
	// seed's year, are of the same boards.
	batch = 1000
	// poll is how often the projector looks when nobody nudges it: rows of other
	// processes, and those whose turn has come again.
	poll = 500 * time.Millisecond
	// linger is how long the projector rests after a batch. Boards have a second.
	linger = 50 * time.Millisecond
)

// RunProjector follows the ledger's postings until ctx ends.
func (s *Service) RunProjector(ctx context.Context) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		n := 0
		err := fault.Catch(func() (err error) {
			n, err = s.Project(ctx)
			return err
		})
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "leaderboard: postings wait", "error", err)
		}
		if n == batch && err == nil {
			continue
		}
		if n > 0 { // those who come meanwhile travel together: what a batch costs, it costs once
			_ = clock.Wait(ctx, linger) // the select below ends with ctx, too
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-s.box.Nudged(outbox.TopicBoard):
		}
	}
}

// Project takes one batch of postings to the boards and returns how many rows
// it finished. After an error the rows come again; what was counted is not
// counted again.
func (s *Service) Project(ctx context.Context) (int, error) {
	owner := rand.Text()
	rows, err := s.box.Lease(ctx, outbox.TopicBoard, owner, batch)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	// Three moves: MySQL's months take what is not counted yet, Redis takes the totals as they are then, and only after
	// that the rows are done. Whichever fails, the rows come again, and the next try pushes the same totals.
	rows, postings, unreadable := s.decode(ctx, owner, rows)
	if len(rows) == 0 {
		return 0, unreadable
	}
	ids := make([]id.Outbox, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	totals, err := s.addToTotals(ctx, owner, rows, postings)
	if err == nil {
		err = s.push(ctx, totals)
	}
	if err != nil {
		return 0, errors.Join(unreadable, err, s.box.Retry(context.WithoutCancel(ctx), owner, rows, err))
	}
	return len(rows), errors.Join(unreadable, s.box.Done(ctx, owner, ids))
}

// decode returns the rows that can be read with what they say. One that cannot
// goes back alone, so that it holds up no other.
func (s *Service) decode(ctx context.Context, owner string, rows []outbox.Row) (good []outbox.Row,
	postings []points.BoardChange, bad error) {
	for _, r := range rows {
		var p points.BoardChange
		if err := json.Unmarshal(r.Payload, &p); err != nil {
			err = fmt.Errorf("leaderboard: row %s cannot be read: %w", r.ID, err)
			bad = errors.Join(bad, err, s.box.Retry(ctx, owner, []outbox.Row{r}, err))
			continue
		}
		good, postings = append(good, r), append(postings, p)
	}
	return good, postings, bad
}

// addToTotals adds what is not counted yet to the months, and returns the totals of everything
// that the rows touch.
func (s *Service) addToTotals(ctx context.Context, owner string, rows []outbox.Row, postings []points.BoardChange) (
	totals, error) {
	deltas, subjects := map[month]int64{}, map[id.Subject]bool{}
	var uncounted []id.Outbox
	for i, r := range rows {
		amount := postings[i].Amount
		if r.Counted {
			amount = 0
		} else {
			uncounted = append(uncounted, r.ID)
		}
		for _, m := range monthsOf(postings[i]) {
			deltas[m] += amount
			subjects[m.ID] = true
		}
	}
	var those totals
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		if err := s.takeTurn(tx); err != nil {
			return err
		}
		if len(uncounted) > 0 {
			if mine, err := s.box.Count(ctx, tx, owner, uncounted); err != nil || !mine {
				return errors.Join(err, errLost(mine))
			}
		}
		if err := addMonths(tx, deltas); err != nil {
			return err
		}
		var all []score
		args := mysql.Args{"subjects": slices.Collect(maps.Keys(subjects))}
		if err := tx.Select(ctx, &all, "leaderboard.of_subjects", args); err != nil {
			return err
		}
		var err error
		those, err = s.touched(ctx, tx, all, deltas)
		return err
	})
	return those, err
}

// touched are the totals of the boards into which the changed months are summed.
func (s *Service) touched(ctx context.Context, r mysql.Reader, all []score, deltas map[month]int64) (totals, error) {
	lines, err := s.rollUp(ctx, r, all)
	if err != nil {
		return nil, err
	}
	changed := make([]score, 0, len(deltas))
	for m := range deltas {
		changed = append(changed, score{month: m})
	}
	those, err := s.rollUp(ctx, r, changed)
	byBoard := totals{}
	for l := range those {
		t := lines[l]
		t.Subject = l.subject
		board := l.board.key()
		byBoard[board] = append(byBoard[board], t)
	}
	return byBoard, err
}

func errLost(mine bool) error {
	if mine {
		return nil
	}
	return errors.New("leaderboard: the lease was lost")
}
