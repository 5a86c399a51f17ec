package wish

import (
	"testing"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/mysql"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newDB is a database of the test's own, with these statements run in it.
func newDB(t *testing.T, statements ...string) *mysql.DB {
	t.Helper()
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Business: clock.Fixed(noon)})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	for _, statement := range statements {
		_, err := db.Pool().ExecContext(t.Context(), statement)
		must(t, err)
	}
	return db
}
