package seed

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/offer"
)

// everyDay are hours that hold on every day of the week.
func everyDay(from, until int) (all []offer.Hours) {
	for weekday := 1; weekday <= 7; weekday++ {
		all = append(all, offer.Hours{Weekday: weekday, From: from * 60, Until: until * 60})
	}
	return all
}

// place is what somebody of the demo opens.
func place(kind offer.Kind, name, where string) offer.Draft {
	return offer.Draft{
		Kind: kind, Name: name, Place: where, Seats: 1, People: 20, Most: 4, Audiences: offer.Audiences(), OnHolidays: true,
		Hours: everyDay(8, 20),
	}
}

// booked is how a booking of the demo goes on.
type booked struct {
	who   string
	days  int // ago; below zero: to come
	hour  int
	what  string
	until func(w *world, ctx context.Context, host id.User, b id.Booking) error
	at    time.Duration // from its beginning, when that happens
}

// planOffers has a school, a community and its desk open places in every state, and bookings of each.
func (w *world) planOffers() {
	unit := func() id.User { return w.people["unit"] }
	secretary := func() id.User { return w.staff[w.nodes[homeCode]] }
	court := place(offer.KindCourt, "第一小学操场", "学校西门进")
	court.Rules = []string{"上课时间不开放", "不穿带钉的鞋"}
	court.Seats = 2
	room := place(offer.KindVenue, "第一小学会议室", "教学楼一楼")
	room.Asked = true
	room.Rules = []string{"走时关灯、关窗"}
	desk := place(offer.KindDesk, "下班后窗口", "社区服务大厅 2 号窗")
	desk.Hours = everyDay(17, 20)
	desk.Matters = []string{"老年证", "困难补助的材料", "听您说事"}
	desk.People = 2
	opened := w.open(0, unit, w.units[0], court, []booked{
		{"resident", 12, 16, "打羽毛球", (*world).letIn, 0},
		{"resident-2", 9, 17, "打篮球", nil, 0}, // nobody comes
		{"resident", 5, 16, "打羽毛球", (*world).takeBack, -24 * time.Hour},
		{"resident", -2, 16, "打羽毛球", nil, 0},
	})
	w.planAgreements(opened)
	w.open(1, unit, w.units[0], room, []booked{
		{"resident", 8, 14, "家长读书会", (*world).agree, -72 * time.Hour},
		{"resident-2", -4, 10, "合唱排练", (*world).decline, -96*time.Hour - 30*time.Minute},
		{"resident-2", -3, 14, "棋友会", (*world).agree, -100 * time.Hour},
		{"grid", -6, 9, "楼长碰头会", (*world).callOff, -7*24*time.Hour - 20*time.Hour},
		{"resident", -7, 14, "家长读书会", nil, 0}, // waits for the host
	})
	w.open(2, secretary, w.nodes[homeCode], desk, []booked{
		{"resident-2", 3, 18, "老年证", (*world).letIn, 0}, {"resident", -1, 18, "问困难补助", nil, 0},
	})
	w.open(5, secretary, w.nodes[homeCode], oldTown(), []booked{{"resident-2", -5, 9, "带孩子走一走", nil, 0}})
	w.open(3, secretary, w.nodes[homeCode], place(offer.KindParking, "社区院里的车位", "办公楼后院"), nil)
	w.open(4, secretary, w.nodes[homeCode], place(offer.KindCraft, "剪纸教室", "二楼手工室"), nil)
	w.at(w.morning(2, 70), func(ctx context.Context) error {
		_, err := w.offers.Create(ctx, unit(), w.units[0], place(offer.KindHall, "第一小学礼堂", "教学楼后面"), nil)
		return err
	})
	for d := 14; d >= 0; d-- {
		w.at(w.morning(d, 0), func(ctx context.Context) error { return w.offers.Sweep(ctx) })
	}
}

// open opens a place two weeks ago, and plans its bookings. The fourth is paused and the fifth ends.
func (w *world) open(i int, host func() id.User, at id.Node, d offer.Draft, all []booked) *id.Offer {
	one := new(id.Offer)
	w.at(w.morning(14, 60+i), func(ctx context.Context) error {
		o, err := w.offers.Create(ctx, host(), at, d, nil)
		if err != nil {
			return err
		}
		*one = o.ID
		_, err = w.offers.Open(ctx, host(), o.ID, nil)
		return err
	})
	switch i {
	case 3:
		w.at(w.morning(2, 60), func(ctx context.Context) error {
			_, err := w.offers.Suspend(ctx, host(), *one, nil)
			return err
		})
	case 4:
		w.at(w.morning(2, 61), func(ctx context.Context) error {
			_, err := w.offers.Close(ctx, host(), *one, offer.Apology{Reason: "老师回老家了"}, nil)
			return err
		})
	}
	for n, b := range all {
		w.planBooking(i*10+n, one, host, b)
	}
	return one
}

// planBooking books, and has become of it what becomes of it.
func (w *world) planBooking(turn int, offered *id.Offer, host func() id.User, b booked) {
	start := clock.Day(w.Now).AddDate(0, 0, -b.days).Add(time.Duration(b.hour) * time.Hour)
	asked := min(b.days+4, 13)
	if b.days < 0 {
		asked = 1
	}
	when := w.morning(asked, 20+turn)
	if b.until == nil && b.days < 0 {
		when = w.Now.Add(-time.Duration(60+turn) * time.Minute) // its host has not answered yet, whatever time it is
	}
	own := new(id.Booking)
	w.at(when, func(ctx context.Context) error {
		made, err := w.offers.Book(ctx, w.people[b.who], *offered, offer.Wish{
			Audience: offer.AudienceResident, People: 2, Purpose: b.what, From: start, Until: start.Add(time.Hour), Weeks: 1,
		}, nil)
		if err == nil {
			*own = made[0].ID
		}
		return err
	})
	if b.until == nil {
		return
	}
	then := start.Add(b.at).UTC()
	if first := w.morning(asked, 21+turn); then.Before(first) {
		then = first
	}
	w.at(then, func(ctx context.Context) error { return b.until(w, ctx, host(), *own) })
}

func (w *world) letIn(ctx context.Context, host id.User, b id.Booking) error {
	_, err := w.offers.Arrive(ctx, host, b, nil)
	return err
}

func (w *world) agree(ctx context.Context, host id.User, b id.Booking) error {
	_, err := w.offers.Decide(ctx, host, b, offer.Answer{Yes: true}, nil)
	return err
}

func (w *world) decline(ctx context.Context, host id.User, b id.Booking) error {
	_, err := w.offers.Decide(ctx, host, b, offer.Answer{Reason: "那天学校有考试。"}, nil)
	return err
}

func (w *world) callOff(ctx context.Context, host id.User, b id.Booking) error {
	_, err := w.offers.CallOff(ctx, host, b, offer.Apology{Reason: "教学楼检修", Instead: "社区二楼活动室，同一时间"}, nil)
	return err
}

func (w *world) takeBack(ctx context.Context, _ id.User, b id.Booking) error {
	_, err := w.offers.Cancel(ctx, w.people["resident"], b, nil)
	return err
}
