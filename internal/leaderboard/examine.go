package leaderboard

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
	"xinyuan/internal/redis"
)

// A line is somebody on a board.
type line struct {
	board   string
	subject id.Subject
}

// Differences lists where board_totals disagrees with the ledger, postings that
// wait in the outbox counted in, and where a whole board of Redis disagrees
// with board_totals. While people earn points a difference may be the work of a
// moment: ask again before believing it.
func (s *Service) Differences(ctx context.Context) ([]string, error) {
	all, err := readSnapshot(ctx, s.db)
	if err != nil {
		return nil, err
	}
	must, have, stored := truth(all.expected), scores(all.stored), all.stored
	var different []string
	for _, payload := range all.pending {
		var p points.BoardChange
		if err := json.Unmarshal(payload, &p); err != nil {
			different = append(different, fmt.Sprintf("a posting in the outbox cannot be read: %v", err))
			continue
		}
		if err := s.addPending(ctx, have, p); err != nil {
			return nil, err
		}
	}
	different = append(different, compare(must, have, "the ledger", "board_totals")...)
	boards := map[string]bool{}
	for _, t := range stored {
		boards[t.Board] = true
	}
	fromRedis, whole, err := s.stored(ctx, boards)
	if err != nil {
		return nil, err
	}
	inRedis := scores(stored)
	for l := range inRedis {
		if !whole[l.board] || inRedis[l] <= 0 {
			delete(inRedis, l)
		}
	}
	different = append(different, compare(inRedis, fromRedis, "board_totals", "Redis")...)
	slices.Sort(different)
	return different, nil
}

// snapshot is what board_totals, the outbox and the ledger say at one moment.
type snapshot struct {
	stored   []total
	pending  [][]byte // postings that are not counted yet
	expected []month
}

func readSnapshot(ctx context.Context, r mysql.Reader) (snapshot, error) {
	var rows []struct {
		Source  string     `db:"source"`
		Board   string     `db:"board"`
		Month   string     `db:"month"`
		Subject id.Subject `db:"subject_id"`
		Score   int64      `db:"score"`
		Version int64      `db:"version"`
		Payload []byte     `db:"payload"`
	}
	var all snapshot
	if err := r.Select(ctx, &rows, "leaderboard.snapshot", nil); err != nil {
		return all, err
	}
	for _, row := range rows {
		switch row.Source {
		case "stored":
			all.stored = append(all.stored, total{
				Board: row.Board, Subject: row.Subject, Score: row.Score, Version: row.Version,
			})
		case "pending":
			all.pending = append(all.pending, row.Payload)
		default:
			all.expected = append(all.expected, month{row.Board, row.Month, row.Subject, row.Score})
		}
	}
	return all, nil
}

// month is what the ledger says of somebody on the boards of a month.
type month struct {
	Board   string     `db:"board"` // without its period
	Month   string     `db:"month"` // 2026-03
	Subject id.Subject `db:"subject_id"`
	Score   int64      `db:"score"`
}

// truth is what all boards must say: the months, and the sums over quarters,
// years and all time.
func truth(months []month) map[line]int64 {
	quarters := [...]string{"Q1", "Q1", "Q1", "Q2", "Q2", "Q2", "Q3", "Q3", "Q3", "Q4", "Q4", "Q4"}
	all := make(map[line]int64, 2*len(months))
	for _, m := range months {
		year, number, _ := strings.Cut(m.Month, "-")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > len(quarters) {
			continue
		}
		for _, period := range []string{m.Month, year + quarters[n-1], year, string(PeriodAll)} {
			all[line{m.Board + ":" + period, m.Subject}] += m.Score
		}
	}
	for l, score := range all {
		if score == 0 {
			delete(all, l)
		}
	}
	return all
}

func scores(totals []total) map[line]int64 {
	all := make(map[line]int64, len(totals))
	for _, t := range totals {
		all[line{t.Board, t.Subject}] = t.Score
	}
	return all
}

func (s *Service) addPending(ctx context.Context, have map[line]int64, p points.BoardChange) error {
	touched, err := s.changes(ctx, s.db, p)
	for _, c := range touched {
		have[line{c.board.key(), c.subject}] += p.Amount
	}
	return err
}

func compare(want, got map[line]int64, wantName, gotName string) []string {
	var different []string
	for l, score := range want {
		if got[l] != score {
			different = append(different, fmt.Sprintf("board %s, subject %s: %s says %d, %s says %d",
				l.board, l.subject, wantName, score, gotName, got[l]))
		}
	}
	for l, score := range got {
		if _, ok := want[l]; !ok && score != 0 {
			different = append(different, fmt.Sprintf("board %s, subject %s: %s says nothing, %s says %d",
				l.board, l.subject, wantName, gotName, score))
		}
	}
	return different
}

// stored reads the boards that are whole in Redis.
func (s *Service) stored(ctx context.Context, boards map[string]bool) (map[line]int64, map[string]bool, error) {
	found, whole := map[line]int64{}, map[string]bool{}
	for board := range boards {
		keys := s.keys(board)
		if err := s.redis.Get(ctx, keys[2]).Err(); errors.Is(err, goredis.Nil) {
			continue
		} else if err != nil {
			return nil, nil, redis.Unavailable(err)
		}
		whole[board] = true
		all, err := s.redis.ZRangeWithScores(ctx, keys[0], 0, -1).Result()
		if err != nil {
			return nil, nil, redis.Unavailable(err)
		}
		for _, z := range all {
			name, _ := z.Member.(string)
			who, err := subjectOf(name)
			if err != nil {
				return nil, nil, err
			}
			score, err := strconv.ParseInt(strconv.FormatFloat(z.Score, 'f', 0, 64), 10, 64)
			if err != nil {
				return nil, nil, fmt.Errorf("leaderboard: %w", err)
			}
			found[line{board, who}] = score
		}
	}
	return found, whole, nil
}
