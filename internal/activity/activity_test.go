package activity

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// nine is nine in the morning of a Saturday.
var nine = time.Date(2026, 3, 14, 1, 0, 0, 0, time.UTC)

// at is so many minutes after nine.
func at(minutes int) time.Time { return nine.Add(time.Duration(minutes) * time.Minute) }

// in is somebody in the team, holding somebody with a grant at its node.
func in(role state.TeamRole) Actor { return Actor{ID: 1, Role: role} }

func holding(role id.Role) Actor {
	return Actor{ID: 1, Grants: grant.Grants{{ID: 7, HolderID: 1, GiverID: 1, Role: role, From: at(-600)}}}
}

// occasion is from nine to eleven, with sign-up until eight and two places taken,
// one person waiting.
func occasion(status state.ActivityStatus) Activity {
	return Activity{
		ID: 5, Status: status, StartsAt: at(0), EndsAt: at(120), SignupUntil: at(-60), Quota: 2, Confirmed: 2, Waiting: 1, LastPlace: 3,
	}
}

// Who leads drafts, publishes and changes; staff that decides calls off what is
// published, and nobody else's draft.
func TestWhoRunsAnActivity(t *testing.T) {
	const no, hidden = fault.ReasonNotTeamLeader, fault.ReasonNotFound
	for name, c := range map[string]struct {
		by                      Actor
		publishes, edits        fault.Reason // a draft
		cancelsDraft, cancelsIt fault.Reason // what is published
		byGrant                 bool
	}{
		"leader":        {in(state.TeamRoleLeader), "", "", "", "", false},
		"deputy":        {in(state.TeamRoleDeputy), "", "", "", "", false},
		"member":        {in(state.TeamRoleMember), hidden, hidden, hidden, no, false},
		"stranger":      {Actor{ID: 1}, hidden, hidden, hidden, no, false},
		"secretary":     {holding(id.RoleSecretary), no, no, no, "", true},
		"street":        {holding(id.RoleStreet), no, no, no, "", true},
		"grid worker":   {holding(id.RoleGridWorker), no, no, no, no, false},
		"auditor":       {holding(id.RoleAuditor), no, no, no, no, false},
		"building head": {holding(id.RoleBuildingHead), hidden, hidden, hidden, no, false},
	} {
		now := at(-120)
		published, edited := occasion(state.ActivityDraft), occasion(state.ActivityDraft)
		if err := published.Publish(c.by, now); !faulttest.IsRefused(err, c.publishes) {
			t.Errorf("%s publishes: %v", name, err)
		}
		if err := edited.Edit(c.by, edited.draft(), now); !faulttest.IsRefused(err, c.edits) {
			t.Errorf("%s edits: %v", name, err)
		}
		draft, one := occasion(state.ActivityDraft), occasion(state.ActivityPublished)
		if _, err := draft.Cancel(c.by, "下雨", now); !faulttest.IsRefused(err, c.cancelsDraft) {
			t.Errorf("%s cancels a draft: %v", name, err)
		}
		g, err := one.Cancel(c.by, "下雨", now)
		if !faulttest.IsRefused(err, c.cancelsIt) || (g != nil) != c.byGrant {
			t.Errorf("%s cancels: %v, by %v", name, err, g)
		}
		if c.cancelsIt == "" && (one.Status != state.ActivityCancelled || one.Confirmed != 0 || one.Waiting != 0) {
			t.Errorf("%s has cancelled %+v", name, one)
		}
	}
}

func TestPublishingAndCallingOff(t *testing.T) {
	for name, c := range map[string]struct {
		status             state.ActivityStatus
		now                time.Time
		reason             string
		publishes, cancels fault.Reason
	}{
		"a draft":               {state.ActivityDraft, at(-1), "", "", ""},
		"when it begins":        {state.ActivityDraft, at(0), "", fault.ReasonActivityStarted, ""},
		"published":             {state.ActivityPublished, at(-1), "下雨", fault.ReasonActivityState, ""},
		"without saying why":    {state.ActivityPublished, at(-1), "", fault.ReasonActivityState, fault.ReasonReasonRequired},
		"settled":               {state.ActivitySettled, at(200), "下雨", fault.ReasonActivityState, fault.ReasonActivityState},
		"called off":            {state.ActivityCancelled, at(-1), "下雨", fault.ReasonActivityState, fault.ReasonActivityState},
		"over, and nobody came": {state.ActivityPublished, at(200), "没有人来", fault.ReasonActivityState, ""},
	} {
		published, off := occasion(c.status), occasion(c.status)
		err := published.Publish(in(state.TeamRoleLeader), c.now)
		if !faulttest.IsRefused(err, c.publishes) || c.publishes == "" && (published.Status != state.ActivityPublished || !published.PublishedAt.Equal(c.now)) {
			t.Errorf("%s: publishes: %v", name, err)
		}
		if _, err := off.Cancel(in(state.TeamRoleLeader), c.reason, c.now); !faulttest.IsRefused(err, c.cancels) {
			t.Errorf("%s: is called off: %v", name, err)
		}
	}
}

// A published activity changes until it begins, never below the places that are
// taken; new places are for those who wait.
func TestEditing(t *testing.T) {
	for name, c := range map[string]struct {
		status state.ActivityStatus
		now    time.Time
		starts time.Time
		quota  int
		want   fault.Reason
		free   int // for those who wait
	}{
		"words only":              {state.ActivityPublished, at(-1), at(0), 2, "", 0},
		"one place more":          {state.ActivityPublished, at(-1), at(0), 3, "", 1},
		"more than wait":          {state.ActivityPublished, at(-1), at(0), 9, "", 1},
		"below what is taken":     {state.ActivityPublished, at(-1), at(0), 1, fault.ReasonInvalidInput, 0},
		"when it begins":          {state.ActivityPublished, at(0), at(60), 2, fault.ReasonActivityStarted, 0},
		"into the past":           {state.ActivityPublished, at(-1), at(-1), 2, fault.ReasonInvalidInput, 0},
		"a draft, into the past":  {state.ActivityDraft, at(-1), at(-1), 2, "", 0},
		"a draft, when it begins": {state.ActivityDraft, at(0), at(60), 2, "", 0},
		"settled":                 {state.ActivitySettled, at(-1), at(0), 2, fault.ReasonActivityState, 0},
		"called off":              {state.ActivityCancelled, at(-1), at(0), 2, fault.ReasonActivityState, 0},
	} {
		a := occasion(c.status)
		d := a.draft()
		d.StartsAt, d.Quota = c.starts, c.quota
		err := a.Edit(in(state.TeamRoleLeader), d, c.now)
		if free := a.vacant(c.now); !faulttest.IsRefused(err, c.want) || free != c.free || a.Waiting != 1 || a.Confirmed != 2 {
			t.Errorf("%s: %v, %d may move up, %+v", name, err, free, a)
		}
		if c.want == "" && (a.Quota != c.quota || !a.StartsAt.Equal(c.starts)) {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// Who leads confirms the hours once it is over, or staff that had no place in it.
func TestWhoSettles(t *testing.T) {
	with := []id.User{1, 2}
	without := []id.User{2}
	for name, c := range map[string]struct {
		by     Actor
		people []id.User
		status state.ActivityStatus
		now    time.Time
		want   fault.Reason
	}{
		"leader":                  {in(state.TeamRoleLeader), with, state.ActivityPublished, at(120), ""},
		"deputy":                  {in(state.TeamRoleDeputy), with, state.ActivityPublished, at(120), ""},
		"before the end":          {in(state.TeamRoleLeader), with, state.ActivityPublished, at(120).Add(-1), fault.ReasonActivityNotOver},
		"twice":                   {in(state.TeamRoleLeader), with, state.ActivitySettled, at(130), fault.ReasonActivityState},
		"what is called off":      {in(state.TeamRoleLeader), with, state.ActivityCancelled, at(130), fault.ReasonActivityState},
		"a draft":                 {in(state.TeamRoleLeader), nil, state.ActivityDraft, at(130), fault.ReasonActivityState},
		"secretary":               {holding(id.RoleSecretary), without, state.ActivityPublished, at(120), ""},
		"secretary who was there": {holding(id.RoleSecretary), with, state.ActivityPublished, at(120), fault.ReasonPartyToMatter},
		"grid worker":             {holding(id.RoleGridWorker), without, state.ActivityPublished, at(120), fault.ReasonNotTeamLeader},
		"member":                  {in(state.TeamRoleMember), with, state.ActivityPublished, at(120), fault.ReasonNotTeamLeader},
		"stranger, a draft":       {Actor{ID: 1}, nil, state.ActivityDraft, at(120), fault.ReasonNotFound},
	} {
		a := occasion(c.status)
		g, err := a.Settle(c.by, c.people, c.now)
		if !faulttest.IsRefused(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if c.want == "" && (a.Status != state.ActivitySettled || !a.SettledAt.Equal(c.now) || *a.SettledBy != 1 || a.Waiting != 0 ||
			(g != nil) != (len(c.by.Grants) > 0)) {
			t.Errorf("%s: by %v, %+v", name, g, a)
		}
	}
}
