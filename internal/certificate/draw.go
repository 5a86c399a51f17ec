package certificate

import (
	"fmt"
	"strings"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/paper"
)

// The inks, as on the screens: date red is that of a seal and of a frame, and of
// nothing else.
var (
	ground = paper.Ink{252, 249, 244}
	ink    = paper.Ink{38, 33, 29}
	soft   = paper.Ink{87, 79, 72}
	faint  = paper.Ink{110, 101, 93}
	line   = paper.Ink{222, 212, 199}
	red    = paper.Ink{155, 36, 35}
)

// Measures, in points.
const (
	middle  = paper.A4Short / 2
	left    = 78.0
	right   = paper.A4Short - left
	rowHigh = 21.0
	lead    = 14.0 // from line to line within a row
	// tail is where on the first page the signature begins; above it the list ends.
	tail = 646.0
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

// draw sets the certificate: the first page is whole in itself, to be framed; the
// list of what was served goes on on as many pages as it takes.
func (s *Service) draw(c Certificate, name string, items []Item) ([]byte, error) {
	d := &sheet{c: c, doc: paper.New(paper.A4Short, paper.A4Long, paper.Info{
		Title: "志愿服务证明 " + c.Serial, Author: c.Issuer, At: c.IssuedAt,
	})}
	d.open()
	d.head()
	d.statement(name)
	if err := d.sign(s.Address(c)); err != nil {
		return nil, err
	}
	d.list(items)
	return d.doc.Bytes()
}

// open begins a page: warm paper within a double rule of date red.
func (d *sheet) open() {
	d.page = d.doc.Page()
	all := d.page.Sheet()
	d.page.Fill(all, ground)
	d.page.Frame(all.In(30), 1.6, red)
	d.page.Frame(all.In(35), 0.5, red)
	for _, x := range []float64{35, paper.A4Short - 43} { // corners as on old letter paper
		for _, y := range []float64{35, paper.A4Long - 43} {
			d.page.Frame(paper.Box{X: x, Y: y, Width: 8, Height: 8}, 0.5, red)
		}
	}
	if d.doc.Pages() > 1 {
		d.page.Text(left, 84, "志愿服务证明　附页", paper.Style{Size: 12, Ink: soft})
		d.page.Right(right, 84, fmt.Sprintf("%s　第 %d 页", d.c.Serial, d.doc.Pages()), paper.Style{Size: 10, Ink: faint})
		d.y = 112
	}
}

// head is the seal, what the paper is, and its number.
func (d *sheet) head() {
	p := d.page
	const side = 44.0
	p.Turned(middle, 92, 0.9962, 0.0872, func() { // a seal is set by hand, a little askew
		box := paper.Box{X: middle - side/2, Y: 92 - side/2, Width: side, Height: side}
		p.Fill(box, red)
		p.Frame(box.In(3), 0.7, ground)
		p.Middle(middle, 92+10.6, "愿", paper.Style{Size: 29, Ink: ground, Bold: 0.4})
	})
	p.Middle(middle, 166, "志愿服务证明", paper.Style{Size: 33, Ink: ink, Bold: 0.5, Spread: 7})
	p.Rule(middle-26, 184, 52, 0.8, red)
	p.Middle(middle, 203, "编号　"+d.c.Serial, paper.Style{Size: 10.5, Ink: faint, Spread: 0.4})
}

// statement is the certificate's sentence, with the hours large.
func (d *sheet) statement(name string) {
	p, c := d.page, d.c
	body := paper.Style{Size: 14, Ink: ink}
	p.Text(left, 246, "兹证明", body)
	size := 23.0
	for size > 12 && d.doc.Width(name, paper.Style{Size: size}) > right-left-215 {
		size--
	}
	end := p.Text(left+58, 248, name, paper.Style{Size: size, Ink: ink, Bold: 0.35})
	p.Rule(left+54, 255, end-left-50, 0.6, line)
	p.Text(end+14, 246, "志愿者编号　"+c.Number, paper.Style{Size: 11.5, Ink: soft})

	text := fmt.Sprintf("自%s至%s，在%s参加志愿服务 %d 次，经服务组织记录、现场负责人或社区确认，时间属实。累计服务：",
		longDay(c.From), longDay(c.Until.Add(-time.Millisecond)), c.Issuer, c.Records)
	y := 282.0
	for _, l := range d.doc.Wrap(text, right-left, body) {
		p.Text(left, y, l, body)
		y += 24
	}
	d.figure(y + 34)
	d.y = y + 66
}

// figure is the hours, in the middle of the page.
func (d *sheet) figure(y float64) {
	h, m := d.c.Minutes/60, d.c.Minutes%60
	big, small := paper.Style{Size: 52, Ink: red, Bold: 0.4}, paper.Style{Size: 16, Ink: soft}
	parts := []struct {
		text string
		s    paper.Style
	}{{fmt.Sprint(h), big}, {"小时", small}}
	if m > 0 {
		parts = append(parts, parts[0], parts[1])
		parts[2].text, parts[3].text = fmt.Sprint(m), "分钟"
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

// list is what was served, in the order of time.
func (d *sheet) list(items []Item) {
	d.listHead()
	cell, muted := paper.Style{Size: 10.5, Ink: ink}, paper.Style{Size: 10.5, Ink: soft}
	end := tail - 36
	for i, item := range items {
		title, place := d.doc.Wrap(item.Title, placeAt-titleAt-14, cell), d.doc.Wrap(item.Place, right-placeAt-76, muted)
		high := rowHigh + lead*float64(max(len(title), len(place))-1)
		if d.y+high-rowHigh > end {
			if d.doc.Pages() == 1 {
				d.page.Middle(middle, d.y, fmt.Sprintf("另有 %d 次，见附页", len(items)-i), paper.Style{Size: 10, Ink: faint})
			}
			end = bottom
			d.open()
			d.listHead()
		}
		d.page.Text(dayAt, d.y, shortDay(item.StartedAt), muted)
		for n, l := range title {
			d.page.Text(titleAt, d.y+lead*float64(n), l, cell)
		}
		for n, l := range place {
			d.page.Text(placeAt, d.y+lead*float64(n), l, muted)
		}
		d.page.Right(right, d.y, spell(item.Minutes), cell)
		d.y += high
		d.page.Rule(left, d.y-14.2, right-left, 0.4, line)
	}
}

func (d *sheet) listHead() {
	s := paper.Style{Size: 10, Ink: faint}
	d.page.Text(dayAt, d.y, "日期", s)
	d.page.Text(titleAt, d.y, "服务内容", s)
	d.page.Text(placeAt, d.y, "服务组织", s)
	d.page.Right(right, d.y, "时长", s)
	d.page.Rule(left, d.y+7, right-left, 0.8, red)
	d.y += rowHigh + 2
}

// sign is who answers for the paper, and how it is checked.
func (d *sheet) sign(address string) error {
	p, c := d.page, d.c
	label, value := paper.Style{Size: 11, Ink: faint}, paper.Style{Size: 11.5, Ink: ink}
	x, y := left, tail+4.0
	if address != "" {
		const side = 76.0
		p.Frame(paper.Box{X: left, Y: tail - 8, Width: side + 12, Height: side + 12}, 0.5, line)
		if err := p.Code(left+6, tail-2, side, address, ink); err != nil {
			return err
		}
		p.Middle(left+6+side/2, tail+side+19, "扫码核验真伪", paper.Style{Size: 9.5, Ink: soft})
		x = left + side + 40
	}
	contact := c.Contact
	if contact == "" {
		contact = "请到签发单位查询"
	}
	rows := [][2]string{
		{"签发单位", c.Issuer}, {"经 办 人", c.Handler}, {"联系方式", contact},
		{"签发日期", strings.TrimSpace(longDay(c.IssuedAt))},
	}
	for _, row := range rows {
		if row[1] == "" {
			continue
		}
		p.Text(x, y, row[0], label)
		p.Text(x+62, y, d.doc.Clip(row[1], right-x-62-84, value), value)
		y += 23
	}
	p.Right(right, tail+4, "（签发单位盖章）", paper.Style{Size: 9.5, Ink: faint})
	note := c.NameSource.String() + "。本证明由本县心愿系统按已确认的服务记录开具。"
	if !c.Connected {
		note += "本系统尚未接入全国志愿服务信息系统，时长以本县记录为准。"
	}
	foot := paper.Style{Size: 9, Ink: faint}
	y = paper.A4Long - 74
	if address != "" {
		p.Middle(middle, y+13, "也可以在网页上核验："+address, paper.Style{Size: 8, Ink: faint})
	}
	p.Middle(middle, y, note, foot)
	return nil
}

func longDay(t time.Time) string {
	y, m, d := t.In(clock.Shanghai).Date()
	return fmt.Sprintf(" %d 年 %d 月 %d 日", y, m, d)
}

func shortDay(t time.Time) string { return t.In(clock.Shanghai).Format("2006-01-02") }

// spell is a number of minutes as people say it.
func spell(minutes int) string {
	var parts []string
	if h := minutes / 60; h > 0 {
		parts = append(parts, fmt.Sprintf("%d 小时", h))
	}
	if m := minutes % 60; m > 0 {
		parts = append(parts, fmt.Sprintf("%d 分", m))
	}
	return strings.Join(parts, " ")
}
