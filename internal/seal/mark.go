package seal

import (
	"unicode"
	"unicode/utf8"
)

// A mark is one character as Redact reads it: full-width forms made narrow, all
// dashes one, all spaces one. Invisible characters are left out, and so do not
// hide a number.
type mark struct {
	char       rune
	start, end int // where it is in the text, in bytes
}

func (m mark) digit() bool { return '0' <= m.char && m.char <= '9' }

// separator tells what may stand within one number.
func (m mark) separator() bool {
	switch m.char {
	case ' ', '-', '.', '(', ')':
		return true
	}
	return false
}

func read(text string) []mark {
	marks := make([]mark, 0, len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.Is(unicode.Cf, r) {
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
	case unicode.Is(unicode.Zs, r) || r == '\t':
		return ' '
	case unicode.Is(unicode.Pd, r) || r == '−' || r == '_':
		return '-'
	case r == '·' || r == '•' || r == '．' || r == '。':
		return '.'
	}
	return r
}
