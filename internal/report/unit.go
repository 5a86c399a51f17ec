package report

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/paper"
)

// UnitLine is a member on a unit's card: what they did for communities, and how to
// know them. No contacts.
type UnitLine struct {
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
	Lines []UnitLine
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
	span := clock.Months(year, time.Month(first), months)
	return Span{name, span.From.UTC(), span.Until.UTC()}, nil
}

// MaxUnitLines is how many members a unit's card lists at most.
const MaxUnitLines = 5000

// GetUnitCard reads a unit's card: for its liaison, and for staff above it who
// decide or audit. Errors: fault.ReasonNotFound for what is no unit,
// fault.ReasonForbidden.
func (r *Reports) GetUnitCard(ctx context.Context, actor id.User, unit id.Node, span Span) (UnitCard, error) {
	card := UnitCard{Span: span, At: r.db.Now()}
	var (
		there  bool
		grants grant.Grants
	)
	err := r.db.Read(ctx, org.WantNode(ctx, &card.Unit, &there, unit), grant.Covering(&grants, actor, unit),
		mysql.Many(&card.Lines, "report.unit", mysql.Args{
			"unit": unit, "from": span.From, "until": span.Until, "limit": MaxUnitLines,
		}))
	switch {
	case err != nil:
		return card, err
	case !there || card.Unit.Kind != org.KindUnit:
		return card, fault.New(fault.ReasonNotFound)
	}
	for _, g := range grants {
		reads := g.Role.Decides() || g.Role == id.RoleAuditor || g.Role == id.RoleUnitLiaison && g.Distance == 0
		if reads && g.Distance >= 0 && g.IsInForce(card.At) {
			return card, nil
		}
	}
	return UnitCard{}, fault.New(fault.ReasonForbidden)
}

// Total is the sum of all lines.
func (u UnitCard) Total() UnitLine {
	var t UnitLine
	for _, l := range u.Lines {
		t.Wishes, t.Points, t.Minutes = t.Wishes+l.Wishes, t.Points+l.Points, t.Minutes+l.Minutes
		t.Activities += l.Activities
	}
	return t
}

// about says of what and when the card is.
func (u UnitCard) about() string {
	return fmt.Sprintf("%s，%d 位党员，%s制表", u.Span.Name, len(u.Lines), paper.Day(u.At))
}

// countsActivities says what is counted as an activity.
const countsActivities = "“参加活动”是记入了服务时长的队伍活动的场数，同一场只算一次；自己报的服务只算时长。"

// Sheet is the card as a spreadsheet.
func (u UnitCard) Sheet() ([]byte, error) { return paper.Sheet(u.table()) }

func (u UnitCard) table() paper.Table {
	t := paper.Table{
		Name: "党员服务卡", Above: []string{u.Unit.Name + "　党员服务卡", u.about(), countsActivities},
		Head: []any{"姓名", "报到姓名", "报到社区", "圆成心愿", "服务时长（小时，小数）", "参加活动", "积分"},
	}
	for _, l := range u.Lines {
		t.Rows = append(t.Rows, []any{l.Name, l.NameLabel, l.Place, l.Wishes, inHours(l.Minutes), l.Activities, l.Points})
	}
	sum := u.Total()
	t.Foot = []any{"合计", "", "", sum.Wishes, inHours(sum.Minutes), sum.Activities, sum.Points}
	return t
}

// inHours are minutes as hours with two places, a number.
func inHours(minutes int64) float64 { return float64((minutes*100+30)/60) / 100 }
