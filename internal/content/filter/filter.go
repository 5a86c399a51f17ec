// Package filter is the local check of texts: a list of words, held against a text in
// whatever writing it hides. It is the second pair of eyes beside WeChat's, and the only
// one while WeChat is away or does not check the writer.
package filter

import (
	_ "embed" // the list
	"errors"
	"fmt"
	"slices"
	"strings"
)

//go:embed words.txt
var words string

// Hit is a word of the list that a text has.
type Hit struct {
	Category string `json:"category"`
	Word     string `json:"word"`  // as the list has it
	Found    string `json:"found"` // as the text has it
}

// entry is a line of the list.
type entry struct {
	category, word string
	parts          [][]rune // normal; each must be there
}

// Filter is a list, ready to be used by any number of people at once.
type Filter struct {
	version string
	entries []entry
}

// The errors of New.
var (
	ErrVersion = errors.New("filter: the list has no version")
	ErrLine    = errors.New("filter: a line is no category and word")
	ErrTwice   = errors.New("filter: a word is in the list twice")
	ErrShort   = errors.New("filter: a word of one letter would hit nearly everything")
)

// Default is the filter with the list of the program.
var Default = must(New(words))

func must(f *Filter, err error) *Filter {
	if err != nil { // a test reads the list
		return &Filter{version: err.Error()}
	}
	return f
}

// Categories are those of the list, the gravest first.
func Categories() []string {
	return []string{"政治", "涉黄", "赌博", "诈骗", "违禁", "广告", "辱骂"}
}

// New reads a list. Errors: ErrVersion, ErrLine, ErrTwice, ErrShort, each with the line.
func New(list string) (*Filter, error) {
	f := &Filter{}
	seen := map[string]bool{}
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, rest, ok := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		switch {
		case !ok || rest == "":
			return nil, fmt.Errorf("%w: %s", ErrLine, line)
		case key == "version":
			f.version = rest
			continue
		case !slices.Contains(Categories(), key):
			return nil, fmt.Errorf("%w: %s", ErrLine, line)
		}
		e := entry{category: key, word: rest}
		for part := range strings.SplitSeq(rest, "&") {
			letters, _ := normal(part)
			if len(letters) < 1 || len(letters) < 2 && !strings.Contains(rest, "&") {
				return nil, fmt.Errorf("%w: %s", ErrShort, line)
			}
			e.parts = append(e.parts, letters)
		}
		letters := fmt.Sprint(e.parts)
		if seen[letters] {
			return nil, fmt.Errorf("%w: %s", ErrTwice, line)
		}
		seen[letters] = true
		f.entries = append(f.entries, e)
	}
	if f.version == "" {
		return nil, ErrVersion
	}
	return f, nil
}

// Version is that of the list, as each verdict keeps it.
func (f *Filter) Version() string { return f.version }

// most is how many hits are told: a text with more is decided about all the same.
const most = 5

// Check returns the words of the list that the text has, the gravest category first; nil
// for a text without any.
func (f *Filter) Check(text string) []Hit {
	letters, places := normal(text)
	if len(letters) == 0 {
		return nil
	}
	original := []rune(text)
	var hits []Hit
	for _, e := range f.entries {
		if found, ok := e.in(letters, places, original); ok {
			hits = append(hits, Hit{Category: e.category, Word: e.word, Found: found})
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return slices.Index(Categories(), a.Category) - slices.Index(Categories(), b.Category)
	})
	return hits[:min(len(hits), most)]
}

// in tells whether the text has all parts, and what it has in their place.
func (e entry) in(letters []rune, places []int, original []rune) (string, bool) {
	var found []string
	for _, part := range e.parts {
		at := index(letters, part)
		if at < 0 {
			return "", false
		}
		found = append(found, string(original[places[at]:places[at+len(part)-1]+1]))
	}
	return strings.Join(found, "…"), true
}

func index(letters, part []rune) int {
	for at := range len(letters) - len(part) + 1 {
		if slices.Equal(letters[at:at+len(part)], part) {
			return at
		}
	}
	return -1
}
