package apptest

import "xinyuan/internal/doctor"

// Healthy fails the test where doctor finds something.
func (w *World) Healthy() {
	w.T.Helper()
	results, err := doctor.Examine(w.T.Context(), w.App.DB, w.App.Redis, w.Clocks.Machine, w.App.Config.Media.Folder)
	must(w.T, err)
	for _, r := range results {
		for _, f := range r.Findings {
			w.T.Errorf("doctor: %s: %s", r.Name, f)
		}
	}
}
