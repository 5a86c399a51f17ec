package mysql_test

import (
	"errors"
	"slices"
	"testing"

	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/mysql"
	sqlfiles "xinyuan/sql"
)

func TestMigrateFromZero(t *testing.T) {
	t.Parallel()
	dsn := testdb.NewEmpty(t)
	if err := mysql.Migrated(t.Context(), dsn); !errors.Is(err, mysql.ErrOldSchema) {
		t.Errorf("an empty database: %v, want ErrOldSchema", err)
	}
	files, err := sqlfiles.Migrations.ReadDir("migrations")
	must(t, err)
	var want, applied []string
	for _, f := range files {
		want = append(want, f.Name())
	}
	must(t, mysql.Migrate(t.Context(), dsn, func(name string) { applied = append(applied, name) }))
	if !slices.Equal(applied, want) {
		t.Errorf("applied %q, want %q", applied, want)
	}
	must(t, mysql.Migrated(t.Context(), dsn))
	must(t, mysql.Migrate(t.Context(), dsn, func(name string) { t.Errorf("%s was applied twice", name) }))
	steps, err := mysql.Migrations(t.Context(), dsn)
	must(t, err)
	for i, s := range steps {
		if !s.Applied || s.Name != want[i] {
			t.Errorf("step %d is %+v, want %s applied", i, s, want[i])
		}
	}
	if len(steps) != len(want) {
		t.Errorf("%d steps, want %d", len(steps), len(want))
	}
	must(t, openAt(t, dsn, 0).Check(t.Context()))
}

// A schema with one migration less than the program is an old one.
func TestOneMigrationMissing(t *testing.T) {
	t.Parallel()
	dsn := testdb.NewEmpty(t)
	must(t, mysql.Migrate(t.Context(), dsn, nil))
	execRaw(t.Context(), t, raw(t, dsn), "DELETE FROM goose_db_version ORDER BY version_id DESC LIMIT 1")
	if err := mysql.Migrated(t.Context(), dsn); !errors.Is(err, mysql.ErrOldSchema) {
		t.Errorf("%v, want ErrOldSchema", err)
	}
}
