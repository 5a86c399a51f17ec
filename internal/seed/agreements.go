package seed

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/agreement"
	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/offer"
)

// pact is an agreement that is written, and goes on until what becomes of it.
type pact struct {
	days      int // ago
	turn      int
	node      id.Node
	unit      id.Node
	next      bool // for the year after that day's
	secretary func() id.User
	liaison   func() id.User
	until     pactEnd
	nodeBody  agreement.Body // empty: what is evident
	unitBody  agreement.Body
	lines     func() []agreement.Line
}

// pactEnd is what becomes of an agreement of the demo.
type pactEnd int

const (
	pactSigned  pactEnd = iota
	pactOffered         // it waits for the unit
	pactDraft
	pactReturned // the unit wants it otherwise
	pactEnded    // the unit has ended it, some days later
)

// planPact plans an agreement.
func (w *world) planPact(p pact) {
	w.at(w.morning(p.days, p.turn), func(ctx context.Context) error {
		year := w.db.Now().In(clock.Shanghai).Year()
		if p.next {
			year++
		}
		a, err := w.agreements.Create(ctx, p.secretary(), agreement.Draft{
			NodeID: p.node, UnitID: p.unit, Body: p.nodeBody, Year: year, Lines: p.lines(),
		}, nil)
		if err != nil || p.until == pactDraft {
			return err
		}
		if _, err = w.agreements.Dispatch(ctx, p.secretary(), a.ID, nil); err != nil || p.until == pactOffered {
			return err
		}
		if p.until == pactReturned {
			_, err = w.agreements.Return(ctx, p.liaison(), a.ID, "年底人手紧，四十小时改成二十小时行不行？", nil)
			return err
		}
		if p.until == pactEnded {
			w.at(w.morning(p.days-5, p.turn), func(ctx context.Context) error {
				_, err := w.agreements.End(ctx, p.liaison(), a.ID, "机房搬到城南，人手抽不出来。", nil)
				return err
			})
		}
		_, err = w.agreements.Sign(ctx, p.liaison(), a.ID, p.unitBody, nil)
		return err
	})
}

// promise is a line of the demo.
func promise(kind agreement.Kind, text string, quantity int) agreement.Line {
	return agreement.Line{Kind: kind, Text: text, Quantity: quantity, Quarter: 4}
}

// used is promise of what people book.
func used(kind agreement.Kind, text string, quantity int, offered *id.Offer) agreement.Line {
	l := promise(kind, text, quantity)
	l.OfferID = *offered
	return l
}

// planAgreements has units promise the community what they have: some of it was done, some not yet; some agreements
// wait for the unit, are being written, or have ended. The school is asked for the next year,
// too, and has a second community.
func (w *world) planAgreements(court *id.Offer) {
	home := w.nodes[homeCode]
	secretary := func() id.User { return w.staff[home] }
	school := pact{
		days: 13, turn: 5, node: home, unit: w.units[0], secretary: secretary,
		liaison: func() id.User { return w.people["unit"] },
		lines: func() []agreement.Line {
			return []agreement.Line{
				used(agreement.KindVenue, "放学后操场给居民打球", 1, court),
				promise(agreement.KindService, "老师周末辅导孩子写作业", 60),
			}
		},
	}
	w.planPact(school)
	second := school
	second.node, second.days, second.turn = w.nodes[others[0]], 10, 9
	second.secretary = func() id.User { return w.staff[second.node] }
	second.lines = func() []agreement.Line {
		return []agreement.Line{promise(agreement.KindService, "老师来讲怎么陪孩子读书", 12)}
	}
	w.planPact(second)
	school.days, school.next, school.until = 1, true, pactOffered
	w.planPact(school)
	lecture := w.planLecture()
	for i, p := range []struct {
		unit  int // of units
		days  int
		until pactEnd
		sides [2]agreement.Body
		lines func() []agreement.Line
	}{
		{1, 13, pactSigned, [2]agreement.Body{}, func() []agreement.Line {
			return []agreement.Line{
				used(agreement.KindSkill, "健康课堂给居民听", 2, lecture),
				promise(agreement.KindService, "护士每月来量血压、测血糖", 48),
			}
		}},
		{2, 12, pactSigned, [2]agreement.Body{agreement.BodySelfGoverning}, func() []agreement.Line {
			return []agreement.Line{promise(agreement.KindService, "帮老人查线路、换灯泡", 1)}
		}},
		{10, 9, pactSigned, [2]agreement.Body{agreement.BodyParty, agreement.BodyMass}, func() []agreement.Line {
			return []agreement.Line{promise(agreement.KindService, "给快递员、环卫工人义诊和理发", 24)}
		}},
		{3, 2, pactOffered, [2]agreement.Body{}, func() []agreement.Line {
			return []agreement.Line{promise(agreement.KindPost, "办税季来人教小店报税", 16)}
		}},
		{5, 4, pactReturned, [2]agreement.Body{}, func() []agreement.Line {
			return []agreement.Line{promise(agreement.KindPost, "每月来人查电梯和食品", 40)}
		}},
		{6, 1, pactDraft, [2]agreement.Body{}, func() []agreement.Line {
			return []agreement.Line{promise(agreement.KindPost, "放学时来人护路口", 30)}
		}},
		{7, 12, pactEnded, [2]agreement.Body{}, func() []agreement.Line {
			return []agreement.Line{promise(agreement.KindService, "给老街坊拍合影、录口述", 400)}
		}},
	} {
		w.planPact(pact{
			days: p.days, turn: 6 + i, node: home, unit: w.units[p.unit], secretary: secretary,
			liaison: w.liaisonOf(p.unit), until: p.until,
			nodeBody: p.sides[0], unitBody: p.sides[1], lines: p.lines,
		})
	}
}

// liaisonOf is who signs for a unit, other than the school, of the home community.
func (w *world) liaisonOf(unit int) func() id.User {
	return func() id.User { return w.people[fmt.Sprintf("liaison-%d", unit)] }
}

// planLecture has units name who signs for them, and the hospital open a lecture that people have heard twice.
func (w *world) planLecture() *id.Offer {
	w.at(w.morning(15, 0), func(ctx context.Context) error {
		return w.db.Tx(ctx, func(tx *mysql.Tx) error {
			for _, unit := range []int{1, 2, 3, 5, 6, 7, 10} {
				name := w.name(memberGiven, unit*11+4)
				_, err := w.addHolder(tx, fmt.Sprintf("liaison-%d", unit), name, id.RoleUnitLiaison, w.units[unit])
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
	liaison := w.liaisonOf(1)
	lecture := w.open(5, liaison, w.units[1], place(offer.KindLecture, "健康课堂", "门诊楼三楼"), nil)
	w.planBooking(11, lecture, liaison, booked{"resident-2", 8, 9, "听怎么吃药", (*world).letIn, 0})
	w.planBooking(12, lecture, liaison, booked{"resident", 4, 14, "听冬天怎么护腿", (*world).letIn, 0})
	return lecture
}

// planCountyAgreements has each unit of the county agree with its community, and some with a second one: some on three
// lines, the others on two. In the second half of a year they agree on the next one.
func (w *world) planCountyAgreements(venues []offering) {
	var nodes []id.Node
	for _, node := range w.sortedOwners() {
		if w.staff[node] != 0 {
			nodes = append(nodes, node)
		}
	}
	d, units := years[w.Profile], w.openers
	for i := range d.agreements {
		o, node := w.openers[i%len(units)], nodes[(i%len(units)+i/len(units)*7)%len(nodes)]
		nodeBody, unitBody := agreement.BodyParty, agreement.BodyCoBuilding
		if i%4 == 3 {
			nodeBody = agreement.BodySelfGoverning
		}
		if isMassUnit(i % len(units)) {
			unitBody = agreement.BodyMass
		}
		three, days := i < d.promises-2*d.agreements, bookedDays-6-i%5
		w.planPact(pact{
			days: days, turn: i, node: node, unit: o.node, nodeBody: nodeBody, unitBody: unitBody,
			next:      w.morning(days, i).In(clock.Shanghai).Month() > time.June, // the first line is due in June
			secretary: func() id.User { return w.staff[node] }, liaison: func() id.User { return o.person },
			lines: func() []agreement.Line {
				all := []agreement.Line{{Kind: agreement.KindService, Text: "帮老人读报、修电器", Quantity: 10 + i%5*10, Quarter: 4}}
				if i%len(units) < venueUnits {
					all = append(all, agreement.Line{
						Kind: agreement.KindVenue, Text: "场地给居民用", Quantity: 4 + i%3*4, Quarter: 4, OfferID: *venues[i%len(units)].id,
					})
				} else {
					all = append(all, agreement.Line{Kind: agreement.KindPost, Text: "节前来人维持秩序", Quantity: 5 + i%4*5, Quarter: 2})
				}
				if three {
					all = append(all, agreement.Line{
						Kind: agreement.KindPost, Text: fmt.Sprintf("来 %d 个人做护学岗", 2+i%3), Quantity: 8, Quarter: 3,
					})
				}
				return all
			},
		})
	}
}
