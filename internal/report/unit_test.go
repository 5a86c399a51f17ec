package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/org"
	"xinyuan/internal/paper/papertest"
)

// aUnit is a unit's card of so many members.
func aUnit(t *testing.T, n int) UnitCard {
	t.Helper()
	span, err := ParseSpan("2026Q1")
	if err != nil {
		t.Fatal(err)
	}
	card := UnitCard{
		Unit: org.Node{Name: "通化县供电公司"}, Span: span, At: time.Date(2026, 4, 2, 4, 0, 0, 0, time.UTC),
	}
	for i := range n {
		card.Lines = append(card.Lines, UnitLine{
			Name: fmt.Sprintf("王建%d", i), NameLabel: "王*国", Place: "茂山社区", Wishes: i % 3, Points: int64(i * 7),
			Minutes: int64(i * 95), Activities: i % 5,
		})
	}
	return card
}

// The table to print says all, on as many pages as it takes, whatever is long.
func TestUnitCardOnPaper(t *testing.T) {
	card := aUnit(t, 60)
	card.Unit.Name = "通化市东昌区某某某某某某某某国有资产经营管理有限责任公司"
	card.Lines[1].Name, card.Lines[1].NameLabel = "阿卜杜拉·买买提艾力·吐尔逊江·阿不都热", "阿*********·****·****江"
	card.Lines[1].Place, card.Lines[1].Points, card.Lines[1].Minutes = "某某某某某某新区第十五社区", 1234567, 123456
	pdf, err := card.PDF()
	if err != nil {
		t.Fatal(err)
	}
	papertest.Save(t, "unit-60", pdf)
	got := papertest.Words(t, pdf)
	all := strings.Join(strings.Fields(got), "")
	for _, want := range []string{
		"2026年第1季度，60位党员", "王建59", "合计", "1234567", "2057小时36分", "0小时", "3小时10分", "同一场只算一次", "第1页", "第3页", card.Unit.Name,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in %s", want, got)
		}
	}
	if strings.Count(all, "报到社区") != 3 || strings.Contains(all, "…") {
		t.Errorf("each page has its heads, and nothing is cut: %s", got)
	}
	none, err := aUnit(t, 0).PDF()
	if err != nil {
		t.Fatal(err)
	}
	papertest.Save(t, "unit-0", none)
	if !strings.Contains(papertest.Words(t, none), "这段时间没有党员从本单位报到") {
		t.Error("an empty card does not say so")
	}
}

// Offices go on reckoning with the sheet: numbers are numbers, and what it is of
// stands above.
func TestUnitCardAsTable(t *testing.T) {
	table := aUnit(t, 3).table()
	if above := strings.Join(table.Above, "|"); above != "通化县供电公司　党员服务卡|2026 年第 1 季度，3 位党员，2026 年 4 月 2 日制表|"+countsActivities {
		t.Errorf("above it is %s", above)
	}
	if got := fmt.Sprintf("%#v", table.Rows[1]); got != `[]interface {}{"王建1", "王*国", "茂山社区", 1, 1.58, 1, 7}` {
		t.Errorf("a member is %s", got)
	}
	if got := fmt.Sprintf("%#v", table.Foot); got != `[]interface {}{"合计", "", "", 3, 4.75, 3, 21}` {
		t.Errorf("the sums are %s", got)
	}
	if len(table.Head) != len(table.Foot) {
		t.Errorf("%d heads over %d sums", len(table.Head), len(table.Foot))
	}
}

func TestSpansOfUnitCards(t *testing.T) {
	for text, want := range map[string]string{
		"2026Q1": "2025-12-31T16:00 2026-03-31T16:00", "2026H2": "2026-06-30T16:00 2026-12-31T16:00",
		"2026": "2025-12-31T16:00 2026-12-31T16:00", "2026-03": "2026-02-28T16:00 2026-03-31T16:00",
		"2026Q5": "", "all": "", "2026-13": "", "": "", "2026Q1 ": "",
	} {
		s, err := ParseSpan(text)
		const form = "2006-01-02T15:04"
		if got := s.From.Format(form) + " " + s.Until.Format(form); want == "" && err == nil || want != "" && got != want {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
}
