package apptest

import (
	"time"

	"xinyuan/internal/mysql"
	"xinyuan/internal/wish"
)

// AskAgain has so many of a hundred recorded yeses asked again from now on.
func (w *World) AskAgain(percent int) {
	w.T.Helper()
	w.askAgain(w.Clocks.Business.Now(), percent)
}

func (w *World) askAgain(since time.Time, percent int) {
	w.T.Helper()
	must(w.T, w.App.DB.Tx(w.T.Context(), func(tx *mysql.Tx) error { return wish.AddYesRule(tx, since, percent) }))
}
