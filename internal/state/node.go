package state

// NodeStatus is where a place stands.
type NodeStatus string

// NodeActive is every place that was ever added: none is taken away.
const NodeActive NodeStatus = "active"

// Node is the lifecycle of a place. Its history begins with the first change:
// places come from imports.
var Node = Machine[NodeStatus]{
	Noun:    "node",
	Table:   "nodes",
	Initial: NodeActive,
	Transitions: []Transition[NodeStatus]{
		{NodeActive, EventEdit, NodeActive, []Party{PartyDecider, PartySystem}, "its service phone; the system by an import"},
	},
}
