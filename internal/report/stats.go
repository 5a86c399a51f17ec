package report

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
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
}

// GetStats counts. It reads a county in well under a second.
func (r *Reports) GetStats(ctx context.Context, node id.Node) (Stats, error) {
	var s Stats
	err := r.db.Get(ctx, &s, "report.stats", mysql.Args{"node": node, "at": r.db.Now()})
	return s, err
}
