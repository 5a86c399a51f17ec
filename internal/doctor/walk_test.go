package doctor

import (
	"slices"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// However many events are read at a time, each is held against the one before it, once: a wrong one is found wherever a
// part begins or ends, and in sound histories nothing is.
func TestHistoriesAreWalkedInParts(t *testing.T) {
	t.Parallel()
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{
		Business: clock.Fixed(time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	plant(t, db, `INSERT INTO events (id, noun, subject_id, version, name, from_status, to_status, at) VALUES
	  (1, 'claim', 7, 1, 'create', '', 'requested', '2026-03-11'),
	  (2, 'claim', 7, 2, 'approve', 'requested', 'approved', '2026-03-11'),
	  (3, 'claim', 7, 3, 'deliver', 'approved', 'delivered', '2026-03-11'),
	  (4, 'claim', 8, 1, 'create', '', 'requested', '2026-03-11'),
	  (5, 'claim', 9, 1, 'create', '', 'requested', '2026-03-11'),
	  (6, 'claim', 9, 2, 'release', 'requested', 'released', '2026-03-11'),
	  (7, 'wish', 9, 3, 'create', '', 'submitted', '2026-03-11')`)
	claim := state.All()[slices.IndexFunc(state.All(), func(l state.Lifecycle) bool { return l.Noun == state.Claim.Noun })]
	find := func(atOnce int, want ...string) {
		t.Helper()
		found, err := walk(t.Context(), env{db: db}, claim, atOnce)
		if err != nil || !slices.Equal(found, want) {
			t.Fatalf("%d at a time: %q, %v, want %q", atOnce, found, err, want)
		}
	}
	const all = 6
	for atOnce := all + 1; atOnce > 0; atOnce-- {
		find(atOnce)
	}
	for event, want := range []string{
		`claim 7: event 1 (undo, from "" to "requested") does not follow from what was before`,
		`claim 7: event 2 (undo, from "requested" to "approved") does not follow from what was before`,
		`claim 7: event 3 (undo, from "approved" to "delivered") does not follow from what was before`,
		`claim 8: event 1 (undo, from "" to "requested") does not follow from what was before`,
		`claim 9: event 1 (undo, from "" to "requested") does not follow from what was before`,
		`claim 9: event 2 (undo, from "requested" to "released") does not follow from what was before`,
	} {
		plant(t, db, "UPDATE events SET reason = name, name = 'undo' WHERE id = ?", event+1)
		for atOnce := all + 1; atOnce > 0; atOnce-- {
			find(atOnce, want)
		}
		plant(t, db, "UPDATE events SET name = reason WHERE id = ?", event+1)
	}
}

// plant does it behind the program's back.
func plant(t *testing.T, db *mysql.DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.Pool().ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}
