package certificate

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/paper"
)

// Line is a member on a unit's card: what they did for communities, and how to
// know them. No contacts.
type Line struct {
	UserID     id.User `db:"user_id"`
	Name       string  `db:"name"`       // display name
	NameLabel  string  `db:"name_label"` // of the report-in, with its middle hidden
	Place      string  `db:"place"`      // the community
	Wishes     int     `db:"wishes"`     // fulfilled
	Points     int64   `db:"points"`
	Minutes    int64   `db:"minutes"`
	Activities int     `db:"activities"`
}

// UnitCard is what a unit's members did in a period.
type UnitCard struct {
	Unit  org.Node
	Span  Span
	Lines []Line
	At    time.Time
}

// Span is a period as people name it.
type Span struct {
	Name        string
	From, Until time.Time // [from, until)
}

var spanForm = regexp.MustCompile(`^(20\d\d)(?:-(0[1-9]|1[0-2])|Q([1-4])|H([12]))?$`)

// ParseSpan reads 2026, 2026H1, 2026Q1 or 2026-03. Error:
// fault.ReasonInvalidInput.
func ParseSpan(text string) (Span, error) {
	m := spanForm.FindStringSubmatch(text)
	if m == nil {
		return Span{}, fault.BadField("period", "时间请写成“2026Q1”“2026H1”“2026”或者“2026-03”。")
	}
	number := func(i int) int { n, _ := strconv.Atoi(m[i]); return n } // digits, or nothing
	year, first, months, name := number(1), 1, 12, m[1]+" 年"
	switch {
	case m[2] != "":
		first, months, name = number(2), 1, fmt.Sprintf("%s 年 %d 月", m[1], number(2))
	case m[3] != "":
		first, months, name = number(3)*3-2, 3, fmt.Sprintf("%s 年第 %s 季度", m[1], m[3])
	case m[4] != "":
		first, months, name = number(4)*6-5, 6, m[1]+" 年"+map[string]string{"1": "上半年", "2": "下半年"}[m[4]]
	}
	from := time.Date(year, time.Month(first), 1, 0, 0, 0, 0, clock.Shanghai)
	return Span{name, from.UTC(), from.AddDate(0, months, 0).UTC()}, nil
}

// MaxLines is how many members a unit's card lists at most.
const MaxLines = 5000

// UnitCard reads a unit's card: for its liaison, and for staff above it who
// decide or audit. Errors: fault.ReasonNotFound for what is no unit,
// fault.ReasonForbidden.
func (s *Service) UnitCard(ctx context.Context, actor id.User, unit id.Node, span Span) (UnitCard, error) {
	card := UnitCard{Span: span, At: s.db.Now()}
	var (
		there  bool
		grants org.Grants
	)
	err := s.db.Read(ctx, org.WantNode(&card.Unit, &there, unit), org.Covering(&grants, actor, unit),
		mysql.Many(&card.Lines, "certificate.cards", mysql.Args{
			"unit": unit, "from": span.From, "until": span.Until, "limit": MaxLines,
		}))
	switch {
	case err != nil:
		return card, err
	case !there || card.Unit.Kind != org.KindUnit:
		return card, fault.New(fault.ReasonNotFound)
	}
	for _, g := range grants {
		reads := g.Role.Decides() || g.Role == id.RoleAuditor || g.Role == id.RoleUnitLiaison && g.Distance == 0
		if reads && g.Distance >= 0 && g.InForce(card.At) {
			return card, nil
		}
	}
	return UnitCard{}, fault.New(fault.ReasonForbidden)
}

// total is the sum of all lines.
func (u UnitCard) total() Line {
	var t Line
	for _, l := range u.Lines {
		t.Wishes, t.Points, t.Minutes = t.Wishes+l.Wishes, t.Points+l.Points, t.Minutes+l.Minutes
		t.Activities += l.Activities
	}
	return t
}

// Sheet is the card as a spreadsheet.
func (u UnitCard) Sheet() ([]byte, error) {
	rows := [][]any{{"姓名", "报到姓名", "报到社区", "圆成心愿", "服务小时", "参加活动", "积分"}}
	for _, l := range u.Lines {
		rows = append(rows, []any{l.Name, l.NameLabel, l.Place, l.Wishes, hours(l.Minutes), l.Activities, l.Points})
	}
	t := u.total()
	rows = append(rows, []any{"合计", "", "", t.Wishes, hours(t.Minutes), t.Activities, t.Points})
	return paper.Sheet("党员服务卡", rows)
}

// hours are minutes as hours with two places, a number.
func hours(minutes int64) float64 { return float64((minutes*100+30)/60) / 100 }

// PDF is the card as one table to print.
func (u UnitCard) PDF() ([]byte, error) {
	doc := paper.New(paper.A4Short, paper.A4Long, paper.Info{
		Title: u.Unit.Name + " 党员服务卡 " + u.Span.Name, Author: u.Unit.Name, At: u.At,
	})
	t := unitTable{doc: doc, card: u}
	t.open()
	for i, l := range u.Lines {
		t.row([]string{
			fmt.Sprint(i + 1), l.Name, l.NameLabel, l.Place, fmt.Sprint(l.Wishes), fmt.Sprintf("%.2f", hours(l.Minutes)),
			fmt.Sprint(l.Activities), fmt.Sprint(l.Points),
		})
	}
	s := u.total()
	t.row([]string{
		"", "合计", "", "", fmt.Sprint(s.Wishes), fmt.Sprintf("%.2f", hours(s.Minutes)), fmt.Sprint(s.Activities),
		fmt.Sprint(s.Points),
	})
	t.page.Text(left-30, t.y+10, "只算居民确认办成的心愿和已经记入的服务，不含联系方式。", paper.Style{Size: 9, Ink: faint})
	return doc.Bytes()
}

// unitTable is a unit's card being drawn.
type unitTable struct {
	doc  *paper.Document
	page *paper.Page
	card UnitCard
	y    float64
}

// unitColumns are the heads with where their texts begin, or for numbers end.
var unitColumns = []struct {
	head   string
	at     float64
	number bool
}{
	{"序号", left - 30, false}, {"姓名", left + 4, false}, {"报到姓名", left + 98, false}, {"报到社区", left + 172, false},
	{"圆成心愿", left + 330, true}, {"服务小时", left + 382, true}, {"参加活动", left + 430, true}, {"积分", right + 30, true},
}

func (t *unitTable) open() {
	t.page = t.doc.Page()
	t.page.Fill(t.page.Sheet(), ground)
	t.y = 84
	if t.doc.Pages() == 1 {
		t.page.Text(left-30, 82, t.card.Unit.Name+"　党员服务卡", paper.Style{Size: 20, Ink: ink, Bold: 0.3})
		t.page.Text(left-30, 104, fmt.Sprintf("%s　　%d 位党员　　%s制表", t.card.Span.Name, len(t.card.Lines),
			longDay(t.card.At)), paper.Style{Size: 10.5, Ink: soft})
		t.y = 142
	}
	heads := make([]string, len(unitColumns))
	for i, c := range unitColumns {
		heads[i] = c.head
	}
	t.cells(heads, paper.Style{Size: 10, Ink: faint})
	t.page.Rule(left-30, t.y+7, right-left+60, 0.8, red)
	t.y += rowHigh + 2
}

func (t *unitTable) row(cells []string) {
	if t.y > paper.A4Long-70 {
		t.page.Right(right+30, paper.A4Long-40, fmt.Sprintf("第 %d 页", t.doc.Pages()), paper.Style{Size: 9, Ink: faint})
		t.open()
	}
	t.cells(cells, paper.Style{Size: 10.5, Ink: ink})
	t.page.Rule(left-30, t.y+6.8, right-left+60, 0.4, line)
	t.y += rowHigh
}

func (t *unitTable) cells(cells []string, s paper.Style) {
	for i, c := range unitColumns {
		if c.number {
			t.page.Right(c.at, t.y, cells[i], s)
			continue
		}
		t.page.Text(c.at, t.y, t.doc.Clip(cells[i], unitColumns[i+1].at-c.at-8, s), s)
	}
}
