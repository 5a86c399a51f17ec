package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/reseal"
	"xinyuan/internal/seal"
)

// All that is sealed, of every table, opens with the new key alone after it was sealed
// anew, and is found by it.
func TestEverySealedColumnIsSealedAnew(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	token, _ := planted(t, w)
	before := w.Send(token, "GET", "/api/v1/me/contact", nil).Want(200).Text("contact", "phone")
	old := w.App.Config.Seal.Keys.Reveal()
	young := "k2" + seal.NewDemoKeys()[len("demo"):]
	both, err := seal.New(young + "," + old)
	must(t, err)
	sum := 0
	must(t, reseal.Run(t.Context(), w.App.DB, both, func(d reseal.Done) { sum += d.Resealed }))
	if sum < 10 {
		t.Errorf("%d rows were sealed anew", sum)
	}
	for _, column := range cells(t, w, `SELECT c.table_name, c.column_name FROM information_schema.columns c
		JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
		WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND c.data_type IN ('varbinary', 'mediumblob')`) {
		table, name := column[0], column[1]
		if table == "seal_keys" {
			continue
		}
		for _, row := range cells(t, w, "SELECT `"+name+"` FROM `"+table+"` WHERE `"+name+"` IS NOT NULL") {
			if key := seal.KeyOf([]byte(row[0])); key != "k2" {
				t.Errorf("%s.%s is sealed with %q", table, name, key)
			}
		}
	}
	uses, err := reseal.Uses(t.Context(), w.App.DB, "demo")
	must(t, err)
	for table := range uses {
		if !strings.Contains("roster memberships idempotency", table) {
			t.Errorf("%s still needs the old key", table)
		}
	}
	if before == "" {
		t.Error("nothing was there")
	}
}
