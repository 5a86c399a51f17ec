package hours

import (
	"context"
	"time"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Detail is a record as one person sees it.
type Detail struct {
	Record
	History    []matter.Entry
	Corrected  id.Record // the record that stands in its place; 0: none
	StageName  string    // where the next review is awaited
	MayReview  bool
	MayCorrect bool
	Flags      []content.Text // for who reviews: its texts that the check did not pass
	// Photos are those of the report that made it, for everybody who sees the record:
	// docs/adr/0011-pictures.md.
	Photos []media.Photo
}

// Get returns a record with its history: to who served, who recorded it, who
// leads the team, and staff that sees all. Error: fault.ReasonNotFound.
func (s *Service) Get(ctx context.Context, actor id.User, record id.Record) (Detail, error) {
	r, err := plain(ctx, s.db, record)
	if err != nil {
		return Detail{}, err
	}
	d := Detail{Record: r}
	m := scene{Record: r}
	var stage org.Node
	var found, replaced bool
	wants := append(m.wants(r, actor), matter.History(&d.History, state.Record.Noun, int64(record)),
		org.WantNode(ctx, &stage, &found, r.StageNodeID),
		mysql.Maybe(&d.Corrected, &replaced, "hours.corrected", mysql.Args{"record": record, "user": actor}),
		WantPhotos(&d.Photos, record))
	if err := s.db.Read(ctx, wants...); err != nil {
		return d, err
	}
	now := s.db.Now()
	if !m.sees(actor, now) {
		return d, fault.New(fault.ReasonNotFound)
	}
	d.StageName = stage.Name
	_, err = m.reviewer(actor, now)
	if d.MayReview = err == nil; d.MayReview {
		d.Flags = m.Flagged
	}
	_, err = m.corrector(actor, now)
	d.MayCorrect = err == nil
	return d, nil
}

// WantPhotos wants the pictures of the reports that made these records, each with the
// record that shows it. Who sees a record sees its pictures.
func WantPhotos(dest *[]media.Photo, shown ...id.Record) mysql.Want {
	return mysql.Many(dest, "hours.photos", mysql.Args{"records": shown})
}

// Filter chooses records.
type Filter struct {
	Status state.RecordStatus // empty: any
	Node   id.Node            // at or below it, for staff that sees all; 0: the actor's own
	Sample bool               // of a node: only those drawn for another look
	Before id.Record
	Limit  int
}

// List returns a page of records, the latest first: the actor's own, or for
// staff those of a node and everything below. Errors: fault.ReasonNotFound for
// no such node, fault.ReasonNotYourCommunity.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Record, error) {
	f.Before = id.OrLatest(f.Before)
	args := mysql.Args{"user": actor, "node": f.Node, "status": f.Status, "before": f.Before, "limit": f.Limit}
	var all []Record
	if f.Node == 0 {
		return all, s.db.Select(ctx, &all, "hours.mine", args)
	}
	if err := s.grants.RequireStaff(ctx, actor, f.Node); err != nil {
		return nil, err
	}
	args["sample"] = f.Sample
	return all, s.db.Select(ctx, &all, "hours.of_node", args)
}

// credit is what an activity credited to one person at one time.
type credit struct {
	Activity id.Activity `db:"activity_id"`
	At       time.Time   `db:"credited_at"`
	Minutes  int64       `db:"minutes"`
}

// AddMinutes adds to each message of an attended activity what its end credited. A column of the event would write the
// minutes down twice, and the history is never changed, so those of before could not be filled in.
func (s *Service) AddMinutes(ctx context.Context, person id.User, page []matter.Message) error {
	attended := func(m matter.Message) bool { return m.Noun == state.Signup.Noun && m.Name == state.EventAttend }
	var activities []id.Activity
	for _, m := range page {
		if attended(m) {
			activities = append(activities, id.Activity(m.OfID))
		}
	}
	if len(activities) == 0 {
		return nil
	}
	var credits []credit
	err := s.db.Select(ctx, &credits, "hours.credits", mysql.Args{"user": person, "activities": activities})
	for n, m := range page {
		for _, c := range credits {
			if attended(m) && id.Activity(m.OfID) == c.Activity && m.At.Equal(c.At) {
				page[n].Minutes = c.Minutes
			}
		}
	}
	return err
}

// Show wants what a list of tasks shows of records.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "hours.show", mysql.Args{"ids": ids, "long": LongReport})
}
