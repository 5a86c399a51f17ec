package offer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
)

// Service runs the rules in transactions. Locks are taken in one order: offer, then its bookings.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer) *Service { return &Service{db, sealer} }

// Draft is what a host writes about what it opens.
type Draft struct {
	Kind                Kind
	Name, Place         string
	Seats, People, Most int // see Offer; Most are the half hours of one booking
	Audiences           []Audience
	Asked, OnHolidays   bool
	Rules, Matters      []string
	Stops               []Stop
	Hours               []Hours
}

// check trims the texts and refuses what cannot be. Error: fault.ReasonInvalidInput.
func (d *Draft) check() error {
	wrong := []error{
		fault.NeedText(&d.Name, "name", "名称", letters.OfferName),
		fault.NeedText(&d.Place, "place", "地点", letters.Place), checkHours("hours", d.Hours),
	}
	for i := range d.Rules {
		wrong = append(wrong, fault.NeedText(&d.Rules[i], fmt.Sprintf("rules.%d", i), "规定", letters.OfferRule))
	}
	for i := range d.Matters {
		wrong = append(wrong, fault.NeedText(&d.Matters[i], fmt.Sprintf("matters.%d", i), "能办的事", letters.OfferMatter))
	}
	switch {
	case len(d.Rules) > letters.OfferRules:
		wrong = append(wrong, fault.BadField("rules", "规定最多五句话。"))
	case len(d.Matters) > letters.OfferMatters:
		wrong = append(wrong, fault.BadField("matters", "能办的事最多写八件。"))
	case d.Kind == KindDesk && len(d.Matters) == 0:
		wrong = append(wrong, fault.BadField("matters", "请写上这个窗口能办哪些事，大家才不白跑。"))
	case d.Kind != KindDesk && len(d.Matters) > 0:
		wrong = append(wrong, fault.BadField("matters", "只有错时窗口写能办的事。"))
	case len(d.Hours) == 0:
		wrong = append(wrong, fault.BadField("hours", "请写上哪几天、几点到几点开放。"))
	case len(d.Audiences) == 0:
		wrong = append(wrong, fault.BadField("audiences", "请选谁可以来约。"))
	}
	return errors.Join(append(wrong, d.checkStops())...)
}

func (o *Offer) fill(d Draft) {
	o.Kind, o.Seats, o.People, o.Slots = d.Kind, d.Seats, d.People, d.Most
	o.Asked, o.OnHolidays = d.Asked, d.OnHolidays
	for _, a := range d.Audiences {
		switch a {
		case AudienceResident:
			o.ForResidents = true
		case AudienceTeam:
			o.ForTeams = true
		case AudienceGroup:
			o.ForGroups = true
		case AudienceUnit:
			o.ForUnits = true
		}
	}
}

// Create writes down what a host will open. Errors: fault.ReasonInvalidInput, fault.ReasonNotFound for no such host,
// fault.ReasonNotYourCommunity for who does not answer for it.
func (s *Service) Create(ctx context.Context, actor id.User, host id.Node, d Draft,
	onCommit mysql.OnCommit[Offer]) (Offer, error) {
	var o Offer
	if err := d.check(); err != nil {
		return o, err
	}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			node  org.Node
			there bool
			where org.Node
			by    = Actor{ID: actor}
		)
		if err := tx.Read(ctx, org.WantNode(ctx, &node, &there, host), grant.Covering(&by.Grants, actor, host),
			mysql.Maybe(&where, new(bool), "offer.where", mysql.Args{"host": host})); err != nil {
			return err
		}
		g, ok := by.host(tx.Now())
		switch {
		case !there:
			return fault.New(fault.ReasonNotFound)
		case !ok:
			return notTheHost()
		}
		o = Offer{
			ID: mysql.NewID[id.Offer](tx), HostID: host, HostName: node.Name, NodeID: where.ID, NodeName: where.Name,
			CreatedAt: tx.Now(), Status: state.OfferDraft, Version: 1,
		}
		o.fill(d)
		err := s.write(tx, &o, d, actor)
		_, saved := matter.Save(tx, s.sealer, o.matter(), matter.Step{Actor: actor, Grant: &g.ID, Name: state.EventCreate})
		return errors.Join(err, saved, onCommit.Do(tx, o, errors.Join(err, saved)))
	})
	return o, err
}

// write queues the rows of a new offer, with numbers hidden in what others read.
func (s *Service) write(tx *mysql.Tx, o *Offer, d Draft, by id.User) error {
	var wrong []error
	clean := func(name, text string) string {
		f := matter.Field{Noun: state.Offer.Noun, Subject: int64(o.ID), Name: name}
		clean, err := matter.HoldText(tx, s.sealer, f, matter.Writer{ID: by, Staff: true}, text)
		wrong = append(wrong, err)
		return clean
	}
	o.Name, o.Place = clean("name", d.Name), clean("place", d.Place)
	wrong = append(wrong, tx.Add("offer.add", *o))
	var lines []mysql.Args
	for kind, texts := range map[LineKind][]string{LineRule: d.Rules, LineMatter: d.Matters} {
		for i, text := range texts {
			lines = append(lines, mysql.Args{
				"offer": o.ID, "kind": kind, "position": i, "text": clean(fmt.Sprintf("%s_%d", kind, i), text),
			})
		}
	}
	if len(lines) > 0 {
		wrong = append(wrong, tx.Add("offer.add_lines", lines))
	}
	if rows := stopRows(o.ID, d.Stops, clean); len(rows) > 0 {
		wrong = append(wrong, tx.Add("offer.add_stops", rows))
	}
	return errors.Join(append(wrong, tx.Add("offer.add_hours", hoursRows(o.ID, d.Hours)))...)
}

// change locks an offer, applies the rule, and writes the step that it gives.
func (s *Service) change(ctx context.Context, actor id.User, offer id.Offer, onCommit mysql.OnCommit[Offer],
	rule func(tx *mysql.Tx, o *Offer, by Actor) (matter.Step, error)) (Offer, error) {
	var o Offer
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		o = Offer{}
		if err := tx.Read(ctx, mysql.One(&o, "offer.lock", mysql.Args{"offer": offer}),
			grant.CoveringMatter(&by.Grants, actor, state.Offer.Noun, offer)); err != nil {
			return mysql.NotFound(err)
		}
		from := o.Status
		o.Version++
		step, err := rule(tx, &o, by)
		if err != nil {
			return err
		}
		step.Actor, step.From = actor, string(from)
		m := o.matter()
		if step.Name == state.EventRemind {
			if m.Parties, err = overseers(ctx, tx, o.HostID); err != nil {
				return err
			}
		}
		_, err = matter.Save(tx, s.sealer, m, step)
		return errors.Join(err, tx.Add("offer.save", o), onCommit.Do(tx, o, err))
	})
	return o, err
}

// Open lets people book it. Errors: those of Offer.Open.
func (s *Service) Open(ctx context.Context, actor id.User, offer id.Offer,
	onCommit mysql.OnCommit[Offer]) (Offer, error) {
	return s.change(ctx, actor, offer, onCommit, func(tx *mysql.Tx, o *Offer, by Actor) (matter.Step, error) {
		g, event, err := o.Open(by, tx.Now())
		return matter.Step{Grant: &g.ID, Name: event}, err
	})
}

// Suspend lets nobody book it for now. Errors: those of Offer.Pause.
func (s *Service) Suspend(ctx context.Context, actor id.User, offer id.Offer,
	onCommit mysql.OnCommit[Offer]) (Offer, error) {
	return s.change(ctx, actor, offer, onCommit, func(tx *mysql.Tx, o *Offer, by Actor) (matter.Step, error) {
		g, err := o.Pause(by, tx.Now())
		return matter.Step{Grant: &g.ID, Name: state.EventSuspend}, err
	})
}

// trim checks the texts of an apology, each of which may be missing. Error: fault.ReasonInvalidInput.
func (a *Apology) trim() error {
	return errors.Join(fault.CheckText(&a.Reason, "reason", "原因", letters.Reason),
		fault.CheckText(&a.Instead, "instead", "改到哪里", letters.BookingInstead))
}

// Close ends it, and calls off what is booked. Errors: fault.ReasonInvalidInput, those of Offer.Close and
// Apology.check where something is booked.
func (s *Service) Close(ctx context.Context, actor id.User, offer id.Offer, why Apology,
	onCommit mysql.OnCommit[Offer]) (Offer, error) {
	if err := why.trim(); err != nil {
		return Offer{}, err
	}
	return s.change(ctx, actor, offer, onCommit, func(tx *mysql.Tx, o *Offer, by Actor) (matter.Step, error) {
		g, err := o.Close(by, tx.Now())
		if err != nil {
			return matter.Step{}, err
		}
		step := matter.Step{Grant: &g.ID, Name: state.EventClose, Reason: why.Reason}
		return step, s.callOffAll(ctx, tx, o.ID, calledOff{actor, g.ID, why, func(*Booking) bool { return true }})
	})
}

// SetDay says that it is closed on a day, whose bookings are called off, or open at other hours, too, on a closed day
// at these alone. Errors:
// fault.ReasonInvalidInput, those of Offer.SetDay and Apology.check where something is booked.
func (s *Service) SetDay(ctx context.Context, actor id.User, d Day, why Apology,
	onCommit mysql.OnCommit[Offer]) (Offer, error) {
	if d.Kind == DayClosed {
		d.From, d.Until = 0, dayMinutes
	}
	day := clock.Date(d.Date)
	if err := errors.Join(why.trim(), checkHours("untilMinute", []Hours{{From: d.From, Until: d.Until}})); err != nil {
		return Offer{}, err
	}
	return s.change(ctx, actor, d.OfferID, onCommit, func(tx *mysql.Tx, o *Offer, by Actor) (matter.Step, error) {
		g, err := o.SetDay(by, tx.Now())
		switch {
		case err != nil:
			return matter.Step{}, err
		case day.Before(clock.Day(tx.Now())) || !day.Before(lastDay(tx.Now())):
			return matter.Step{}, fault.BadField("day", "请选今天起 30 天以内的日子。")
		}
		step := matter.Step{Grant: &g.ID, Name: state.EventEdit, Reason: why.Reason}
		if err := tx.Add("offer.put_day", d); err != nil || d.Kind != DayClosed {
			return step, err
		}
		if err := tx.Add("offer.drop_extra_hours", d); err != nil {
			return step, err
		}
		return step, s.callOffAll(ctx, tx, o.ID, calledOff{actor, g.ID, why, func(b *Booking) bool {
			return clock.Day(b.StartsAt).Equal(day)
		}})
	})
}

// calledOff says who calls bookings off, by what right and why, and which.
type calledOff struct {
	actor   id.User
	grant   id.Grant
	why     Apology
	isMeant func(*Booking) bool
}

// callOffAll calls off the bookings of an offer, whose row is locked, and tells each who booked.
func (s *Service) callOffAll(ctx context.Context, tx *mysql.Tx, offer id.Offer, c calledOff) error {
	var all []Booking
	if err := tx.Select(ctx, &all, "offer.lock_ahead", mysql.Args{"offer": offer, "at": tx.Now()}); err != nil {
		return err
	}
	var steps []saved
	for i := range all {
		b := &all[i]
		if !c.isMeant(b) {
			continue
		}
		from := string(b.Status)
		b.Version++
		if err := b.endFor(c.why); err != nil {
			return err
		}
		steps = append(steps, saved{b, matter.Step{
			Actor: c.actor, Grant: &c.grant, Name: state.EventCallOff, Reason: c.why.Reason, From: from,
		}})
	}
	return s.saveBookings(tx, steps)
}

// Scope is which offers a list is of.
type Scope string

// The scopes.
const (
	ScopeOpen   Scope = "open"   // that people book
	ScopeHosted Scope = "hosted" // that the actor answers for
)

// Scopes lists every scope.
func Scopes() []Scope { return []Scope{ScopeOpen, ScopeHosted} }

// Filter chooses offers.
type Filter struct {
	Scope  Scope
	Kind   Kind     // empty: all
	Node   id.Node  // at or below it; 0: all
	Host   id.Node  // of this body alone, of what is open; 0: all
	Cursor id.Offer // the last of the page before; 0: the first page
	Limit  int
}

// List lists offers, the latest written first.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Offer, error) {
	query := "offer.page_open"
	if f.Scope == ScopeHosted {
		query = "offer.page_hosted"
	}
	var all []Offer
	err := s.db.Select(ctx, &all, query, mysql.Args{
		"user": actor, "kind": f.Kind, "node": f.Node, "host": f.Host, "before": id.OrLatest(f.Cursor), "limit": f.Limit,
		"at": s.db.Now(), "hosting": Hosting(),
	})
	return all, err
}

// wantOpening wants when an offer is open from a day on. Whether it is open on holidays the offer says.
func wantOpening(o *Opening, book *term.Book, offer id.Offer, from time.Time) []mysql.Want {
	o.IsHoliday = func(day time.Time) bool { return book.IsHoliday(day, from) }
	args := mysql.Args{"offer": offer, "from": today(from)}
	return append(book.Wants(), mysql.Many(&o.Hours, "offer.hours", args), mysql.Many(&o.Days, "offer.days", args))
}
