package seed

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/offer"
)

// What a county's units and communities open, and how it is used in ninety days.
const (
	countyVenues = 18
	venueUnits   = 14
	countyDesks  = 24
	bookedDays   = 90

	missedPercent = 5
	calledOff     = 3
)

// opener is a body with who answers for it.
type opener struct {
	node   id.Node
	person id.User
}

var countyVenueKinds = []struct {
	kind        offer.Kind
	name, where string
}{
	{offer.KindVenue, "会议室", "一楼东侧"}, {offer.KindCourt, "篮球场", "后院"}, {offer.KindParking, "夜间车位", "门前广场"},
	{offer.KindHall, "礼堂", "主楼后面"}, {offer.KindLecture, "讲座室", "二楼"}, {offer.KindCraft, "手工室", "三楼"},
	{offer.KindTour, "展厅", "大门右侧"},
}

// addOpeners gives units a liaison who opens what they have.
func (w *world) addOpeners(ctx context.Context, places []id.Node) error {
	return w.db.Tx(ctx, func(tx *mysql.Tx) error {
		for i := range places {
			name := w.name(memberGiven, i*7+2)
			person, err := w.addHolder(tx, fmt.Sprintf("liaison-of-%d", i), name, id.RoleUnitLiaison, places[i])
			if err != nil {
				return err
			}
			w.openers = append(w.openers, opener{places[i], person})
		}
		return nil
	})
}

// planCountyOffers has units open eighteen venues and each community a desk out of hours, and people use them.
func (w *world) planCountyOffers() {
	desks := 0
	var all []offering
	for i := range countyVenues {
		k := countyVenueKinds[i%len(countyVenueKinds)]
		all = append(all, w.offering(i, w.openers[i%venueUnits], place(k.kind, k.name, k.where)))
	}
	for i, d := range []offer.Draft{oldTown(), villages(), base()} {
		w.offering(countyVenues+countyDesks+1+i, w.openers[i], d)
	}
	for _, node := range w.sortedOwners() {
		if desks == countyDesks || w.staff[node] == 0 {
			continue
		}
		desks++
		d := place(offer.KindDesk, "周末窗口", "社区服务大厅")
		d.Matters = []string{"老年证", "困难补助的材料"}
		all = append(all, w.offering(countyVenues+desks, opener{node, w.staff[node]}, d))
	}
	w.planCountyAgreements(all)
	total := years[w.Profile].bookings
	for k := range total {
		w.planCountyBooking(all[k%len(all)], k, total, len(all))
	}
	for d := bookedDays; d >= 0; d-- {
		w.at(w.morning(d, 1), w.offers.Sweep)
	}
}

// offering is an offer that is opened in the past.
type offering struct {
	id   *id.Offer
	host opener
}

func (w *world) offering(turn int, host opener, d offer.Draft) offering {
	one := offering{new(id.Offer), host}
	w.at(w.morning(bookedDays+4, turn), func(ctx context.Context) error {
		o, err := w.offers.Create(ctx, host.person, host.node, d, nil)
		if err == nil {
			*one.id = o.ID
			_, err = w.offers.Open(ctx, host.person, o.ID, nil)
		}
		return err
	})
	return one
}

// planCountyBooking has the booking of that number made three days before, and used, missed or called off.
func (w *world) planCountyBooking(o offering, number, total, offers int) {
	days := bookedDays - 2 - number/offers*5 - number%5
	start := clock.Day(w.Now).AddDate(0, 0, -days).Add(time.Duration(10+number%6) * time.Hour)
	nodes := w.sortedOwners()
	owners := w.owners[nodes[number%len(nodes)]]
	own := new(id.Booking)
	w.at(w.morning(days+3, 2), func(ctx context.Context) error {
		made, err := w.offers.Book(ctx, owners[number/len(nodes)%len(owners)].id, *o.id, offer.Wish{
			Audience: offer.AudienceResident, People: 1 + number%4, From: start, Until: start.Add(time.Hour), Weeks: 1,
		}, nil)
		if err == nil {
			*own = made[0].ID
		}
		return err
	})
	missed := total * missedPercent / 100
	switch {
	case number%(total/missed) == 1 && number/(total/missed) < missed: // nobody comes
	case number%(total/calledOff) == 2 && number/(total/calledOff) < calledOff:
		w.at(start.Add(-24*time.Hour).UTC(), func(ctx context.Context) error { return w.callOff(ctx, o.host.person, *own) })
	default:
		w.at(start.UTC(), func(ctx context.Context) error { return w.letIn(ctx, o.host.person, *own) })
	}
}
