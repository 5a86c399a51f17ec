// Package passcode is the eight digits that people show or say at a door: an activity's change every half minute, a
// booking's stay. Nothing of them is stored: whoever has the installation's keys can tell them.
package passcode

import (
	"crypto/subtle"
	"fmt"
	"strings"

	"xinyuan/internal/seal"
)

// Length is how many digits a code has: see the decision on check-in codes for why not six.
const Length = 8

const space = 100_000_000

// Digits are the codes of what the text names, one a key of the installation, the current key's first.
func Digits(s *seal.Sealer, purpose seal.Purpose, text string) []string {
	numbers := s.Numbers(purpose, text)
	all := make([]string, len(numbers))
	for i, n := range numbers {
		all[i] = fmt.Sprintf("%0*d", Length, n%space)
	}
	return all
}

// Has tells whether the code is one of the digits, in a time that does not tell which.
func Has(digits []string, code string) bool {
	found := 0
	for _, one := range digits {
		found |= subtle.ConstantTimeCompare([]byte(one), []byte(code))
	}
	return found == 1
}

// Clean is what somebody typed, without spaces and with digits as programs write them.
func Clean(text string) string { return strings.Map(halfWidth, strings.Join(strings.Fields(text), "")) }

// IsWhole tells whether a clean text is as long as a code, and digits alone.
func IsWhole(text string) bool {
	return len(text) == Length && strings.Trim(text, "0123456789") == ""
}

// halfWidth is the character as a code has it: keyboards for Chinese also write digits as wide as a character.
func halfWidth(r rune) rune {
	if '０' <= r && r <= '９' {
		return r - '０' + '0'
	}
	return r
}
