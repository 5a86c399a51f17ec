package visit

import (
	"context"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Promise is what a leader promised at a visit, with the need that it became.
type Promise struct {
	Brought
	VisitID  id.Visit   `db:"visit_id"`
	NodeName string     `db:"node_name"`
	HeldAt   *time.Time `db:"held_at"`
}

// IsLate tells whether nobody has answered it, and its time is over.
func (p Promise) IsLate(now time.Time) bool {
	return (p.Status == state.NeedSubmitted || p.Status == state.NeedHandling) && now.After(p.DueAt)
}

// PromiseFilter chooses promises.
type PromiseFilter struct {
	Open   bool    // only what has no end yet
	Before id.Need // the last of the page before; 0: the first page
	Limit  int
}

// ListPromises lists what the person promised, the latest first.
func (s *Service) ListPromises(ctx context.Context, leader id.User, f PromiseFilter) ([]Promise, error) {
	var all []Promise
	err := s.db.Select(ctx, &all, "visit.promises", mysql.Args{
		"user": leader, "open": f.Open, "before": id.OrLatest(f.Before), "limit": f.Limit,
	})
	for i := range all {
		all[i].open()
	}
	return all, err
}
