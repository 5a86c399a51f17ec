package id

type projectNoun struct{}

// Project identifies what a unit does for many people of a community.
type Project = ID[projectNoun]

type ballotNoun struct{}

// Ballot identifies a vote.
type Ballot = ID[ballotNoun]
