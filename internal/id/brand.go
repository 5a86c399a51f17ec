package id

type brandNoun struct{}

// Brand identifies a lasting service of a community.
type Brand = ID[brandNoun]
