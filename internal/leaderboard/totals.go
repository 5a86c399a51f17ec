package leaderboard

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
)

// rebuiltSetting is the setting that keeps two corrections of board_totals apart.
const rebuiltSetting = "boards.rebuilt"

// Rebuild makes every board anew from the ledger, first board_totals, then
// Redis, and tells how many scores it had to put right. It may run beside a busy
// server: what it writes are differences, seen in one snapshot, and so are what
// the projector writes. step is told after each board.
func (s *Service) Rebuild(ctx context.Context, step func(done, all int)) (corrected int, err error) {
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		corrected, err = s.correct(ctx, tx)
		return err
	})
	if err != nil {
		return 0, err
	}
	var boards []string
	if err := s.db.Select(ctx, &boards, "leaderboard.boards", nil); err != nil {
		return 0, err
	}
	for i, board := range boards {
		if err := s.rebuild(ctx, board); err != nil {
			return corrected, err
		}
		step(i+1, len(boards))
	}
	return corrected, nil
}

// correct adds to board_totals what it lacks of the ledger, less the postings
// that still wait in the outbox.
func (s *Service) correct(ctx context.Context, tx *mysql.Tx) (int, error) {
	// This row is locked before the snapshot is read.
	if err := tx.SaveSetting(rebuiltSetting, s.db.Now().Format(time.RFC3339)); err != nil {
		return 0, err
	}
	all, err := readSnapshot(ctx, tx)
	if err != nil {
		return 0, err
	}
	lacks := truth(all.expected)
	for l, score := range scores(all.stored) {
		lacks[l] -= score
	}
	for _, payload := range all.pending {
		var p points.BoardChange
		if err := json.Unmarshal(payload, &p); err != nil {
			return 0, fmt.Errorf("leaderboard: a posting in the outbox cannot be read: %w", err)
		}
		touched, err := s.changes(ctx, tx, p)
		if err != nil {
			return 0, err
		}
		for _, c := range touched {
			lacks[line{c.board.key(), c.subject}] -= p.Amount
		}
	}
	deltas := map[delta]int64{}
	for l, score := range lacks {
		if score != 0 {
			deltas[delta{board: l.board, subject: l.subject}] = score
		}
	}
	for _, rows := range chunks(ordered(deltas)) {
		// Each at once: a whole county's boards are more than one statement holds.
		if _, err := tx.Exec(ctx, "leaderboard.add", rows); err != nil {
			return 0, err
		}
	}
	return len(deltas), nil
}
