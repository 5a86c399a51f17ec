package report

import (
	"fmt"

	"xinyuan/internal/paper"
	"xinyuan/internal/words"
)

// PDF is the card as one table to print.
func (u UnitCard) PDF() ([]byte, error) {
	t := unitTable{card: u, doc: paper.New(paper.A4Short, paper.A4Long, paper.Info{
		Title: u.Unit.Name + " 党员服务卡 " + u.Span.Name, Author: u.Unit.Name, At: u.At,
	})}
	t.open()
	for i, l := range u.Lines {
		t.row([]string{
			fmt.Sprint(i + 1), l.Name, l.NameLabel, l.Place, fmt.Sprint(l.Wishes), words.Duration(l.Minutes),
			fmt.Sprint(l.Activities), fmt.Sprint(l.Points),
		}, paper.Style{Size: 10.5, Ink: paper.Dark})
	}
	s := u.Total()
	t.row([]string{
		"", "合计", "", "", fmt.Sprint(s.Wishes), words.Duration(s.Minutes), fmt.Sprint(s.Activities),
		fmt.Sprint(s.Points),
	}, paper.Style{Size: 10.5, Ink: paper.Dark, Bold: 0.35})
	notes := []string{"只算居民确认办成的心愿和已经记入的服务，不含联系方式。", countsActivities}
	if len(u.Lines) == 0 {
		notes = []string{"这段时间没有党员从本单位报到。"}
	}
	for i, note := range notes {
		t.page.Text(tableLeft, t.y+8+13*float64(i), note, paper.Style{Size: 9, Ink: paper.Faint})
	}
	return t.doc.Bytes()
}

// unitTable is a unit's card being drawn.
type unitTable struct {
	doc  *paper.Document
	page *paper.Page
	card UnitCard
	y    float64
}

const (
	tableLeft  = 48.0
	tableRight = paper.A4Short - 48
	tableEnd   = paper.A4Long - 82 // below it is the note, and the number of the page
	unitRow    = 21.0
	unitLead   = 14.0 // from line to line within a row
)

// unitColumns are the heads with where their texts begin, or for numbers end, and
// how wide texts may be.
var unitColumns = []struct {
	head     string
	at, wide float64 // 0: a number
}{
	{"序号", tableLeft, 24}, {"姓名", tableLeft + 28, 80}, {"报到姓名", tableLeft + 112, 70},
	{"报到社区", tableLeft + 186, 86}, {"圆成心愿", tableLeft + 317, 0}, {"服务时长", tableLeft + 406, 0},
	{"参加活动", tableLeft + 450, 0}, {"积分", tableRight, 0},
}

func (t *unitTable) open() {
	t.page = t.doc.Page()
	t.page.Fill(t.page.Sheet(), paper.Ground)
	small := paper.Style{Size: 9, Ink: paper.Faint}
	t.page.Right(tableRight, paper.A4Long-40, fmt.Sprintf("第 %d 页", t.doc.Pages()), small)
	if t.doc.Pages() == 1 {
		t.y = 82
		title := paper.Style{Size: 20, Ink: paper.Dark, Bold: 0.3}
		for _, l := range t.doc.Wrap(t.card.Unit.Name, tableRight-tableLeft, title) {
			t.page.Text(tableLeft, t.y, l, title)
			t.y += 27
		}
		t.page.Text(tableLeft, t.y, "党员服务卡", paper.Style{Size: 14, Ink: paper.Red, Spread: 2})
		t.page.Text(tableLeft+96, t.y, t.card.about(), paper.Style{Size: 10.5, Ink: paper.Soft})
		t.y += 38
	} else {
		t.page.Text(tableLeft, 56, t.doc.Clip(t.card.Unit.Name, 320, small)+"　党员服务卡　"+t.card.Span.Name, small)
		t.y = 84
	}
	heads := make([]string, len(unitColumns))
	for i, c := range unitColumns {
		heads[i] = c.head
	}
	t.cells(heads, paper.Style{Size: 10, Ink: paper.Faint})
	t.page.Rule(tableLeft, t.y+7, tableRight-tableLeft, 0.8, paper.Red)
	t.y += unitRow + 2
}

// row adds a row, on another page where this one is full.
func (t *unitTable) row(cells []string, s paper.Style) {
	lines := 1
	for i, c := range unitColumns {
		if c.wide > 0 {
			lines = max(lines, len(t.doc.Wrap(cells[i], c.wide, s)))
		}
	}
	high := unitRow + unitLead*float64(lines-1)
	if t.y+high-unitRow > tableEnd {
		t.open()
	}
	t.cells(cells, s)
	t.y += high
	t.page.Rule(tableLeft, t.y-14.2, tableRight-tableLeft, 0.4, paper.Pale)
}

func (t *unitTable) cells(cells []string, s paper.Style) {
	for i, c := range unitColumns {
		if c.wide == 0 {
			t.page.Right(c.at, t.y, cells[i], s)
			continue
		}
		for n, l := range t.doc.Wrap(cells[i], c.wide, s) {
			t.page.Text(c.at, t.y+unitLead*float64(n), l, s)
		}
	}
}
