package state

// TeamStatus is where a volunteer team stands.
type TeamStatus string

// The statuses of a team.
const (
	TeamActive TeamStatus = "active"
	TeamClosed TeamStatus = "closed" // serves no more; its records stay
)

// Team is the lifecycle of a volunteer team.
var Team = Machine[TeamStatus]{
	Noun:    "team",
	Table:   "teams",
	Initial: TeamActive,
	Transitions: []Transition[TeamStatus]{
		{TeamActive, EventEdit, TeamActive, []Party{PartyLeader, PartyDecider}, "its words, its leader and deputies"},
		{TeamActive, EventEnd, TeamClosed, []Party{PartyDecider}, "with a reason; no activity may be under way"},
	},
	Messages: []Message{
		{EventCreate, []Party{PartyLeader}},
		{EventEnd, []Party{PartyLeader}},
	},
}

// TeamMemberStatus is where a person stands with a team.
type TeamMemberStatus string

// The statuses of a team member.
const (
	TeamMemberRequested TeamMemberStatus = "requested" // waits for the leader
	TeamMemberInvited   TeamMemberStatus = "invited"   // waits for the person
	TeamMemberActive    TeamMemberStatus = "active"
	TeamMemberLeft      TeamMemberStatus = "left"
	TeamMemberRejected  TeamMemberStatus = "rejected"
)

// TeamMember is the lifecycle of a person in a team.
var TeamMember = Machine[TeamMemberStatus]{
	Noun:    "team_member",
	Table:   "team_members",
	Initial: TeamMemberRequested,
	// With the team, by its code, or written down by its leader; or asked by who leads it.
	Others: []TeamMemberStatus{TeamMemberActive, TeamMemberInvited},
	Transitions: []Transition[TeamMemberStatus]{
		{TeamMemberRequested, EventApprove, TeamMemberActive, []Party{PartyLeader, PartyDecider},
			"by who decides only as the team's new leader"},
		{TeamMemberRequested, EventReject, TeamMemberRejected, []Party{PartyLeader}, "with a reason"},
		{TeamMemberRequested, EventLeave, TeamMemberLeft, []Party{PartyVolunteer}, "taken back"},
		{TeamMemberInvited, EventAccept, TeamMemberActive, []Party{PartyInvited}, "or by joining; as leader, if so invited"},
		{TeamMemberInvited, EventDecline, TeamMemberLeft, []Party{PartyInvited}, ""},
		{TeamMemberInvited, EventWithdraw, TeamMemberLeft, []Party{PartyLeader}, "no longer invited"},
		{TeamMemberInvited, EventApprove, TeamMemberActive, []Party{PartyDecider}, "only as the team's new leader"},
		{TeamMemberActive, EventEdit, TeamMemberActive, []Party{PartyLeader, PartyDecider, PartyInvited},
			"leader, deputy or neither; who accepts to lead takes the place of who invited them"},
		{TeamMemberActive, EventLeave, TeamMemberLeft, []Party{PartyVolunteer, PartyLeader},
			"not the leader: another must lead first"},
	},
	Messages: []Message{
		{EventCreate, []Party{PartyLeader, PartyInvited}},
		{EventAccept, []Party{PartyLeader}},
		{EventDecline, []Party{PartyLeader}},
		{EventApprove, []Party{PartyVolunteer}},
		{EventReject, []Party{PartyVolunteer}},
		{EventEdit, []Party{PartyVolunteer}},
		{EventLeave, []Party{PartyLeader, PartyVolunteer}},
	},
}

// TeamRole is what an active member is in the team.
type TeamRole string

// The roles in a team. Leader and deputies run it, the leader alone names the
// deputies.
const (
	TeamRoleLeader TeamRole = "leader"
	TeamRoleDeputy TeamRole = "deputy"
	TeamRoleMember TeamRole = "member"
)

// TeamRoles lists them.
func TeamRoles() []TeamRole { return []TeamRole{TeamRoleLeader, TeamRoleDeputy, TeamRoleMember} }

// Leads tells whether the role runs the team's activities.
func (r TeamRole) Leads() bool { return r == TeamRoleLeader || r == TeamRoleDeputy }
