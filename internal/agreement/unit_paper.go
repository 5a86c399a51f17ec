package agreement

import (
	"fmt"
	"time"

	"xinyuan/internal/paper"
	"xinyuan/internal/state"
	"xinyuan/internal/words"
)

// kindNames are what people call what is promised.
var kindNames = map[Kind]string{
	KindResource: "资源", KindVenue: "场地", KindSkill: "技术", KindService: "服务", KindPost: "岗位",
}

// Name is what people call what is promised.
func (k Kind) Name() string { return kindNames[k] }

// unit is what a line of the kind counts.
func (k Kind) unit() string {
	if k.HasOffer() {
		return "次"
	}
	return "小时"
}

// howCounted says where the numbers of a unit's page come from.
const howCounted = "数字由系统算：场地看用过的预约，服务和岗位看记上的时长，心愿看居民自己的确认。没有人填写。"

// standing is where a line stands, in words.
func (a Agreement) standing(l Line, now time.Time) string {
	owed := fmt.Sprintf("还差 %d %s", l.Quantity-l.Done, l.Kind.unit())
	switch a.StandingOf(l, now) {
	case StandingKept:
		return "做到了"
	case StandingOwed:
		return owed
	case StandingLate:
		return "过了时间，" + owed
	case StandingEnded:
		return "协议提前结束了"
	}
	return ""
}

// until says when a line is to be done.
func (l Line) until() string { return fmt.Sprintf("%d 月底前", l.Quarter*3) }

// signedWords say when an agreement began, and how it stands.
func (a Agreement) signedWords(now time.Time) string {
	began := paper.Day(a.Since()) + "起"
	switch {
	case a.Status != state.AgreementSigned:
		return began + "，" + paper.Day(*a.EndedAt) + "提前结束"
	case !a.IsInForce(now):
		return began + "，已到期"
	}
	return fmt.Sprintf("%s，有效到 %d 年底", began, a.Year)
}

func (p UnitPage) title() string { return fmt.Sprintf("%d 年单位共建情况表", p.Year) }

// promised says in a sentence how many lines were kept.
func (p UnitPage) promised() string {
	n := p.Promises()
	text := fmt.Sprintf("答应了 %d 件，做到 %d 件，还要做 %d 件", n.All, n.Kept, n.Owed)
	if n.Late > 0 {
		text += fmt.Sprintf("（其中 %d 件过了时间）", n.Late)
	}
	return text
}

func (p UnitPage) used() (used, people int) {
	for _, o := range p.Opened {
		used, people = used+o.Used, people+o.People
	}
	return used, people
}

// PDF is the page to print, with room for what the unit's committee says of it. Error: that of a font.
func (p UnitPage) PDF() ([]byte, error) {
	used, people := p.used()
	f := paper.Form{
		Info:  paper.Info{Title: p.title() + " " + p.Unit.Name, Author: p.Unit.Name, At: p.At},
		Title: "单位共建情况表", About: fmt.Sprintf("%s　%d 年", p.Unit.Name, p.Year), Number: paper.Day(p.At) + "打印",
		Notes: []string{howCounted},
		Rows: []paper.FormRow{
			paper.Row("答应的事", p.promised()),
			paper.Row("圆成心愿", fmt.Sprintf("%d 个", p.Deeds.Wishes), "服务时长", words.Duration(p.Deeds.Minutes)),
			paper.Row("开放的地方", fmt.Sprintf("用过 %d 次，%d 人次", used, people), "请来办的事",
				fmt.Sprintf("办完 %d 件", p.Deeds.Tasks)),
		},
	}
	for _, a := range p.Agreements {
		f.Rows = append(f.Rows, paper.FormRow{Head: "和" + a.NodeName + "　" + a.signedWords(p.At)})
		for _, l := range a.Lines {
			f.Rows = append(f.Rows, paper.Row(l.until(),
				fmt.Sprintf("%s，%d %s", l.Text, l.Quantity, l.Kind.unit()), "做了",
				fmt.Sprintf("%d %s，%s", l.Done, l.Kind.unit(), a.standing(l, p.At))))
		}
	}
	if len(p.Opened) > 0 {
		f.Rows = append(f.Rows, paper.FormRow{Head: "开放的地方"})
	}
	for _, o := range p.Opened {
		f.Rows = append(f.Rows, paper.Row(offerNames[o.Status], o.Name, "用了", fmt.Sprintf("%d 次，%d 人次", o.Used, o.People)))
	}
	end := paper.Row("单位党组织\n的话", "")
	end.High = 96
	f.Rows = append(f.Rows, end)
	return f.PDF()
}

var offerNames = map[state.OfferStatus]string{
	state.OfferOpen: "开放", state.OfferPaused: "暂停", state.OfferClosed: "不再开放", state.OfferDraft: "还没开放",
}

// Sheet is the page as a spreadsheet: what was promised, and what is open.
func (p UnitPage) Sheet() ([]byte, error) {
	used, people := p.used()
	promises := paper.Table{
		Name: "答应的事",
		Above: []string{
			p.Unit.Name + "　" + p.title(), p.promised() + "。",
			fmt.Sprintf("圆成心愿 %d 个，服务%s，请来办的事办完 %d 件。%s制表", p.Deeds.Wishes,
				words.Duration(p.Deeds.Minutes), p.Deeds.Tasks, paper.Day(p.At)), howCounted,
		},
		Head: []any{"社区", "协议", "哪一种", "答应的事", "到什么时候", "答应多少", "做了多少", "单位", "现在"},
	}
	for _, a := range p.Agreements {
		for _, l := range a.Lines {
			promises.Rows = append(promises.Rows, []any{
				a.NodeName, a.signedWords(p.At), l.Kind.Name(), l.Text, l.until(), l.Quantity, l.Done, l.Kind.unit(),
				a.standing(l, p.At),
			})
		}
	}
	open := paper.Table{
		Name: "开放的地方", Above: []string{p.Unit.Name + "　开放的地方", fmt.Sprintf("%d 年用过的次数和人次", p.Year)},
		Head: []any{"名称", "现在", "用了几次", "人次"}, Foot: []any{"合计", "", used, people},
	}
	for _, o := range p.Opened {
		open.Rows = append(open.Rows, []any{o.Name, offerNames[o.Status], o.Used, o.People})
	}
	return paper.Sheets([]paper.Table{promises, open})
}
