package fault

import "testing"

func TestWhatCannotBeSeenIsNoText(t *testing.T) {
	for _, text := range []string{"", " \n", "\u200b", "\u200c\u200d\u2060", "\ufeff", "\u3164", "\u2800",
		"\u0301", "\u0301\u20dd\u0e31", "\ufe0f\U000e0100"} {
		if !IsBlank(text) {
			t.Errorf("%q is taken for words", text)
		}
		if got := WrongText(text, "标题", 10); got != "请填写标题。" {
			t.Errorf("%q: %s", text, got)
		}
		needed := text
		if err := NeedText(&needed, "reason", "原因", 10); !Has(err, ReasonInvalidInput) {
			t.Errorf("%q is enough where a text must be there: %v", text, err)
		}
		optional := text
		if err := CheckText(&optional, "reason", "原因", 10); err != nil || optional != "" {
			t.Errorf("%q stays as %q, %v", text, optional, err)
		}
	}
	for _, text := range []string{"清\u200b楚", "清\ufeff楚", "清\u3164楚", "\u2066清楚", "\u202e清楚", "清\u0007楚", "清\u00ad楚"} {
		if got := WrongText(text, "标题", 10); got != "标题里有看不见的字符，请删掉重写。" {
			t.Errorf("%q: %q", text, got)
		}
	}
	for _, text := range []string{"灯", "𠮷", "👍", "1", "👩\u200d🔧", "♥\ufe0f", "一\n二", "می\u200cخواهم"} {
		if IsBlank(text) || WrongText(text, "标题", 10) != "" {
			t.Errorf("%q is taken for nothing", text)
		}
	}
}

func TestALineHasNoBreak(t *testing.T) {
	for text, want := range map[string]string{
		"王\n静": "换行", "王\r静": "换行", "王\u2028静": "换行", "王\u0085静": "看不见的字符（U+0085）", "王\t静": "制表符",
		"王静\n": "", " 王 静 ": "", "": "",
	} {
		letter, found := BrokenLine(text)
		if found != (want != "") || found && Describe(letter) != want {
			t.Errorf("%q: %q, %v, want %q", text, letter, found, want)
		}
	}
}
