package id

type (
	needNoun       struct{}
	assignmentNoun struct{}
)

// Need and Assignment identify what residents ask for, and what a body owes for it.
type (
	Need       = ID[needNoun]
	Assignment = ID[assignmentNoun]
)
