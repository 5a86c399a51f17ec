package activity

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// People sign up until the deadline; whom the leader writes down may stand at the
// door until the end, and then has a place whatever the quota says.
func TestSigningUp(t *testing.T) {
	const other id.User = 2
	for name, c := range map[string]struct {
		by       Actor
		person   id.User
		status   state.ActivityStatus
		now      time.Time
		quota    int
		want     fault.Reason
		got      state.SignupStatus
		newQuota int
	}{
		"a place":                  {Actor{ID: 1}, 1, state.ActivityPublished, at(-61), 3, "", state.SignupConfirmed, 3},
		"none left":                {Actor{ID: 1}, 1, state.ActivityPublished, at(-61), 2, "", state.SignupWaitlisted, 2},
		"at the deadline":          {Actor{ID: 1}, 1, state.ActivityPublished, at(-60), 3, fault.ReasonSignupClosed, "", 3},
		"the leader themself":      {in(state.TeamRoleLeader), 1, state.ActivityPublished, at(-60), 3, fault.ReasonSignupClosed, "", 3},
		"for another":              {in(state.TeamRoleLeader), other, state.ActivityPublished, at(-61), 3, "", state.SignupConfirmed, 3},
		"for another, none left":   {in(state.TeamRoleLeader), other, state.ActivityPublished, at(-61), 2, "", state.SignupWaitlisted, 2},
		"at the door":              {in(state.TeamRoleDeputy), other, state.ActivityPublished, at(119), 3, "", state.SignupConfirmed, 3},
		"at the door, none left":   {in(state.TeamRoleDeputy), other, state.ActivityPublished, at(119), 2, "", state.SignupConfirmed, 3},
		"when it is over":          {in(state.TeamRoleDeputy), other, state.ActivityPublished, at(120), 3, fault.ReasonSignupClosed, "", 3},
		"for another, by a member": {in(state.TeamRoleMember), other, state.ActivityPublished, at(-61), 3, fault.ReasonNotTeamLeader, "", 3},
		"for another, by staff":    {holding(id.RoleSecretary), other, state.ActivityPublished, at(-61), 3, fault.ReasonNotTeamLeader, "", 3},
		"a draft":                  {Actor{ID: 1}, 1, state.ActivityDraft, at(-61), 3, fault.ReasonNotFound, "", 3},
		"a draft of one's own":     {in(state.TeamRoleLeader), 1, state.ActivityDraft, at(-61), 3, fault.ReasonActivityState, "", 3},
		"called off":               {Actor{ID: 1}, 1, state.ActivityCancelled, at(-61), 3, fault.ReasonActivityState, "", 3},
	} {
		a := occasion(c.status)
		a.Quota = c.quota
		s, err := a.SignUp(c.by, c.person, c.now)
		if !faulttest.IsRefused(err, c.want) || a.Quota != c.newQuota {
			t.Errorf("%s: %v, quota %d", name, err, a.Quota)
		}
		if c.want != "" {
			continue
		}
		confirmed, waiting := 2, 1
		if c.got == state.SignupConfirmed {
			confirmed++
		} else {
			waiting++
		}
		if s.Status != c.got || s.UserID != c.person || s.Place != 4 || (s.RecorderID != nil) != (c.person == other) ||
			a.Confirmed != confirmed || a.Waiting != waiting {
			t.Errorf("%s: %+v of %+v", name, s, a)
		}
	}
}

// A place may be given back until it begins, and is then free for who waits.
func TestGivingAPlaceBack(t *testing.T) {
	leader := id.User(9)
	for name, c := range map[string]struct {
		by      Actor
		own     bool
		written bool // by a leader
		status  state.SignupStatus
		now     time.Time
		want    fault.Reason
		event   state.Event
		vacant  int
	}{
		"in time":                {Actor{ID: 1}, true, false, state.SignupConfirmed, at(-61), "", state.EventCancel, 1},
		"after the deadline":     {Actor{ID: 1}, true, false, state.SignupConfirmed, at(-60), "", state.EventDropOut, 1},
		"who waits":              {Actor{ID: 1}, true, false, state.SignupWaitlisted, at(-61), "", state.EventCancel, 0},
		"who waits, late":        {Actor{ID: 1}, true, false, state.SignupWaitlisted, at(-60), "", state.EventCancel, 0},
		"when it begins":         {Actor{ID: 1}, true, false, state.SignupConfirmed, at(0), fault.ReasonActivityStarted, "", 0},
		"twice":                  {Actor{ID: 1}, true, false, state.SignupCancelled, at(-61), fault.ReasonSignupState, "", 0},
		"another's, written":     {in(state.TeamRoleLeader), false, true, state.SignupConfirmed, at(-61), "", state.EventCancel, 1},
		"another's, late":        {in(state.TeamRoleLeader), false, true, state.SignupConfirmed, at(-1), "", state.EventDropOut, 1},
		"another's own":          {in(state.TeamRoleLeader), false, false, state.SignupConfirmed, at(-61), fault.ReasonNotTeamLeader, "", 0},
		"another's, by a member": {in(state.TeamRoleMember), false, true, state.SignupConfirmed, at(-61), fault.ReasonNotTeamLeader, "", 0},
	} {
		a, s := occasion(state.ActivityPublished), Signup{UserID: 2, Status: c.status}
		if c.own {
			s.UserID = 1
		}
		if c.written {
			s.RecorderID = &leader
		}
		event, err := a.CancelSignup(c.by, &s, c.now)
		if !faulttest.IsRefused(err, c.want) || event != c.event || s.Late != (event == state.EventDropOut) || a.vacant(c.now) != c.vacant {
			t.Errorf("%s: %v, %s, %+v, %d and %d", name, err, event, s, a.Confirmed, a.Waiting)
		}
		gone := c.want == "" || c.status == state.SignupCancelled
		if (s.Status == state.SignupCancelled) != gone || (s.CancelledAt != nil) != (c.want == "") {
			t.Errorf("%s: it is %s, since %v", name, s.Status, s.CancelledAt)
		}
	}
}

// A free place goes to who waits until the activity begins.
func TestMovingUp(t *testing.T) {
	a, s := occasion(state.ActivityPublished), Signup{Status: state.SignupWaitlisted}
	if a.vacant(at(-1)) != 0 {
		t.Errorf("%+v has a free place", a)
	}
	a.Quota++
	if a.vacant(at(-1)) != 1 || a.vacant(at(0)) != 0 {
		t.Errorf("%+v has %d places before it begins, %d after", a, a.vacant(at(-1)), a.vacant(at(0)))
	}
	if err := a.promote(&s); err != nil || a.Confirmed != 3 || a.Waiting != 0 || s.Status != state.SignupConfirmed {
		t.Errorf("%v: %+v of %+v", err, s, a)
	}
	if err := a.promote(&s); !faulttest.IsRefused(err, fault.ReasonSignupState) || a.Confirmed != 3 {
		t.Errorf("twice: %v, %+v", err, a)
	}
}
