package tidy

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// longestTwin is how many words two queries of a package may share, one after the
// other, three times.
const longestTwin = 30

var (
	queryMark = regexp.MustCompile(`(?m)^-- (?:name|fragment): (\S+)\s*$`)
	sqlRemark = regexp.MustCompile(`(?m)^\s*--.*$`)
)

// TestQueriesShareFragments holds that what three queries of a package share
// stands once, as a fragment.
func TestQueriesShareFragments(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "sql", "queries", "*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries: %v", err)
	}
	places := map[string]map[string][]string{} // by package and run of words
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		owner, _, _ := strings.Cut(filepath.Base(file), ".")
		if places[owner] == nil {
			places[owner] = map[string][]string{}
		}
		marks := queryMark.FindAllStringSubmatchIndex(string(text), -1)
		for i, m := range marks {
			end := len(text)
			if i+1 < len(marks) {
				end = marks[i+1][0]
			}
			words := strings.Fields(sqlRemark.ReplaceAllString(string(text[m[1]:end]), ""))
			for j := range max(0, len(words)-longestTwin+1) {
				run := strings.Join(words[j:j+longestTwin], " ")
				places[owner][run] = append(places[owner][run], string(text[m[2]:m[3]]))
			}
		}
	}
	for owner, runs := range places {
		reported := map[string]bool{}
		for run, names := range runs {
			where := strings.Join(names, ", ")
			if len(names) > 2 && !reported[where] {
				reported[where] = true
				t.Errorf("the queries %s of %s share %q: let a fragment say it (internal/mysql/queries.go)", where, owner, run)
			}
		}
	}
}
