package seed

import (
	"context"
	"time"

	"xinyuan/internal/ballot"
	"xinyuan/internal/brand"
	"xinyuan/internal/id"
)

// builder is a unit that builds a brand, and who speaks for it.
type builder struct {
	unit    id.Node
	liaison func() id.User
	days    int // ago, when it joins; 0: a while after the brand began
}

// tradition is a brand of a seed, whose units do for years what they began.
type tradition struct {
	days      int // ago, when it is proposed
	turn      int
	node      id.Node
	words     [3]string // its name, what it is, for whom
	byUnit    bool      // the unit that leads proposes it; otherwise the community
	secretary func() id.User
	lead      builder
	helpers   []builder
	votes     int  // days ago, when residents are asked; 0: they are not
	against   bool // most say no
	one       id.Brand
}

// planTradition plans a brand, a step after the other.
func (w *world) planTradition(t *tradition) {
	on := func(days int, do func(ctx context.Context) error) { w.at(w.morning(days, t.turn), do) }
	sender, other := t.secretary, t.lead.liaison
	if t.byUnit {
		sender, other = other, sender
	}
	on(t.days, func(ctx context.Context) error {
		b, err := w.brands.Create(ctx, sender(), brand.Draft{
			NodeID: t.node, UnitID: t.lead.unit, ByUnit: t.byUnit, Name: t.words[0], Text: t.words[1], ForWhom: t.words[2],
		}, nil)
		t.one = b.ID
		return err
	})
	on(t.days-1, func(ctx context.Context) error {
		_, err := w.brands.Accept(ctx, other(), t.one, nil)
		return err
	})
	for i, h := range t.helpers {
		days := h.days
		if days == 0 {
			days = t.days - 4 - 3*i
		}
		on(days, func(ctx context.Context) error {
			_, err := w.brands.Join(ctx, h.liaison(), t.one, h.unit, nil)
			return err
		})
	}
	if over := t.days - 367; over > 0 {
		on(over, w.brands.Sweep)
	}
	if t.votes != 0 {
		w.planRenewal(t)
	}
}

// planRenewal has residents vote whether a brand goes on, and it renewed where they say so.
func (w *world) planRenewal(t *tradition) {
	opened := w.morning(t.votes, t.turn)
	w.at(opened, func(ctx context.Context) error {
		_, err := w.brands.Open(ctx, t.secretary(), t.one, nil)
		return err
	})
	w.at(opened.Add(5*time.Hour), func(ctx context.Context) error {
		view, err := w.brands.Get(ctx, t.secretary(), t.one)
		if err != nil {
			return err
		}
		people := w.owners[t.node]
		for i := range 6 {
			choice := ballot.ChoiceYes
			if i == 0 || t.against && i < 4 {
				choice = ballot.ChoiceNo
			}
			if _, err := w.ballots.Cast(ctx, people[len(people)-1-i].id, view.BallotID, choice); err != nil {
				return err
			}
		}
		return nil
	})
	w.at(opened.Add(ballot.Span), w.brands.Sweep)
	if !t.against {
		w.at(opened.Add(ballot.Span+24*time.Hour), func(ctx context.Context) error {
			_, err := w.brands.Renew(ctx, t.secretary(), t.one, nil)
			return err
		})
	}
}

// services are what communities and units build; the first three are those that the county knows best.
var services = [][3]string{
	{"邻里一家亲", "每月一次邻里饭，谁家有事，楼上楼下搭把手。", "独居的老人、新搬来的人家"},
	{"五民工程", "听民声、解民忧、办民事、暖民心、聚民力，每周五在社区坐班。", "全社区的居民"},
	{"1+1+N", "一个支部带一个小区，几个单位轮着来修修补补。", "老旧小区的住户"},
	{"夕阳红饭桌", "工作日中午两荤一素，走不动的送到家。", "八十岁以上的老人"},
	{"四点半课堂", "放学以后有人看着写作业，家长下班来接。", "双职工家的孩子"},
	{"小板凳议事", "每月搬小板凳到楼下，大家的事大家商量。", "全社区的居民"},
	{"红色代办", "腿脚不便的，证照、缴费、取药替他跑。", "残疾人和高龄老人"},
	{"平安夜巡", "入冬以后每晚两个人在小区里转一圈。", "晚归的人"},
	{"邻家医生", "每月两次到楼下量血压、看化验单。", "有慢性病的人"},
	{"便民修理铺", "磨刀、配钥匙、修小家电，每月一次进小区。", "全社区的居民"},
	{"书香角", "一间小屋换着看书，周末有人讲故事。", "爱看书的大人和孩子"},
	{"护学岗", "上学放学，路口有人站着。", "小学生"},
	{"银发手机课", "教挂号、缴费、打视频，一对一地教。", "不会用手机的老人"},
	{"暖心到家", "过节去看看困难的人家，平时打个电话。", "困难家庭"},
}

// planBrands has the demo's home build three: one goes on, one is due, one sleeps.
func (w *world) planBrands() (neighbours, five *tradition) {
	secretary := func() id.User { return w.people["secretary"] }
	school := builder{w.units[0], func() id.User { return w.people["unit"] }, 0}
	works := builder{w.works(), func() id.User { return w.people["responder"] }, 0}
	late := func(unit int) builder { return builder{w.units[unit], w.liaisonOf(unit), 14} }
	neighbours = &tradition{days: 205, lead: school, helpers: []builder{works, late(1)}, byUnit: true}
	five = &tradition{days: 322, lead: works, helpers: []builder{school, late(2), late(5)}}
	for i, t := range []*tradition{neighbours, five, {days: 384, lead: school, helpers: []builder{works}}} {
		t.turn, t.node, t.secretary, t.words = 3+i, w.nodes[homeCode], secretary, services[i]
		w.planTradition(t)
	}
	return neighbours, five
}

// planCountyBrands has the county's communities build what its programme names, each with two to five units: the first
// three were renewed, one in eight is due, one in sixteen sleeps as residents said.
func (w *world) planCountyBrands(nodes []id.Node) {
	speaks := func(i int) builder {
		o := w.openers[i%len(w.openers)]
		return builder{unit: o.node, liaison: func() id.User { return o.person }}
	}
	for i := range years[w.Profile].brands {
		node := nodes[i%len(nodes)]
		t := &tradition{
			days: 290 - i*7, turn: i % 20, node: node, words: services[i%len(services)], byUnit: i%3 == 1, lead: speaks(i * 5),
			secretary: func() id.User { return w.staff[node] },
		}
		for k := range 1 + i%4 {
			t.helpers = append(t.helpers, speaks(i*5+1+k))
		}
		switch {
		case i < 3:
			t.days, t.votes = 352-i, 40-i
		case i%16 == 5:
			t.days, t.votes, t.against = 350, 38, true
		case i%8 == 3:
			t.days = 335 - i
		}
		w.planTradition(t)
		w.brandAt[node] = t
	}
}
