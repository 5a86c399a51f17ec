package api_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
)

// hall is what the unit opens: every day from 8:00 to 20:00, one booking at a time, at most four half hours.
func hall(w *apptest.Town) doc {
	var hours []doc
	for weekday := 1; weekday <= 7; weekday++ {
		hours = append(hours, doc{"weekday": weekday, "fromMinute": 8 * 60, "untilMinute": 20 * 60})
	}
	return doc{
		"hostId": w.Unit, "kind": "venue", "name": "供电公司会议室", "place": "一楼东侧", "seats": 1, "people": 30, "slots": 4,
		"audiences": []string{"resident", "team", "group", "unit"}, "rules": []string{"走时关灯"}, "hours": hours,
	}
}

// desk is a counter that works when others do not.
func desk(w *apptest.Town) doc {
	body := changed(hall(w), "kind", "desk")
	body["name"], body["matters"], body["hostId"] = "周六窗口", []string{"老年证"}, w.Home
	return body
}

func changed(body doc, key string, value any) doc {
	other := maps.Clone(body)
	other[key] = value
	return other
}

// offered is an offer that people book.
func offered(w *apptest.Town, host string, body doc) string {
	w.T.Helper()
	one := w.Call(host, "POST", "/api/v1/offers", body).Want(201).Text("id")
	w.Call(host, "POST", "/api/v1/offers/"+one+"/opening", nil).Want(200)
	return one
}

// onDay is a time in so many days, in Shanghai.
func onDay(w *apptest.Town, days, hour, minute int) time.Time {
	return clock.Day(w.Clocks.Business.Now()).AddDate(0, 0, days).Add(time.Duration(hour*60+minute) * time.Minute)
}

// want is an hour from then for a resident.
func want(start time.Time) doc {
	return doc{
		"audience": "resident", "people": 3, "purpose": "下棋，电话 " + apptest.Phone,
		"startsAt": start.UTC(), "endsAt": start.Add(time.Hour).UTC(),
	}
}

func book(w *apptest.Town, persona, offer string, body doc) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/offers/"+offer+"/bookings", body)
}

func onBooking(w *apptest.Town, persona, one, step string, body any) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/bookings/"+one+"/"+step, body)
}

func bookingOf(w *apptest.Town, persona, one string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/bookings/"+one, nil).Want(200)
}

// offerTown has a unit whose liaison opens things, and nobody who sweeps but the test.
func offerTown(t *testing.T) *apptest.Town {
	t.Helper()
	return apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
}

// hostToday has somebody answer for the unit until midnight.
func hostToday(w *apptest.Town, persona string) {
	w.T.Helper()
	w.Call("county", "POST", "/api/v1/grants", doc{
		"userId": w.People[persona], "role": "unit_liaison", "nodeId": w.Unit, "until": onDay(w, 0, 0, 0).Format(time.DateOnly),
	}).Want(201)
}

func hosted(w *apptest.Town, persona string) int {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/bookings?scope=hosted", nil).Want(200).Len("items")
}

// The whole way of a venue: it is opened, a resident asks for an hour, its host says yes, and lets them in by the code.
func TestAVenuesWay(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	draft := w.Call("unit", "POST", "/api/v1/offers", changed(hall(w), "asked", true)).Want(201).Text("id")
	w.Call("resident", "GET", "/api/v1/offers/"+draft, nil).Refused(404, "not_found")
	book(w, "resident", draft, want(onDay(w, 1, 9, 0))).Refused(404, "not_found")
	w.Call("unit", "POST", "/api/v1/offers/"+draft+"/opening", nil).Want(200)
	list := w.Call("resident", "GET", "/api/v1/offers?scope=open&kind=venue&nodeId="+w.Street.String(), nil).Want(200)
	if list.Len("items") != 1 || list.Text("items", 0, "nodeName") != "茂山社区" {
		t.Errorf("nearby is %s", list.Raw)
	}
	slots := w.Call("resident", "GET", "/api/v1/offers/"+draft+"/slots", nil).Want(200)
	if slots.Len("items") != 7 || slots.Len("items", 0, "slots") != 15 ||
		slots.Len("items", 1, "slots") != 24 || slots.Number("items", 1, "slots", 2, "free") != 1 {
		t.Errorf("a week is %s", slots.Raw)
	}
	a := book(w, "resident", draft, want(onDay(w, 1, 9, 0))).Want(201)
	one := a.Text("items", 0, "id")
	if a.Text("items", 0, "status") != "requested" || strings.Contains(a.Text("items", 0, "purpose"), apptest.Phone) {
		t.Errorf("booked is %s", a.Raw)
	}
	if got := todosOf(w, "unit"); !slices.Equal(got, []string{"booking " + one}) {
		t.Errorf("the host's home shows %v", got)
	}
	slots = w.Call("resident-2", "GET", "/api/v1/offers/"+draft+"/slots", nil).Want(200)
	if slots.Number("items", 1, "slots", 2, "free") != 0 || slots.Number("items", 1, "slots", 4, "free") != 1 {
		t.Errorf("after it the day is %s", slots.Raw)
	}
	w.Call("resident-2", "GET", "/api/v1/bookings/"+one, nil).Refused(404, "not_found")
	onBooking(w, "resident-2", one, "decision", doc{"decision": "confirm"}).Refused(404, "not_found")
	onBooking(w, "resident", one, "decision", doc{"decision": "confirm"}).Refused(403, "not_your_community")
	onBooking(w, "unit", one, "decision", doc{"decision": "confirm"}).Want(200)
	onBooking(w, "unit", one, "decision", doc{"decision": "decline", "reason": "晚了"}).Refused(409, "booking_state")
	if got := inboxOf(w, "resident")[0]; !strings.HasPrefix(got, "您约的“供电公司会议室”对方同意了") {
		t.Errorf("the resident reads %q", got)
	}
	code := bookingOf(w, "resident", one).Text("code")
	if seen := bookingOf(w, "unit", one); len(code) != 8 || strings.Contains(string(seen.Raw), code) {
		t.Errorf("the code is %q, and the host reads %s", code, seen.Raw)
	}
	door := "/api/v1/offers/" + draft + "/arrivals"
	w.Call("unit", "POST", door, doc{"code": code}).Refused(422, "checkin_code_wrong") // not today
	hostToday(w, "member-2")
	if hosted(w, "member-2") != 1 {
		t.Error("who answers for the host today does not see who comes")
	}
	w.Clocks.Business.Advance(onDay(w, 1, 8, 45).Sub(w.Clocks.Business.Now()))
	if hosted(w, "member-2") != 0 {
		t.Error("who answered for the host yesterday sees who comes")
	}
	checkPapers(t, w, draft, one, code)
	w.Call("resident-2", "POST", door, doc{"code": code}).Refused(403, "not_your_community")
	w.Call("unit", "POST", door, doc{"code": "12"}).Refused(422, "invalid_input")
	side := offered(w, "unit", hall(w)) // whose door is another one
	w.Call("unit", "POST", "/api/v1/offers/"+side+"/arrivals", doc{"code": code}).Refused(422, "checkin_code_wrong")
	w.Call("unit", "POST", door, doc{"code": wrongDigits(code)}).Refused(422, "checkin_code_wrong")
	today := w.Call("unit", "GET", "/api/v1/bookings?scope=hosted&day="+onDay(w, 0, 0, 0).Format(time.DateOnly), nil).Want(200)
	if today.Len("items") != 1 || today.Text("items", 0, "who") != "resident" {
		t.Errorf("the host's day is %s", today.Raw)
	}
	if a := w.Call("resident-2", "GET", "/api/v1/bookings?scope=hosted", nil).Want(200); a.Len("items") != 0 {
		t.Errorf("who hosts nothing reads %s", a.Raw)
	}
	w.Call("unit", "POST", door, doc{"code": wide(code[:4] + " " + code[4:])}).Want(200)
	checkUsed(t, w, draft, one)
	w.Call("unit", "POST", door, doc{"code": code}).Refused(409, "booking_state")
	w.Healthy()
}

// wide are the digits as keyboards for Chinese also write them.
func wide(digits string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		return r - '0' + '０'
	}, digits)
}

func wrongDigits(code string) string {
	return fmt.Sprintf("%08d", (must2(strconv.Atoi(code))+1)%100_000_000)
}

func must2(n int, err error) int {
	if err != nil {
		panic(err)
	}
	return n
}

// Nothing is written where something is wrong, and the answer names it.
func TestWrongOffers(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	over := []doc{{"weekday": 1, "fromMinute": 480, "untilMinute": 600}, {"weekday": 1, "fromMinute": 570, "untilMinute": 660}}
	for name, c := range map[string]struct {
		body  doc
		field string
	}{
		"no name":          {changed(hall(w), "name", " "), "name"},
		"a long rule":      {changed(hall(w), "rules", []string{strings.Repeat("长", 41)}), "rules.0"},
		"backwards":        {changed(hall(w), "hours", []doc{{"weekday": 1, "fromMinute": 600, "untilMinute": 540}}), "hours"},
		"a quarter":        {changed(hall(w), "hours", []doc{{"weekday": 1, "fromMinute": 555, "untilMinute": 600}}), "hours"},
		"hours twice":      {changed(hall(w), "hours", over), "hours"},
		"a desk's matters": {changed(hall(w), "matters", []string{"老年证"}), "matters"},
		"a room's stops":   {changed(hall(w), "stops", stops(2, 20)), "stops"},
		"a long route":     {changed(route(w), "stops", stops(12, 11)), "slots"},
		"a nameless stop":  {changed(route(w), "stops", append(stops(2, 20), doc{"name": " ", "place": "桥头", "seen": "", "minutes": 9})), "stops.2.name"},
		"an empty desk":    {changed(hall(w), "kind", "desk"), "matters"},
	} {
		if a := w.Call("unit", "POST", "/api/v1/offers", c.body).Refused(422, "invalid_input"); a.Text("fields", 0, "path") != c.field {
			t.Errorf("%s: %s", name, a.Raw)
		}
	}
	w.Call("secretary", "POST", "/api/v1/offers", hall(w)).Refused(403, "not_your_community")
	w.Call("unit", "POST", "/api/v1/offers", changed(hall(w), "hostId", "1")).Refused(404, "not_found")
	if a := w.Call("unit", "GET", "/api/v1/offers?scope=hosted", nil).Want(200); a.Len("items") != 0 {
		t.Errorf("something was written: %s", a.Raw)
	}
}

// What nobody may book is refused, by its field or reason, and the hour stays free.
func TestWrongBookings(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one := offered(w, "unit", changed(changed(hall(w), "slots", 2), "audiences", []string{"resident", "team", "unit"}))
	good := func() doc { return want(onDay(w, 1, 9, 0)) }
	for name, c := range map[string]struct {
		body  doc
		field string
	}{
		"a quarter":     {want(onDay(w, 1, 9, 15)), "startsAt"},
		"yesterday":     {want(onDay(w, -1, 9, 0)), "startsAt"},
		"in 31 days":    {want(onDay(w, 31, 9, 0)), "startsAt"},
		"too long":      {changed(good(), "endsAt", onDay(w, 1, 10, 30)), "endsAt"},
		"backwards":     {changed(good(), "endsAt", onDay(w, 1, 8, 0)), "endsAt"},
		"too many":      {changed(good(), "people", 31), "people"},
		"of no team":    {changed(good(), "audience", "team"), "teamId"},
		"of no unit":    {changed(good(), "audience", "unit"), "unitId"},
		"a long word":   {changed(good(), "purpose", strings.Repeat("长", 61)), "purpose"},
		"a late series": {changed(want(onDay(w, 3, 9, 0)), "weeks", 5), "startsAt"},
	} {
		if a := book(w, "resident", one, c.body).Refused(422, "invalid_input"); a.Text("fields", 0, "path") != c.field {
			t.Errorf("%s: %s", name, a.Raw)
		}
	}
	book(w, "resident", one, want(onDay(w, 1, 20, 0))).Refused(409, "offer_closed")
	book(w, "resident", one, want(onDay(w, 1, 7, 30))).Refused(409, "offer_closed")
	book(w, "resident", one, changed(good(), "audience", "group")).Refused(403, "forbidden")
	book(w, "resident", one, changed(good(), "guest", "刘阿姨")).Refused(403, "forbidden")
	book(w, "resident", one, changed(changed(good(), "audience", "unit"), "unitId", w.Unit)).Refused(403, "forbidden")
	team := w.Squad("member-1")
	asTeam := changed(changed(good(), "audience", "team"), "teamId", team)
	book(w, "resident", one, asTeam).Refused(403, "forbidden")
	w.Enlist("member-1", team, "resident-2")
	w.Call("member-1", "PATCH", "/api/v1/teams/"+team, doc{"deputyIds": []any{w.People["resident-2"]}}).Want(200)
	w.Call("resident-2", "DELETE", "/api/v1/teams/"+team+"/members/me", nil).Want(204) // the deputy leaves
	book(w, "resident-2", one, asTeam).Refused(403, "forbidden")
	w.Squad("member-2") // who leads another one
	book(w, "member-2", one, asTeam).Refused(403, "forbidden")
	other := w.AddUnit("县住建局", w.Street)
	book(w, "unit", one, changed(changed(good(), "audience", "unit"), "unitId", other)).Refused(403, "forbidden")
	book(w, "resident", "1", good()).Refused(404, "not_found")
	w.Call("unit", "POST", "/api/v1/offers/"+one+"/suspension", nil).Want(200)
	book(w, "resident", one, good()).Refused(409, "offer_state")
	w.Call("unit", "POST", "/api/v1/offers/"+one+"/opening", nil).Want(200)
	book(w, "member-1", one, asTeam).Want(201)
	book(w, "resident", one, good()).Refused(409, "slot_taken")
	book(w, "unit", one, changed(changed(want(onDay(w, 2, 9, 0)), "audience", "unit"), "unitId", w.Unit)).Want(201)
	w.Healthy()
}

// A series is all booked or not at all, and says on which days somebody else was first.
func TestASeriesIsAllOrNothing(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one := offered(w, "unit", hall(w))
	book(w, "resident-2", one, want(onDay(w, 9, 9, 30))).Want(201) // in the second week
	a := book(w, "resident", one, changed(want(onDay(w, 2, 9, 0)), "weeks", 4)).Refused(409, "slot_taken")
	day := onDay(w, 9, 0, 0)
	if says := fmt.Sprintf("%d 月 %d 日已经有人约了，一次都没有约上", day.Month(), day.Day()); !strings.HasPrefix(a.Text("message"), says) {
		t.Errorf("it says %q", a.Text("message"))
	}
	if a := w.Call("resident", "GET", "/api/v1/bookings?scope=mine", nil).Want(200); a.Len("items") != 0 {
		t.Errorf("some of it was booked: %s", a.Raw)
	}
	all := book(w, "resident", one, changed(want(onDay(w, 2, 11, 0)), "weeks", 4)).Want(201)
	for query, n := range map[string]int{
		"": 4, "&offerId=" + one: 4, "&offerId=7": 0, "&day=" + onDay(w, 9, 0, 0).Format(time.DateOnly): 1,
	} {
		if a := w.Call("resident", "GET", "/api/v1/bookings?scope=mine"+query, nil).Want(200); a.Len("items") != n {
			t.Errorf("mine%s are %d, want %d", query, a.Len("items"), n)
		}
	}
	if all.Len("items") != 4 || all.Text("items", 3, "seriesId") != all.Text("items", 0, "id") {
		t.Errorf("it is %s", all.Raw)
	}
	long := func(day int) doc { // as long as it may be
		return changed(want(onDay(w, day, 14, 0)), "endsAt", onDay(w, day, 16, 0).UTC())
	}
	book(w, "resident", one, changed(long(1), "weeks", 3)).Want(201)
	book(w, "resident", one, long(3)).Refused(409, "too_many_bookings") // 8 and 12 half hours, and 4
	book(w, "resident-2", one, long(3)).Want(201)
	book(w, "unit", one, changed(long(4), "guest", "刘阿姨")).Want(201) // whoever calls is not counted
	onBooking(w, "resident", all.Text("items", 1, "id"), "cancellation", nil).Want(200)
	book(w, "resident", one, changed(long(5), "endsAt", onDay(w, 5, 15, 0).UTC())).Want(201)
	book(w, "resident-2", one, want(onDay(w, 9, 11, 0))).Want(201) // which is free again
	if a := bookingOf(w, "resident", all.Text("items", 0, "id")); a.Len("series") != 3 {
		t.Errorf("with it were made %s", a.Raw)
	}
	w.Healthy()
}

// A host that is not open after all proposes another place, and everybody who booked is told.
func TestADayIsCalledOff(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one := offered(w, "unit", hall(w))
	first := book(w, "resident", one, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id")
	second := book(w, "resident-2", one, want(onDay(w, 1, 11, 0))).Want(201).Text("items", 0, "id")
	other := book(w, "resident", one, want(onDay(w, 2, 9, 0))).Want(201).Text("items", 0, "id")
	days, day := "/api/v1/offers/"+one+"/days", onDay(w, 1, 0, 0).Format(time.DateOnly)
	closed := doc{"day": day, "kind": "closed", "reason": "检修", "instead": "社区二楼，同一时间，电话 " + apptest.Phone}
	w.Call("unit", "POST", days, doc{"day": day, "kind": "closed"}).Refused(422, "reason_required")
	a := w.Call("unit", "POST", days, doc{"day": day, "kind": "closed", "reason": "检修"}).Refused(422, "invalid_input")
	if a.Text("fields", 0, "path") != "instead" {
		t.Errorf("it says %s", a.Raw)
	}
	w.Call("secretary", "POST", days, closed).Refused(403, "not_your_community")
	for ahead, status := range map[int]int{-1: 422, 0: 200, 30: 200, 31: 422} {
		body := doc{"day": onDay(w, ahead, 0, 0).Format(time.DateOnly), "kind": "extra", "fromMinute": 1260, "untilMinute": 1320}
		w.Call("unit", "POST", days, body).Want(status)
	}
	w.Call("unit", "POST", days, closed).Want(200)
	for persona, b := range map[string]string{"resident": first, "resident-2": second} {
		a := bookingOf(w, persona, b)
		if a.Text("booking", "status") != "called_off" || !strings.HasPrefix(a.Text("booking", "instead"), "社区二楼") ||
			strings.Contains(a.Text("booking", "instead"), apptest.Phone) {
			t.Errorf("%s reads %s", persona, a.Raw)
		}
		if got := inboxOf(w, persona)[0]; !strings.Contains(got, "临时不开") {
			t.Errorf("%s is told %q", persona, got)
		}
	}
	if a := bookingOf(w, "resident", other); a.Text("booking", "status") != "confirmed" {
		t.Errorf("the other day's is %s", a.Text("booking", "status"))
	}
	book(w, "resident", one, want(onDay(w, 1, 9, 0))).Refused(409, "offer_closed")
	w.Call("unit", "POST", days, doc{"day": day, "kind": "extra", "fromMinute": 1200, "untilMinute": 1320}).Want(200)
	evening := book(w, "resident", one, want(onDay(w, 1, 20, 0))).Want(201).Text("items", 0, "id") // beside its usual hours
	w.Call("unit", "POST", days, doc{"day": day, "kind": "extra", "fromMinute": 1200, "untilMinute": 1230}).Want(200)
	book(w, "resident-2", one, want(onDay(w, 1, 21, 0))).Want(201) // what is open stays so until it is closed
	w.Call("unit", "POST", days, closed).Want(200)
	if a := bookingOf(w, "resident", evening); a.Text("booking", "status") != "called_off" {
		t.Errorf("after the day is closed again it is %s", a.Raw)
	}
	book(w, "resident-2", one, want(onDay(w, 1, 21, 0))).Refused(409, "offer_closed")
	onBooking(w, "unit", other, "calling-off", doc{"reason": "停电", "instead": ""}).Refused(422, "invalid_input")
	onBooking(w, "resident-2", other, "calling-off", doc{"reason": "停电", "instead": "社区"}).Refused(404, "not_found")
	said := onBooking(w, "unit", other, "calling-off", doc{"reason": "停电", "instead": "社区，打 " + apptest.Phone}).Want(200)
	if strings.Contains(string(said.Raw), apptest.Phone) { // which is the answer that is kept
		t.Errorf("the host reads %s", said.Raw)
	}
	onBooking(w, "unit", other, "calling-off", doc{"reason": "停电", "instead": "社区"}).Refused(409, "booking_state")
	w.Healthy()
}

// An offer with bookings ahead, answered or not, ends only with another place for them; what is a draft just ends.
func TestAnOfferEnds(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one := offered(w, "unit", changed(hall(w), "asked", true))
	booked := book(w, "resident", one, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id")
	end := "/api/v1/offers/" + one + "/closing"
	w.Call("unit", "POST", end, doc{}).Refused(422, "reason_required")
	w.Call("resident", "POST", end, doc{}).Refused(403, "not_your_community")
	w.Call("leader", "POST", end, doc{}).Refused(403, "not_your_community") // the secretary of elsewhere
	if a := bookingOf(w, "resident", booked); a.Text("booking", "status") != "requested" {
		t.Errorf("a refused end called it off: %s", a.Raw)
	}
	w.Call("secretary", "POST", end, doc{"reason": "装修", "instead": "社区二楼"}).Want(200) // decides above
	w.Call("unit", "POST", end, doc{}).Refused(409, "offer_state")
	if a := bookingOf(w, "resident", booked); a.Text("booking", "status") != "called_off" {
		t.Errorf("it is %s", a.Raw)
	}
	book(w, "resident", one, want(onDay(w, 2, 9, 0))).Refused(409, "offer_state")
	draft := w.Call("unit", "POST", "/api/v1/offers", hall(w)).Want(201).Text("id")
	w.Call("unit", "POST", "/api/v1/offers/"+draft+"/closing", doc{}).Want(200)
	w.Healthy()
}
