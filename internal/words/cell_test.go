package words

import "testing"

func TestCellsAreNoFormulas(t *testing.T) {
	for _, text := range []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r1", "＝1+1", "＋1", "－1", "＠SUM", "\u200d=1", "\u200b＝1", " =1", "\u3000@a",
		"\ufeff=1", "\u0301=1", "﹦1", "﹢1", "﹣1", "﹫a", "−1", "\u3164=1",
	} {
		if got := Cell(text); got != "'"+text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	for _, text := range []string{"", " ", "王静", "a=1", "1-2", "李·明", "（一）", "灯=", "\u200d王"} {
		if got := Cell(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
