package words

import (
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"\uf90a哲洙": "金哲洙", "\u2fbc永强": "高永强", "\u2ee9丽": "黄丽", "\u2ee2超": "马超", "\U0002f80a": "僧",
		"Zoe\u0308": "Zoë", "高永强": "高永强", "": "", "①（Ａ": "①（Ａ",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// Every radical becomes a letter that is none, and a second time changes nothing.
func TestNoRadicalStays(t *testing.T) {
	for r := '\u2E80'; r <= '\u2FD5'; r++ {
		if !unicode.Is(unicode.Radical, r) {
			continue
		}
		got := Fold(string(r))
		if letters := []rune(got); r != '\u2E80' && (len(letters) != 1 || unicode.Is(unicode.Radical, letters[0])) {
			t.Errorf("U+%04X becomes %q", r, got)
		}
		if Fold(got) != got || !norm.NFC.IsNormalString(got) {
			t.Errorf("U+%04X becomes %q, and that %q", r, got, Fold(got))
		}
	}
}
