package apptest

import (
	"context"
	"slices"

	"xinyuan/internal/outbox"
	"xinyuan/internal/retention"
)

// CheckTexts looks at all texts that wait to be looked at.
func (w *World) CheckTexts() {
	w.T.Helper()
	must(w.T, w.App.Texts.Sweep(w.T.Context()))
	w.workOff(outbox.TopicText, nil)
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
	w.workOff(outbox.TopicPicture, nil)
}

// SendMessages sends what goes to phones, one message a person after the other.
func (w *World) SendMessages() {
	w.T.Helper()
	w.workOff(outbox.TopicSend, w.App.Subscriptions.Sweep)
}

// TakePushes does what WeChat has pushed.
func (w *World) TakePushes() {
	w.T.Helper()
	w.workOff(outbox.TopicPush, nil)
}

// Attempt does what waits in the outbox once, and returns why something of it did not go.
func (w *World) Attempt(topic outbox.Topic) error {
	_, err := w.App.Outbox.Work(w.T.Context(), w.pool(topic))
	return err
}

func (w *World) pool(topic outbox.Topic) outbox.Pool {
	pools := w.App.Pools()
	return pools[slices.IndexFunc(pools, func(p outbox.Pool) bool { return p.Topic == topic })]
}

// workOff does all that waits in the outbox, as the worker does; queue, if there is one,
// comes before each batch.
func (w *World) workOff(topic outbox.Topic, queue func(context.Context) error) {
	w.T.Helper()
	for {
		if queue != nil {
			must(w.T, queue(w.T.Context()))
		}
		n, err := w.App.Outbox.Work(w.T.Context(), w.pool(topic))
		must(w.T, err)
		if n == 0 {
			return
		}
	}
}
