package membership

import (
	"strings"
	"unicode"

	"xinyuan/internal/words"
)

// NameKey is a real name as it is looked up, so that a name typed on a phone
// equals the one in an office's list: lists part two characters by a space to
// make them as wide as three, and there are several dots for the names of
// minorities, and letters that only look like the usual one.
func NameKey(name string) string {
	name = words.Fold(name)
	chinese := strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
			return -1
		case strings.ContainsRune("•・･‧∙⋅．﹒․", r), r == '.' && chinese:
			return '·'
		}
		return r
	}, name)
	if chinese {
		return strings.Join(strings.Fields(name), "")
	}
	return strings.Join(strings.Fields(name), " ")
}
