package id

type agreementNoun struct{}

// Agreement identifies what a unit promises a community for a year.
type Agreement = ID[agreementNoun]
