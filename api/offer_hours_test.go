package api_test

import (
	"strings"
	"testing"
	"time"
)

// every is hours that hold each day of the week.
func every(from, until int) (all []doc) {
	for weekday := 1; weekday <= 7; weekday++ {
		all = append(all, doc{"weekday": weekday, "fromMinute": from * 60, "untilMinute": until * 60})
	}
	return all
}

// A host changes its weekly hours: what is booked at other times is called off with another place, or stands as an exception;
// what was used before stays as it was.
func TestHoursAreChanged(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	room, other := offered(w, "unit", hall(w)), offered(w, "unit", hall(w))
	path := "/api/v1/offers/" + room + "/hours"
	hours := func(from, until int) doc { return doc{"hours": every(from, until), "onHolidays": true} }
	status := func(b string) string {
		return w.Call("resident", "GET", "/api/v1/bookings/"+b, nil).Want(200).Text("booking", "status")
	}
	take := func(hour int) string {
		return book(w, "resident", room, want(onDay(w, 1, hour, 0))).Want(201).Text("items", 0, "id")
	}
	morning, evening := take(9), take(15)

	w.Call("resident", "POST", path, hours(8, 12)).Refused(403, "not_your_community")
	w.Call("secretary", "POST", path, hours(8, 12)).Refused(403, "not_your_community")
	w.Call("unit", "POST", "/api/v1/offers/7/hours", hours(8, 12)).Refused(404, "not_found")
	draft := w.Call("unit", "POST", "/api/v1/offers", hall(w)).Want(201).Text("id")
	w.Call("unit", "POST", "/api/v1/offers/"+draft+"/hours", hours(8, 12)).Refused(409, "offer_state")
	w.Call("unit", "POST", path, doc{"hours": []doc{}, "onHolidays": true}).Refused(422, "invalid_input")
	w.Call("unit", "POST", path, doc{"hours": append(every(8, 12), every(11, 13)...), "onHolidays": true}).Refused(422, "invalid_input")
	off := changed(hours(8, 12), "callOff", true)
	w.Call("unit", "POST", path, off).Refused(422, "reason_required")
	w.Call("unit", "POST", path, changed(off, "reason", "下午要上课")).Refused(422, "invalid_input")
	if status(evening) != "confirmed" {
		t.Error("what was refused called something off")
	}

	off["reason"], off["instead"] = "下午要上课", "社区二楼，同一时间"
	w.Call("unit", "POST", path, off).Want(200)
	if status(morning) != "confirmed" || status(evening) != "called_off" {
		t.Errorf("the morning is %s, the evening %s", status(morning), status(evening))
	}
	if got := inboxOf(w, "resident")[0]; !strings.Contains(got, "对方临时不开") {
		t.Errorf("who booked reads %q", got)
	}
	book(w, "resident-2", room, want(onDay(w, 1, 15, 0))).Refused(409, "offer_closed")
	noon := take(11)
	for range 2 { // the same again is no other thing
		w.Call("unit", "POST", path, hours(8, 10)).Want(200)
	}
	seen := w.Call("resident", "GET", "/api/v1/offers/"+room, nil).Want(200)
	if status(noon) != "confirmed" || seen.Len("days") != 1 || seen.Number("days", 0, "fromMinute") != 11*60 ||
		seen.Number("days", 0, "untilMinute") != 12*60 || seen.Len("hours") != 7 || seen.At("offer", "onHolidays") != true {
		t.Errorf("what stands is no exception: %s", seen.Raw)
	}
	if a := w.Call("resident", "GET", "/api/v1/offers/"+other, nil).Want(200); a.Number("hours", 0, "untilMinute") != 20*60 {
		t.Errorf("another offer has changed: %s", a.Raw)
	}
	w.Healthy()
	advance(w, onDay(w, 1, 9, 0))
	onBooking(w, "unit", morning, "arrival", nil).Want(200)
	for from := 14; from < 16; from++ { // while they are there, and once they have gone
		w.Clocks.Business.Advance(45 * time.Minute)
		w.Call("unit", "POST", path, hours(from, 20)).Want(200)
		w.Healthy()
	}
	if status(morning) != "used" || status(noon) != "confirmed" {
		t.Error("what is over, or has begun, has changed")
	}
}
