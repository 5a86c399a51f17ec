package leaderboard

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/id"
	"xinyuan/internal/redis"
)

// ListDifferences lists where board_months disagrees with the ledger, postings that
// wait in the outbox counted in, and where a whole board of Redis disagrees
// with board_months. While people earn points a difference may be the work of a
// moment: ask again before believing it.
func (s *Service) ListDifferences(ctx context.Context) ([]string, error) {
	var different []string
	c := s.newComparison(func(found map[month]difference) error {
		for m, d := range found {
			different = append(different, fmt.Sprintf("board %s, subject %s: the ledger says %d, board_months says %d",
				Board{m.Metric, m.Subject, m.Node, m.Month}.key(), m.ID, d.ledger, d.counted))
		}
		return nil
	})
	if err := c.run(ctx); err != nil {
		return nil, err
	}
	for _, problem := range c.unreadable {
		different = append(different, problem.Error())
	}
	boards, err := s.inRedis(ctx, markWhole)
	if err != nil {
		return nil, err
	}
	for _, board := range boards {
		found, err := s.unlike(ctx, board)
		if err != nil {
			return nil, err
		}
		different = append(different, found...)
	}
	slices.Sort(different)
	return different, nil
}

// unlike lists where Redis disagrees with board_months about a board that is whole
// there.
func (s *Service) unlike(ctx context.Context, board string) ([]string, error) {
	there, err := s.stored(ctx, board)
	if err != nil {
		return nil, err
	}
	must, err := s.list(ctx, board)
	if err != nil {
		return nil, err
	}
	var different []string
	for _, t := range must {
		if there[t.Subject] != max(t.Score, 0) {
			different = append(different, fmt.Sprintf("board %s, subject %s: board_months says %d, Redis says %d",
				board, t.Subject, t.Score, there[t.Subject]))
		}
		delete(there, t.Subject)
	}
	for subject, score := range there {
		different = append(different, fmt.Sprintf("board %s, subject %s: board_months says nothing, Redis says %d",
			board, subject, score))
	}
	return different, nil
}

// list is the whole board from board_months, the highest first, and at last those without a score.
func (s *Service) list(ctx context.Context, board string) ([]total, error) {
	var all []total
	err := s.each(ctx, board, func(t total) error {
		all = append(all, t)
		return nil
	})
	slices.SortFunc(all, func(a, b total) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Subject, a.Subject))
	})
	return all, err
}

// stored reads a board of Redis.
func (s *Service) stored(ctx context.Context, board string) (map[id.Subject]int64, error) {
	all, err := s.redis.ZRangeWithScores(ctx, s.keys(board)[0], 0, -1).Result()
	if err != nil && !errors.Is(err, goredis.Nil) {
		return nil, redis.Unavailable(err)
	}
	found := make(map[id.Subject]int64, len(all))
	for _, z := range all {
		name, _ := z.Member.(string)
		who, err := subjectOf(name)
		if err != nil {
			return nil, err
		}
		if found[who], err = strconv.ParseInt(strconv.FormatFloat(z.Score, 'f', 0, 64), 10, 64); err != nil {
			return nil, fmt.Errorf("leaderboard: %w", err)
		}
	}
	return found, nil
}
