package seal

import (
	"testing"
	"unicode/utf8"
)

// What is taken out of free text, and what stays.
func TestRedact(t *testing.T) {
	for text, want := range map[string]string{
		"请打13843512345找我":           "请打〔电话已隐藏〕找我",
		"138 4351 2345":             "〔电话已隐藏〕",
		"138-4351-2345":             "〔电话已隐藏〕",
		"１３８４３５１２３４５":               "〔电话已隐藏〕",
		"+86 13843512345":           "〔电话已隐藏〕",
		"008613843512345":           "〔电话已隐藏〕",
		"1 3 8 4 3 5 1 2 3 4 5":     "〔电话已隐藏〕",
		"0435-5221234":              "〔电话已隐藏〕",
		"(0435)5221234":             "〔电话已隐藏〕",
		"电话5221234":                 "电话〔电话已隐藏〕",
		"身份证220521195003071234":     "身份证〔证件号已隐藏〕",
		"22052119500307123X":        "〔证件号已隐藏〕",
		"220521 19500307 1234":      "〔证件号已隐藏〕",
		"220521500307123":           "〔证件号已隐藏〕",
		"两个13843512345，13912345678": "两个〔电话已隐藏〕，〔电话已隐藏〕",

		"花了1200元":            "花了1200元",
		"2026年3月11日":         "2026年3月11日",
		"3单元502室":            "3单元502室",
		"坐12路到5221234站":      "坐12路到5221234站",
		"尺寸 120x60":          "尺寸 120x60",
		"一共 1384351234500 个": "一共 1384351234500 个",
		"第 2026-0012 号":      "第 2026-0012 号",
		"":                   "",
		"没有数字":               "没有数字",
	} {
		got, found := Redact(text)
		if got != want || found != (got != text) {
			t.Errorf("%q becomes %q (%v), want %q", text, got, found, want)
		}
	}
}

// Whatever comes, redacting ends, stays valid, and twice is as once.
func FuzzRedact(f *testing.F) {
	for _, seed := range []string{"请打13843512345", "22052119500307123X", "１３８-４３５１ 2345", "a\xff", "+86(0435)5221234电话"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, _ := Redact(text)
		if utf8.ValidString(text) && !utf8.ValidString(once) {
			t.Errorf("%q becomes %q", text, once)
		}
		if twice, again := Redact(once); twice != once || again {
			t.Errorf("%q becomes %q and then %q", text, once, twice)
		}
	})
}
