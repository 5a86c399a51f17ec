package api_test

import (
	"fmt"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/content"
)

// keepAll has the secretary let everybody see each text that waits, and tells how many there were.
func keepAll(w *apptest.Town) int {
	w.T.Helper()
	w.CheckTexts()
	all := cases(w.World)
	for i := range all.Len("items") {
		w.Call("secretary", "POST", "/api/v1/cases/"+all.Text("items", i, "id")+"/review", doc{"decision": "keep"}).Want(200)
	}
	return all.Len("items")
}

// Each text of an offer and of a booking is held back by itself, and comes to its own place once it is passed.
func TestEachTextOfAnOfferComesToItsPlace(t *testing.T) {
	t.Parallel()
	w := checked(t)
	text := func(what string) string { return spam + what }
	reads := func(when, path string, want map[string][]any) {
		t.Helper()
		a := w.Call("unit", "GET", path, nil).Want(200)
		for what, at := range want {
			held := content.Placeholder
			if when == "passed" {
				held = text(what)
			}
			if got := a.Text(at...); got != held {
				t.Errorf("%s, the %s is %q, want %q", when, what, got, held)
			}
		}
	}
	body := desk(w)
	body["hostId"], body["name"], body["place"] = w.Unit, text("name"), text("place")
	body["rules"], body["matters"] = []string{"走时关灯", text("rule")}, []string{"老年证", text("matter")}
	room := offered(w, "unit", body)
	offer := map[string][]any{
		"name": {"offer", "name"}, "place": {"offer", "place"}, "rule": {"rules", 1}, "matter": {"matters", 1},
	}
	call := changed(changed(want(onDay(w, 1, 9, 0)), "guest", text("guest")), "purpose", text("purpose"))
	one := book(w, "unit", room, call).Want(201).Text("items", 0, "id")
	onBooking(w, "unit", one, "calling-off", doc{"reason": "停电", "instead": text("instead")}).Want(200)
	booking := map[string][]any{
		"guest": {"booking", "who"}, "purpose": {"booking", "purpose"}, "instead": {"booking", "instead"}, "name": {"booking", "offerName"},
	}
	held := doc{"name": text("stop"), "place": text("where"), "seen": text("seen"), "minutes": 30}
	tour := "/api/v1/offers/" + offered(w, "unit", changed(route(w), "stops", append(stops(1, 20), held)))
	stop := map[string][]any{"stop": {"stops", 1, "name"}, "where": {"stops", 1, "place"}, "seen": {"stops", 1, "seen"}}
	reads("waiting", tour, stop)
	reads("waiting", "/api/v1/offers/"+room, offer)
	reads("waiting", "/api/v1/bookings/"+one, booking)
	if n := keepAll(w); n != 10 {
		t.Errorf("%d texts wait", n)
	}
	reads("passed", tour, stop)
	reads("passed", "/api/v1/offers/"+room, offer)
	reads("passed", "/api/v1/bookings/"+one, booking)
	w.Healthy()
}

// stops are places of a route, with so many minutes each.
func stops(n, minutes int) []doc {
	all := make([]doc, n)
	for i := range all {
		all[i] = doc{"name": fmt.Sprintf("第 %d 站", i+1), "place": "南街口", "seen": "老城门", "minutes": minutes}
	}
	return all
}

// route is a tour along stops.
func route(w *apptest.Town) doc {
	return changed(changed(hall(w), "kind", "tour"), "stops", stops(3, 40))
}
