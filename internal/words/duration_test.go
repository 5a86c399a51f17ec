package words

import (
	"encoding/json"
	"os"
	"testing"
)

// The examples are the client's, too: tests/unit/words.test.ts reads the same file.
func TestDuration(t *testing.T) {
	raw, err := os.ReadFile("testdata/durations.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples map[int]string
	if err := json.Unmarshal(raw, &examples); err != nil || len(examples) < 10 {
		t.Fatalf("%d examples, %v", len(examples), err)
	}
	for minutes, want := range examples {
		if got := Duration(minutes); got != want {
			t.Errorf("%d minutes are %q, want %q", minutes, got, want)
		}
	}
}
