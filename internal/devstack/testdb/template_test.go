package testdb

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/fstest"

	"xinyuan/internal/race"
)

func TestTemplateNameFollowsTheMigrations(t *testing.T) {
	t.Parallel()
	name := func(path, text string) string {
		found, err := templateName(fstest.MapFS{path: {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	first := name("1.sql", "SELECT 1")
	if again := name("1.sql", "SELECT 1"); again != first {
		t.Errorf("%s and %s for the same migrations", first, again)
	}
	if name("1.sql", "SELECT 2") == first || name("2.sql", "SELECT 1") == first {
		t.Error("a changed migration keeps the template")
	}
}

func TestTemplateIsMadeOnce(t *testing.T) {
	t.Parallel()
	s, name := ownTemplate(t)
	errs := make([]error, 4)
	var all race.Group
	for i := range errs {
		all.Go(func() {
			// The row is lost if another makes the template after this one.
			row := fmt.Sprintf("INSERT INTO %s.installation VALUES ('%d', '')", name, i)
			if errs[i] = s.ensure(context.Background(), name); errs[i] == nil {
				errs[i] = s.exec(row)
			}
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	found, err := s.texts(context.Background(), "SELECT name FROM "+name+".installation")
	if err != nil || len(found) != len(errs) {
		t.Errorf("made more than once: the rows are %q, %v", found, err)
	}
}

func TestHalfMadeTemplateIsMadeAnew(t *testing.T) {
	t.Parallel()
	s, name := ownTemplate(t)
	if err := s.exec(createDatabase(name) + "CREATE TABLE " + name + ".nodes (id INT PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	if err := s.ensure(context.Background(), name); err != nil {
		t.Fatal(err)
	}
	made, err := s.read(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	if len(made.tables) < 2 || len(made.rows) == 0 {
		t.Errorf("%d tables, %d of them with rows", len(made.tables), len(made.rows))
	}
}

func TestTemplateWithMoreThanTables(t *testing.T) {
	t.Parallel()
	s, name := ownTemplate(t)
	table := name + ".pairs"
	err := s.exec(createDatabase(name) + "CREATE TABLE " + table + " (half INT PRIMARY KEY);" +
		"CREATE VIEW " + name + ".wholes AS SELECT half * 2 AS twice FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	made, err := s.read(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	create(t, func(copied string) string { // the view is there, and of the copy's own table
		return made.copyInto(copied) + ";DROP TABLE " + table + ";INSERT INTO pairs (half) SELECT twice FROM wholes"
	})
	if err := s.exec("CREATE TABLE " + table + " (half INT PRIMARY KEY);" +
		"CREATE TRIGGER " + name + ".more BEFORE INSERT ON " + table + " FOR EACH ROW SET NEW.half = 1"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.read(context.Background(), name); err == nil {
		t.Error("a trigger would be lost in the copies")
	}
}

// TestGeneratedColumnsAreLeftOut copies rows of a table that computes a column.
func TestGeneratedColumnsAreLeftOut(t *testing.T) {
	t.Parallel()
	s, name := ownTemplate(t)
	err := s.exec(createDatabase(name) + "CREATE TABLE " + name + ".pairs" +
		" (half INT PRIMARY KEY, twice INT GENERATED ALWAYS AS (half * 2) STORED, at DATETIME DEFAULT CURRENT_TIMESTAMP);" +
		"INSERT INTO " + name + ".pairs (half) VALUES (4)")
	if err != nil {
		t.Fatal(err)
	}
	made, err := s.read(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	create(t, func(copied string) string {
		return made.copyInto(copied) + ";INSERT INTO pairs (half) SELECT twice FROM pairs"
	})
}

// ownTemplate is a name that no other test uses as a template.
func ownTemplate(t *testing.T) (*server, string) {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	name := "xinyuan_tmpl_" + unique()
	t.Cleanup(func() {
		if err := s.exec("DROP DATABASE IF EXISTS " + name); err != nil {
			t.Error(err)
		}
	})
	return s, name
}
