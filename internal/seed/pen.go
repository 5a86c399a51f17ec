package seed

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"

	"golang.org/x/image/vector"
)

// The seeds draw their own pictures: things in ink and flat colours on warm
// paper. What is wished for is a sketch, what is broken or done is a scene.

// The drawings have places of their own, which are scaled to the sheet.
const (
	pictureWidth, pictureHeight = 960, 720
	floorLine                   = 560
	scale                       = 0.75
)

var (
	paper   = color.RGBA{0xF6, 0xEF, 0xE3, 0xFF}
	floor   = color.RGBA{0xE9, 0xDC, 0xC6, 0xFF}
	cream   = color.RGBA{0xFF, 0xFB, 0xF2, 0xFF}
	ink     = color.RGBA{0x3A, 0x33, 0x2D, 0xFF}
	pencil  = color.RGBA{0x7A, 0x6E, 0x62, 0xFF}
	wood    = color.RGBA{0xD8, 0xB0, 0x82, 0xFF}
	celadon = color.RGBA{0xB7, 0xCB, 0xBC, 0xFF}
	sky     = color.RGBA{0xB5, 0xC8, 0xD6, 0xFF}
	ochre   = color.RGBA{0xE5, 0xC0, 0x73, 0xFF}
	clay    = color.RGBA{0xD6, 0x9A, 0x80, 0xFF}
	iron    = color.RGBA{0xC4, 0xBC, 0xB1, 0xFF}
)

type rgba = color.RGBA

// point is a place on the paper, from its upper left corner.
type point struct{ x, y float64 }

// pen draws on one sheet.
type pen struct {
	sheet  *image.RGBA
	sketch bool // with a pencil, on a card
	line   color.RGBA
	width  float64
}

func newPen(sketch bool) *pen {
	p := &pen{image.NewRGBA(image.Rect(0, 0, pictureWidth*scale, pictureHeight*scale)), sketch, ink, 8}
	draw.Draw(p.sheet, p.sheet.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	if !sketch {
		p.area(floor, box(0, floorLine, pictureWidth, pictureHeight-floorLine))
		return p
	}
	p.area(iron, box(92, 62, 788, 608))
	p.area(cream, box(84, 54, 788, 608))
	p.line, p.width = color.RGBA{0xE4, 0xDA, 0xCA, 0xFF}, 2
	for y := 130.0; y < 640; y += 58 {
		p.stroke(point{110, y}, point{846, y})
	}
	p.line, p.width = pencil, 6
	return p
}

// picture is the sheet as a JPEG.
func (p *pen) picture() ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, p.sheet, &jpeg.Options{Quality: 90})
	return b.Bytes(), err
}

// area fills an outline. Only the rectangle around it is worked on.
func (p *pen) area(c color.RGBA, outline []point) {
	var around image.Rectangle
	for _, at := range outline {
		x, y := int(math.Floor(at.x*scale)), int(math.Floor(at.y*scale))
		around = around.Union(image.Rect(x, y, x+2, y+2))
	}
	around = around.Intersect(p.sheet.Rect)
	if around.Empty() {
		return
	}
	r := vector.NewRasterizer(around.Dx(), around.Dy())
	left, top := float64(around.Min.X), float64(around.Min.Y)
	r.MoveTo(float32(outline[0].x*scale-left), float32(outline[0].y*scale-top))
	for _, at := range outline[1:] {
		r.LineTo(float32(at.x*scale-left), float32(at.y*scale-top))
	}
	r.ClosePath()
	r.Draw(p.sheet, around, image.NewUniform(c), image.Point{})
}

// stroke draws a line with round ends and corners.
func (p *pen) stroke(line ...point) {
	from := line[0]
	for _, at := range line {
		p.area(p.line, arc(at, p.width/2, p.width/2, 0, 360))
		dx, dy := at.x-from.x, at.y-from.y
		if length := math.Hypot(dx, dy); length > 0 {
			nx, ny := -dy/length*p.width/2, dx/length*p.width/2
			p.area(p.line, []point{
				{from.x + nx, from.y + ny}, {at.x + nx, at.y + ny}, {at.x - nx, at.y - ny}, {from.x - nx, from.y - ny},
			})
		}
		from = at
	}
}

// thing is a filled outline with its line around it; a sketch has no colour.
func (p *pen) thing(c color.RGBA, outline []point) {
	if p.sketch {
		c = cream
	}
	p.area(c, outline)
	p.stroke(append(append([]point{}, outline...), outline[0])...)
}

// bar is a thick rod between places, with a line around it.
func (p *pen) bar(c color.RGBA, thick float64, line ...point) {
	outer, width := p.line, p.width
	p.width = thick + width
	p.stroke(line...)
	p.line, p.width = c, thick-width
	if p.sketch {
		p.line = cream
	}
	p.stroke(line...)
	p.line, p.width = outer, width
}

func box(x, y, w, h float64) []point { return []point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}} }

// arc is a part of an ellipse, in degrees from the right, clockwise.
func arc(centre point, rx, ry, from, to float64) []point {
	var line []point
	for i := 0.0; i <= 36; i++ {
		a := (from + (to-from)*i/36) * math.Pi / 180
		line = append(line, point{centre.x + rx*math.Cos(a), centre.y + ry*math.Sin(a)})
	}
	return line
}

func disc(x, y, r float64) []point { return arc(point{x, y}, r, r, 0, 360) }
