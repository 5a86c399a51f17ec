package fault

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"xinyuan/internal/letters"
)

// MaxReason is how long the reason of a step may be, in characters.
const MaxReason = letters.Reason

// WrongText says what is wrong with a text that must be there and have at most
// so many characters, in a sentence that names it as what; "" if nothing is.
func WrongText(text, what string, longest int) string {
	switch n := utf8.RuneCountInString(text); {
	case IsBlank(text):
		return fmt.Sprintf("请填写%s。", what)
	case n > longest:
		return fmt.Sprintf("%s最多 %d 个字，现在有 %d 个。", what, longest, n)
	case strings.ContainsFunc(text, isForbidden):
		return fmt.Sprintf("%s里有看不见的字符，请删掉重写。", what)
	}
	return ""
}

// isForbidden characters could make a text read otherwise than it is written, or two
// texts look the same. Joiners may stay, of which emoji and some scripts are made.
func isForbidden(r rune) bool {
	switch {
	case r == '\u200C', r == '\u200D', r == '\n':
		return false
	case '\U000E0020' <= r && r <= '\U000E007F': // flags of emoji
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || isInvisible(r)
}

// isInvisible letters are drawn as nothing, although they count as letters or symbols.
func isInvisible(r rune) bool {
	return r == '\u2800' || r == '\u3164' || r == '\uFFA0' || r == '\u115F' || r == '\u1160'
}

// Unseen finds the first letter of a line that nobody sees: a break, a control, a letter without a shape, joiners
// included.
func Unseen(text string) (letter rune, found bool) {
	for _, r := range text {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || isInvisible(r) || r == '\u2028' || r == '\u2029' {
			return r, true
		}
	}
	return 0, false
}

// BrokenLine finds what does not stand in a single line: breaks and controls around which something is written. What
// else nobody sees is for each field to judge.
func BrokenLine(text string) (letter rune, found bool) {
	for _, r := range strings.TrimSpace(text) {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return r, true
		}
	}
	return 0, false
}

// Describe names a letter that is refused, so that the reader finds it.
func Describe(letter rune) string {
	switch {
	case letter == '\n', letter == '\r', letter == '\u2028', letter == '\u2029':
		return "换行"
	case letter == '\t':
		return "制表符"
	case unicode.IsControl(letter), unicode.Is(unicode.Cf, letter), isInvisible(letter):
		return fmt.Sprintf("看不见的字符（U+%04X）", letter)
	}
	return fmt.Sprintf("“%c”", letter)
}

// IsBlank tells whether there is nothing to be seen in the text, whatever it is
// made of: zero-width letters are no words, and a mark is none without the letter that it belongs to.
func IsBlank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) && !isInvisible(r)
	})
}

// NeedText trims a text that must be there and says what is wrong with it. Error:
// ReasonInvalidInput.
func NeedText(text *string, path, what string, longest int) error {
	*text = strings.TrimSpace(*text)
	if message := WrongText(*text, what, longest); message != "" {
		return BadField(path, message)
	}
	return nil
}

// CheckText trims an optional text and refuses one that is too long. Error:
// ReasonInvalidInput.
func CheckText(text *string, path, what string, longest int) error {
	if IsBlank(*text) {
		*text = ""
		return nil
	}
	return NeedText(text, path, what, longest)
}
