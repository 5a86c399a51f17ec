package seal

import (
	"strings"
	"unicode"
)

// MaskPhone shows enough of a number for its owner to know it: "138****5678".
// Shorter ones than a mobile number keep their last two digits.
func MaskPhone(phone string) string {
	runes := []rune(strings.TrimSpace(phone))
	first, last := 3, 4
	if len(runes) < 11 {
		first, last = 0, min(2, len(runes)/2)
	}
	for i := first; i < len(runes)-last; i++ {
		runes[i] = '*'
	}
	return string(runes)
}

// MaskName hides a name but for its first character and, from three on, its
// last: "刘*兰", "王*". The dots and spaces within a name stay, and count as none.
func MaskName(name string) string {
	runes := visible(name)
	if len(runes) == 0 && strings.TrimSpace(name) != "" {
		return "*"
	}
	var letters []int
	for i, r := range runes {
		if !unicode.IsPunct(r) && !unicode.IsSpace(r) {
			letters = append(letters, i)
		}
	}
	for n, i := range letters {
		first, last := n == 0 && len(letters) > 1, n == len(letters)-1 && len(letters) > 2
		if !first && !last {
			runes[i] = '*'
		}
	}
	return string(runes)
}

// visible leaves out what changes the look of the character before it, such as
// the variation selectors of rare names: each rune left is a character. A picture beside a name, such as an emoji,
// is no part of it.
func visible(name string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.M, unicode.Cf, unicode.S) {
			return -1
		}
		return r
	}, strings.TrimSpace(name)))
}
