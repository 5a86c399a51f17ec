package membership_test

import (
	"testing"

	"xinyuan/internal/membership"
)

func TestNameKey(t *testing.T) {
	for name, want := range map[string]string{
		"李国强": "李国强", " 李　国 强\u00a0": "李国强", "李\u200b国强": "李国强", "": "", " ": "",
		"阿依古丽•买买提": "阿依古丽·买买提", "阿依古丽.买买提": "阿依古丽·买买提", "阿依古丽 ． 买买提": "阿依古丽·买买提",
		"Li  Ming ": "Li Ming", "J. Li": "J. Li",
		"\uf90a哲洙": "金哲洙", "⾼永强": "高永强", "⻩丽": "黄丽", "买买提﹒江": "买买提·江", "古丽․努尔": "古丽·努尔",
		"Zoe\u0308 Li": "Zoë Li",
		"葛\U000e0100":  "葛", // the same character in a variant
	} {
		if got := membership.NameKey(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}
