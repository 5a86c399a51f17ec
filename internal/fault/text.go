package fault

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// WrongText says what is wrong with a text that must be there and have at most
// so many characters, in a sentence that names it as what; "" if nothing is.
func WrongText(text, what string, longest int) string {
	switch n := utf8.RuneCountInString(text); {
	case Blank(text):
		return fmt.Sprintf("请填写%s。", what)
	case n > longest:
		return fmt.Sprintf("%s最多 %d 个字，现在有 %d 个。", what, longest, n)
	case strings.ContainsFunc(text, forbidden):
		return fmt.Sprintf("%s里有看不见的字符，请删掉重写。", what)
	}
	return ""
}

// forbidden characters could make a text read otherwise than it is written.
func forbidden(r rune) bool {
	return unicode.IsControl(r) && r != '\n' || '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069'
}

// Blank tells whether there is nothing to be seen in the text, whatever it is
// made of: zero-width letters are no words.
func Blank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != '\u2800' && r != '\u3164'
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
	if Blank(*text) {
		*text = ""
		return nil
	}
	return NeedText(text, path, what, longest)
}
