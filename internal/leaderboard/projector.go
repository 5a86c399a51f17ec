package leaderboard

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
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
)

// RunProjector follows the ledger's postings until ctx ends.
func (s *Service) RunProjector(ctx context.Context) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		n, err := s.Project(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "leaderboard: postings wait", "error", err)
		}
		if n == batch && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-s.box.Nudged(outbox.TopicBoard):
		}
	}
}

// RunRebuilds fills boards that readers found not whole, until ctx ends.
func (s *Service) RunRebuilds(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case board := <-s.wanted:
			if whole, err := s.isWhole(ctx, board); err != nil || whole {
				continue
			}
			if err := s.rebuild(ctx, board); err != nil && ctx.Err() == nil {
				s.log.WarnContext(ctx, "leaderboard: not rebuilt", "board", board, "error", err)
			}
		}
	}
}

func (s *Service) isWhole(ctx context.Context, board string) (bool, error) {
	n, err := s.redis.Exists(ctx, s.keys(board)[2]).Result()
	return n == 1, err
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
	// Three moves: MySQL's totals take what is not counted yet, Redis takes the totals as they are then, and only after
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

// delta is a change of one score.
type delta struct {
	board   string
	subject id.Subject
	amount  int64
}

// addToTotals adds what is not counted yet to board_totals, and returns the totals of
// everything that the rows touch.
func (s *Service) addToTotals(ctx context.Context, owner string, rows []outbox.Row, postings []points.BoardChange) (
	[]total, error) {
	deltas := map[delta]int64{} // by board and subject, amount zero
	var uncounted []id.Outbox
	for i, r := range rows {
		p := postings[i]
		touched, err := s.changes(ctx, s.db, p)
		if err != nil {
			return nil, err
		}
		amount := p.Amount
		if r.Counted {
			amount = 0
		} else {
			uncounted = append(uncounted, r.ID)
		}
		for _, c := range touched {
			deltas[delta{board: c.board.key(), subject: c.subject}] += amount
		}
	}
	all := ordered(deltas)
	var totals []total
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		if len(uncounted) > 0 {
			if mine, err := s.box.Count(ctx, tx, owner, uncounted); err != nil || !mine {
				return errors.Join(err, errLost(mine))
			}
		}
		for _, rows := range chunks(all) {
			if err := tx.Add("leaderboard.add", rows); err != nil {
				return err
			}
		}
		var err error
		totals, err = readTotals(ctx, tx, all)
		return err
	})
	return totals, err
}

// readTotals reads the totals that were changed, each board's by itself: asked for
// many boards at once, the server looks for everybody on all of them.
func readTotals(ctx context.Context, tx *mysql.Tx, all []delta) ([]total, error) {
	var found []*[]total
	var wants []mysql.Want
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].board == all[0].board {
			n++
		}
		subjects := make([]id.Subject, n)
		for i, d := range all[:n] {
			subjects[i] = d.subject
		}
		found = append(found, new([]total))
		wants = append(wants, mysql.Many(found[len(found)-1], "leaderboard.totals",
			mysql.Args{"board": all[0].board, "subjects": subjects}))
		all = all[n:]
	}
	err := tx.Read(ctx, wants...)
	var totals []total
	for _, p := range found {
		totals = append(totals, *p...)
	}
	return totals, err
}

// atOnce is how many rows one statement adds to board_totals.
const atOnce = 500

// chunks are the changes to board_totals, in their order, as statements take them.
func chunks(all []delta) [][]mysql.Args {
	rows := make([]mysql.Args, 0, len(all))
	for _, d := range all {
		if d.amount != 0 {
			rows = append(rows, mysql.Args{"board": d.board, "subject": d.subject, "score": d.amount})
		}
	}
	return slices.Collect(slices.Chunk(rows, atOnce))
}

func errLost(mine bool) error {
	if mine {
		return nil
	}
	return errors.New("leaderboard: the lease was lost")
}

// ordered puts the changes into the one order in which rows are locked.
func ordered(deltas map[delta]int64) []delta {
	all := make([]delta, 0, len(deltas))
	for d, amount := range deltas {
		d.amount = amount
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b delta) int {
		if c := strings.Compare(a.board, b.board); c != 0 {
			return c
		}
		return int(a.subject - b.subject)
	})
	return all
}

// changes lists what the posting changes.
func (s *Service) changes(ctx context.Context, r mysql.Reader, p points.BoardChange) ([]change, error) {
	member, err := s.above(ctx, r, p.MemberNode)
	if err != nil {
		return nil, err
	}
	deed, err := s.above(ctx, r, p.Node)
	return changes(p, member, deed), err
}

// above lists the node and its ancestors.
func (s *Service) above(ctx context.Context, r mysql.Reader, node id.Node) ([]id.Node, error) {
	s.mu.Lock()
	known, ok := s.ancestors[node]
	s.mu.Unlock()
	if ok {
		return known, nil
	}
	err := r.Read(ctx, org.WantAncestors(&known, node))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.ancestors[node] = known
	s.mu.Unlock()
	return known, nil
}
