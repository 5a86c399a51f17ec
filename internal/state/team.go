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
	Initial: TeamActive,
	Transitions: []Transition[TeamStatus]{
		{TeamActive, EventEdit, TeamActive, []Party{PartyLeader, PartyDecider}, "its words, its leader and deputies"},
		{TeamActive, EventEnd, TeamClosed, []Party{PartyDecider}, "with a reason; no activity may be under way"},
	},
}

// TeamMemberStatus is where a person stands with a team.
type TeamMemberStatus string

// The statuses of a team member.
const (
	TeamMemberRequested TeamMemberStatus = "requested" // waits for the leader
	TeamMemberActive    TeamMemberStatus = "active"
	TeamMemberLeft      TeamMemberStatus = "left"
	TeamMemberRejected  TeamMemberStatus = "rejected"
)

// TeamMember is the lifecycle of a person in a team.
var TeamMember = Machine[TeamMemberStatus]{
	Noun:    "team_member",
	Initial: TeamMemberRequested,
	Others:  []TeamMemberStatus{TeamMemberActive}, // with the team, its invitation, or written down by its leader
	Transitions: []Transition[TeamMemberStatus]{
		{TeamMemberRequested, EventApprove, TeamMemberActive, []Party{PartyLeader, PartyDecider},
			"by who decides only as the team's new leader"},
		{TeamMemberRequested, EventReject, TeamMemberRejected, []Party{PartyLeader}, "with a reason"},
		{TeamMemberRequested, EventLeave, TeamMemberLeft, []Party{PartyVolunteer}, "taken back"},
		{TeamMemberActive, EventEdit, TeamMemberActive, []Party{PartyLeader, PartyDecider}, "leader, deputy or neither"},
		{TeamMemberActive, EventLeave, TeamMemberLeft, []Party{PartyVolunteer, PartyLeader},
			"not the leader: another must lead first"},
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
