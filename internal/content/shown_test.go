package content

import (
	"os"
	"strings"
	"testing"
)

// The doctor looks for each text that is held back where it is shown.
func TestTheDoctorLooksWhereTextsAreShown(t *testing.T) {
	t.Parallel()
	query, err := os.ReadFile("../../sql/queries/doctor.case.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Shown() {
		noun, _, _ := strings.Cut(name, ".")
		if noun == "wish" || noun == "record" { // whose texts stand in their place at once, and are taken away if refused
			continue
		}
		if strings.HasSuffix(name, "_") { // each of several: the doctor's own tests plant one
			continue
		}
		if !strings.Contains(string(query), "WHEN '"+name+"' THEN") {
			t.Errorf("case_shown does not know %s", name)
		}
	}
}
