package seed

import (
	"bytes"
	"context"

	"xinyuan/internal/id"
)

// A drawing is of what a plea is about, or of what somebody did.
type drawing struct {
	wanted bool // a thing that somebody would like to have: sketched before, there after
	draw   func(p *pen, done bool)
}

// drawings are by the title of the plea or the report; the others have no picture,
// as in life.
var drawings = map[string]drawing{
	"厨房水龙头关不严":      {false, drawTap},
	"屋里的灯总是闪":       {false, drawLamp},
	"想要一个夜里起床用的小夜灯": {true, drawLamp},
	"卫生间想装个扶手":      {false, drawRail},
	"想要一根带座的拐杖":     {true, drawStick},
	"想要一个大字的挂钟":     {true, drawClock},
	"轮椅的刹车不灵":       {false, drawWheelchair},
	"想申请一辆轮椅":       {true, drawWheelchair},
	"想给孩子要一个书桌":     {true, drawDesk},
	"想在单元门口放个长椅":    {true, drawBench},
	"想要一台收音机听新闻":    {true, drawRadio},
	"窗户关不严漏风":       {false, drawWindow},
	"想给社区花坛补几棵花":    {false, drawFlowers},
	"想要一个洗澡用的防滑凳":   {true, drawStool},
	"想要一个能推着走的菜篮子车": {true, drawCart},
	"给三栋老人换灯泡、修水龙头": {false, drawTap},
	"帮楼上老人学用手机缴费":   {false, drawSteps},
	"雪后连着清扫两个小区":    {false, drawSnow},
}

func drawTap(p *pen, done bool) {
	for x := 60.0; x < pictureWidth; x += 140 { // tiles
		p.area(cream, box(x, 40, 128, 118))
		p.area(cream, box(x-70, 168, 128, 118))
	}
	p.bar(iron, 56, point{300, 420}, point{300, 300}, point{330, 240}, point{400, 210}, point{520, 210}, point{590, 240},
		point{610, 300})
	p.thing(clay, box(252, 420, 96, 36))
	p.thing(clay, box(360, 132, 80, 34))
	p.stroke(point{400, 166}, point{400, 186})
	p.thing(sky, []point{{180, 470}, {780, 470}, {730, 640}, {230, 640}})
	if !done {
		for _, y := range []float64{360, 410} {
			p.thing(sky, append(arc(point{610, y + 16}, 13, 15, -30, 210), point{610, y - 12}))
		}
	}
}

func drawLamp(p *pen, done bool) {
	if done {
		p.area(ochre, disc(480, 330, 214))
		p.area(paper, disc(480, 330, 196))
		p.area(cream, disc(480, 330, 178))
	}
	p.stroke(point{480, 0}, point{480, 170})
	shade := wood
	if done {
		shade = ochre
	}
	p.thing(shade, []point{{430, 170}, {530, 170}, {640, 330}, {320, 330}})
	p.thing(cream, arc(point{480, 330}, 58, 58, 0, 180))
	if !done && !p.sketch { // it flickers
		p.stroke(point{300, 400}, point{270, 440}, point{310, 450}, point{280, 500})
		p.stroke(point{660, 400}, point{690, 440}, point{650, 450}, point{680, 500})
	}
}

func drawRail(p *pen, done bool) {
	p.area(cream, box(0, 0, pictureWidth, 250))
	p.thing(cream, box(250, 210, 230, 150))
	p.thing(iron, box(350, 196, 40, 16))
	p.thing(cream, []point{{230, 380}, {520, 380}, {490, 500}, {410, 540}, {410, 620}, {300, 620}, {300, 540}, {250, 480}})
	p.thing(celadon, arc(point{375, 380}, 150, 26, 0, 360))
	if done {
		p.bar(wood, 34, point{640, 290}, point{640, 470})
		p.bar(wood, 34, point{640, 470}, point{830, 470})
		for _, at := range []point{{640, 276}, {640, 484}, {846, 470}} {
			p.thing(iron, disc(at.x, at.y, 26))
		}
		return
	}
	for y := 290.0; y < 470; y += 40 { // where it should be
		p.stroke(point{640, y}, point{640, y + 16})
	}
	for x := 650.0; x < 830; x += 40 {
		p.stroke(point{x, 480}, point{x + 16, 480})
	}
}

func drawStick(p *pen, _ bool) {
	p.bar(wood, 26, point{480, 250}, point{480, 610})
	p.bar(wood, 26, append(arc(point{540, 170}, 60, 60, 180, 350), point{598, 190})...)
	p.bar(wood, 26, point{480, 170}, point{480, 300})
	p.thing(celadon, []point{{350, 360}, {610, 360}, {640, 400}, {320, 400}})
	p.bar(wood, 20, point{400, 410}, point{350, 610})
	p.bar(wood, 20, point{560, 410}, point{610, 610})
}

func drawClock(p *pen, done bool) {
	p.thing(wood, disc(480, 320, 236))
	p.thing(cream, disc(480, 320, 196))
	for a := 0.0; a < 360; a += 30 {
		mark := arc(point{480, 320}, 168, 168, a, a+1)
		end := arc(point{480, 320}, 144, 144, a, a+1)
		p.stroke(mark[0], end[0])
	}
	hour, minute := point{480, 220}, point{590, 320}
	if done {
		hour, minute = point{400, 260}, point{560, 210}
	}
	p.width += 6
	p.stroke(hour, point{480, 320}, minute)
	p.width -= 6
	p.area(clay, disc(480, 320, 16))
}

func drawWheelchair(p *pen, done bool) {
	p.thing(sky, []point{{330, 170}, {390, 170}, {400, 380}, {340, 380}})
	p.thing(sky, []point{{340, 370}, {610, 370}, {610, 420}, {340, 420}})
	p.bar(iron, 20, point{300, 150}, point{340, 170}, point{360, 440})
	p.bar(iron, 20, point{380, 300}, point{560, 300}, point{600, 380})
	p.bar(iron, 20, point{600, 420}, point{670, 570}, point{740, 570})
	p.thing(cream, disc(400, 490, 140))
	p.thing(paper, disc(400, 490, 112))
	for a := 0.0; a < 180; a += 30 {
		p.stroke(arc(point{400, 490}, 112, 112, a, a+180)[0], arc(point{400, 490}, 112, 112, a+180, a)[0])
	}
	p.thing(clay, disc(400, 490, 22))
	p.thing(cream, disc(640, 590, 42))
	p.thing(iron, disc(640, 590, 14))
	if done || p.sketch {
		p.bar(clay, 18, point{520, 350}, point{545, 430})
		return
	}
	p.stroke(point{560, 440}, point{600, 470}) // the brake hangs loose
	p.stroke(point{575, 425}, point{615, 440})
}

func drawDesk(p *pen, done bool) {
	p.thing(wood, box(190, 340, 580, 40))
	p.bar(wood, 26, point{230, 384}, point{230, 630})
	p.bar(wood, 26, point{730, 384}, point{730, 630})
	p.thing(cream, box(560, 380, 150, 110))
	p.stroke(point{620, 430}, point{650, 430})
	p.thing(celadon, []point{{300, 320}, {420, 320}, {420, 340}, {300, 340}})
	p.thing(sky, []point{{310, 300}, {430, 300}, {430, 320}, {310, 320}})
	if done {
		p.bar(iron, 18, point{600, 332}, point{600, 220}, point{540, 160})
		p.thing(ochre, []point{{550, 130}, {590, 170}, {530, 220}, {480, 170}})
		p.thing(iron, box(560, 320, 80, 20))
	}
}

func drawBench(p *pen, done bool) {
	if done {
		p.thing(cream, box(80, 90, 190, 470))
		p.thing(celadon, box(110, 130, 130, 430))
		p.area(ink, disc(220, 350, 9))
	}
	for _, y := range []float64{250, 310} {
		p.thing(wood, box(350, y, 460, 40))
	}
	p.thing(wood, box(330, 400, 500, 44))
	p.bar(iron, 22, point{390, 240}, point{390, 620})
	p.bar(iron, 22, point{770, 240}, point{770, 620})
}

func drawRadio(p *pen, done bool) {
	p.bar(iron, 14, point{620, 210}, point{760, 70})
	p.thing(clay, box(190, 210, 580, 330))
	p.thing(cream, box(230, 250, 270, 250))
	for y := 290.0; y < 490; y += 40 {
		p.stroke(point{260, y}, point{470, y})
	}
	p.thing(cream, box(540, 260, 190, 70))
	p.stroke(point{600, 270}, point{600, 320})
	for i, x := range []float64{580, 690} {
		p.thing([2]rgba{ochre, celadon}[i], disc(x, 430, 44))
		p.stroke(point{x, 430}, point{x + 20, 405})
	}
	if done { // it plays
		p.stroke(arc(point{770, 150}, 50, 50, -60, 60)...)
		p.stroke(arc(point{770, 150}, 84, 84, -55, 55)...)
	}
}

func drawWindow(p *pen, done bool) {
	p.thing(wood, box(230, 70, 500, 430))
	p.thing(sky, box(262, 102, 208, 366))
	if done {
		p.thing(sky, box(490, 102, 208, 366))
		p.thing(celadon, []point{{560, 440}, {640, 440}, {625, 500}, {575, 500}})
		p.bar(celadon, 16, point{600, 440}, point{600, 380})
		p.thing(clay, disc(600, 366, 26))
		return
	}
	p.thing(sky, []point{{490, 102}, {640, 130}, {640, 500}, {490, 468}}) // it stands open
	for i, y := range []float64{190, 260, 330} {
		left := arc(point{700 + float64(i)*14, y}, 60, 16, 200, 340)
		p.stroke(append(left, arc(point{812 + float64(i)*14, y - 6}, 60, 16, 160, 20)...)...)
	}
}

func drawFlowers(p *pen, done bool) {
	p.thing(clay, []point{{120, 500}, {840, 500}, {800, 640}, {160, 640}})
	p.thing(wood, arc(point{480, 500}, 340, 34, 0, 360))
	for i := range 6 {
		x := 210 + float64(i)*108
		if !done && i > 1 { // bare
			p.stroke(point{x, 500}, point{x + 26, 494})
			continue
		}
		top := 320 - float64(i%3)*46
		p.bar(celadon, 16, point{x, 496}, point{x, top})
		p.thing(celadon, arc(point{x + 34, 430}, 32, 15, 0, 360))
		for a := 0.0; a < 360; a += 72 {
			at := arc(point{x, top}, 30, 30, a, a+1)[0]
			p.thing([3]rgba{clay, ochre, cream}[i%3], disc(at.x, at.y, 24))
		}
		p.thing(ochre, disc(x, top, 18))
	}
}

func drawStool(p *pen, _ bool) {
	p.thing(sky, arc(point{480, 300}, 210, 62, 0, 360))
	for _, x := range []float64{400, 480, 560} {
		p.thing(cream, arc(point{x, 300}, 16, 9, 0, 360))
	}
	for _, leg := range [][2]float64{{310, 260}, {420, 400}, {540, 560}, {650, 700}} {
		p.bar(iron, 26, point{leg[0], 345}, point{leg[1], 600})
		p.thing(clay, box(leg[1]-24, 600, 48, 26))
	}
}

func drawCart(p *pen, done bool) {
	p.bar(iron, 20, point{650, 130}, point{720, 110})
	p.bar(iron, 20, point{650, 130}, point{620, 560}, point{330, 560})
	p.thing(celadon, []point{{330, 270}, {620, 270}, {600, 520}, {360, 520}})
	p.thing(cream, box(420, 330, 120, 110))
	for _, x := range []float64{400, 600} {
		p.thing(iron, disc(x, 590, 46))
		p.thing(cream, disc(x, 590, 16))
	}
	if done {
		p.thing(ochre, arc(point{440, 250}, 60, 44, 180, 360))
		p.bar(celadon, 16, point{540, 266}, point{560, 170})
		p.bar(celadon, 16, point{560, 266}, point{600, 190})
	}
}

// drawSteps is the steps of paying by phone, in large letters on the wall.
func drawSteps(p *pen, done bool) {
	if done {
		p.thing(cream, box(250, 70, 380, 440))
		p.area(ochre, box(400, 48, 80, 44))
		for i := range 4 {
			y := 160 + float64(i)*95
			p.thing(clay, disc(316, y, 26))
			p.bar(ink, 10, point{380, y}, point{560 - float64(i%2)*60, y})
		}
	}
	p.thing(wood, box(60, 560, 840, 44))
	p.thing(iron, []point{{700, 330}, {800, 330}, {830, 560}, {730, 560}})
	p.thing(sky, []point{{714, 350}, {788, 350}, {810, 530}, {738, 530}})
}

// drawSnow is the steps before a door after a night of snow.
func drawSnow(p *pen, done bool) {
	p.thing(wood, box(350, 40, 260, 320))
	p.thing(celadon, box(384, 74, 192, 286))
	p.area(ink, disc(548, 230, 9))
	for i := range 3 {
		x, y, wide := 300-float64(i)*60, 360+float64(i)*74, 360+float64(i)*120
		p.thing(iron, box(x, y, wide, 74))
		if !done {
			p.thing(cream, arc(point{480, y + 12}, wide/2, 40, 180, 360))
		}
	}
	if !done {
		return
	}
	for _, x := range []float64{96, 864} {
		p.thing(cream, arc(point{x, 640}, 120, 110, 180, 360))
	}
	p.bar(wood, 18, point{716, 120}, point{760, 470})
	p.thing(ochre, []point{{726, 462}, {792, 454}, {836, 590}, {716, 604}})
	for _, x := range []float64{748, 776, 804} {
		p.stroke(point{x - 8, 520}, point{x, 580})
	}
}

// photograph has the person add the picture of what the plea or report of the
// title is about, if there is one: what is drawn once is kept, since many ask for
// the same.
func (w *world) photograph(ctx context.Context, by id.User, title string, done bool) ([]id.Photo, error) {
	d, there := drawings[title]
	if !there || w.photos == nil {
		return nil, nil
	}
	key := sheet{title, done}
	if w.drawn[key] == nil {
		data, err := d.picture(done)
		if err != nil {
			return nil, err
		}
		w.drawn[key] = data
	}
	photo, err := w.photos.Add(ctx, by, bytes.NewReader(w.drawn[key]))
	return []id.Photo{photo.ID}, err
}

// sheet is what was drawn.
type sheet struct {
	title string
	done  bool
}

// picture draws it as it was asked for, or as it was done.
func (d drawing) picture(done bool) ([]byte, error) {
	p := newPen(d.wanted && !done)
	d.draw(p, done)
	return p.picture()
}
