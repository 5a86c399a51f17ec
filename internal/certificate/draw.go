package certificate

import (
	"fmt"
	"time"
	"unicode/utf8"

	"xinyuan/internal/clock"
	"xinyuan/internal/paper"
	"xinyuan/internal/words"
)

// Measures, in points.
const (
	middle  = paper.A4Short / 2
	left    = 78.0
	right   = paper.A4Short - left
	rowHigh = 21.0
	lead    = 14.0 // from line to line within a row
	// tail is where on the first page the signature begins; above it the list ends.
	tail = 640.0
	// bottom is where the list ends on the other pages.
	bottom = paper.A4Long - 78
)

// sheet is a certificate being drawn.
type sheet struct {
	doc  *paper.Document
	page *paper.Page
	c    Certificate
	y    float64
}

// draw sets the certificate: the first page is whole in itself, to be framed. A
// short list of what was served stands on it; a longer one has pages of its own,
// and leaves it air.
func (s *Service) draw(c Certificate, name string, items []Item) ([]byte, error) {
	d := &sheet{c: c, doc: paper.New(paper.A4Short, paper.A4Long, paper.Info{
		Title: "志愿服务证明 " + c.Serial, Author: c.Issuer, At: c.IssuedAt,
	})}
	d.open()
	d.head()
	rows := d.rows(items)
	lines := d.sentence()
	d.y = 258
	air := tail - 30 - listHigh(rows) - (d.y + statementHigh(lines)) // what the list would leave
	apart := air < 0
	if apart {
		air += listHigh(rows) - 24 // for the line that tells of the other page
	}
	d.statement(name, lines, min(max(air/4, 0), 30))
	if err := d.sign(s.Address(c)); err != nil {
		return nil, err
	}
	if apart {
		d.page.Middle(middle, d.y, fmt.Sprintf("%d 次服务的明细见附页", len(items)), paper.Style{Size: 10.5, Ink: paper.Faint})
		d.open()
	}
	d.list(rows)
	return d.doc.Bytes()
}

// open begins a page: warm paper within a double rule of date red.
func (d *sheet) open() {
	d.page = d.doc.Page()
	all := d.page.Sheet()
	d.page.Fill(all, paper.Ground)
	d.page.Frame(all.In(30), 1.8, paper.Red)
	d.page.Frame(all.In(36), 0.5, paper.Red)
	for _, x := range []float64{36, paper.A4Short - 46} { // corners as on old letter paper
		for _, y := range []float64{36, paper.A4Long - 46} {
			box := paper.Box{X: x, Y: y, Width: 10, Height: 10}
			d.page.Frame(box, 0.5, paper.Red)
			d.page.Fill(box.In(3.5), paper.Red)
		}
	}
	if d.doc.Pages() > 1 {
		d.page.Text(left, 84, "志愿服务证明　附页", paper.Style{Size: 12, Ink: paper.Soft})
		d.page.Right(right, 84, fmt.Sprintf("%s　第 %d 页", d.c.Serial, d.doc.Pages()), paper.Style{Size: 10, Ink: paper.Faint})
		d.y = 112
	}
}

// head is the seal, what the paper is, and its number.
func (d *sheet) head() {
	p := d.page
	const side, at = 46.0, 96.0
	p.Turned(middle, at, 0.9962, 0.0872, func() { // a seal is set by hand, a little askew
		box := paper.Box{X: middle - side/2, Y: at - side/2, Width: side, Height: side}
		p.Fill(box, paper.Red)
		p.Frame(box.In(3), 0.7, paper.Ground)
		p.Middle(middle, at+11, "愿", paper.Style{Size: 30, Ink: paper.Ground, Bold: 0.4})
	})
	p.Middle(middle, 176, "志愿服务证明", paper.Style{Size: 36, Ink: paper.Dark, Bold: 0.5, Spread: 9})
	p.Rule(middle-30, 195, 60, 0.8, paper.Red)
	p.Middle(middle, 215, "编号　"+d.c.Serial, paper.Style{Size: 10.5, Ink: paper.Faint, Spread: 0.4})
}

// The certificate's sentence, as it is set.
var body = paper.Style{Size: 14, Ink: paper.Dark, Spread: 0.3}

// sentence is what the certificate says of the service, line by line.
func (d *sheet) sentence() []string {
	var lines []string
	for _, text := range []string{
		fmt.Sprintf("自%s至%s，", longDay(d.c.From), longDay(d.c.Until.Add(-time.Millisecond))),
		fmt.Sprintf("在%s参加志愿服务 %d 次，", d.c.Issuer, d.c.Records),
		"经服务组织记录、现场负责人或社区确认，时间属实。",
	} {
		lines = append(lines, d.doc.Wrap(text, right-left, body)...)
	}
	return lines
}

func statementHigh(lines []string) float64 { return 100 + 25*float64(len(lines)) + 98 }

// statement is whose certificate it is, the sentence, and the hours large. air is
// put before each of its parts.
func (d *sheet) statement(name string, lines []string, air float64) {
	p, c := d.page, d.c
	d.y += air
	p.Middle(middle, d.y, "兹　证　明", paper.Style{Size: 13, Ink: paper.Soft})
	big := paper.Style{Size: 31, Ink: paper.Dark, Bold: 0.4}
	if n := utf8.RuneCountInString(name); n < 5 {
		big.Spread = 8
	}
	for big.Size > 12 && d.doc.Width(name, big) > right-left {
		big.Size--
	}
	p.Middle(middle, d.y+46, name, big)
	wide := max(d.doc.Width(name, big)+44, 150)
	p.Rule(middle-wide/2, d.y+58, wide, 0.6, paper.Pale)
	p.Middle(middle, d.y+75, "志愿者编号　"+c.Number+"　　"+c.NameSource.String(), paper.Style{Size: 10.5, Ink: paper.Faint})
	d.y += 108 + air
	for _, l := range lines {
		p.Middle(middle, d.y, l, body)
		d.y += 25
	}
	d.y += air
	p.Middle(middle, d.y+2, "累计服务", paper.Style{Size: 12, Ink: paper.Soft})
	d.figure(d.y + 50)
	d.y += 90 + air
}

// figure is the hours, in the middle of the page.
func (d *sheet) figure(y float64) {
	big, small := paper.Style{Size: 52, Ink: paper.Red, Bold: 0.4}, paper.Style{Size: 16, Ink: paper.Soft}
	type part struct {
		text string
		s    paper.Style
	}
	var parts []part
	for _, p := range words.DurationParts(d.c.Minutes) {
		parts = append(parts, part{fmt.Sprint(p.Count), big}, part{p.Unit, small})
	}
	const gap = 7.0
	width := -gap
	for _, part := range parts {
		width += d.doc.Width(part.text, part.s) + gap
	}
	x := middle - width/2
	for _, part := range parts {
		x = d.page.Text(x, y, part.text, part.s) + gap
	}
}

// The columns of the list: the day, what was done, with whom, how long.
const (
	dayAt   = left
	titleAt = left + 76
	placeAt = left + 244
)

// row is a line of the list: what does not fit its column goes on below.
type row struct {
	item         Item
	title, place []string
	high         float64
}

var cell, muted = paper.Style{Size: 10.5, Ink: paper.Dark}, paper.Style{Size: 10.5, Ink: paper.Soft}

func (d *sheet) rows(items []Item) []row {
	rows := make([]row, len(items))
	for i, item := range items {
		r := row{
			item: item, title: d.doc.Wrap(item.Title, placeAt-titleAt-14, cell),
			place: d.doc.Wrap(item.Place, right-placeAt-76, muted),
		}
		r.high = rowHigh + lead*float64(max(len(r.title), len(r.place))-1)
		rows[i] = r
	}
	return rows
}

func listHigh(rows []row) float64 {
	high := rowHigh + 2
	for _, r := range rows {
		high += r.high
	}
	return high
}

// list is what was served, in the order of time, on as many pages as it takes.
func (d *sheet) list(rows []row) {
	d.listHead()
	for _, r := range rows {
		if d.doc.Pages() > 1 && d.y+r.high-rowHigh > bottom {
			d.open()
			d.listHead()
		}
		d.page.Text(dayAt, d.y, shortDay(r.item.StartedAt), muted)
		for n, l := range r.title {
			d.page.Text(titleAt, d.y+lead*float64(n), l, cell)
		}
		for n, l := range r.place {
			d.page.Text(placeAt, d.y+lead*float64(n), l, muted)
		}
		d.page.Right(right, d.y, words.Duration(r.item.Minutes), cell)
		d.y += r.high
		d.page.Rule(left, d.y-14.2, right-left, 0.4, paper.Pale)
	}
}

func (d *sheet) listHead() {
	s := paper.Style{Size: 10, Ink: paper.Faint}
	d.page.Text(dayAt, d.y, "日期", s)
	d.page.Text(titleAt, d.y, "服务内容", s)
	d.page.Text(placeAt, d.y, "服务组织", s)
	d.page.Right(right, d.y, "时长", s)
	d.page.Rule(left, d.y+7, right-left, 0.8, paper.Red)
	d.y += rowHigh + 2
}

// sign is how the paper is checked, and who answers for it: their stamp goes over
// name and date, as on any letter.
func (d *sheet) sign(address string) error {
	p, c := d.page, d.c
	x := left
	if address != "" {
		const side = 72.0
		p.Frame(paper.Box{X: left, Y: tail, Width: side + 12, Height: side + 12}, 0.5, paper.Pale)
		if err := p.Code(left+6, tail+6, side, address, paper.Dark); err != nil {
			return err
		}
		p.Middle(left+6+side/2, tail+side+25, "扫码核验真伪", paper.Style{Size: 9.5, Ink: paper.Soft})
		x += side + 28
	}
	contact := c.Contact
	if contact == "" {
		contact = "请到签发单位查询"
	}
	label, value := paper.Style{Size: 9.5, Ink: paper.Faint}, paper.Style{Size: 10.5, Ink: paper.Dark}
	const half = 148.0 // how wide handler and issuer may be
	y := tail + 10.0
	who := "联系人" // who asked for it by phone was met by nobody
	if c.IssuedBy != nil {
		who = "经办人"
	}
	for _, row := range [][2]string{{who, c.Handler}, {"联系方式", contact}} {
		if row[1] == "" {
			continue
		}
		p.Text(x, y, row[0], label)
		for _, l := range d.doc.Wrap(row[1], half, value) {
			y += lead + 1
			p.Text(x, y, l, value)
		}
		y += 22
	}
	name := paper.Style{Size: 13, Ink: paper.Dark}
	y = tail + 14
	for _, l := range d.doc.Wrap(c.Issuer, half, name) {
		p.Right(right, y, l, name)
		y += 18
	}
	p.Right(right, y+6, paper.Day(c.IssuedAt), paper.Style{Size: 12, Ink: paper.Dark})
	p.Right(right, y+26, "（签发单位盖章）", paper.Style{Size: 9.5, Ink: paper.Faint})
	d.foot(address)
	return nil
}

// foot is what the paper is worth, in the words of who keeps the records.
func (d *sheet) foot(address string) {
	notes := []string{"本证明由本县心愿系统按已确认的服务记录开具。"}
	if !d.c.Connected {
		notes[0] += "本系统尚未接入全国志愿服务信息系统，时长以本县记录为准。"
	}
	if address != "" {
		notes = append(notes, "也可以在网页上核验："+address)
	}
	y := paper.A4Long - 62 - 14*float64(len(notes)-1)
	for i, note := range notes {
		s := paper.Style{Size: 8.5, Ink: paper.Faint}
		for s.Size > 6 && d.doc.Width(note, s) > paper.A4Short-2*50 {
			s.Size -= 0.5
		}
		d.page.Middle(middle, y+14*float64(i), note, s)
	}
}

func longDay(t time.Time) string { return " " + paper.Day(t) }

func shortDay(t time.Time) string { return t.In(clock.Shanghai).Format("2006-01-02") }
