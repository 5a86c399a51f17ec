package words

import "testing"

func TestDuration(t *testing.T) {
	for minutes, want := range map[int]string{
		0: "0 小时", 1: "1 分", 59: "59 分", 60: "1 小时", 61: "1 小时 1 分", 120: "2 小时", 140: "2 小时 20 分",
		123456: "2057 小时 36 分",
	} {
		if got := Duration(minutes); got != want {
			t.Errorf("%d minutes are %q, want %q", minutes, got, want)
		}
	}
}
