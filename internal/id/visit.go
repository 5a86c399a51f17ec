package id

type visitNoun struct{}

// Visit identifies an evening on which a leader listens to residents.
type Visit = ID[visitNoun]
