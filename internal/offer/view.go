package offer

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// View is an offer as one person may see it.
type View struct {
	Offer
	Rules, Matters []string
	Stops          []Stop // of a route
	Hours          []Hours
	Days           []Day // from today on that differ
	ByPhoneUntil   *time.Time
	Phone          org.Line
	HasPhone       bool
	History        []matter.Entry
	May            May
}

// May is what the person may do with it now.
type May struct{ Open, Suspend, Close, SetDay, SetHours, Host bool }

// line is a sentence of an offer.
type line struct {
	Kind LineKind `db:"kind"`
	Text string   `db:"text"`
}

// Get reads an offer for a person. Error: fault.ReasonNotFound.
func (s *Service) Get(ctx context.Context, actor id.User, offer id.Offer) (View, error) {
	var (
		v      View
		by     = Actor{ID: actor}
		lines  []line
		missed []time.Time
		now    = s.db.Now()
		args   = mysql.Args{"offer": offer, "from": today(now)}
	)
	err := s.db.Read(ctx, mysql.One(&v.Offer, "offer.get", args), mysql.Many(&lines, "offer.lines", args),
		mysql.Many(&v.Stops, "offer.stops", args), mysql.Many(&v.Hours, "offer.hours", args),
		mysql.Many(&v.Days, "offer.days", args), wantMissed(&missed, actor, now),
		grant.CoveringMatter(&by.Grants, actor, state.Offer.Noun, offer),
		matter.History(&v.History, state.Offer.Noun, int64(offer)))
	if err != nil {
		return v, mysql.NotFound(err)
	}
	if !by.Sees(v.Offer, now) {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	if err := s.db.Read(ctx, org.WantLine(&v.Phone, &v.HasPhone, &v.NodeID)); err != nil {
		return View{}, err
	}
	for _, l := range lines {
		if l.Kind == LineRule {
			v.Rules = append(v.Rules, l.Text)
		} else {
			v.Matters = append(v.Matters, l.Text)
		}
	}
	if until, so := byPhoneUntil(missed, now); so {
		v.ByPhoneUntil = &until
	}
	try := fault.Trial(v.Offer)
	v.May.Open = try(func(o *Offer) error { _, _, err := o.Open(by, now); return err })
	v.May.Suspend = try(func(o *Offer) error { _, err := o.Pause(by, now); return err })
	v.May.Close = try(func(o *Offer) error { _, err := o.Close(by, now); return err })
	v.May.SetDay = try(func(o *Offer) error { _, err := o.SetDay(by, now); return err })
	v.May.SetHours = try(func(o *Offer) error { _, err := o.SetHours(by, o.OnHolidays, now); return err })
	_, v.May.Host = by.host(now)
	return v, nil
}

// today is the date on which it is, as the database has dates.
func today(now time.Time) time.Time {
	y, m, d := now.In(clock.Shanghai).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
