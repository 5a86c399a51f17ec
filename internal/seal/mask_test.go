package seal_test

import (
	"testing"

	"xinyuan/internal/seal"
)

func TestMaskPhone(t *testing.T) {
	for _, c := range []struct{ phone, want string }{
		{"", ""},
		{"1", "*"},
		{"12", "*2"},
		{"110", "**0"},
		{"12345", "***45"},
		{"6512345", "*****45"},
		{"65123456", "******56"},
		{"13800138000", "138****8000"},
		{" 13800138000\n", "138****8000"},
		{"09916512345", "099****2345"},
		{"0991-6512345", "099*****2345"},
		{"+8613800138000", "+86*******8000"},
		{"１３８００１３８０００", "１３８****８０００"},
	} {
		if got := seal.MaskPhone(c.phone); got != c.want {
			t.Errorf("%q: got %q, want %q", c.phone, got, c.want)
		}
	}
}

func TestMaskName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"", ""},
		{"  ", ""},
		{"王", "*"},
		{"王芳", "王*"},
		{"刘秀兰", "刘*兰"},
		{"欧阳娜娜", "欧**娜"},
		{" 刘秀兰 ", "刘*兰"},
		// Two characters set apart, as lists have them, are still two.
		{"王 芳", "王 *"},
		{"王　芳", "王　*"},
		{"王 小 芳", "王 * 芳"},
		{"王芳。", "王*。"},
		{"（王芳）", "（王*）"},
		// What is drawn beside a name is no part of it.
		{"🌸刘秀兰", "刘*兰"},
		{"刘秀兰🌸🌸", "刘*兰"},
		{"王☀️芳", "王*"},
		{"👨‍👩‍👧王", "*"},
		{"🌸", "*"},
		// Extension B and later: one character, four bytes.
		{"𠮷", "*"},
		{"𠮷田", "𠮷*"},
		{"王𬱖𤊵", "王*𤊵"},
		{"𠀀𠀁𠀂", "𠀀*𠀂"},
		// A variation selector changes the look of the character before it.
		{"葛\U000E0100", "*"},
		{"葛\U000E0100亮", "葛*"},
		{"王葛\U000E0100", "王*"},
		{"诸葛\U000E0100亮\uFE00", "诸*亮"},
		// Names of several parts keep the dot, whichever it is.
		{"阿依古丽·买买提", "阿***·**提"},
		{"阿依古丽•买买提", "阿***•**提"},
		{"阿依古丽・买买提", "阿***・**提"},
		{"阿依古丽．买买提", "阿***．**提"},
		{"迪丽热巴·迪力木拉提", "迪***·****提"},
		{"买买提·吐尔逊·艾力", "买**·***·*力"},
		{"阿·买", "阿·*"},
		{"ئايگۈل مەمەت", "ئ***** ****ت"},
		{"Li Wei", "L* **i"},
		// Invisible characters neither count nor stay.
		{"王\u200b芳", "王*"},
		{"\ufeff刘秀兰\u200d", "刘*兰"},
		{"Zoe\u0301", "Z*e"},
	} {
		if got := seal.MaskName(c.name); got != c.want {
			t.Errorf("%q: got %q, want %q", c.name, got, c.want)
		}
	}
}
