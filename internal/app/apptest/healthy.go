package apptest

import "xinyuan/internal/doctor"

// Installation is what doctor examines.
func (w *World) Installation() doctor.Installation {
	return doctor.Installation{
		DB: w.App.DB, Redis: w.App.Redis, Machine: w.Clocks.Machine, Pictures: w.App.Config.Media.Folder,
		Sealer: w.App.Sealer,
	}
}

// Healthy fails the test where doctor finds something.
func (w *World) Healthy() {
	w.T.Helper()
	for _, r := range w.examine() {
		for _, f := range r.Findings {
			w.T.Errorf("doctor: %s: %s", r.Name, f)
		}
	}
}

// Findings are what doctor's check finds.
func (w *World) Findings(check string) []string {
	w.T.Helper()
	results := w.examine(check)
	if len(results) != 1 {
		w.T.Fatalf("doctor has no check %q", check)
	}
	return results[0].Findings
}

func (w *World) examine(only ...string) []doctor.Result {
	w.T.Helper()
	results, err := doctor.Examine(w.T.Context(), w.Installation(), only...)
	must(w.T, err)
	return results
}
