package certificate

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/paper/papertest"
	"xinyuan/internal/state"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

var day = regexp.MustCompile(`\b20\d\d-\d\d-\d\d\b`)

func sample(n int) (Certificate, []Item) {
	titles := []string{"茂山社区敬老院陪伴服务", "文明交通劝导（振兴路口）", "社区环境清洁日", "为独居老人送餐", "暑期儿童安全课堂"}
	var items []Item
	for i := range n {
		items = append(items, Item{
			RecordID: id.Record(i + 1), StartedAt: noon.AddDate(0, 0, i-n).Add(-time.Hour), Title: titles[i%len(titles)],
			Place: "万众益心茂山志愿服务队", Minutes: 90 + 15*(i%5),
		})
	}
	c := Certificate{
		ID: 7, Serial: "XY-2026-000123", Code: "abcdefghijklmnopqrstuvwxyz", Number: volunteerNumber(2026, 18),
		From: time.Date(2025, 12, 31, 16, 0, 0, 0, time.UTC), Until: time.Date(2026, 3, 11, 16, 0, 0, 0, time.UTC),
		Issuer: "茂山街道茂山社区", Handler: "孙丽华（茂山社区书记）", Contact: "0435-5220117", IssuedAt: noon,
		Status: state.CertificateIssued,
	}
	if err := c.cover(items); err != nil {
		panic(err)
	}
	return c, items
}

// The paper says all that it must, whatever the name and however long the list.
func TestPaperSaysItAll(t *testing.T) {
	s := New(nil, nil, nil, Installation{PublicURL: "https://xinyuan.example.cn/"})
	for _, name := range []string{"王䶮", "李㛃", "𠮷田𬎆", "陶喆", "朱镕", "阿卜杜拉·买买提艾力·吐尔逊江"} {
		for _, n := range []int{1, 5, 9, 10, 12, 60} {
			c, items := sample(n)
			pdf, err := s.draw(c, name, items)
			if err != nil {
				t.Fatal(err)
			}
			got := papertest.Words(t, pdf)
			wants := []string{
				name, c.Serial, c.Number, fmt.Sprintf("%d 次", n), "2026 年 1 月 1 日", "2026 年 3 月 11 日", c.Issuer, c.Handler,
				c.Contact, "尚未接入全国志愿服务信息系统", "https://xinyuan.example.cn/verify/" + c.Code, fmt.Sprint(c.Minutes / 60),
			}
			for _, want := range wants {
				if !strings.Contains(got, want) {
					t.Errorf("%s, %d records: %q is missing in %s", name, n, want, got)
				}
			}
			if lines := len(day.FindAllString(got, -1)); lines != n {
				t.Errorf("%d of %d records are listed", lines, n)
			}
			papertest.Save(t, fmt.Sprintf("%s-%d", name, n), pdf)
		}
	}
}

// Whatever is long goes on in another line: nothing is cut, and nothing leaves the
// frame.
func TestPaperOfLongNames(t *testing.T) {
	long := strings.Repeat("卡", 30)
	for _, url := range []string{"", "https://" + strings.Repeat("volunteer.", 6) + "example.cn"} {
		c, items := sample(3)
		c.Issuer = "通化市东昌区龙泉街道办事处某某某某某某新区管理委员会第十五社区居民委员会"
		c.Handler, c.Contact, c.Connected, c.NameSource = "阿卜杜拉·买买提艾力（"+c.Issuer+"书记）", "", true, NameByRoster
		for i := range items {
			items[i].Title, items[i].Place = strings.Repeat("题", 60), strings.Repeat("队", 100)
		}
		pdf, err := New(nil, nil, nil, Installation{PublicURL: url}).draw(c, long, items)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(strings.Fields(papertest.Words(t, pdf)), "")
		for _, want := range []string{long, "请到签发单位查询", "姓名经单位名册核对", "3次服务的明细见附页"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is missing in %s", want, got)
			}
		}
		for char, n := range map[string]int{"题": 180, "队": 300, "卡": 30, "龙": 3, "会": 6} {
			if strings.Count(got, char) != n {
				t.Errorf("%q is there %d times, want %d: %s", char, strings.Count(got, char), n, got)
			}
		}
		if strings.Contains(got, "尚未接入") || strings.Contains(got, "…") || url == "" && strings.Contains(got, "扫码") {
			t.Errorf("it says what it should not: %s", got)
		}
		papertest.Save(t, fmt.Sprintf("long-%d", len(url)), pdf)
	}
}

func TestNumbersTellAMistypedDigit(t *testing.T) {
	for running := 1; running < 500; running++ {
		number := volunteerNumber(2026, running)
		if !IsNumber(number) {
			t.Fatalf("%s is not valid", number)
		}
		for i := range number {
			wrong := []byte(number)
			wrong[i] = '0' + (wrong[i]-'0'+3)%10
			if IsNumber(string(wrong)) {
				t.Fatalf("%s passes for %s", wrong, number)
			}
		}
	}
	for _, bad := range []string{"", "2026", "2026000018a", "202600001821"} {
		if IsNumber(bad) {
			t.Errorf("%q passes", bad)
		}
	}
}

func TestSpanOfARequest(t *testing.T) {
	day := func(text string) time.Time {
		d, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct{ from, until, bad string }{
		{"2026-01-01", "2026-03-11", ""}, {"2026-03-11", "2026-03-11", ""}, {"2026-03-11", "2026-03-10", "until"},
		{"2026-03-11", "2026-03-12", "until"}, {"1999-12-31", "2026-03-10", "from"},
	} {
		from, until, err := Request{From: day(c.from), Until: day(c.until)}.span(noon)
		var e *fault.Error
		if c.bad == "" {
			if err != nil || !from.Equal(day(c.from).Add(-8*time.Hour)) || !until.Equal(day(c.until).Add(16*time.Hour)) {
				t.Errorf("%v: %v, %v, %v", c, from, until, err)
			}
			continue
		}
		if e, _ = err.(*fault.Error); e == nil || e.Fields[0].Path != c.bad { //nolint:errorlint // it is that very type
			t.Errorf("%v: %v", c, err)
		}
	}
	if late := time.Date(2026, 3, 11, 16, 0, 0, 0, time.UTC); clock.Day(late).Day() != 12 {
		t.Error("midnight in Shanghai begins the next day")
	}
}

func TestWhoOpensThePaper(t *testing.T) {
	holding := func(role id.Role, distance int) grant.Grants {
		return grant.Grants{{ID: 9, Role: role, From: noon, Distance: distance}}
	}
	for name, c := range map[string]struct {
		by     id.User
		grants grant.Grants
		want   fault.Reason
	}{
		"the holder":  {1, nil, ""},
		"secretary":   {2, holding(id.RoleSecretary, 0), ""},
		"county":      {2, holding(id.RoleCounty, 2), ""},
		"auditor":     {2, holding(id.RoleAuditor, 0), fault.ReasonNotYourCommunity},
		"grid worker": {2, holding(id.RoleGridWorker, -1), fault.ReasonNotYourCommunity},
		"liaison":     {2, holding(id.RoleUnitLiaison, 0), fault.ReasonNotFound},
		"a stranger":  {2, nil, fault.ReasonNotFound},
	} {
		_, err := Certificate{UserID: 1}.opens(c.by, c.grants, noon)
		if c.want == "" && err != nil || c.want != "" && !fault.Has(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStars(t *testing.T) {
	for _, c := range []struct {
		minutes int64
		stars   int
		next    int64
		missing int64
	}{{0, 0, 100, 6000}, {5999, 0, 100, 1}, {6000, 1, 300, 12000}, {18000, 2, 600, 18000}, {89999, 4, 1500, 1}, {90000, 5, 0, 0}} {
		stars, next, missing := Card{Minutes: c.minutes}.Stars()
		if stars != c.stars || next != c.next || missing != c.missing {
			t.Errorf("%d minutes: %d stars, next at %d, %d missing", c.minutes, stars, next, missing)
		}
	}
}
