package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// A text that is shown, forgotten or decided against its verdict is found.
func TestPlantedVerdicts(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	w.Call("member-1", "PATCH", "/api/v1/me", map[string]any{"displayName": "代开发票"}).Want(200)
	w.CheckTexts()
	w.Healthy()
	for _, c := range []struct{ plant, undo, says string }{
		{"UPDATE users SET display_name = '代开发票' WHERE display_name = 'member-1'",
			"UPDATE users SET display_name = 'member-1' WHERE display_name = '代开发票'", "is shown"},
		{"UPDATE content_cases SET text_id = NULL, kind = 'report'",
			"UPDATE content_cases SET text_id = (SELECT id FROM texts WHERE verdict = 'waiting'), kind = 'text'", "is not shown it"},
		{"UPDATE content_cases SET status = 'kept'", "UPDATE content_cases SET status = 'open'", "otherwise than its text"},
	} {
		for i, statement := range []string{c.plant, c.undo} {
			if _, err := w.App.DB.Pool().ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
			found := strings.Join(w.Findings("texts"), "; ")
			if strings.Contains(found, c.says) != (i == 0) {
				t.Errorf("%s: %q", statement, found)
			}
		}
	}
}

// A message on the phone that the inbox has not, and one that nothing carries, are found.
func TestPlantedMessages(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	templates := []string{apptest.ProgressTemplate}
	w.Call("resident", "POST", "/api/v1/me/subscriptions", map[string]any{"templates": templates}).Want(204)
	w.Delivered("member-1")
	if err := w.App.Subscriptions.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Clocks.Business.Advance(time.Hour)
	for _, c := range []struct{ plant, undo, says string }{
		{"UPDATE subscription_messages SET event_id = event_id + 1", "UPDATE subscription_messages SET event_id = event_id - 1",
			"was not told of"},
		{"UPDATE outbox SET topic = 'text' WHERE topic = 'send'", "UPDATE outbox SET topic = 'send' WHERE topic = 'text'",
			"nothing carries it"},
	} {
		for i, statement := range []string{c.plant, c.undo} {
			if _, err := w.App.DB.Pool().ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
			found := strings.Join(w.Findings("messages"), "; ")
			if strings.Contains(found, c.says) != (i == 0) {
				t.Errorf("%s: %q", statement, found)
			}
		}
	}
}
