package activity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Repeat is how an activity comes again.
type Repeat struct {
	Every state.Repeat
	Until time.Time // the last moment at which one may begin
}

// MaxAhead is how far ahead an activity may be planned and a series may go, Ahead
// how far its occurrences are made.
const (
	MaxAhead = 366 * 24 * time.Hour
	Ahead    = 8 * 7 * 24 * time.Hour
)

func (r *Repeat) check(d Draft, now time.Time) error {
	r.Until = r.Until.UTC().Truncate(time.Millisecond)
	switch {
	case !r.Until.After(d.StartsAt):
		return fault.BadField("repeat.until", "最后的日子要晚于第一场活动。")
	case r.Until.Sub(now) > MaxAhead:
		return fault.BadField("repeat.until", "一次最多安排一年。")
	}
	return nil
}

// Series is an activity that comes again every week or month. Its occurrences
// are made ahead, and each may be changed.
type Series struct {
	ID        id.Series    `db:"id"`
	TeamID    id.Team      `db:"team_id"`
	Every     state.Repeat `db:"every"`
	FirstAt   time.Time    `db:"first_at"`
	UntilAt   time.Time    `db:"until_at"`
	MadeUntil time.Time    `db:"made_until"` // those that begin before it are made
	Template  string       `db:"template"`   // a template, as JSON
	CreatedBy id.User      `db:"created_by"`
	EndedAt   *time.Time   `db:"ended_at"` // no more are made
	Version   int          `db:"version"`
}

// template is what each occurrence begins with; its times are those of the first.
type template struct {
	Draft     Draft
	Published bool // its leader has published all to come
}

func (s Series) template() (template, error) {
	var t template
	if err := json.Unmarshal([]byte(s.Template), &t); err != nil {
		return t, fmt.Errorf("activity: the template of series %s: %w", s.ID, err)
	}
	return t, nil
}

func (s *Series) setTemplate(t template) error {
	t.Draft.Repeat = nil
	text, err := json.Marshal(t)
	s.Template = string(text)
	return err
}

// publish has those that are made from now on begin published.
func (s *Series) publish() error {
	t, err := s.template()
	if err != nil {
		return err
	}
	t.Published = true
	return s.setTemplate(t)
}

// change takes the change of one occurrence into those that are still to be
// made: their days move with it. c has its numbers hidden.
func (s *Series) change(c Change, before, after Activity) error {
	t, err := s.template()
	if err != nil {
		return err
	}
	c.forLater(before, after, t.Draft).apply(&t.Draft)
	by := after.StartsAt.Sub(before.StartsAt)
	s.FirstAt, s.MadeUntil, s.UntilAt = s.FirstAt.Add(by), s.MadeUntil.Add(by), s.UntilAt.Add(by)
	return s.setTemplate(t)
}

// at is the start of the nth occurrence, the first being 0: the same time of day
// in Shanghai, and the same day of the month, or its last where it is shorter.
func (s Series) at(n int) time.Time {
	if s.Every == state.RepeatWeek {
		return s.FirstAt.AddDate(0, 0, 7*n)
	}
	first := s.FirstAt.In(clock.Shanghai)
	y, m, d := first.Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 0, 0, 0, 0, clock.Shanghai).Day()
	day := time.Date(y, m+time.Month(n), min(d, last), 0, 0, 0, 0, clock.Shanghai)
	return day.Add(first.Sub(clock.Day(first))).UTC()
}

// due are the starts of the occurrences that are to be made now.
func (s Series) due(now time.Time) []time.Time {
	var all []time.Time
	for n := 0; ; n++ {
		at := s.at(n)
		if at.After(s.UntilAt) || !at.Before(now.Add(Ahead)) {
			return all
		}
		if !at.Before(s.MadeUntil) {
			all = append(all, at)
		}
	}
}

// begin writes a new series and its first occurrences, at least one.
func (s *Service) begin(tx *mysql.Tx, actor id.User, team home, d Draft) (Activity, error) {
	series := Series{
		ID: mysql.NewID[id.Series](tx), TeamID: team.ID, Every: d.Repeat.Every, FirstAt: d.StartsAt,
		UntilAt: d.Repeat.Until, CreatedBy: actor, Version: 1,
	}
	if err := s.redact(tx, &d, "activity_series", int64(series.ID), series.Version); err != nil {
		return Activity{}, err
	}
	if err := series.setTemplate(template{Draft: d}); err != nil {
		return Activity{}, err
	}
	made, err := s.make(tx, &series, team, matter.Step{Actor: actor})
	if err == nil && len(made) == 0 { // the first one is farther away than others are made
		series.MadeUntil = d.StartsAt.Add(time.Millisecond)
		var a Activity
		if a, err = s.occurrence(tx, series, team, d.StartsAt); err == nil {
			err = s.addActivity(tx, a, matter.Step{Actor: actor})
		}
		made = []Activity{a}
	}
	if err = errors.Join(err, tx.Add("activity.add_series", series)); err != nil {
		return Activity{}, err
	}
	return made[0], nil
}

// make writes the occurrences that are due and moves the series on.
func (s *Service) make(tx *mysql.Tx, series *Series, team home, by matter.Step) ([]Activity, error) {
	now := tx.Now()
	var made []Activity
	for _, at := range series.due(now) {
		a, err := s.occurrence(tx, *series, team, at)
		if err != nil {
			return nil, err
		}
		if err := s.addActivity(tx, a, by); err != nil {
			return nil, err
		}
		made = append(made, a)
	}
	if until := now.Add(Ahead); until.After(series.MadeUntil) {
		series.MadeUntil = until
	}
	if series.MadeUntil.After(series.UntilAt) {
		series.EndedAt = &now
	}
	return made, nil
}

// occurrence is the series' activity at the time; published, where all to come
// are and it has not begun.
func (s *Service) occurrence(tx *mysql.Tx, series Series, team home, at time.Time) (Activity, error) {
	t, err := series.template()
	if err != nil {
		return Activity{}, err
	}
	d := t.Draft
	by := at.Sub(d.StartsAt)
	until := d.SignupUntil.Add(by)
	d.StartsAt, d.EndsAt, d.SignupUntil = at, d.EndsAt.Add(by), &until
	a, err := s.draft(tx, series.CreatedBy, team, d)
	if err != nil {
		return a, err
	}
	a.SeriesID = &series.ID
	if now := tx.Now(); t.Published && now.Before(a.StartsAt) {
		a.Version++
		err = a.publish(now)
	}
	return a, err
}

// sweepSeries makes what is due of one series.
func (s *Service) sweepSeries(ctx context.Context, series id.Series) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var one Series
		if err := tx.Get(ctx, &one, "activity.lock_series", mysql.Args{"series": series}); err != nil {
			return err
		}
		var team home
		if err := tx.Get(ctx, &team, "activity.team", mysql.Args{"team": one.TeamID}); err != nil {
			return err
		}
		if one.EndedAt != nil {
			return nil
		}
		if now := tx.Now(); team.Status != state.TeamActive {
			one.EndedAt = &now
		} else if _, err := s.make(tx, &one, team, matter.Step{}); err != nil {
			return err
		}
		return tx.Add("activity.save_series", one)
	})
}
