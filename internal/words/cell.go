package words

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Cell keeps a text from being read as a formula by a program that opens a table. Spaces, joiners and marks before the
// sign do not hide it, nor does its full-width form, which some programs take for the sign.
func Cell(text string) string {
	for _, r := range text {
		switch {
		case strings.ContainsRune("=+-@\t\r\n", r), strings.ContainsRune("=+-@", narrow(r)), r == '−':
			return "'" + text
		case unicode.IsSpace(r), unicode.In(r, unicode.Cf, unicode.Cc, unicode.M),
			strings.ContainsRune("\u2800\u3164\uffa0\u115f\u1160", r):
			continue // nothing to be seen
		}
		return text
	}
	return text
}

// narrow is the usual form of a full-width or a small sign.
func narrow(r rune) rune {
	if small := strings.IndexRune("﹦﹢﹣﹫", r); small >= 0 {
		return rune("=+-@"[small/len("﹦")])
	}
	return []rune(width.Narrow.String(string(r)))[0]
}
