// Package activity holds what volunteer teams do: activities and their series,
// sign-ups and the waitlist.
package activity
