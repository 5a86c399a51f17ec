package apptest

import (
	"time"

	"xinyuan/internal/outbox"
)

// CheckTexts looks at all texts that wait to be looked at.
func (w *World) CheckTexts() {
	w.T.Helper()
	must(w.T, w.App.Texts.Sweep(w.T.Context()))
	for {
		n, err := w.App.Outbox.Work(w.T.Context(), outbox.Pool{
			Topic: outbox.TopicText, Do: w.App.Texts.Check, Hands: 8, Patience: 20 * time.Second,
		})
		must(w.T, err)
		if n == 0 {
			return
		}
	}
}
