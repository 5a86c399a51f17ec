package apptest

import (
	"time"

	"xinyuan/internal/outbox"
	"xinyuan/internal/retention"
)

// CheckTexts looks at all texts that wait to be looked at.
func (w *World) CheckTexts() {
	w.T.Helper()
	must(w.T, w.App.Texts.Sweep(w.T.Context()))
	for {
		n, err := w.App.Outbox.Work(w.T.Context(), outbox.Pool{
			Topic: outbox.TopicText, Do: w.App.Texts.Examine, Hands: 8, Patience: 20 * time.Second,
		})
		must(w.T, err)
		if n == 0 {
			return
		}
	}
}

// TakeOldData takes away what is kept for too long, as the worker does.
func (w *World) TakeOldData() {
	w.T.Helper()
	must(w.T, retention.New(w.App.DB, w.App.Sealer, w.App.Photos, w.App.Clocks.Machine).Clear(w.T.Context()))
}

// CheckPictures asks WeChat about all pictures that nobody has looked at.
func (w *World) CheckPictures() {
	w.T.Helper()
	must(w.T, w.App.Pictures.Sweep(w.T.Context()))
	for {
		n, err := w.App.Outbox.Work(w.T.Context(), outbox.Pool{
			Topic: outbox.TopicPicture, Do: w.App.Pictures.Examine, Hands: 8, Patience: 20 * time.Second,
		})
		must(w.T, err)
		if n == 0 {
			return
		}
	}
}

// SendMessages sends what goes to phones, one message a person after the other.
func (w *World) SendMessages() {
	w.T.Helper()
	for {
		must(w.T, w.App.Subscriptions.Sweep(w.T.Context()))
		n, err := w.App.Outbox.Work(w.T.Context(), outbox.Pool{
			Topic: outbox.TopicSend, Do: w.App.Subscriptions.Send, Hands: 8, Patience: 20 * time.Second,
		})
		must(w.T, err)
		if n == 0 {
			return
		}
	}
}

// TakePushes does what WeChat has pushed.
func (w *World) TakePushes() {
	w.T.Helper()
	for {
		n, err := w.App.Outbox.Work(w.T.Context(), outbox.Pool{
			Topic: outbox.TopicPush, Do: w.App.TakePush, Hands: 8, Patience: 20 * time.Second,
		})
		must(w.T, err)
		if n == 0 {
			return
		}
	}
}
