package seal

import (
	"slices"
	"strings"
)

// What people read in place of a number.
const (
	hiddenPhone = "〔电话已隐藏〕"
	hiddenID    = "〔证件号已隐藏〕"
	hiddenCard  = "〔银行卡号已隐藏〕"
)

// Redact takes Chinese phone, ID-card and bank-card numbers out of free text, however they
// are grouped and in whatever digits, and tells whether there was one. Prices, years, sizes, rooms and
// other numbers stay; where a number could be either it is taken out, since the
// original is kept sealed and only the text for everyone's eyes is poorer.
func Redact(text string) (redacted string, found bool) {
	redacted, found = replace(text, read(text))
	// Digits in words come second: 一 is also a word, and would make a number before it longer.
	redacted, more := replace(redacted, inWords(read(redacted)))
	return redacted, found || more
}

// Identifies tells whether a text has a number that Redact takes out: names, which all read and nobody shortens, are
// refused where they have one.
func Identifies(text string) bool {
	_, found := Redact(text)
	return found
}

func replace(text string, marks []mark) (redacted string, found bool) {
	var out strings.Builder
	done := 0
	for i := 0; i < len(marks); {
		hit, ok := match(marks, i)
		if !ok {
			i++
			continue
		}
		out.WriteString(text[done:marks[hit.from].start])
		out.WriteString(hit.instead)
		done, i = marks[hit.to-1].end, hit.to
		found = true
	}
	out.WriteString(text[done:])
	return out.String(), found
}

// A hit is a number in marks[from:to].
type hit struct {
	from, to int
	instead  string
}

// match looks for a number whose first digit is marks[at]. Numbers begin and
// end where groups of digits do: the middle of a long one is never a phone.
func match(marks []mark, at int) (hit, bool) {
	if !marks[at].isDigit() || at > 0 && marks[at-1].isDigit() {
		return hit{}, false
	}
	groups := group(marks, at)
	for n := len(groups); n > 0; n-- {
		some := run(groups[:n])
		if to, ok := idCard(marks, some); ok {
			return hit{at, to, hiddenID}, true
		}
	}
	for n := len(groups); n > 0; n-- {
		some := run(groups[:n])
		if some.isCard() {
			return hit{at, some.end(), hiddenCard}, true
		}
		if some.isMobile() || some.isLandline() || isAnnounced(marks, at) && some.isLocal() {
			return hit{opening(marks, at, some), some.end(), hiddenPhone}, true
		}
	}
	return hit{}, false
}

// A span is one group of digits, marks[from:to], and the separators before it.
type span struct {
	digits   string
	from, to int
	gap      string // spaces left out; " " if there are only spaces
}

// longest is the digits of the longest number, a bank card's.
const longest = 19

// group reads the groups of digits from at on that separators alone divide, as
// far as one number may go.
func group(marks []mark, at int) []span {
	var groups []span
	total, gap := 0, ""
	for at < len(marks) && len(gap) <= 3 {
		if !marks[at].isDigit() {
			if !marks[at].isSeparator() {
				break
			}
			gap += string(marks[at].char)
			at++
			continue
		}
		s := span{from: at, gap: kind(gap)}
		for at < len(marks) && marks[at].isDigit() {
			s.digits += string(marks[at].char)
			at++
		}
		s.to = at
		if total += len(s.digits); total > longest {
			break
		}
		groups, gap = append(groups, s), ""
	}
	return groups
}

// kind is what divides two groups.
func kind(gap string) string {
	if i := strings.IndexAny(gap, unusual); i >= 0 {
		return string([]rune(gap[i:])[0])
	}
	if marks := strings.ReplaceAll(gap, " ", ""); marks != "" {
		return marks
	}
	return gap[:min(1, len(gap))]
}

// opening is where the hit begins: a plus and a bracket before it belong to it.
func opening(marks []mark, at int, r run) int {
	closed := slices.ContainsFunc(r, func(s span) bool { return strings.Contains(s.gap, ")") })
	for at > 0 && (marks[at-1].char == '+' || marks[at-1].char == '(' && closed) {
		at--
	}
	return at
}
