// Package account is what a person may ask of us about themself as a whole: to take
// along all that we have, and to be forgotten.
//
// An account is deleted in steps. The first one takes the name, the phone and the way
// in, and from then on the person is leaving: the steps that follow may be repeated in
// any number, by this request or by the worker, until nothing is left that goes.
package account

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"xinyuan/internal/certificate"
	"xinyuan/internal/clock"
	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
	"xinyuan/internal/user"
)

// Name is what a person is called who has deleted the account.
const Name = "已注销的用户"

// settle is how long a person is leaving at least: a request that was under way when
// they asked has ended by then, and what it wrote is taken away in a second round.
const settle = 2 * time.Minute

// Parts are what knows how each thing of a person ends.
type Parts struct {
	People       *user.People
	Certificates *certificate.Service
	Photos       *media.Service
	Contacts     *contact.Book
	Ends         Ends
}

// Ends are how a person ends a matter that lives, by its noun.
type Ends map[string]func(ctx context.Context, who id.User, matter int64) error

// End is an operation of a noun's that ends one of its matters, without its answer.
func End[I ~int64, T any](do func(context.Context, id.User, I, mysql.OnCommit[T]) (T, error)) func(
	context.Context, id.User, int64) error {
	return func(ctx context.Context, who id.User, one int64) error {
		_, err := do(ctx, who, I(one), nil)
		return err
	}
}

// Service exports and deletes accounts.
type Service struct {
	Parts
	db      *mysql.DB
	sealer  *seal.Sealer
	machine *clock.Clock
	log     *slog.Logger
	before  func(step string) error // for tests that stop in the middle
}

// New returns the service.
func New(db *mysql.DB, sealer *seal.Sealer, machine *clock.Clock, log *slog.Logger, parts Parts) *Service {
	return &Service{
		Parts: parts, db: db, sealer: sealer, machine: machine, log: log, before: func(string) error { return nil },
	}
}

// StopBefore calls f before each step of a deletion, which stops where f fails: for
// tests of what was killed in the middle.
func (s *Service) StopBefore(f func(step string) error) { s.before = f }

// person is a person's own row.
type person struct {
	ID      id.User          `db:"id"`
	Status  state.UserStatus `db:"status"`
	Version int              `db:"version"`
	LeftAt  *time.Time       `db:"left_at"`
}

func (p person) matter() matter.Matter {
	return matter.Matter{Noun: state.User.Noun, ID: int64(p.ID), Status: string(p.Status), Version: p.Version}
}

// Duties are what somebody else has to take over before the account can go.
type Duties struct {
	Teams  []string // that only the person leads
	Places []string // where nobody else decides
}

// ListDuties tells what the person has to hand over first.
func (s *Service) ListDuties(ctx context.Context, person id.User) (Duties, error) {
	var h Duties
	return h, s.db.Read(ctx, h.wants(person, s.db.Now())...)
}

func (h *Duties) wants(person id.User, now time.Time) []mysql.Want {
	args := mysql.Args{"user": person, "roles": id.Deciders(), "at": now}
	return []mysql.Want{mysql.Many(&h.Teams, "account.led", args), mysql.Many(&h.Places, "account.decided", args)}
}

// refusal names what is to be handed over; nil: nothing.
func (h Duties) refusal() error {
	var what []string
	for _, t := range h.Teams {
		what = append(what, "“"+t+"”的队长")
	}
	for _, p := range h.Places {
		what = append(what, p+"的负责人")
	}
	if len(what) == 0 {
		return nil
	}
	return fault.New(fault.ReasonHandOverFirst).Saying(
		"您是%s，只有您一位。请先交给别人，再来注销。", strings.Join(what, "、"))
}

// Delete deletes the person's account. When it returns nobody can log in to it, no name
// and no phone of theirs is left, and what else goes is gone, or goes within minutes.
// Errors: fault.ReasonHandOverFirst, fault.ReasonUnauthenticated for who has left.
func (s *Service) Delete(ctx context.Context, who id.User) error {
	if err := s.leave(ctx, who); err != nil {
		return err
	}
	if err := s.takeAway(ctx, who); err != nil { // the worker goes on
		s.log.ErrorContext(ctx, "an account that is deleted waits", "person", who.String(), "error", err)
	}
	return nil
}

// leave takes the name, the phone and the way in.
func (s *Service) leave(ctx context.Context, who id.User) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var p person
		var h Duties
		err := tx.Read(ctx, append([]mysql.Want{mysql.One(&p, "account.lock", mysql.Args{"user": who})},
			h.wants(who, tx.Now())...)...)
		if errors.Is(err, mysql.ErrNone) || err == nil && p.Status != state.UserActive {
			return fault.New(fault.ReasonUnauthenticated)
		}
		if err := errors.Join(err, h.refusal()); err != nil {
			return err
		}
		now := s.machine.Now()
		p.LeftAt = &now
		return save(tx, p, state.EventLeave, who)
	})
}

// save queues the person's step.
func save(tx *mysql.Tx, p person, name state.Event, by id.User) error {
	from := p.Status
	next, ok := state.User.Next(p.Status, name)
	if !ok {
		return fault.New(fault.ReasonUnauthenticated)
	}
	p.Status = next
	p.Version++
	_, err := matter.Save(tx, nil, p.matter(), matter.Step{Actor: by, Name: name, From: string(from)})
	return errors.Join(err, tx.Add("account.leave", mysql.Args{
		"user": p.ID, "status": p.Status, "version": p.Version, "left_at": p.LeftAt, "name": Name,
	}))
}

// Sweep goes on with accounts whose deletion was cut off, and ends those that have
// settled. Several workers may do it at once.
func (s *Service) Sweep(ctx context.Context) error {
	var all []id.User
	if err := s.db.Select(ctx, &all, "account.leaving", nil); err != nil {
		return err
	}
	return sweep.Each(ctx, "accounts that are deleted", all, s.goOn)
}

func (s *Service) goOn(ctx context.Context, who id.User) error {
	var p person
	if err := s.db.Get(ctx, &p, "account.person", mysql.Args{"user": who}); err != nil {
		return err
	}
	settled := p.LeftAt != nil && !s.machine.Now().Before(p.LeftAt.Add(settle))
	if err := s.takeAway(ctx, who); err != nil || !settled {
		return err
	}
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		if err := tx.Get(ctx, &p, "account.lock", mysql.Args{"user": who}); err != nil || p.LeftAt == nil {
			return err // another worker was faster
		}
		p.LeftAt = nil
		return save(tx, p, state.EventEnd, 0)
	})
}
