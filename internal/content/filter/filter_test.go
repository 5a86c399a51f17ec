package filter_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"xinyuan/internal/content/filter"
)

// However it is written, a word of the list is found, and told as it stands in the text.
func TestWordsAreFoundInWhateverWriting(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"代开发票加V": "诈骗 代开发票 代开发票", "買六合彩": "赌博 六合彩 六合彩", "六合彩": "赌博 六合彩 六合彩", "6合彩开奖": "赌博 六合彩 6合彩",
		"陆 合 彩": "赌博 六合彩 陆 合 彩", "六\u200b合\u200d彩": "赌博 六合彩 六\u200b合\u200d彩", "六*合-彩": "赌博 六合彩 六*合-彩",
		"代開發票": "诈骗 代开发票 代開發票", "代 开 發 飘": "诈骗 代开发票 代 开 發 飘", "賭球": "赌博 赌球 賭球", "菠彩": "赌博 博彩 菠彩",
		"加ⅴ信": "广告 加v信 加ⅴ信", "➕Ⅴ信": "广告 加v信 ➕Ⅴ信", "＋ＶＸ领课": "广告 加vx ＋ＶＸ", "刷单日结": "诈骗 刷单 刷单", "裸\n聊": "涉黄 裸聊 裸\n聊",
		"扫码就可以免费领取鸡蛋": "广告 免费领取&扫码 免费领取…扫码",
	} {
		hits := filter.Default.Check(text)
		if len(hits) == 0 {
			t.Errorf("%q: nothing found", text)
			continue
		}
		if got := hits[0].Category + " " + hits[0].Word + " " + hits[0].Found; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What people write every day is not held up.
func TestOrdinaryTextsHaveNoHits(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"想请人帮忙修一下水龙头，厨房里的，滴水好几天了。", "老人一个人住，想有人陪着去医院拿药。", "希望能有一台轮椅，出门方便些。",
		"周六上午到茂山社区打扫楼道，自带手套。", "灯泡已经换好，试过了，亮着。", "谢谢小张，来得很快，修得很好！", "孩子想学画画，家里没有颜料和纸。",
		"发票丢了，想问问供热公司怎么补开。", "请加微信群联系队长，群里会说集合地点。", "六一儿童节想要一套故事书", "参加VR体验活动的孩子请在门口排队",
		"电话打不通，人也没来。", "冬天暖气不热，家里只有十四度。", "想找人一起下棋，每天下午都行。", "", "   ", "👍👍", "13 楼 402 室的门锁坏了",
		"银行卡丢了，不知道怎么挂失，想请人教一教。", "手机上的贷款短信太多，想请人帮忙看看是不是骗子。",
	} {
		if hits := filter.Default.Check(text); len(hits) != 0 {
			t.Errorf("%q: %+v", text, hits)
		}
	}
}

// The gravest category comes first, and a long list of hits is cut.
func TestHitsAreOrderedAndFew(t *testing.T) {
	t.Parallel()
	hits := filter.Default.Check("刷单、六合彩、裸聊、枪支、代孕、傻逼、微商、套现")
	if len(hits) != 5 || hits[0].Category != "涉黄" || hits[1].Category != "赌博" {
		t.Errorf("%+v", hits)
	}
}

func TestWordLists(t *testing.T) {
	t.Parallel()
	for list, want := range map[string]error{
		"赌博 六合彩": filter.ErrVersion, "version 1\n六合彩": filter.ErrLine, "version 1\n别的 六合彩": filter.ErrLine,
		"version 1\n赌博 彩": filter.ErrShort, "version 1\n赌博 六合彩\n诈骗 6合彩": filter.ErrTwice, "version 1\n赌博 ***": filter.ErrShort,
	} {
		if _, err := filter.New(list); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", list, err, want)
		}
	}
	f, err := filter.New("# a comment\nversion 7\n\n赌博 六合彩\n")
	if err != nil || f.Version() != "7" || len(f.Check("六合彩")) != 1 {
		t.Errorf("%v, %v", f, err)
	}
	if len(filter.Default.Check("六合彩")) != 1 || !strings.HasPrefix(filter.Default.Version(), "20") {
		t.Errorf("the program's own list: %q", filter.Default.Version())
	}
}

// Whatever somebody writes, nothing panics, and what is found stands in the text.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{"六合彩", "代开发票加V", "ﷺ", "e\u0301", "㋿", "\xff六合彩", "½", "加ⅴ信"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, hit := range filter.Default.Check(text) {
			for part := range strings.SplitSeq(hit.Found, "…") {
				if utf8.ValidString(text) && !strings.Contains(text, part) && !strings.Contains(text, "…") {
					t.Errorf("%q has no %q", text, part)
				}
			}
		}
	})
}
