package state

// ProjectStatus is where a project stands.
type ProjectStatus string

// The statuses of a project.
const (
	ProjectProposed  ProjectStatus = "proposed"  // waits for who decides at the community
	ProjectOpen      ProjectStatus = "open"      // waits for a unit that leads
	ProjectMatched   ProjectStatus = "matched"   // a unit leads, and nothing has begun
	ProjectRunning   ProjectStatus = "running"   // its milestones are done one after the other
	ProjectDelivered ProjectStatus = "delivered" // those whom it is for vote
	ProjectAccepted  ProjectStatus = "accepted"  // by their vote
	ProjectRejected  ProjectStatus = "rejected"
	ProjectStopped   ProjectStatus = "stopped" // in public, with a reason
	ProjectExpired   ProjectStatus = "expired" // no unit took it in time
)

// Project is the lifecycle of what a unit does for many people of a community.
var Project = Machine[ProjectStatus]{
	Noun:    "project",
	Table:   "projects",
	Initial: ProjectProposed,
	Transitions: []Transition[ProjectStatus]{
		{ProjectProposed, EventPublish, ProjectOpen, []Party{PartyDecider}, "by another person than proposed it"},
		{ProjectProposed, EventReject, ProjectRejected, []Party{PartyDecider}, "likewise, with a reason"},
		{ProjectOpen, EventClaim, ProjectMatched, []Party{PartyResponder}, "the first unit leads"},
		{ProjectOpen, EventExpire, ProjectExpired, []Party{PartySystem}, "180 days without a unit"},
		{ProjectMatched, EventRelease, ProjectOpen, []Party{PartyResponder, PartyDecider}, "with a reason"},
		{ProjectMatched, EventJoin, ProjectMatched, []Party{PartyResponder}, "another unit helps"},
		{ProjectMatched, EventLeave, ProjectMatched, []Party{PartyResponder}, "it helps no more"},
		{ProjectMatched, EventStart, ProjectRunning, []Party{PartyDecider}, "at most five milestones, each of a unit"},
		{ProjectRunning, EventJoin, ProjectRunning, []Party{PartyResponder}, "another unit helps"},
		{ProjectRunning, EventReport, ProjectRunning, []Party{PartyResponder}, "a milestone is done"},
		{ProjectRunning, EventDeliver, ProjectDelivered, []Party{PartyResponder}, "each milestone is done"},
		{ProjectRunning, EventStop, ProjectStopped, []Party{PartyResponder, PartyDecider}, "in public, with a reason"},
		{ProjectDelivered, EventOpen, ProjectDelivered, []Party{PartyDecider}, "a vote of those whom it is for"},
		{ProjectDelivered, EventClose, ProjectDelivered, []Party{PartySystem}, "the vote is counted"},
		{ProjectDelivered, EventReturn, ProjectRunning, []Party{PartyDecider}, "with a reason, and no vote is open"},
		{ProjectDelivered, EventAccept, ProjectAccepted, []Party{PartyDecider}, "five voices or more, most of them yes"},
		{ProjectAccepted, EventUndo, ProjectDelivered, []Party{PartyDecider}, "with a reason; it is voted about anew"},
	},
	Messages: []Message{
		{EventPublish, []Party{PartyOwner, PartySender}},
		{EventReject, []Party{PartySender}},
		{EventClaim, []Party{PartyOwner, PartySender}},
		{EventExpire, []Party{PartySender}},
		{EventRelease, []Party{PartySender, PartyResponder}},
		{EventStart, []Party{PartyResponder}},
		{EventDeliver, []Party{PartySender}},
		{EventOpen, []Party{PartyOwner, PartyFollower}},
		{EventClose, []Party{PartySender, PartyResponder}},
		{EventReturn, []Party{PartyResponder}},
		{EventAccept, []Party{PartyOwner, PartyFollower, PartySender, PartyResponder}},
		{EventStop, []Party{PartyOwner, PartyFollower, PartySender, PartyResponder}},
		{EventUndo, []Party{PartyOwner, PartySender, PartyResponder}},
	},
}
