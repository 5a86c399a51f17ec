package task

import (
	"context"
	"errors"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/wish"
)

// Service lists tasks and turns.
type Service struct {
	db    *mysql.DB
	shows map[string]matter.Show
}

// New returns the tasks of the database, with what each noun has a list show.
func New(db *mysql.DB, shows map[string]matter.Show) *Service { return &Service{db, shows} }

// Filter chooses tasks.
type Filter struct {
	Kind  Kind    // empty: all
	Node  id.Node // at or below it; 0: all
	Late  bool    // only what has waited for three days by the end of today
	After Cursor  // the last one's
	Limit int
}

// Page is what waits for a person, the oldest first.
type Page struct {
	Items  []Task
	Counts []Count    // of all that waits, whatever the filter's kind and page
	Since  *time.Time // of what waits longest; nil: nothing waits
}

// Count is how many matters of a kind wait.
type Count struct {
	Kind Kind
	N    int
	Late int // how many of them are late
}

// List returns what waits for the person: matters at nodes where they may
// decide, to which they are no party, and for which nobody nearer is eligible,
// or nobody nearer decided in time. Error: fault.ReasonForbidden for who has
// nothing to decide.
func (s *Service) List(ctx context.Context, person id.User, f Filter) (Page, error) {
	now := s.db.Now()
	old := now.Add(-wish.EscalateAfter)
	all, err := s.waiting(ctx, person, f.Node, now, old)
	if err != nil {
		return Page{}, err
	}
	var page Page
	for _, kind := range Kinds() {
		page.Counts = append(page.Counts, Count{Kind: kind})
	}
	late := clock.NextDay(now).Add(-wish.EscalateAfter)
	if len(all) > 0 {
		page.Since = &all[0].Since
	}
	for _, one := range all {
		task := one.task()
		task.Escalated, task.Late = !task.Since.After(old), task.Since.Before(late)
		count := &page.Counts[slices.Index(Kinds(), task.Kind)]
		count.N++
		if task.Late {
			count.Late++
		}
		if len(page.Items) < f.Limit && f.takes(task) {
			page.Items = append(page.Items, task)
		}
	}
	if len(page.Items) == 0 {
		return page, nil
	}
	if err := s.show(ctx, page.Items); err != nil {
		return page, err
	}
	return page, errors.Join(s.showPhotos(ctx, page.Items), s.showClaimants(ctx, page.Items),
		s.showEarlier(ctx, page.Items), s.showRecorded(ctx, page.Items))
}

// RequireStaff refuses who has nothing to decide, as List does. Error: fault.ReasonForbidden.
func (s *Service) RequireStaff(ctx context.Context, person id.User) error {
	var grants grant.Grants
	if err := s.db.Read(ctx, grant.WantOf(&grants, person)); err != nil {
		return err
	}
	return requireStaff(grants, s.db.Now())
}

func requireStaff(grants grant.Grants, now time.Time) error {
	if isStaff(grants, now) {
		return nil
	}
	return fault.New(fault.ReasonForbidden)
}

// isStaff tells whether one of the grants lets its holder decide, or record, now.
func isStaff(grants grant.Grants, now time.Time) bool {
	return slices.ContainsFunc(grants, func(g grant.Grant) bool { return g.IsInForce(now) && g.Role.Records() })
}

// Count is how many matters wait for the person; 0 for who has nothing to decide.
func (s *Service) Count(ctx context.Context, person id.User) (int, error) {
	page, err := s.List(ctx, person, Filter{})
	if fault.Has(err, fault.ReasonForbidden) {
		return 0, nil
	}
	n := 0
	for _, c := range page.Counts {
		n += c.N
	}
	return n, err
}

// show puts to the tasks what their nouns have a list show: a query a noun, all in
// one round trip.
func (s *Service) show(ctx context.Context, tasks []Task) error {
	ids, shown := map[string][]int64{}, map[string]*[]matter.Shown{}
	var wants []mysql.Want
	for _, task := range tasks {
		ids[task.noun] = append(ids[task.noun], task.ID)
	}
	for noun, some := range ids {
		shown[noun] = new([]matter.Shown)
		wants = append(wants, s.shows[noun](shown[noun], some))
	}
	err := s.db.Read(ctx, wants...)
	for i := range tasks {
		for _, s := range *shown[tasks[i].noun] {
			if s.ID == tasks[i].ID {
				tasks[i].take(s)
			}
		}
	}
	return err
}

func (f Filter) takes(t Task) bool {
	return t.Cursor().compare(f.After) > 0 && (f.Kind == "" || f.Kind == t.Kind) && (!f.Late || t.Late)
}
