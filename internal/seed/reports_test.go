package seed

import (
	"slices"
	"testing"
)

// Whatever is drawn by lot for one more review, a certificate has something to show.
func TestCertifiedHaveConfirmedReports(t *testing.T) {
	for persona := range certified {
		if !slices.ContainsFunc(reports, func(r report) bool { return r.who == persona && r.answer == "yes" && r.days > 1 }) {
			t.Errorf("%s has no report that is confirmed in time", persona)
		}
	}
}
