package paper

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	qrcode "github.com/skip2/go-qrcode"
)

// Ink is red, green and blue, each 0 to 255.
type Ink [3]uint8

// Page is a page being drawn. Positions are in points from its upper left corner.
type Page struct {
	doc     *Document
	content bytes.Buffer
}

// Page adds a page.
func (d *Document) Page() *Page {
	p := &Page{doc: d}
	d.pages = append(d.pages, p)
	return p
}

// Pages is how many pages there are.
func (d *Document) Pages() int { return len(d.pages) }

// Style is how text is set.
type Style struct {
	Size   float64
	Ink    Ink
	Bold   float64 // how much thicker strokes are, in points
	Spread float64 // what is put between letters, in points
}

func (p *Page) draw(format string, args ...any) {
	fmt.Fprintf(&p.content, format, args...)
	p.content.WriteByte('\n')
}

func (c Ink) operands() string {
	return fmt.Sprintf("%.3f %.3f %.3f", float64(c[0])/255, float64(c[1])/255, float64(c[2])/255)
}

func (p *Page) up(y float64) float64 { return p.doc.height - y }

// Box is a rectangle.
type Box struct{ X, Y, Width, Height float64 }

// In is the box without a margin.
func (b Box) In(margin float64) Box {
	return Box{b.X + margin, b.Y + margin, b.Width - 2*margin, b.Height - 2*margin}
}

// Sheet is the whole page.
func (p *Page) Sheet() Box { return Box{0, 0, p.doc.width, p.doc.height} }

func (p *Page) box(b Box) string {
	return fmt.Sprintf("%.2f %.2f %.2f %.2f re", b.X, p.up(b.Y+b.Height), b.Width, b.Height)
}

// Fill paints a box.
func (p *Page) Fill(b Box, c Ink) { p.draw("%s rg %s f", c.operands(), p.box(b)) }

// Frame draws the edge of a box.
func (p *Page) Frame(b Box, thick float64, c Ink) {
	p.draw("%s RG %.2f w %s S", c.operands(), thick, p.box(b))
}

// Rule draws a line from left to right.
func (p *Page) Rule(x, y, width, thick float64, c Ink) {
	p.draw("%s RG %.2f w %.2f %.2f m %.2f %.2f l S", c.operands(), thick, x, p.up(y), x+width, p.up(y))
}

// Turned draws with the page turned about a point, by the cosine and the sine of
// the angle, counter-clockwise.
func (p *Page) Turned(x, y, cos, sin float64, draw func()) {
	cy := p.up(y)
	p.draw("q %.4f %.4f %.4f %.4f %.2f %.2f cm", cos, sin, -sin, cos, x-cos*x+sin*cy, cy-sin*x-cos*cy)
	draw()
	p.draw("Q")
}

// clean leaves out what has no shape of its own: controls, and the selectors of
// variants.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) {
			return -1
		}
		return r
	}, text)
}

// Width is how wide the text is.
func (d *Document) Width(text string, s Style) float64 {
	width, n := 0, 0
	for _, r := range clean(text) {
		width += d.set(r).advance
		n++
	}
	return float64(width)*s.Size/1000 + s.Spread*float64(max(n-1, 0))
}

// Text sets a line of text that begins at x, on the base line y, and returns
// where it ends.
func (p *Page) Text(x, y float64, text string, s Style) float64 {
	text = clean(text)
	if text == "" {
		return x
	}
	mode := 0
	if s.Bold > 0 {
		mode = 2 // filled, and its edge drawn
	}
	p.draw("BT %s rg %s RG %.2f w %d Tr %.2f Tc 1 0 0 1 %.2f %.2f Tm", s.Ink.operands(), s.Ink.operands(), s.Bold,
		mode, s.Spread, x, p.up(y))
	last := -1
	for _, r := range text {
		l := p.doc.set(r)
		if l.face != last {
			if last >= 0 {
				p.content.WriteString("> Tj ")
			}
			fmt.Fprintf(&p.content, "/F%d %.2f Tf <", l.face, s.Size)
			last = l.face
		}
		fmt.Fprintf(&p.content, "%04X", l.glyph)
	}
	p.draw("> Tj ET")
	return x + p.doc.Width(text, s)
}

// Middle sets a line whose middle is x.
func (p *Page) Middle(x, y float64, text string, s Style) {
	p.Text(x-p.doc.Width(text, s)/2, y, text, s)
}

// Right sets a line that ends at x.
func (p *Page) Right(x, y float64, text string, s Style) {
	p.Text(x-p.doc.Width(text, s), y, text, s)
}

// notFirst begin no line.
const notFirst = "，。；：、！？”’）》」』】·…—"

// Wrap breaks the text into lines of at most this width. Words of Latin letters
// and numbers stay whole where they fit, and no line begins with a full stop.
func (d *Document) Wrap(text string, width float64, s Style) []string {
	var lines []string
	line := ""
	for _, piece := range pieces(clean(text)) {
		if line != "" && d.Width(line+piece, s) > width && !strings.Contains(notFirst, piece) {
			lines, line = append(lines, strings.TrimRight(line, " ")), ""
		}
		for _, r := range piece {
			if line != "" && d.Width(line+string(r), s) > width && !strings.ContainsRune(notFirst, r) {
				lines, line = append(lines, line), ""
			}
			if line != "" || r != ' ' {
				line += string(r)
			}
		}
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// pieces are what a line is not broken within.
func pieces(text string) []string {
	var all []string
	word := false
	for _, r := range text {
		latin := r < 0x2E80 && !unicode.IsSpace(r) && !strings.ContainsRune(notFirst, r)
		if latin && word {
			all[len(all)-1] += string(r)
		} else {
			all = append(all, string(r))
		}
		word = latin
	}
	return all
}

// Clip is the text, or as much of it as fits with an ellipsis.
func (d *Document) Clip(text string, width float64, s Style) string {
	if d.Width(text, s) <= width {
		return text
	}
	runes := []rune(clean(text))
	for len(runes) > 0 && d.Width(string(runes)+"…", s) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// Code draws a QR code of the text into a square. Error: a text too long for one.
func (p *Page) Code(x, y, side float64, text string, c Ink) error {
	q, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return fmt.Errorf("paper: %w", err)
	}
	q.DisableBorder = true
	bits := q.Bitmap()
	dot := side / float64(len(bits))
	p.draw("%s rg", c.operands())
	for row, line := range bits {
		for column := 0; column < len(line); column++ {
			end := column
			for end < len(line) && line[end] {
				end++
			}
			if end > column {
				p.draw("%.3f %.3f %.3f %.3f re", x+float64(column)*dot, p.up(y+float64(row+1)*dot), float64(end-column)*dot, dot)
				column = end
			}
		}
	}
	p.draw("f")
	return nil
}
