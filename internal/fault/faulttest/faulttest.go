// Package faulttest is for tests of rules: what was refused, and why.
package faulttest

import "xinyuan/internal/fault"

// IsRefused tells whether the error is this refusal; "" is none.
func IsRefused(err error, want fault.Reason) bool {
	if want == "" {
		return err == nil
	}
	return fault.Has(err, want)
}
