package seed

import (
	"bytes"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Every drawing is of a plea or a report that there is, and differs before and after. Set
// XINYUAN_TEST_DRAWINGS to a folder to look at them.
func TestDrawings(t *testing.T) {
	for title, d := range drawings {
		if !slices.ContainsFunc(pleas, func(p plea) bool { return p.title == title }) &&
			!slices.ContainsFunc(reports, func(r report) bool { return r.title == title }) {
			t.Errorf("nobody asks for, or did, %s", title)
			continue
		}
		before, err := d.picture(false)
		if err != nil {
			t.Fatal(err)
		}
		after, err := d.picture(true)
		if err != nil || bytes.Equal(before, after) {
			t.Errorf("%s: looks the same before and after, %v", title, err)
		}
		for name, data := range map[string][]byte{"before": before, "after": after} {
			if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
				t.Errorf("%s: %v", title, err)
			}
			if folder := os.Getenv("XINYUAN_TEST_DRAWINGS"); folder != "" {
				if err := os.WriteFile(filepath.Join(folder, title+"-"+name+".jpg"), data, 0o600); err != nil {
					t.Error(err)
				}
			}
		}
	}
}
