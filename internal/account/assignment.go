package account

import "xinyuan/internal/state"

// What bodies are asked to do for the person's needs. It is not the person's to end or
// to take along.
var _ = belongs(Belonging{
	Noun: state.Assignment.Noun, Texts: "派出的单子", IDs: "account.assignments",
	Erase: []string{"account.erase_assignments"}, Title: Name, Whole: true,
})
