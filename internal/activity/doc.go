// Package activity holds volunteer activities.
package activity
