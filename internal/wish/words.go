package wish

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	fold "xinyuan/internal/words"
)

// longestWord is how much of a word of another script than Chinese is kept, in
// characters.
const longestWord = 16

// run is a row of Chinese characters, or of other letters and digits.
type run struct {
	letters []rune
	han     bool
	joined  bool // nothing stands between it and the row before
}

// words are what a text is found by. Chinese has no spaces, so every character
// is a word, and so are every two neighbouring ones. Runs of other letters and
// digits are one word each, and one more with the character beside them: 5号.
func words(text string) []string {
	all := runs(text)
	found := asks(all)
	for _, r := range all {
		if r.han {
			for _, letter := range r.letters {
				found = append(found, string(letter))
			}
		} else {
			found = append(found, r.word())
		}
	}
	return sorted(found)
}

// asked are the words that a text must all have to be found: of what stands
// together the longest ones, since the text that has them has their parts.
func asked(text string) []string { return sorted(asks(runs(text))) }

func asks(all []run) []string {
	var found []string
	for i, r := range all {
		after := i+1 < len(all) && all[i+1].joined
		switch {
		case r.han:
			found = append(found, r.pairs()...)
			if len(r.letters) == 1 && !r.joined && !after {
				found = append(found, string(r.letters))
			}
		case !r.joined && !after:
			found = append(found, r.word())
		}
		if r.joined {
			found = append(found, junction(all[i-1], r))
		}
	}
	return found
}

// word is a row of other letters as it is kept.
func (r run) word() string { return string(r.letters[:min(len(r.letters), longestWord)]) }

// pairs are every two neighbours of a row of Chinese characters.
func (r run) pairs() []string {
	all := make([]string, len(r.letters)-1)
	for i := range all {
		all[i] = string(r.letters[i : i+2])
	}
	return all
}

// junction is a row of other letters with the Chinese character that touches it.
func junction(before, after run) string {
	if before.han {
		return string(before.letters[len(before.letters)-1]) + string(after.letters[:min(len(after.letters), longestWord-1)])
	}
	return string(before.letters[:min(len(before.letters), longestWord-1)]) + string(after.letters[0])
}

func sorted(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// runs cuts a text into its rows, in lower case and in the one form in which
// texts are compared.
func runs(text string) []run {
	var all []run
	open := false
	for _, r := range width.Fold.String(strings.ToLower(fold.Fold(text))) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			open = false
			continue
		}
		han := unicode.Is(unicode.Han, r)
		if !open || all[len(all)-1].han != han {
			all, open = append(all, run{han: han, joined: open}), true
		}
		last := &all[len(all)-1]
		last.letters = append(last.letters, r)
	}
	return all
}
