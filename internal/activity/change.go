package activity

import (
	"context"
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

// Change is what may be changed about an activity; nil leaves it as it is.
type Change struct {
	Title       *string
	Description *string
	Place       *Place
	StartsAt    *time.Time
	EndsAt      *time.Time
	SignupUntil *time.Time
	Quota       *int
	Skills      *string
	Health      *string
	Insured     *bool
	AndLater    bool // also all later ones of the series, those not yet made included
}

// draft is the activity as somebody would have written it.
func (a Activity) draft() Draft {
	until := a.SignupUntil
	return Draft{
		TeamID: a.TeamID, Title: a.Title, Description: a.Description,
		Place:    Place{Name: a.PlaceName, Lat: a.Lat, Lng: a.Lng, RadiusMeters: a.RadiusMeters},
		StartsAt: a.StartsAt, EndsAt: a.EndsAt, SignupUntil: &until, Quota: a.Quota,
		Skills: a.Skills, Health: a.Health, Insured: a.Insured,
	}
}

// apply changes the draft. Without times of their own the end and the deadline
// move with the start.
func (c Change) apply(d *Draft) {
	if c.StartsAt != nil {
		by := c.StartsAt.Sub(d.StartsAt)
		until := d.SignupUntil.Add(by)
		d.StartsAt, d.EndsAt, d.SignupUntil = *c.StartsAt, d.EndsAt.Add(by), &until
	}
	set(&d.EndsAt, c.EndsAt)
	set(d.SignupUntil, c.SignupUntil)
	set(&d.Title, c.Title)
	set(&d.Description, c.Description)
	set(&d.Place, c.Place)
	set(&d.Quota, c.Quota)
	set(&d.Skills, c.Skills)
	set(&d.Health, c.Health)
	set(&d.Insured, c.Insured)
}

// hidden is the change with its texts as the activity has them, numbers hidden.
func (c Change) hidden(after Activity) Change {
	for _, t := range []struct {
		text **string
		as   string
	}{{&c.Title, after.Title}, {&c.Description, after.Description}, {&c.Skills, after.Skills}, {&c.Health, after.Health}} {
		if *t.text != nil {
			*t.text = &t.as
		}
	}
	if c.Place != nil {
		place := after.draft().Place
		c.Place = &place
	}
	return c
}

func set[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

// notifies tells whether those who signed up must know of the change.
func (c Change) notifies() bool {
	return c.Title != nil || c.Description != nil || c.Place != nil || c.StartsAt != nil || c.EndsAt != nil ||
		c.Skills != nil || c.Health != nil || c.Insured != nil
}

// forLater is the change as it is for another of the series: its times are as
// far from its own as the first one's.
func (c Change) forLater(before, after Activity, other Draft) Change {
	if c.StartsAt == nil && c.EndsAt == nil && c.SignupUntil == nil {
		return c
	}
	starts := other.StartsAt.Add(after.StartsAt.Sub(before.StartsAt))
	ends := starts.Add(after.EndsAt.Sub(after.StartsAt))
	until := starts.Add(after.SignupUntil.Sub(after.StartsAt))
	c.StartsAt, c.EndsAt, c.SignupUntil = &starts, &ends, &until
	return c
}

// Edit changes an activity, and where asked the later ones of its series. Who
// signed up is told; who waits moves up where the quota grows. Errors: those of
// Activity.Edit.
func (s *Service) Edit(ctx context.Context, actor id.User, activity id.Activity, c Change,
	onCommit mysql.OnCommit[Activity]) (Activity, error) {
	return s.eachOf(ctx, asked{actor, activity, c.AndLater}, onCommit, func(tx *mysql.Tx, m *plan) error {
		before := m.Activity
		if err := s.edit(ctx, tx, &m.Activity, m.by, c); err != nil {
			return err
		}
		for i := range m.later {
			own := c.forLater(before, m.Activity, m.later[i].draft())
			if err := s.edit(ctx, tx, &m.later[i], m.by, own); err != nil {
				return m.later[i].named(err)
			}
		}
		if m.series != nil {
			return m.series.change(c.hidden(m.Activity), before, m.Activity)
		}
		return nil
	})
}

// named says in what is wrong with fields that it is about this one of a series.
func (a Activity) named(err error) error {
	e, ok := fault.Of(err)
	if !ok {
		return err
	}
	_, month, day := a.StartsAt.In(clock.Shanghai).Date()
	for i := range e.Fields {
		e.Fields[i].Message = fmt.Sprintf("%d 月 %d 日那一场：%s", month, day, e.Fields[i].Message)
	}
	return e
}

// edit changes one activity that is locked.
func (s *Service) edit(ctx context.Context, tx *mysql.Tx, a *Activity, by Actor, c Change) error {
	var people []id.User
	if err := tx.Select(ctx, &people, "activity.people", mysql.Args{"activity": a.ID}); err != nil {
		return err
	}
	d := a.draft()
	c.apply(&d)
	if err := d.check(tx.Now()); err != nil {
		return err
	}
	before := *a
	if err := s.redact(tx, &d, state.Activity.Noun, int64(a.ID), a.Version+1); err != nil {
		return err
	}
	if err := a.Edit(by, d, tx.Now()); err != nil {
		return err
	}
	if !c.notifies() {
		people = nil
	}
	err := s.Save(tx, before, *a, matter.Step{Actor: by.ID, Name: state.EventEdit},
		matter.As(state.PartyVolunteer, people...)...)
	if err != nil || a.vacant(tx.Now()) == 0 {
		return err
	}
	return errors.Join(s.promote(ctx, tx, a), saveCounters(tx, *a))
}

// Publish opens the sign-up, where asked also of the later ones of the series
// and of those that are made of it. Errors: fault.ReasonTeamState of a team that
// serves no more, and those of Activity.Publish.
func (s *Service) Publish(ctx context.Context, actor id.User, activity id.Activity, andLater bool,
	onCommit mysql.OnCommit[Activity]) (Activity, error) {
	return s.eachOf(ctx, asked{actor, activity, andLater}, onCommit, func(tx *mysql.Tx, m *plan) error {
		how := matter.Step{Actor: actor, Name: state.EventPublish}
		for i, a := range append([]*Activity{&m.Activity}, pointers(m.later)...) {
			if i > 0 && a.Status != state.ActivityDraft {
				continue
			}
			before := *a
			if err := a.Publish(m.by, tx.Now()); err != nil {
				return err
			}
			if m.home.Status != state.TeamActive {
				return fault.New(fault.ReasonTeamState)
			}
			if err := s.Save(tx, before, *a, how); err != nil {
				return err
			}
		}
		if m.series != nil {
			return m.series.publish()
		}
		return nil
	})
}

func pointers(all []Activity) []*Activity {
	list := make([]*Activity, len(all))
	for i := range all {
		list[i] = &all[i]
	}
	return list
}

// Call is how an activity is called off.
type Call struct {
	Reason   string // needed once it is published
	AndLater bool   // also all later ones of the series
}

// Cancel calls an activity off, where asked also the later ones of its series,
// which ends; everybody who signed up is told. Errors: those of Activity.Cancel,
// fault.ReasonActivityStarted once somebody has checked in.
func (s *Service) Cancel(ctx context.Context, actor id.User, activity id.Activity, c Call,
	onCommit mysql.OnCommit[Activity]) (Activity, error) {
	if err := fault.CheckText(&c.Reason, "reason", "原因", MaxReason); err != nil {
		return Activity{}, err
	}
	return s.eachOf(ctx, asked{actor, activity, c.AndLater}, onCommit, func(tx *mysql.Tx, m *plan) error {
		for _, a := range append([]*Activity{&m.Activity}, pointers(m.later)...) {
			if err := s.cancel(ctx, tx, a, m, c.Reason); err != nil {
				return err
			}
		}
		if m.series != nil {
			now := tx.Now()
			m.series.EndedAt = &now
		}
		return nil
	})
}

// cancel calls off one activity that is locked, with its sign-ups.
func (s *Service) cancel(ctx context.Context, tx *mysql.Tx, a *Activity, m *plan, reason string) error {
	var all []Signup
	var came int
	args := mysql.Args{"activity": a.ID}
	err := tx.Read(ctx, mysql.Many(&all, "activity.lock_live", args), mysql.One(&came, "activity.came", args))
	if err != nil {
		return err
	}
	if came > 0 {
		return fault.New(fault.ReasonActivityStarted).Saying("已经有人签到了，不能取消。请在结束以后确认大家的时长。")
	}
	before := *a
	grant, err := a.Cancel(m.by, reason, tx.Now())
	if err != nil {
		return err
	}
	from := map[id.Signup]state.SignupStatus{}
	people := make([]id.User, len(all))
	for i := range all {
		from[all[i].ID], people[i] = all[i].Status, all[i].UserID
		if err := all[i].move(state.EventCancel); err != nil {
			return err
		}
	}
	how := matter.Step{Actor: m.by.ID, Grant: grant, Name: state.EventCancel, Reason: reason}
	err = s.Save(tx, before, *a, how,
		append(matter.As(state.PartyVolunteer, people...), matter.As(state.PartyLeader, m.leading...)...)...)
	if len(all) == 0 {
		return err
	}
	return errors.Join(err, tx.Add("activity.cancel_signups", mysql.Args{"activity": a.ID, "at": tx.Now()}),
		s.saveSignups(tx, from, all, matter.Step{Name: state.EventCancel}))
}

// plan is an activity with all that a change of it may touch.
type plan struct {
	Activity
	by      Actor
	home    home
	leading []id.User
	series  *Series    // nil: it is none of a series
	later   []Activity // of the series, where they are asked for
}

// asked is who asks for a change of what.
type asked struct {
	actor    id.User
	activity id.Activity
	later    bool // also all later ones of its series
}

// eachOf locks an activity, where asked with the later ones of its series, and
// does to them what the rule says.
func (s *Service) eachOf(ctx context.Context, by asked, onCommit mysql.OnCommit[Activity],
	rule func(*mysql.Tx, *plan) error) (Activity, error) {
	var after Activity
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			m      = plan{by: Actor{ID: by.actor}}
			series Series
			many   bool
			args   = mysql.Args{"activity": by.activity}
		)
		wants := append(Lock(&m.Activity, &m.by, by.activity), mysql.One(&m.home, "activity.team_of", args),
			WantLeading(&m.leading, by.activity))
		if by.later {
			wants = append([]mysql.Want{mysql.Maybe(&series, &many, "activity.lock_series_of", args)}, wants...)
		}
		if err := tx.Read(ctx, wants...); err != nil {
			return mysql.NotFound(err)
		}
		if many {
			m.series = &series
			args := mysql.Args{"series": series.ID, "after": m.StartsAt}
			if err := tx.Select(ctx, &m.later, "activity.lock_later", args); err != nil {
				return err
			}
		}
		err := rule(tx, &m)
		if err == nil && many {
			err = tx.Add("activity.save_series", m.series)
		}
		after = m.Activity
		return errors.Join(err, onCommit.Do(tx, after, err))
	})
	return after, err
}
