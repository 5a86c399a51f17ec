// Package activity holds what volunteer teams do: activities and their series,
// sign-ups and the waitlist, and who came, when, and served how long.
package activity
