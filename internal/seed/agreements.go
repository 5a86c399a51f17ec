package seed

import (
	"context"
	"fmt"

	"xinyuan/internal/agreement"
	"xinyuan/internal/clock"
	"xinyuan/internal/id"
)

// pact is an agreement that is written and offered, and signed where somebody signs.
type pact struct {
	days      int // ago
	turn      int
	node      id.Node
	unit      id.Node
	next      bool // for the year after that day's
	secretary func() id.User
	liaison   func() id.User // nil: it waits for the unit
	lines     func() []agreement.Line
}

// planPact plans an agreement.
func (w *world) planPact(p pact) {
	w.at(w.morning(p.days, p.turn), func(ctx context.Context) error {
		year := w.db.Now().In(clock.Shanghai).Year()
		if p.next {
			year++
		}
		a, err := w.agreements.Create(ctx, p.secretary(), agreement.Draft{
			NodeID: p.node, UnitID: p.unit, Year: year, Lines: p.lines(),
		}, nil)
		if err != nil {
			return err
		}
		if _, err = w.agreements.Dispatch(ctx, p.secretary(), a.ID, nil); err != nil || p.liaison == nil {
			return err
		}
		_, err = w.agreements.Sign(ctx, p.liaison(), a.ID, nil)
		return err
	})
}

// planAgreements has the school promise the community its court and its people's hours, and be asked for the next year.
func (w *world) planAgreements(court *id.Offer) {
	p := pact{
		days: 13, turn: 5, node: w.nodes[homeCode], unit: w.units[0],
		secretary: func() id.User { return w.staff[w.nodes[homeCode]] }, liaison: func() id.User { return w.people["unit"] },
		lines: func() []agreement.Line {
			return []agreement.Line{
				{Kind: agreement.KindVenue, Text: "放学后操场给居民打球", Quantity: 1, Quarter: 4, OfferID: *court},
				{Kind: agreement.KindService, Text: "老师周末辅导孩子写作业", Quantity: 60, Quarter: 4},
			}
		},
	}
	w.planPact(p)
	p.days, p.next, p.liaison = 1, true, nil
	w.planPact(p)
}

// planCountyAgreements has each unit of the county agree with its community, and some with a second one: some on three
// lines, the others on two.
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
		three := i < d.promises-2*d.agreements
		w.planPact(pact{
			days: bookedDays - 6 - i%5, turn: i, node: node, unit: o.node,
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
