package activity

import (
	"context"
	"errors"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
)

// Coming is who is to come to which activity.
type Coming struct {
	Activity id.Activity
	Person   id.User
	Overlap  bool // they know that they have a place elsewhere at the same time
}

// SignUp gives the person a place or one on the waitlist; who leads the team
// writes down others. Who comes too late is answered by one plain read. Errors:
// those of Activity.SignUp, fault.ReasonAlreadySignedUp, fault.ReasonNotFound,
// and for who signs up themselves fault.ReasonSignupOverlap.
func (s *Service) SignUp(ctx context.Context, actor id.User, c Coming,
	onCommit mysql.OnCommit[Signup]) (Signup, error) {
	activity, person := c.Activity, c.Person
	if err := s.checkMaySignUp(ctx, actor, activity, person); err != nil {
		return Signup{}, err
	}
	var one Signup
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			a         Activity
			by        = Actor{ID: actor}
			other     Signup
			in        bool
			known     bool
			name      string
			elsewhere []Elsewhere
		)
		err := tx.Read(ctx, append(Lock(&a, &by, activity), lockSignupOf(&other, &in, activity, person),
			lockPerson(tx, person), wantElsewhere(&elsewhere, activity, person),
			mysql.Maybe(&name, &known, "activity.person", mysql.Args{"user": person, "actor": actor, "activity": activity}))...)
		switch {
		case err != nil:
			return mysql.NotFound(err)
		case in:
			return fault.New(fault.ReasonAlreadySignedUp)
		case !known:
			return fault.New(fault.ReasonNotFound).Saying("队里没有这个人，要先加入队伍。")
		}
		if err := s.promote(ctx, tx, &a); err != nil { // who waits comes first
			return err
		}
		if one, err = a.SignUp(by, person, tx.Now()); err != nil {
			return err
		}
		if person == actor && !c.Overlap && len(elsewhere) > 0 {
			return elsewhere[0].refusal()
		}
		one.ID, one.DisplayName = mysql.NewID[id.Signup](tx), name
		err = errors.Join(saveCounters(tx, a), s.addSignups(tx, actor, one))
		return errors.Join(err, onCommit.Do(tx, one, err))
	})
	if mysql.IsDuplicate(err, "signups_live") { // the database's own guard
		err = fault.New(fault.ReasonAlreadySignedUp)
	}
	return one, err
}

// checkMaySignUp refuses by a plain read who cannot have a place.
func (s *Service) checkMaySignUp(ctx context.Context, actor id.User, activity id.Activity, person id.User) error {
	var (
		a    Seen
		by   = Actor{ID: actor}
		mine Signup
		in   bool
		args = mysql.Args{"activity": activity, "user": person}
	)
	err := s.db.Read(ctx, append(wantActor(&by, activity), mysql.One(&a, "activity.by_id", args),
		mysql.Maybe(&mine, &in, "activity.signup_of", args))...)
	if err != nil {
		return mysql.NotFound(err)
	}
	if err := a.checkTakes(by, person != actor, s.db.Now()); err != nil {
		return err
	}
	if in {
		return fault.New(fault.ReasonAlreadySignedUp)
	}
	return nil
}

// CancelSignup gives a person's place back; the first who waits and has no other
// place at that time moves up. Who leads is told of a late one. Errors:
// fault.ReasonNotFound, and those of Activity.CancelSignup.
func (s *Service) CancelSignup(
	ctx context.Context, actor id.User, activity id.Activity, person id.User, onCommit mysql.OnCommit[struct{}],
) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			a       Activity
			by      = Actor{ID: actor}
			one     Signup
			in      bool
			leading []id.User
		)
		err := tx.Read(ctx, append(Lock(&a, &by, activity), lockSignupOf(&one, &in, activity, person),
			mysql.Many(&leading, "activity.leading", mysql.Args{"activity": activity}))...)
		switch {
		case err != nil:
			return mysql.NotFound(err)
		case !in:
			return fault.New(fault.ReasonNotFound)
		}
		before := one
		name, err := a.CancelSignup(by, &one, tx.Now())
		if err != nil {
			return err
		}
		err = s.saveSignup(tx, before, one, matter.Step{Actor: actor, Name: name}, leading...)
		err = errors.Join(err, s.promote(ctx, tx, &a), saveCounters(tx, a))
		return errors.Join(err, onCommit.Do(tx, struct{}{}, err))
	})
}
