package report

import (
	"context"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

// Stats are the figures of a node and everything below it.
type Stats struct {
	Communities      int   `db:"communities"`
	Villages         int   `db:"villages"`
	Units            int   `db:"units"`
	LeadingGroups    int   `db:"leading_groups"`
	Members          int   `db:"members"`           // with an active report-in
	CentreHouseholds int   `db:"centre_households"` // posts in force, as the next two
	BuildingHeads    int   `db:"building_heads"`    // and unit heads
	GridPosts        int   `db:"grid_posts"`        // grid leaders and workers, property workers
	WishesOpen       int   `db:"wishes_open"`
	WishesClaimed    int   `db:"wishes_claimed"` // that a member has ever claimed
	WishesFulfilled  int   `db:"wishes_fulfilled"`
	Teams            int   `db:"teams"`
	Activities       int   `db:"activities"`      // published and settled
	Volunteers       int   `db:"volunteers"`      // people with credited service
	ServiceMinutes   int64 `db:"service_minutes"` // credited, corrections taken off
	PointsGranted    int64 `db:"points_granted"`  // corrections taken off

	Needs     Needs     `db:"-"`
	CountedAt time.Time `db:"-"`
}

// Needs are what residents needed at a node and below, and what came of it in their own words.
type Needs struct {
	Said      int `db:"said"` // but for what was withdrawn, merged or belonged elsewhere
	Open      int `db:"open"`
	Solved    int `db:"solved"`
	Partly    int `db:"partly"`
	NotSolved int `db:"not_solved"`
	Unreached int `db:"unreached"` // closed without a word
	Unsolved  int `db:"unsolved"`  // cannot be done now
	Answered  int `db:"answered"`
	OnTime    int `db:"on_time"` // of those, by the day that was told
	Rated     int `db:"rated"`   // who said whether they were satisfied; 0 where it is not shown
	Satisfied int `db:"satisfied"`

	Median   *time.Duration `db:"-"` // from the saying to the word, of what was solved; nil: nothing was
	Whistles Whistles       `db:"-"`
}

// Whistles are what units were to answer by now.
type Whistles struct {
	Due      int `db:"whistles"`
	Answered int `db:"answered"` // taken or refused in time
}

// FewestRated is how many have said whether they were satisfied where it is shown.
const FewestRated = 30

// GetStats counts, or tells what was counted lately (flight.Kept).
func (r *Reports) GetStats(ctx context.Context, node id.Node) (Stats, error) {
	return r.stats.Get(ctx, node, func(ctx context.Context) (Stats, error) { return r.countStats(ctx, node) })
}

func (r *Reports) countStats(ctx context.Context, node id.Node) (Stats, error) {
	var (
		s      = Stats{CountedAt: r.db.Now()}
		county org.Node
		median *int64
		found  bool
		args   = mysql.Args{"node": node, "at": s.CountedAt}
	)
	err := r.db.Read(ctx, mysql.One(&s, "report.stats", args), mysql.One(&s.Needs, "report.needs", args),
		mysql.One(&median, "report.needs_median", args), mysql.One(&s.Needs.Whistles, "report.whistles", args),
		org.WantCounty(&county, &found))
	if median != nil {
		half := time.Duration(*median) * time.Second
		s.Needs.Median = &half
	}
	// Whether people were satisfied is a figure of the county, and no place is measured by it.
	if node != county.ID || s.Needs.Rated < FewestRated {
		s.Needs.Rated, s.Needs.Satisfied = 0, 0
	}
	return s, err
}
