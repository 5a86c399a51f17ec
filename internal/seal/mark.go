package seal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A mark is one character as Redact reads it: full-width forms made narrow, all
// dashes one, all spaces one. Invisible characters are left out, and so do not
// hide a number.
type mark struct {
	char       rune
	start, end int // where it is in the text, in bytes
}

func (m mark) isDigit() bool { return '0' <= m.char && m.char <= '9' }

// isSeparator tells what may stand within one number.
func (m mark) isSeparator() bool {
	switch m.char {
	case ' ', '-', '.', '(', ')', '\n':
		return true
	}
	return strings.ContainsRune(unusual, m.char)
}

// unusual are separators that stand between any numbers, and within one only to hide it: then its groups are the usual.
const unusual = "\n/*,~+、|"

// spoken are the digits as they are written in words, each by its place.
var spoken = []string{"〇零○", "一幺壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"}

// inWords has the digits in words as digits.
func inWords(marks []mark) []mark {
	for i := range marks {
		for digit, forms := range spoken {
			if strings.ContainsRune(forms, marks[i].char) {
				marks[i].char = '0' + rune(digit)
			}
		}
	}
	return marks
}

func read(text string) []mark {
	marks := make([]mark, 0, len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.In(r, unicode.Cf, unicode.M) { // a keycap's mark, for instance
			marks = append(marks, mark{plain(r), i, i + size})
		}
		i += size
	}
	return marks
}

// plain is the form that the rules are written for.
func plain(r rune) rune {
	if '！' <= r && r <= '～' {
		r -= '！' - '!' // the full-width forms are ASCII in the same order
	}
	switch {
	case r > unicode.MaxASCII && unicode.IsDigit(r):
		return '0' + digitOf(r)
	case r > unicode.MaxASCII && unicode.Is(unicode.No, r): // ① and the like
		if usual := norm.NFKC.String(string(r)); len(usual) == 1 {
			return rune(usual[0])
		}
	case r == '\r', r == '\u2028', r == '\u2029':
		return '\n'
	case unicode.Is(unicode.Zs, r) || r == '\t':
		return ' '
	case unicode.Is(unicode.Pd, r) || r == '−' || r == '_':
		return '-'
	case r == '·' || r == '•' || r == '．' || r == '。':
		return '.'
	}
	return r
}

// digitOf is the value of a digit of any script: the ten of each stand in a row.
func digitOf(r rune) rune {
	for _, span := range unicode.Nd.R16 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	for _, span := range unicode.Nd.R32 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	return 0
}
