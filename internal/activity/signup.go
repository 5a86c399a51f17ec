package activity

import (
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// Signup is a person's place in an activity, or on its waitlist.
type Signup struct {
	ID          id.Signup          `db:"id"`
	ActivityID  id.Activity        `db:"activity_id"`
	UserID      id.User            `db:"user_id"`
	DisplayName string             `db:"display_name"`
	Status      state.SignupStatus `db:"status"`
	Place       int                `db:"place"`       // the order in which they came
	RecorderID  *id.User           `db:"recorder_id"` // who leads the team and wrote them down
	Late        bool               `db:"is_late"`     // cancelled after the deadline
	CancelledAt *time.Time         `db:"cancelled_at"`
	SkippedFor  *id.Activity       `db:"skipped_for"` // where they had a place when their turn came
	RemindedAt  *time.Time         `db:"reminded_at"`
	CreatedAt   time.Time          `db:"created_at"`
	Version     int                `db:"version"`
}

func (s *Signup) move(e state.Event) error {
	next, ok := state.Signup.Next(s.Status, e)
	if !ok {
		return fault.New(fault.ReasonSignupState)
	}
	s.Status = next
	return nil
}

// checkTakes refuses sign-ups where none are taken: by its deadline, and for somebody
// whom the leader writes down, by its end. Errors: fault.ReasonNotFound for whom
// the activity does not exist, fault.ReasonActivityState,
// fault.ReasonSignupClosed.
func (a Activity) checkTakes(by Actor, other bool, now time.Time) error {
	switch {
	case !a.sees(by, now):
		return fault.New(fault.ReasonNotFound)
	case other && !by.Role.Leads():
		return fault.New(fault.ReasonNotTeamLeader)
	case a.Status != state.ActivityPublished:
		return fault.New(fault.ReasonActivityState)
	case !other && !now.Before(a.SignupUntil), !now.Before(a.EndsAt):
		return fault.New(fault.ReasonSignupClosed)
	}
	return nil
}

// SignUp gives the person a place, or the next one on the waitlist. Whom the
// leader writes down after the deadline stands before them, and gets a place
// even where none is left: the quota grows. Errors: those of checkTakes.
func (a *Activity) SignUp(by Actor, person id.User, now time.Time) (Signup, error) {
	other := person != by.ID
	if err := a.checkTakes(by, other, now); err != nil {
		return Signup{}, err
	}
	a.LastPlace++
	s := Signup{
		ActivityID: a.ID, UserID: person, Status: state.Signup.Initial, Place: a.LastPlace, CreatedAt: now, Version: 1,
	}
	if other {
		s.RecorderID = &by.ID
	}
	switch walkIn := other && !now.Before(a.SignupUntil); {
	case a.Confirmed < a.Quota:
		a.Confirmed++
	case walkIn:
		a.Confirmed++
		a.Quota = a.Confirmed
	default:
		a.Waiting++
		s.Status = state.SignupWaitlisted
	}
	return s, nil
}

// CancelSignup gives the place back, until the activity starts: by the person,
// or by who leads for somebody whom a leader wrote down. It returns the event:
// state.EventDropOut for a place that is given back after the deadline. Errors:
// fault.ReasonNotTeamLeader, fault.ReasonActivityState,
// fault.ReasonActivityStarted, fault.ReasonSignupState.
func (a *Activity) CancelSignup(by Actor, s *Signup, now time.Time) (state.Event, error) {
	switch own := s.UserID == by.ID; {
	case !own && (!by.Role.Leads() || s.RecorderID == nil):
		return "", fault.New(fault.ReasonNotTeamLeader)
	case a.Status != state.ActivityPublished:
		return "", fault.New(fault.ReasonActivityState)
	case !now.Before(a.StartsAt):
		return "", fault.New(fault.ReasonActivityStarted).Saying("活动已经开始了，不能再取消报名。来不了请告诉队长。")
	}
	placed, name := s.Status == state.SignupConfirmed, state.EventCancel
	s.Late = placed && !now.Before(a.SignupUntil)
	if s.Late {
		name = state.EventDropOut
	}
	if err := s.move(name); err != nil {
		return "", err
	}
	s.CancelledAt = &now
	if placed {
		a.Confirmed--
	} else {
		a.Waiting--
	}
	return name, nil
}

// vacant is how many places those who wait may have now: none once it has begun.
func (a Activity) vacant(now time.Time) int {
	if a.Status != state.ActivityPublished || !now.Before(a.StartsAt) {
		return 0
	}
	return min(a.Quota-a.Confirmed, a.Waiting)
}

// promote gives a free place to somebody who waits.
func (a *Activity) promote(s *Signup) error {
	if err := s.move(state.EventPromote); err != nil {
		return err
	}
	a.Confirmed++
	a.Waiting--
	return nil
}
