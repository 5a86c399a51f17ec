package service

import (
	"context"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Recorder is what one hand wrote down about others lately, at a node and below.
type Recorder struct {
	UserID  id.User `db:"recorder_id"`
	Name    string  `db:"display_name"`
	Records int64   `db:"records"`
	People  int64   `db:"people"`
	Minutes int64   `db:"minutes"`
	Full    int64   `db:"full_length"` // records as long as their activity
	Late    int64   `db:"late"`        // records entered late

	Signs []Sign `db:"-"`
}

// Sign is why a recorder is looked at.
type Sign string

// The signs.
const (
	SignMany Sign = "many_hours"
	SignFull Sign = "always_full"
	SignLate Sign = "entered_late"
)

// Signs lists them.
func Signs() []Sign { return []Sign{SignMany, SignFull, SignLate} }

// Watch is what makes a recorder unusual.
type Watch struct {
	Days    int           // looked back
	Hours   int           // from one hand
	Records int           // fewer say nothing about habits
	Percent int           // of them as long as can be, or late
	Late    time.Duration // after the end
}

// signs are what is unusual about the recorder.
func (w Watch) signs(r Recorder) []Sign {
	var all []Sign
	if r.Minutes >= int64(w.Hours)*60 {
		all = append(all, SignMany)
	}
	if r.Records < int64(w.Records) {
		return all
	}
	if r.Full*100 >= r.Records*int64(w.Percent) {
		all = append(all, SignFull)
	}
	if r.Late*100 >= r.Records*int64(w.Percent) {
		all = append(all, SignLate)
	}
	return all
}

// Recorders lists who wrote down unusually much, always the most, or late, the
// most minutes first, for staff of the node that sees all. Errors:
// fault.ReasonNotFound, fault.ReasonNotYourCommunity.
func (s *Service) Recorders(ctx context.Context, actor id.User, node id.Node) ([]Recorder, error) {
	if err := s.overlooks(ctx, actor, node); err != nil {
		return nil, err
	}
	var all, unusual []Recorder
	err := s.db.Select(ctx, &all, "service.recorders", mysql.Args{
		"node": node, "since": s.db.Now().AddDate(0, 0, -s.watch.Days), "late": int64(s.watch.Late / time.Second),
	})
	for _, r := range all {
		if r.Signs = s.watch.signs(r); len(r.Signs) > 0 {
			unusual = append(unusual, r)
		}
	}
	return unusual, err
}
