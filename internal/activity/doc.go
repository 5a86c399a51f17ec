// Package activity holds what happens in volunteer activities: who came, when,
// and who served how long.
package activity
