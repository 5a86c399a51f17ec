// Package report answers questions that read across the nouns.
package report

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/flight"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
)

// Reports reads.
type Reports struct {
	db     *mysql.DB
	grants *grant.Service
	watch  Watch

	stats     *flight.Kept[id.Node, Stats]
	recorders *flight.Kept[id.Node, Recorders]
	oversight *flight.Kept[id.Node, Oversight]
}

// Keeping says for how many times as long as counting took its figures are kept; 0: not at all. The machine's clock
// says how long it took.
type Keeping struct {
	Times   int
	Machine *clock.Clock
}

// New returns the reports over the database; watch says which recorders they list.
func New(db *mysql.DB, grants *grant.Service, watch Watch, keep Keeping) *Reports {
	return &Reports{
		db: db, grants: grants, watch: watch,
		stats:     flight.NewKept[id.Node, Stats](keep.Machine, flight.ByCost(keep.Times)),
		recorders: flight.NewKept[id.Node, Recorders](keep.Machine, flight.ByCost(keep.Times)),
		oversight: flight.NewKept[id.Node, Oversight](keep.Machine, flight.ByCost(keep.Times)),
	}
}

// PointEntry is one transfer of a member's points and why it is there.
type PointEntry struct {
	ID            id.Transfer      `db:"id"`
	Amount        int64            `db:"amount"` // negative for a correction
	Kind          points.Kind      `db:"kind"`
	PostedAt      time.Time        `db:"posted_at"`
	DeedAt        time.Time        `db:"deed_at"`
	Event         points.RuleEvent `db:"event"`
	RuleVersion   int              `db:"version"`
	Promised      int64            `db:"promised"`    // before caps
	Points        int64            `db:"points"`      // of the rule
	PerMinutes    int64            `db:"per_minutes"` // of the rule; 0: for the deed
	CapDay        int64            `db:"cap_day"`     // of the rule; 0: none
	Minutes       int64            `db:"minutes"`     // of the service
	RecordID      id.Record        `db:"record_id"`
	ClaimID       id.Claim         `db:"claim_id"`
	WishID        id.Wish          `db:"wish_id"`
	Title         string           `db:"title"`
	Ruled         bool             `db:"ruled"` // an objection to the points was upheld
	Year          int              `db:"year"`
	Serial        int              `db:"number"`
	NodeName      string           `db:"node_name"`
	Approver      string           `db:"approver"` // display name
	ApproverRole  id.Role          `db:"approver_role"`
	ApproverPlace string           `db:"approver_place"`

	// Who confirmed the wish, or took the confirmation back: the owner, or staff
	// who asked the owner.
	ByStaff        bool    `db:"by_staff"`
	Confirmer      string  `db:"confirmer"` // display name
	ConfirmerRole  id.Role `db:"confirmer_role"`
	ConfirmerPlace string  `db:"confirmer_place"`

	People int `db:"people"` // who fulfilled the wish together
	Place  int `db:"place"`  // the person's among them, from 0
}

// Share is what the person was due, before caps: an equal part of what a wish
// promised to all who fulfilled it together.
func (e PointEntry) Share() int64 {
	if e.Ruled && e.Kind == points.KindEarn {
		return e.Amount
	}
	if e.Event != points.WishFulfilled || e.Place >= e.People {
		return e.Promised
	}
	return points.Divide(e.Promised, e.People)[e.Place]
}

// IsCapped tells whether a cap cut what the person was due.
func (e PointEntry) IsCapped() bool { return e.Kind == points.KindEarn && e.Amount < e.Share() }

// ListPointEntries lists a person's entries, the latest first; before 0 means from
// the latest.
func (r *Reports) ListPointEntries(
	ctx context.Context, person id.User, before id.Transfer, limit int,
) ([]PointEntry, error) {
	before = id.OrLatest(before)
	var all []PointEntry
	err := r.db.Select(ctx, &all, "report.point_entries", mysql.Args{
		"user": person, "unit": points.UnitPoints, "before": before, "limit": limit,
	})
	return all, err
}
