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
		{"修灯泡", []string{"修灯", "泡", "灯泡"}, []string{"修灯", "灯泡"}},
		{"灯", []string{"灯"}, []string{"灯"}},
		{"\u2fbc铁", []string{"铁", "高铁"}, []string{"高铁"}}, // a radical, as in text from a PDF
		{"灯 坏", []string{"坏", "灯"}, []string{"坏"}},
		{"换ＬＥＤ灯", []string{"led", "换", "灯"}, []string{"led"}},
		{"灯泡，灯泡", []string{"泡", "灯泡"}, []string{"灯泡"}},
		{"𠮷祥", []string{"祥", "𠮷祥"}, []string{"𠮷祥"}},
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
