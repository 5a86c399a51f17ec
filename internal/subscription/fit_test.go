package subscription

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xinyuan/internal/state"
)

// What happened fits a field with as much of the name as leaves room to say it.
func TestFit(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("想要一把洗澡用的椅子，", 6)
	for _, c := range []struct{ sentence, name, want string }{
		{"您到%s报到成功，可以认领心愿了", "茂山社区", "您到茂山社区报到成功，可以认领心愿了"},
		{"党员说“%s”办好了，请您看看是不是真办好了", "洗澡椅", "党员说“洗澡椅”办好了"},
		{"党员说“%s”办好了，请您看看是不是真办好了", long, "党员说“想要一把洗澡用的椅子…”办好了"},
		{"活动“%s”取消了", "清\n雪", "活动“清雪”取消了"},
		{"“%s”办成了，谢谢您！积分已经记上", "修灯", "“修灯”办成了，谢谢您！积分已经记上"},
		{"打了三天电话没有联系上您，“%s”先放下了；没解决请再说一声", long, "打了三天电话没有联系上您"},
		{strings.Repeat("长", 30), "", strings.Repeat("长", 19) + "…"},
	} {
		got := fit(c.name, func(name string) string { return strings.ReplaceAll(c.sentence, "%s", name) })
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.sentence, got, c.want)
		}
	}
	for _, name := range []string{"", "灯", long} {
		for _, sentence := range []string{"“%s”", "%s", "，%s，", "“%s，" + strings.Repeat("到", 40)} {
			got := fit(name, func(name string) string { return fmt.Sprintf(sentence, name) })
			if n := utf8.RuneCountInString(got); n > longestThing {
				t.Errorf("%d characters: %q", n, got)
			}
		}
	}
}

// What is worth a word on the phone is told in the inbox.
func TestWorthIsTold(t *testing.T) {
	t.Parallel()
	for purpose, all := range worth {
		for _, one := range all {
			words := strings.Fields(one)
			if !slices.Contains(state.Recipients(words[0], state.Event(words[1])), state.Party(words[2])) {
				t.Errorf("%s: nobody is told of %s", purpose, one)
			}
		}
	}
}
