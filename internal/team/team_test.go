package team

import (
	"maps"
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// noon is the time of the tests: a Wednesday in Shanghai.
var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

// in is somebody who is in the team, holding somebody with a grant at its node.
func in(role state.TeamRole) Actor { return Actor{ID: 1, Role: role} }

func holding(role id.Role) Actor {
	return Actor{ID: 1, Grants: grant.Grants{{ID: 7, Role: role, From: noon}}}
}

// The leader runs the team and names who leads; a deputy only renews the
// invitation; staff that decides does both, by the grant, and closes it.
func TestWhoChangesATeam(t *testing.T) {
	const no, state409 = fault.ReasonNotTeamLeader, fault.ReasonTeamState
	early := holding(id.RoleSecretary)
	early.Grants[0].From = noon.Add(time.Millisecond)
	for name, c := range map[string]struct {
		by                 Actor
		status             state.TeamStatus
		edits, renews      fault.Reason
		ends               fault.Reason
		byGrant, endsGrant bool
	}{
		"leader":              {in(state.TeamRoleLeader), state.TeamActive, "", "", fault.ReasonNotYourCommunity, false, false},
		"deputy":              {in(state.TeamRoleDeputy), state.TeamActive, no, "", fault.ReasonNotYourCommunity, false, false},
		"member":              {in(state.TeamRoleMember), state.TeamActive, no, no, fault.ReasonNotYourCommunity, false, false},
		"stranger":            {Actor{ID: 1}, state.TeamActive, no, no, fault.ReasonNotYourCommunity, false, false},
		"secretary":           {holding(id.RoleSecretary), state.TeamActive, "", "", "", true, true},
		"street":              {holding(id.RoleStreet), state.TeamActive, "", "", "", true, true},
		"grid worker":         {holding(id.RoleGridWorker), state.TeamActive, no, no, fault.ReasonNotYourCommunity, false, false},
		"auditor":             {holding(id.RoleAuditor), state.TeamActive, no, no, fault.ReasonNotYourCommunity, false, false},
		"before the grant":    {early, state.TeamActive, no, no, fault.ReasonNotYourCommunity, false, false},
		"leader of an ended":  {in(state.TeamRoleLeader), state.TeamClosed, state409, state409, fault.ReasonNotYourCommunity, false, false},
		"secretary, an ended": {holding(id.RoleSecretary), state.TeamClosed, state409, state409, state409, true, true},
	} {
		edited, renewed, ended := Team{Status: c.status}, Team{Status: c.status}, Team{Status: c.status}
		g, err := edited.edit(c.by, noon)
		if !faulttest.IsRefused(err, c.edits) || (g != nil) != c.byGrant {
			t.Errorf("%s edits: %v, grant %v", name, err, g)
		}
		if g, err = renewed.renew(c.by, noon); !faulttest.IsRefused(err, c.renews) || (g != nil) != c.byGrant {
			t.Errorf("%s renews: %v, grant %v", name, err, g)
		}
		if g, err = ended.end(c.by, 0, "并入别的队", noon); !faulttest.IsRefused(err, c.ends) || (g != nil) != c.endsGrant {
			t.Errorf("%s ends: %v, grant %v", name, err, g)
		}
		if c.ends == "" && ended.Status != state.TeamClosed {
			t.Errorf("%s has ended a team that is %s", name, ended.Status)
		}
	}
}

func TestEndingATeam(t *testing.T) {
	for name, c := range map[string]struct {
		running int
		reason  string
		want    fault.Reason
	}{
		"idle":             {0, "并队", ""},
		"without a reason": {0, "", fault.ReasonReasonRequired},
		"busy":             {1, "并队", fault.ReasonTeamBusy},
	} {
		x := Team{Status: state.TeamActive}
		if _, err := x.end(holding(id.RoleSecretary), c.running, c.reason, noon); !faulttest.IsRefused(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhoTakesPeopleIn(t *testing.T) {
	for name, c := range map[string]struct {
		by      Actor
		status  state.TeamMemberStatus
		approve bool
		reason  string
		want    fault.Reason
		after   state.TeamMemberStatus
	}{
		"leader":           {in(state.TeamRoleLeader), state.TeamMemberRequested, true, "", "", state.TeamMemberActive},
		"deputy":           {in(state.TeamRoleDeputy), state.TeamMemberRequested, true, "", "", state.TeamMemberActive},
		"deputy refuses":   {in(state.TeamRoleDeputy), state.TeamMemberRequested, false, "满了", "", state.TeamMemberRejected},
		"says not why":     {in(state.TeamRoleLeader), state.TeamMemberRequested, false, "", fault.ReasonReasonRequired, state.TeamMemberRequested},
		"member":           {in(state.TeamRoleMember), state.TeamMemberRequested, true, "", fault.ReasonNotTeamLeader, state.TeamMemberRequested},
		"secretary":        {holding(id.RoleSecretary), state.TeamMemberRequested, true, "", fault.ReasonNotTeamLeader, state.TeamMemberRequested},
		"who is invited":   {in(state.TeamRoleLeader), state.TeamMemberInvited, true, "", fault.ReasonTeamMemberState, state.TeamMemberInvited},
		"who is in":        {in(state.TeamRoleLeader), state.TeamMemberActive, true, "", fault.ReasonTeamMemberState, state.TeamMemberActive},
		"who has left":     {in(state.TeamRoleLeader), state.TeamMemberLeft, true, "", fault.ReasonTeamMemberState, state.TeamMemberLeft},
		"refused before":   {in(state.TeamRoleLeader), state.TeamMemberRejected, false, "满了", fault.ReasonTeamMemberState, state.TeamMemberRejected},
		"member, no cause": {in(state.TeamRoleMember), state.TeamMemberRequested, false, "", fault.ReasonNotTeamLeader, state.TeamMemberRequested},
	} {
		m := Member{UserID: 2, Status: c.status}
		name2, err := m.review(c.by, c.approve, c.reason, noon)
		if !faulttest.IsRefused(err, c.want) || m.Status != c.after {
			t.Errorf("%s: %v, %s", name, err, m.Status)
		}
		if c.want == "" && (!m.DecidedAt.Equal(noon) || (name2 == state.EventApprove) != c.approve) {
			t.Errorf("%s: %s, %+v", name, name2, m)
		}
	}
}

// Who leads removes members, the leader alone removes deputies, and nobody the
// leader.
func TestWhoEndsAMembership(t *testing.T) {
	const own id.User = 1 // of whoever acts
	for name, c := range map[string]struct {
		by     Actor
		of     id.User
		role   state.TeamRole
		status state.TeamMemberStatus
		reason string
		want   fault.Reason
	}{
		"a member leaves":                 {in(state.TeamRoleMember), own, state.TeamRoleMember, state.TeamMemberActive, "", ""},
		"a deputy leaves":                 {in(state.TeamRoleDeputy), own, state.TeamRoleDeputy, state.TeamMemberActive, "", ""},
		"the leader leaves":               {in(state.TeamRoleLeader), own, state.TeamRoleLeader, state.TeamMemberActive, "", fault.ReasonLeaderStays},
		"who asks takes it back":          {Actor{ID: 1}, own, state.TeamRoleMember, state.TeamMemberRequested, "", ""},
		"who was refused":                 {Actor{ID: 1}, own, state.TeamRoleMember, state.TeamMemberRejected, "", fault.ReasonTeamMemberState},
		"the leader removes a member":     {in(state.TeamRoleLeader), 2, state.TeamRoleMember, state.TeamMemberActive, "搬走了", ""},
		"without saying why":              {in(state.TeamRoleLeader), 2, state.TeamRoleMember, state.TeamMemberActive, "", fault.ReasonReasonRequired},
		"the leader removes a deputy":     {in(state.TeamRoleLeader), 2, state.TeamRoleDeputy, state.TeamMemberActive, "搬走了", ""},
		"a deputy removes a member":       {in(state.TeamRoleDeputy), 2, state.TeamRoleMember, state.TeamMemberActive, "搬走了", ""},
		"a deputy removes a deputy":       {in(state.TeamRoleDeputy), 2, state.TeamRoleDeputy, state.TeamMemberActive, "搬走了", fault.ReasonNotTeamLeader},
		"a deputy removes the leader":     {in(state.TeamRoleDeputy), 2, state.TeamRoleLeader, state.TeamMemberActive, "搬走了", fault.ReasonLeaderStays},
		"a member removes a member":       {in(state.TeamRoleMember), 2, state.TeamRoleMember, state.TeamMemberActive, "搬走了", fault.ReasonNotTeamLeader},
		"the secretary removes a member":  {holding(id.RoleSecretary), 2, state.TeamRoleMember, state.TeamMemberActive, "搬走了", fault.ReasonNotTeamLeader},
		"the leader removes who asks":     {in(state.TeamRoleLeader), 2, state.TeamRoleMember, state.TeamMemberRequested, "满了", fault.ReasonTeamMemberState},
		"the leader removes who has left": {in(state.TeamRoleLeader), 2, state.TeamRoleMember, state.TeamMemberLeft, "搬走了", fault.ReasonTeamMemberState},
	} {
		m := Member{UserID: c.of, Role: c.role, Status: c.status}
		_, err := m.leave(c.by, c.reason, noon)
		if !faulttest.IsRefused(err, c.want) || (m.Status == state.TeamMemberLeft) != (c.want == "" || c.status == state.TeamMemberLeft) {
			t.Errorf("%s: %v, %s", name, err, m.Status)
		}
	}
}

// Leader 1 has the deputy 2; 3 is a member, 4 is not in the team.
func TestRolesAfterAChange(t *testing.T) {
	const leader, deputy = state.TeamRoleLeader, state.TeamRoleDeputy
	known := []Member{{UserID: 1, Role: leader}, {UserID: 2, Role: deputy}, {UserID: 3, Role: state.TeamRoleMember}}
	to := func(person id.User) *id.User { return &person }
	people := func(all ...id.User) *[]id.User { return &all }
	for name, c := range map[string]struct {
		change  Change
		decider bool
		want    map[id.User]state.TeamRole // nil: refused
	}{
		"nothing":                      {Change{}, false, map[id.User]state.TeamRole{1: leader, 2: deputy}},
		"another deputy":               {Change{DeputyIDs: people(3)}, false, map[id.User]state.TeamRole{1: leader, 3: deputy}},
		"no deputy":                    {Change{DeputyIDs: people()}, false, map[id.User]state.TeamRole{1: leader}},
		"a deputy from outside":        {Change{DeputyIDs: people(4)}, false, nil},
		"by staff too":                 {Change{DeputyIDs: people(4)}, true, nil},
		"the leader as deputy":         {Change{DeputyIDs: people(1, 3)}, false, map[id.User]state.TeamRole{1: leader, 3: deputy}},
		"handed over":                  {Change{LeaderID: to(3)}, false, map[id.User]state.TeamRole{2: deputy, 3: leader}},
		"handed over to the deputy":    {Change{LeaderID: to(2)}, false, map[id.User]state.TeamRole{2: leader}},
		"handed over, and stands in":   {Change{LeaderID: to(3), DeputyIDs: people(1)}, false, map[id.User]state.TeamRole{1: deputy, 3: leader}},
		"a leader from outside":        {Change{LeaderID: to(4)}, false, nil},
		"a leader from outside, staff": {Change{LeaderID: to(4)}, true, map[id.User]state.TeamRole{2: deputy, 4: leader}},
	} {
		got, err := c.change.roles(1, known, c.decider)
		if c.want == nil && !fault.Has(err, fault.ReasonInvalidInput) || c.want != nil && (err != nil || !maps.Equal(got, c.want)) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestWhatNoChangeMaySay(t *testing.T) {
	text := func(s string) *string { return &s }
	for name, c := range map[string]struct {
		change Change
		want   fault.Reason
	}{
		"nothing":       {Change{}, ""},
		"a name":        {Change{Name: text(" 邻里守望队 ")}, ""},
		"no name":       {Change{Name: text(" ")}, fault.ReasonInvalidInput},
		"five deputies": {Change{DeputyIDs: &[]id.User{2, 3, 4, 5, 6}}, ""},
		"six":           {Change{DeputyIDs: &[]id.User{2, 3, 4, 5, 6, 7}}, fault.ReasonInvalidInput},
	} {
		if err := c.change.check(); !faulttest.IsRefused(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who is invited accepts or declines, and nobody else; who leads, or decides at the
// node, takes the invitation back. Who is to lead takes the place of who invited
// them, and of nobody else.
func TestWhoAnswersAnInvitation(t *testing.T) {
	const guest, inviter, other id.User = 2, 1, 3
	for name, c := range map[string]struct {
		by      id.User
		status  state.TeamMemberStatus
		role    state.TeamRole
		leader  id.User
		want    fault.Reason
		without bool // an inviter
	}{
		"the guest":                  {guest, state.TeamMemberInvited, state.TeamRoleMember, other, "", false},
		"to lead":                    {guest, state.TeamMemberInvited, state.TeamRoleLeader, inviter, "", false},
		"to lead in another's place": {guest, state.TeamMemberInvited, state.TeamRoleLeader, other, fault.ReasonTeamMemberState, false},
		"somebody else":              {other, state.TeamMemberInvited, state.TeamRoleMember, inviter, fault.ReasonNotFound, false},
		"who invites":                {inviter, state.TeamMemberInvited, state.TeamRoleMember, inviter, fault.ReasonNotFound, false},
		"who asks to join":           {guest, state.TeamMemberRequested, state.TeamRoleMember, inviter, fault.ReasonNotFound, true},
		"a second time":              {guest, state.TeamMemberActive, state.TeamRoleMember, inviter, fault.ReasonTeamMemberState, false},
		"after it was withdrawn":     {guest, state.TeamMemberLeft, state.TeamRoleMember, inviter, fault.ReasonTeamMemberState, false},
	} {
		from := inviter
		m := Member{UserID: guest, Status: c.status, Role: c.role, InviterID: &from}
		if c.without {
			m.InviterID = nil
		}
		if err := m.accept(Actor{ID: c.by}, c.leader, noon); !faulttest.IsRefused(err, c.want) || c.want == "" && m.Status != state.TeamMemberActive {
			t.Errorf("%s accepts: %v, %s", name, err, m.Status)
		}
	}
	for name, c := range map[string]struct {
		by   Actor
		want state.Event // "": refused
	}{
		"the guest":   {Actor{ID: guest}, state.EventDecline},
		"the leader":  {in(state.TeamRoleLeader), state.EventWithdraw},
		"a deputy":    {in(state.TeamRoleDeputy), state.EventWithdraw},
		"secretary":   {holding(id.RoleSecretary), state.EventWithdraw},
		"a member":    {in(state.TeamRoleMember), ""},
		"a stranger":  {Actor{ID: 1}, ""},
		"grid worker": {holding(id.RoleGridWorker), ""},
	} {
		m := Member{UserID: guest, Status: state.TeamMemberInvited, Role: state.TeamRoleLeader}
		e, err := m.leave(c.by, "", noon)
		if c.want == "" && !faulttest.IsRefused(err, fault.ReasonNotTeamLeader) || c.want != "" && (err != nil || e != c.want || m.Status != state.TeamMemberLeft) {
			t.Errorf("%s ends it: %s, %v, %s", name, e, err, m.Status)
		}
	}
}
