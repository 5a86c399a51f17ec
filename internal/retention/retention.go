// Package retention takes away what has served its purpose: how many days each kind is
// kept is data (table retention_rules), the worker does it, and doctor looks for what
// should be gone.
package retention

import (
	"context"
	"errors"
	"sync"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
)

// Kind is what is kept for a number of days.
type Kind string

// The kinds.
const (
	KindContacts  Kind = "contacts"  // of wishes and needs that are over
	KindNames     Kind = "names"     // real names of report-ins that are over
	KindOriginals Kind = "originals" // texts of which others read a version without numbers
	KindPictures  Kind = "pictures"  // of wishes and needs that are over, and of how they ended
	KindReads     Kind = "reads"     // who read a contact or a real name, and why
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{KindContacts, KindNames, KindOriginals, KindPictures, KindReads} }

// Rule is how long a kind is kept.
type Rule struct {
	Kind Kind `db:"kind"`
	Days int  `db:"days"`
}

// every is how often the worker looks: days do not end more often.
const every = time.Hour

// size is how many rows of a kind one look takes.
const size = 500

// Service takes away what is too old.
type Service struct {
	db      *mysql.DB
	sealer  *seal.Sealer
	photos  *media.Service
	machine *clock.Clock

	mu   sync.Mutex
	next time.Time
}

// New returns the service.
func New(db *mysql.DB, sealer *seal.Sealer, photos *media.Service, machine *clock.Clock) *Service {
	return &Service{db: db, sealer: sealer, photos: photos, machine: machine}
}

// Rules lists how long each kind is kept.
func Rules(ctx context.Context, from mysql.Reader) ([]Rule, error) {
	var all []Rule
	return all, from.Select(ctx, &all, "retention.rules", nil)
}

// Due is what of a kind is older than its rule, at most limit: the ids of wishes, of
// report-ins, or of what texts belong to.
func Due(ctx context.Context, from mysql.Reader, r Rule, now time.Time, limit int) ([]int64, error) {
	before := now.AddDate(0, 0, -r.Days)
	var all []int64
	query := map[Kind]string{
		KindContacts: "retention.contacts", KindNames: "retention.names", KindOriginals: "retention.originals",
		KindPictures: "retention.pictures", KindReads: "retention.reads",
	}[r.Kind]
	return all, from.Select(ctx, &all, query, mysql.Args{"before": before, "id": id.Before(before), "limit": limit})
}

// Sweep takes away what is too old, once an hour. What is left over goes the next time.
func (s *Service) Sweep(ctx context.Context) error {
	if !s.isTime() {
		return nil
	}
	_, err := s.look(ctx)
	return err
}

// Clear takes away all that is too old at once.
func (s *Service) Clear(ctx context.Context) error {
	for {
		if taken, err := s.look(ctx); err != nil || taken == 0 {
			return err
		}
	}
}

// look takes away what is too old, and returns how many rows it found.
func (s *Service) look(ctx context.Context) (taken int, err error) {
	rules, err := Rules(ctx, s.db)
	if err != nil {
		return 0, err
	}
	err = sweep.Each(ctx, "kinds of old data", rules, func(ctx context.Context, r Rule) error {
		due, err := Due(ctx, s.db, r, s.db.Now(), size)
		if err != nil || len(due) == 0 {
			return err
		}
		taken += len(due)
		return s.take(ctx, r.Kind, due)
	})
	return taken, err
}

func (s *Service) isTime() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.machine.Now()
	if now.Before(s.next) {
		return false
	}
	s.next = now.Add(every)
	return true
}

// take takes away what is due of a kind.
func (s *Service) take(ctx context.Context, kind Kind, due []int64) error {
	switch kind {
	case KindContacts:
		return s.takeContacts(ctx, due)
	case KindNames:
		return s.db.Tx(ctx, func(tx *mysql.Tx) error { return s.takeNames(tx, due) })
	case KindOriginals:
		return s.db.Tx(ctx, func(tx *mysql.Tx) error { return matter.ForgetAllOriginals(tx, due) })
	case KindPictures:
		return s.takePictures(ctx, due)
	case KindReads:
		return s.db.Tx(ctx, func(tx *mysql.Tx) error {
			args := mysql.Args{"ids": due}
			return errors.Join(tx.Add("retention.take_contact_reads", args), tx.Add("retention.take_name_reads", args))
		})
	}
	return nil
}

// takeContacts takes contacts away, and those who are known by their phones alone.
func (s *Service) takeContacts(ctx context.Context, due []int64) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var claims []int64
		if err := tx.Select(ctx, &claims, "retention.claims", mysql.Args{"ids": due}); err != nil {
			return err
		}
		return errors.Join(tx.Add("retention.take_contacts", mysql.Args{"ids": due}),
			matter.ForgetPhones(tx, state.Wish.Noun, due), matter.ForgetPhones(tx, state.Need.Noun, due),
			matter.ForgetPhones(tx, state.Claim.Noun, claims))
	})
}

// Gone is the real name of a report-in whose name was taken away.
const Gone = "已过保存期"

func (s *Service) takeNames(tx *mysql.Tx, due []int64) error {
	var err error
	for _, m := range due {
		name, failed := s.sealer.Seal(seal.Place{Table: "memberships", Column: "real_name", Row: m}, Gone)
		err = errors.Join(err, failed, tx.Add("retention.take_name", mysql.Args{"id": m, "name": name, "label": Gone}))
	}
	return err
}

// takePictures takes the pictures of matters away, and of what was done for them.
func (s *Service) takePictures(ctx context.Context, due []int64) error {
	var claims, assignments []int64
	args := mysql.Args{"ids": due}
	err := s.db.Read(ctx, mysql.Many(&claims, "retention.claims", args),
		mysql.Many(&assignments, "retention.assignments", args))
	if err != nil {
		return err
	}
	return errors.Join(s.photos.RemoveOf(ctx, state.Wish.Noun, due), s.photos.RemoveOf(ctx, state.Need.Noun, due),
		s.photos.RemoveOf(ctx, state.Claim.Noun, claims), s.photos.RemoveOf(ctx, state.Assignment.Noun, assignments))
}
