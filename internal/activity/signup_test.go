package activity

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
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
		if !refused(err, c.want) || a.Quota != c.newQuota {
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

// A place that is given back goes to the first who waits, until it begins.
func TestGivingAPlaceBack(t *testing.T) {
	leader := id.User(9)
	for name, c := range map[string]struct {
		by        Actor
		own       bool
		written   bool // by a leader
		status    state.SignupStatus
		waits     bool // somebody
		now       time.Time
		want      fault.Reason
		moved     bool
		late      bool
		confirmed int
		waiting   int
	}{
		"nobody waits":           {Actor{ID: 1}, true, false, state.SignupConfirmed, false, at(-61), "", false, false, 1, 1},
		"somebody waits":         {Actor{ID: 1}, true, false, state.SignupConfirmed, true, at(-61), "", true, false, 2, 0},
		"after the deadline":     {Actor{ID: 1}, true, false, state.SignupConfirmed, true, at(-60), "", true, true, 2, 0},
		"who waits":              {Actor{ID: 1}, true, false, state.SignupWaitlisted, true, at(-61), "", false, false, 2, 0},
		"who waits, late":        {Actor{ID: 1}, true, false, state.SignupWaitlisted, true, at(-60), "", false, false, 2, 0},
		"when it begins":         {Actor{ID: 1}, true, false, state.SignupConfirmed, true, at(0), fault.ReasonActivityStarted, false, false, 2, 1},
		"twice":                  {Actor{ID: 1}, true, false, state.SignupCancelled, true, at(-61), fault.ReasonSignupState, false, false, 2, 1},
		"another's, written":     {in(state.TeamRoleLeader), false, true, state.SignupConfirmed, true, at(-61), "", true, false, 2, 0},
		"another's own":          {in(state.TeamRoleLeader), false, false, state.SignupConfirmed, true, at(-61), fault.ReasonNotTeamLeader, false, false, 2, 1},
		"another's, by a member": {in(state.TeamRoleMember), false, true, state.SignupConfirmed, true, at(-61), fault.ReasonNotTeamLeader, false, false, 2, 1},
	} {
		a, s, next := occasion(state.ActivityPublished), Signup{UserID: 2, Status: c.status}, &Signup{Status: state.SignupWaitlisted}
		if c.own {
			s.UserID = 1
		}
		if c.written {
			s.RecorderID = &leader
		}
		if !c.waits {
			next = nil
		}
		moved, err := a.CancelSignup(c.by, &s, next, c.now)
		if !refused(err, c.want) || moved != c.moved || s.Late != c.late || a.Confirmed != c.confirmed || a.Waiting != c.waiting {
			t.Errorf("%s: %v, moved %t, %+v, %d and %d", name, err, moved, s, a.Confirmed, a.Waiting)
		}
		cancelled := c.want == "" || c.status == state.SignupCancelled
		if moved != (next != nil && next.Status == state.SignupConfirmed) || (s.Status == state.SignupCancelled) != cancelled {
			t.Errorf("%s: it is %s, the next %v", name, s.Status, next)
		}
	}
}
