package wish

import (
	"slices"
	"testing"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		text        string
		words, asks []string
	}{
		{"修灯泡", []string{"修", "修灯", "泡", "灯", "灯泡"}, []string{"修灯", "灯泡"}},
		{"灯", []string{"灯"}, []string{"灯"}},
		{"灯 椅", []string{"椅", "灯"}, []string{"椅", "灯"}},
		{"3号", []string{"3", "3号", "号"}, []string{"3号"}},
		{"3 号", []string{"3", "号"}, []string{"3", "号"}},
		{"５号楼", []string{"5", "5号", "号", "号楼", "楼"}, []string{"5号", "号楼"}},
		{"换ＬＥＤ灯", []string{"led", "led灯", "换", "换led", "灯"}, []string{"led灯", "换led"}},
		{"\u2fbc铁", []string{"铁", "高", "高铁"}, []string{"高铁"}}, // a radical, as in text from a PDF
		{"\uF90A灯", []string{"灯", "金", "金灯"}, []string{"金灯"}},
		{"灯泡，灯泡", []string{"泡", "灯", "灯泡"}, []string{"灯泡"}},
		{"𠮷祥", []string{"祥", "𠮷", "𠮷祥"}, []string{"𠮷祥"}},
		{"，。 ", nil, nil},
	} {
		if got := words(c.text); !slices.Equal(got, c.words) {
			t.Errorf("%s has the words %q, want %q", c.text, got, c.words)
		}
		if got := asked(c.text); !slices.Equal(got, c.asks) {
			t.Errorf("%s asks for %q, want %q", c.text, got, c.asks)
		}
	}
}
