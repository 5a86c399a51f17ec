package api_test

import (
	"fmt"
	"sync"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/offer"
)

// offerOperations are those that offerStory leads to.
var offerOperations = []string{
	"createOffer", "getOffer", "openOffer", "suspendOffer", "closeOffer", "setOfferDay", "setOfferHours", "listOfferSlots", "createBookings", "arriveByCode",
	"getDeskWeek", "exportDeskWeek", "exportOfferMonth", "getBookingPdf", "getBooking", "decideBooking", "cancelBooking", "callOffBooking", "noteArrival",
}

// offerRights says of every operation of offers and bookings what everybody is told: the community opens something.
func offerRights() map[string]right {
	var (
		once sync.Once
		park string
	)
	with := func(w *apptest.Town) doc { return changed(changed(hall(w), "hostId", w.Home), "seats", 500) }
	open := func(w *apptest.Town) string {
		once.Do(func() { park = offered(w, "secretary", changed(with(w), "asked", true)) })
		return park
	}
	onOffer := func(get func(*apptest.Town) string, body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene { return scene{ids: map[string]string{"offerId": get(w)}, body: body} }
	}
	fresh := func(w *apptest.Town) string { return offered(w, "secretary", with(w)) }
	draft := func(w *apptest.Town) string {
		return w.Call("secretary", "POST", "/api/v1/offers", with(w)).Want(201).Text("id")
	}
	booked := func(body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			a := w.Send(newcomer(w), "POST", "/api/v1/offers/"+open(w)+"/bookings", want(onDay(w, 1, 9, 0))).Want(201)
			return scene{ids: map[string]string{"bookingId": a.Text("items", 0, "id")}, body: body}
		}
	}
	hosts := func(h holder) bool { return h.relation == "own" && offer.IsHosting(h.role) }
	byHost := func(yes int) func(holder) int { // of what everybody knows
		return func(h holder) int { return map[bool]int{true: yes, false: 403}[hosts(h)] }
	}
	ofBooking := func(yes int) func(holder) int { // of what only some know
		return func(h holder) int {
			if hosts(h) {
				return yes
			}
			return map[bool]int{true: 403, false: 404}[h.sees()]
		}
	}
	all := func(holder) int { return 200 }
	atHome := func(w *apptest.Town) scene { return scene{query: "?nodeId=" + w.Home.String()} }
	return map[string]right{
		"createOffer": {func(w *apptest.Town) scene { return scene{body: with(w)} }, byHost(201)},
		"listOffers":  {func(*apptest.Town) scene { return scene{query: "?scope=open"} }, all},
		"getOffer":    {onOffer(draft, nil), func(h holder) int { return when(hosts(h) || h.sees(), 404) }},
		"openOffer": {onOffer(draft, nil), func(h holder) int {
			if hosts(h) {
				return 200
			}
			return map[bool]int{true: 403, false: 404}[h.sees()]
		}},
		"suspendOffer": {onOffer(fresh, nil), byHost(200)},
		"closeOffer":   {onOffer(fresh, doc{}), func(h holder) int { return when(hosts(h) || h.decides(), 403) }},
		"setOfferDay": {func(w *apptest.Town) scene {
			return onOffer(open, doc{"day": onDay(w, 5, 0, 0).Format(time.DateOnly), "kind": "extra", "fromMinute": 1200, "untilMinute": 1260})(w)
		}, byHost(200)},
		"setOfferHours": {onOffer(fresh, doc{"hours": every(8, 20), "onHolidays": false}), byHost(200)},
		"exportOfferMonth": {func(w *apptest.Town) scene {
			s := onOffer(open, nil)(w)
			s.query = "?month=" + onDay(w, 1, 0, 0).In(clock.Shanghai).Format("2006-01")
			return s
		}, byHost(200)},
		"getBookingPdf":  {booked(nil), ofBooking(403)},
		"getDeskWeek":    {atHome, func(h holder) int { return when(h.sees(), 403) }},
		"exportDeskWeek": {atHome, func(h holder) int { return when(h.sees(), 403) }},
		"listOfferSlots": {onOffer(open, nil), all},
		"createBookings": {func(w *apptest.Town) scene { return onOffer(open, want(onDay(w, 2, 9, 0)))(w) }, func(holder) int { return 201 }},
		"arriveByCode":   {onOffer(open, doc{"code": "12345678"}), byHost(422)},
		"listBookings":   {func(*apptest.Town) scene { return scene{query: "?scope=hosted"} }, all},
		"getBooking":     {booked(nil), func(h holder) int { return when(hosts(h) || h.sees(), 404) }},
		"decideBooking":  {booked(doc{"decision": "confirm"}), ofBooking(200)},
		"cancelBooking":  {booked(nil), ofBooking(403)},
		"callOffBooking": {booked(doc{"reason": "停电", "instead": "社区二楼"}), ofBooking(200)},
		"noteArrival":    {booked(nil), ofBooking(409)},
	}
}

// rehearseOffers is every write of offers and bookings once.
func rehearseOffers(r *rehearsal) {
	body := hall(r.Town)
	body["asked"], body["place"], body["rules"] = true, "一楼，打 "+apptest.Phone, []string{"有事打 " + apptest.Phone}
	one := r.does("unit", "POST", "/offers", body).Text("id")
	r.does("unit", "POST", "/offers/"+one+"/opening", nil)
	book := func(days, hour int) string {
		return r.does("resident", "POST", "/offers/"+one+"/bookings", want(onDay(r.Town, days, hour, 0))).Text("items", 0, "id")
	}
	first, second, third := book(1, 9), book(1, 11), book(2, 9)
	r.does("unit", "POST", "/bookings/"+first+"/decision", doc{"decision": "confirm"})
	r.does("unit", "POST", "/bookings/"+second+"/decision", doc{"decision": "decline", "reason": "有会，打 " + apptest.Phone})
	r.does("resident", "POST", "/bookings/"+third+"/cancellation", nil)
	off := book(3, 9)
	r.does("unit", "POST", "/bookings/"+off+"/calling-off", doc{"reason": "停电，打 " + apptest.Phone, "instead": "社区，打 " + apptest.Phone})
	third = r.does("unit", "POST", "/offers/"+one+"/bookings", changed(want(onDay(r.Town, 1, 13, 0)), "guest", "刘阿姨")).Text("items", 0, "id")
	code := r.Call("resident", "GET", "/api/v1/bookings/"+first, nil).Want(200).Text("code")
	r.Clocks.Business.Advance(onDay(r.Town, 1, 9, 0).Sub(r.Clocks.Business.Now()))
	r.does("unit", "POST", "/offers/"+one+"/arrivals", doc{"code": code})
	r.Clocks.Business.Advance(4 * time.Hour)
	r.does("unit", "POST", "/bookings/"+third+"/arrival", nil)
	r.does("unit", "POST", "/offers/"+one+"/days", doc{
		"day": onDay(r.Town, 3, 0, 0).Format(time.DateOnly), "kind": "closed", "reason": "检修，打 " + apptest.Phone, "instead": "社区二楼",
	})
	r.does("unit", "POST", "/offers/"+one+"/hours", doc{
		"hours": every(8, 12), "onHolidays": true, "callOff": true, "reason": "有课，打 " + apptest.Phone, "instead": "社区二楼",
	})
	r.does("unit", "POST", "/offers/"+one+"/suspension", nil)
	r.does("unit", "POST", "/offers/"+one+"/closing", doc{"reason": "装修，打 " + apptest.Phone})
}

// offerStory takes an offer and a booking some of their way.
func (f *fuzzer) offerStory() {
	w := f.w
	body := hall(w)
	body["hostId"], body["asked"], body["seats"] = w.Home, f.one(2), 1+f.rng.IntN(2)
	a, _ := f.says("secretary", "createOffer", "/offers", body)
	one := "/offers/" + a.Text("id")
	f.says("secretary", "openOffer", one+"/opening", nil)
	f.says("resident", "getOffer", one, nil)
	f.says("resident", "listOfferSlots", one+"/slots", nil)
	f.says("secretary", "getDeskWeek", "/desks?nodeId="+w.Home.String(), nil)
	f.says("county", "exportDeskWeek", "/desks/export?format="+f.pickText("pdf", "xlsx"), nil)
	start := onDay(w, 1, 9+f.rng.IntN(2), 0)
	f.says("secretary", "exportOfferMonth", one+"/month?month="+start.In(clock.Shanghai).Format("2006-01"), nil)
	a, _ = f.says("resident", "createBookings", one+"/bookings", want(start))
	if a.Status == 201 {
		booking := "/bookings/" + a.Text("items", 0, "id")
		f.says("secretary", "decideBooking", booking+"/decision", doc{"decision": "confirm"})
		seen, _ := f.says("resident", "getBooking", booking, nil)
		f.says("resident", "getBookingPdf", booking+"/pdf", nil)
		switch f.rng.IntN(4) {
		case 0:
			f.says("resident", "cancelBooking", booking+"/cancellation", nil)
		case 1:
			f.says("secretary", "callOffBooking", booking+"/calling-off", doc{"reason": "停电", "instead": "社区二楼"})
		case 2:
			w.Clocks.Business.Advance(start.Sub(w.Clocks.Business.Now()))
			f.says("secretary", "noteArrival", booking+"/arrival", nil)
		default:
			w.Clocks.Business.Advance(start.Sub(w.Clocks.Business.Now()))
			f.says("secretary", "arriveByCode", one+"/arrivals", doc{"code": fmt.Sprintf("%08s", seen.Text("code"))})
		}
	}
	day := clock.Day(w.Clocks.Business.Now()).AddDate(0, 0, 3).Format(time.DateOnly)
	f.says("secretary", "setOfferDay", one+"/days", doc{"day": day, "kind": "closed", "reason": "检修", "instead": "社区二楼"})
	f.says("secretary", "setOfferHours", one+"/hours", doc{"hours": every(8, 12), "onHolidays": f.one(2)})
	if f.one(2) {
		f.says("secretary", "suspendOffer", one+"/suspension", nil)
		return
	}
	f.says("secretary", "closeOffer", one+"/closing", doc{"reason": "装修", "instead": "社区二楼"})
}
