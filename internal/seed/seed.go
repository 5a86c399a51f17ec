// Package seed fills a fresh installation with believable data. It plays the
// history through the same services that people use, on a clock that it moves,
// so that what it leaves obeys every rule.
package seed

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"xinyuan/data"
	"xinyuan/internal/account"
	"xinyuan/internal/activity"
	"xinyuan/internal/agreement"
	"xinyuan/internal/assignment"
	"xinyuan/internal/attendance"
	"xinyuan/internal/ballot"
	"xinyuan/internal/brand"
	"xinyuan/internal/certificate"
	"xinyuan/internal/clock"
	"xinyuan/internal/complaint"
	"xinyuan/internal/contact"
	"xinyuan/internal/duty"
	"xinyuan/internal/grant"
	"xinyuan/internal/handover"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/importer"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/offer"
	"xinyuan/internal/org"
	"xinyuan/internal/outbox"
	"xinyuan/internal/points"
	"xinyuan/internal/project"
	"xinyuan/internal/retention"
	"xinyuan/internal/seal"
	"xinyuan/internal/team"
	"xinyuan/internal/visit"
	"xinyuan/internal/wish"
)

// ErrNotOurs means that the database has people whom no seed made.
var ErrNotOurs = errors.New("seed: the database has data that no seed made; nothing was written")

// Target is where the data goes.
type Target struct {
	DSN    string
	Sealer *seal.Sealer
	// Now is the business time at which the history ends.
	Now time.Time
	// Profile is what to write.
	Profile Profile
	// Seed gives the same data for the same Now.
	Seed uint64
	// Scale is how many members the load profile has.
	Scale int
	// Pictures is the folder where pictures are kept; empty: there are none.
	Pictures string
	// Step is told, after each step, how many days of the history of how many are
	// written; nil: nobody.
	Step func(done, all int)
}

// Profile is how much a seed writes.
type Profile string

// The profiles.
const (
	ProfileDemo   Profile = "demo"   // seven communities alive, two hundred members
	ProfileCounty Profile = "county" // a whole county's year, in the figures of the real programme
	ProfileLoad   Profile = "load"   // as many members and wishes as Scale says
	// ProfileTenth is the same county with a tenth of the wishes and hours, for tests.
	ProfileTenth Profile = "tenth"
)

// Profiles lists those that somebody may ask for.
func Profiles() []Profile { return []Profile{ProfileDemo, ProfileCounty, ProfileLoad} }

// profileSetting is the setting under which the profile of a seeded database is kept.
const profileSetting = "seed.profile"

// world is the database being filled.
type world struct {
	Target
	db         *mysql.DB
	clock      *clock.Clock
	start      time.Time
	rand       *rand.Rand
	spaced     *id.Generator // of the load profile
	tree       *org.Tree
	grants     *grant.Service
	wishes     *wish.Service
	complaints *complaint.Service
	needs      *need.Service
	handovers  *handover.Service
	visits     *visit.Service
	offers     *offer.Service
	agreements *agreement.Service
	projects   *project.Service
	ballots    *ballot.Service
	brands     *brand.Service
	duties     *duty.Service
	sent       *assignment.Service
	photos     *media.Service   // nil: there are no pictures
	drawn      map[sheet][]byte // what they show

	teams      *team.Service
	activities *activity.Service
	records    *hours.Service
	papers     *certificate.Service
	attendance *attendance.Service
	unsampled  *attendance.Service // where the figures are to come out: nobody's second look is waited for
	// steps are what happens, the first in time at the top of the heap.
	steps steps
	days  float64 // how long the history is
	pleas int     // how many were told

	nodes   map[string]id.Node // by code
	units   []id.Node          // of the home community
	people  map[string]id.User // by persona
	members []id.User          // of the home community, member-1 first
	guests  []id.User          // members of other communities
	staff   map[id.Node]id.User
	owners  map[id.Node][]resident
	brandAt map[id.Node]*tradition // of a county's communities
	openers []opener               // of what a county's units open
	squads  []squad
	planned int // activities of the past
	shown   []shown
}

// resident is who asks.
type resident struct {
	id      id.User
	contact contact.Contact
}

// Fill fills the database with the profile's people, communities and wishes. A
// database that was filled already is left alone: seeded is false. Errors:
// ErrNotOurs, or those of the database.
func Fill(ctx context.Context, t Target) (seeded bool, err error) {
	w, err := newWorld(ctx, t)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, w.db.Close()) }()
	if profile, err := w.db.Setting(ctx, profileSetting); err != nil || profile != "" {
		return false, err
	}
	var people int
	if err := w.db.Get(ctx, &people, "seed.people", nil); err != nil {
		return false, err
	}
	if people > 0 {
		return false, ErrNotOurs
	}
	if _, err := importer.Divisions(ctx, w.db, bytes.NewReader(data.Divisions), true); err != nil {
		return false, err
	}
	history := w.fillHistory
	if t.Profile == ProfileLoad {
		history = w.fillLoad
	}
	if err := history(ctx); err != nil {
		return false, err
	}
	return true, w.db.Tx(ctx, func(tx *mysql.Tx) error { return tx.SaveSetting(profileSetting, string(t.Profile)) })
}

// fillHistory writes the demo's history, or the county's.
func (w *world) fillHistory(ctx context.Context) error {
	if err := w.addPeople(ctx); err != nil {
		return err
	}
	_, err := importer.Duties(ctx, w.db, bytes.NewReader(data.Duties), importer.Options{Commit: true})
	if err != nil {
		return err
	}
	if err := w.addPhones(ctx); err != nil {
		return err
	}
	if err := w.addTeams(ctx); err != nil {
		return err
	}
	claimed := w.plan()
	if w.Profile != ProfileDemo {
		if err := w.addCounty(ctx); err != nil {
			return err
		}
		w.planCounty(claimed)
		w.planCountyTeams()
	}
	if err := w.play(ctx); err != nil {
		return err
	}
	w.clock.SetOffset(w.Now.Sub(w.start))
	if err := account.AgreeAll(ctx, w.db); err != nil {
		return err
	}
	return retention.New(w.db, w.Sealer, w.photos, w.clock).Clear(ctx) // as the worker would have
}

// rules are those of attendance: a history has no codes to guess.
var rules = attendance.Rules{Before: 30 * time.Minute, After: 2 * time.Hour, Sample: 4, OfflineSample: 50}

// How many days the histories go back.
const (
	demoDays   = 75
	demoPast   = 400 // since when its people and its brands are there
	countyDays = 365
)

func newWorld(ctx context.Context, t Target) (*world, error) {
	days, past, ids := float64(demoDays), float64(demoPast), id.NewGenerator(t.Seed+1)
	switch t.Profile {
	case ProfileDemo:
	case ProfileCounty, ProfileTenth:
		days, past = countyDays, countyDays
	case ProfileLoad:
		days, past, ids = loadDays, loadDays, id.NewSpaced(int64(t.Scale/cellOf(t.Scale))+1)
	}
	w := &world{
		Target: t, days: days, start: t.Now.Add(-day(past)), rand: rand.New(rand.NewPCG(t.Seed, 20260301)),
		nodes: map[string]id.Node{}, people: map[string]id.User{},
		brandAt: map[id.Node]*tradition{}, staff: map[id.Node]id.User{},
		owners: map[id.Node][]resident{}, drawn: map[sheet][]byte{}, spaced: ids,
	}
	w.clock = clock.Fixed(w.start)
	var err error
	w.db, err = mysql.Open(ctx, t.DSN, mysql.Options{Pool: 4, Business: w.clock, IDs: ids})
	if err != nil {
		return nil, err
	}
	w.tree, w.grants = org.New(w.db), grant.New(w.db, t.Sealer)
	ledger := points.New(w.db, outbox.New(w.db, clock.System()))
	w.wishes = wish.New(w.db, w.grants, t.Sealer, ledger)
	w.complaints = complaint.New(w.db, t.Sealer)
	w.sent = assignment.New(w.db, t.Sealer)
	w.needs = need.New(w.db, t.Sealer, w.sent)
	w.handovers = handover.New(w.db, t.Sealer, w.needs, w.wishes)
	w.visits = visit.New(w.db, t.Sealer, w.needs)
	w.offers = offer.New(w.db, t.Sealer)
	w.agreements = agreement.New(w.db, t.Sealer)
	w.ballots = ballot.New(w.db)
	w.projects = project.New(w.db, t.Sealer, w.ballots)
	w.brands = brand.New(w.db, t.Sealer, w.ballots)
	w.duties = duty.New(w.db, t.Sealer)
	if t.Pictures != "" && t.Profile == ProfileDemo {
		w.photos = media.New(w.db, t.Sealer, clock.System(), t.Pictures)
	}
	w.teams = team.New(w.db, t.Sealer)
	w.activities = activity.New(w.db, t.Sealer)
	w.records = hours.New(w.db, w.grants, t.Sealer, ledger)
	w.papers = certificate.New(w.db, w.grants, t.Sealer, certificate.Installation{})
	w.attendance = attendance.New(w.db, t.Sealer, w.activities, w.records, attendance.Limits{Rules: rules})
	rules.Sample, rules.OfflineSample = 0, 0
	w.unsampled = attendance.New(w.db, t.Sealer, w.activities, w.records, attendance.Limits{Rules: rules})
	return w, nil
}

func pick[T any](w *world, from []T) T { return from[w.rand.IntN(len(from))] }

// later is a time of day on a later day, when people are awake.
func (w *world) later(t time.Time, fewest, most float64) time.Time {
	day := clock.Day(t.Add(time.Duration((fewest + w.rand.Float64()*(most-fewest)) * float64(24*time.Hour))))
	at := day.Add(8*time.Hour + time.Duration(w.rand.Int64N(int64(11*time.Hour)))).UTC().Truncate(time.Second)
	if !at.After(t) {
		at = t.Add(time.Duration(20+w.rand.IntN(200)) * time.Minute)
	}
	return at
}
