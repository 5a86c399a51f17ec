package wish

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	letters "xinyuan/internal/words"
)

// longestWord is how much of a word of another script than Chinese is kept, in
// characters.
const longestWord = 16

// words are what a text is found by. Chinese has no spaces, so every two
// neighbouring characters are a word, and the last of a row once more alone: a
// single character then begins a word wherever it stands. Runs of other letters
// and digits are one word each.
func words(text string) []string {
	var all []string
	for _, run := range runs(text) {
		if !unicode.Is(unicode.Han, run[0]) {
			all = append(all, string(run[:min(len(run), longestWord)]))
			continue
		}
		for i := range run {
			all = append(all, string(run[i:min(i+2, len(run))]))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// asked are the words that a search asks for: as words, without the single
// characters that end a row, unless there is nothing else.
func asked(text string) []string {
	all := words(text)
	longer := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return len([]rune(w)) == 1 })
	if len(longer) > 0 {
		return longer
	}
	return all[:min(1, len(all))]
}

// runs cuts a text into rows of Chinese characters and of other letters and
// digits, in lower case and narrow forms.
func runs(text string) [][]rune {
	var all [][]rune
	open, han := false, false // whether a row goes on, and of which script
	for _, r := range width.Fold.String(strings.ToLower(letters.Fold(text))) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			open = false
			continue
		}
		if is := unicode.Is(unicode.Han, r); !open || is != han {
			all, han, open = append(all, nil), is, true
		}
		all[len(all)-1] = append(all[len(all)-1], r)
	}
	return all
}
