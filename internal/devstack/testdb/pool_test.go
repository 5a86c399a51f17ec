package testdb

import (
	"context"
	"testing"
)

func borrowed(t *testing.T) *lease {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	template, err := prepared()
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.borrow(context.Background(), template)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestUsedAgain holds that an unchanged schema is emptied and listed as clean,
// not made anew.
func TestUsedAgain(t *testing.T) {
	t.Parallel()
	l := borrowed(t)
	ctx := context.Background()
	if _, err := l.conn.ExecContext(ctx, "INSERT INTO "+l.name+".installation VALUES ('name', 'value')"); err != nil {
		t.Fatal(err)
	}
	if again, err := l.worthwhile(ctx); err != nil || !again {
		found, _ := definitions(ctx, l.conn, l.name)
		t.Errorf("used again: %v, %v; the schema is\n%s\nand the template's\n%s", again, err, found, l.template.definitions)
	}
	if err := l.giveBack(ctx); err != nil {
		t.Fatal(err)
	}
}

// A database whose schema a test has changed is nobody's again.
func TestAnotherSchemaIsNotUsedAgain(t *testing.T) {
	t.Parallel()
	for _, change := range []string{
		"ALTER TABLE installation ADD COLUMN more INT", "CREATE INDEX more ON installation (value(8))", "DROP TABLE inbox", "CREATE VIEW more AS SELECT 1",
		"CREATE TRIGGER more BEFORE INSERT ON installation FOR EACH ROW SET @a = 1",
	} {
		l := borrowed(t)
		ctx := context.Background()
		if _, err := l.conn.ExecContext(ctx, "USE "+l.name+"; SET foreign_key_checks = 0; "+change); err != nil {
			t.Fatal(err)
		}
		if again, err := l.worthwhile(ctx); err != nil || again {
			t.Errorf("after %s it is used again: %v, %v", change, again, err)
		}
		if err := l.giveBack(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOpenTransactionIsFound(t *testing.T) {
	t.Parallel()
	l := borrowed(t)
	ctx := context.Background()
	if _, err := l.conn.ExecContext(ctx, "SET SESSION lock_wait_timeout = 1"); err != nil {
		t.Fatal(err)
	}
	tx, err := l.server.pool.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+l.name+".wishes").Scan(&n); err != nil {
		t.Fatal(err)
	}
	if err := l.giveBack(ctx); err == nil {
		t.Fatal("the database is given back while a transaction is open in it")
	}
	if other := borrowed(t); other.name == l.name {
		t.Error("the next test gets it")
	} else if err := other.giveBack(ctx); err != nil {
		t.Error(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.conn.ExecContext(ctx, "SET SESSION lock_wait_timeout = 10"); err != nil {
		t.Fatal(err)
	}
	if err := l.giveBack(ctx); err != nil {
		t.Error(err)
	}
}
