package api_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/paper/papertest"
)

// advance goes on to a time of a day.
func advance(w *apptest.Town, to time.Time) {
	w.Clocks.Business.Advance(to.Sub(w.Clocks.Business.Now()))
}

func swept(t *testing.T, w *apptest.Town) {
	t.Helper()
	must(t, w.App.Sweep(t.Context()))
}

// Who misses two within 60 days books by phone for 30; the host writes it down, and corrects what was not so.
func TestTwoMissedBookByPhone(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one := offered(w, "unit", hall(w))
	miss := func() string {
		b := book(w, "resident", one, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id")
		advance(w, onDay(w, 1, 23, 0))
		swept(t, w)
		if a := bookingOf(w, "resident", b); a.Text("booking", "status") != "confirmed" {
			t.Errorf("on its day it is %s", a.Text("booking", "status"))
		}
		advance(w, onDay(w, 1, 0, 0))
		swept(t, w)
		return b
	}
	first := miss()
	if got := inboxOf(w, "resident")[0]; !strings.Contains(got, "没有人来") {
		t.Errorf("the resident is told %q", got)
	}
	book(w, "resident", one, want(onDay(w, 5, 9, 0))).Want(201)
	second := miss()
	a := book(w, "resident", one, want(onDay(w, 8, 9, 0))).Refused(403, "book_by_phone")
	if !strings.Contains(a.Text("message"), "请打电话约") {
		t.Errorf("it says %q", a.Text("message"))
	}
	if a := w.Call("resident", "GET", "/api/v1/offers/"+one, nil).Want(200); a.Text("byPhoneUntil") == "" {
		t.Errorf("the page does not say it: %s", a.Raw)
	}
	called := book(w, "unit", one, changed(want(onDay(w, 8, 9, 0)), "guest", "刘阿姨"+apptest.Phone)).Want(201)
	if who := called.Text("items", 0, "who"); !strings.HasPrefix(who, "刘阿姨") || strings.Contains(who, apptest.Phone) ||
		called.Text("items", 0, "status") != "confirmed" {
		t.Errorf("written down is %s", called.Raw)
	}
	onBooking(w, "resident", second, "arrival", nil).Refused(403, "not_your_community")
	onBooking(w, "unit", second, "arrival", nil).Want(200) // they were there after all
	if a := bookingOf(w, "resident", second); a.Text("booking", "status") != "used" {
		t.Errorf("corrected is %s", a.Raw)
	}
	book(w, "resident", one, want(onDay(w, 9, 9, 0))).Want(201)
	advance(w, onDay(w, 7, 12, 0))
	onBooking(w, "unit", first, "arrival", nil).Refused(409, "booking_state") // a week is over
	onBooking(w, "unit", called.Text("items", 0, "id"), "cancellation", nil).Want(200)
	advance(w, onDay(w, 32, 12, 0))
	swept(t, w)
	if a := bookingOf(w, "unit", called.Text("items", 0, "id")); a.Text("booking", "who") != "打电话约的人" {
		t.Errorf("a month after it the host reads %s", a.Raw)
	}
	if n := rowCount(t, w, "SELECT COUNT(*) FROM originals WHERE noun = 'booking' AND subject_id = "+called.Text("items", 0, "id")); n != 0 {
		t.Errorf("%d words of who called are kept", n)
	}
	w.Healthy()
}

// The blocked month ends by itself.
func TestAMonthByPhoneEnds(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one := offered(w, "unit", hall(w))
	for range 2 { // 50 days apart
		advance(w, onDay(w, 48, 12, 0))
		book(w, "resident", one, want(onDay(w, 1, 9, 0))).Want(201)
		advance(w, onDay(w, 2, 0, 0))
		swept(t, w)
	}
	advance(w, onDay(w, 29, 12, 0))
	book(w, "resident", one, want(onDay(w, 1, 9, 0))).Refused(403, "book_by_phone")
	advance(w, onDay(w, 1, 12, 0))
	book(w, "resident", one, want(onDay(w, 1, 9, 0))).Want(201)
	w.Healthy()
}

// What its host does not answer within a working day ends, and the hour is free.
func TestARequestWithoutAnAnswerEnds(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one := offered(w, "unit", changed(hall(w), "asked", true))
	late := book(w, "resident", one, want(onDay(w, 5, 9, 0))).Want(201).Text("items", 0, "id")
	refused := book(w, "resident", one, want(onDay(w, 6, 9, 0))).Want(201).Text("items", 0, "id")
	own := book(w, "unit", one, want(onDay(w, 7, 9, 0))).Want(201).Text("items", 0, "id")
	onBooking(w, "unit", own, "decision", doc{"decision": "confirm"}).Refused(403, "party_to_matter")
	onBooking(w, "unit", refused, "decision", doc{"decision": "decline"}).Refused(422, "reason_required")
	onBooking(w, "unit", refused, "decision", doc{"decision": "decline", "reason": "那天有会"}).Want(200)
	onBooking(w, "unit", refused, "arrival", nil).Refused(409, "booking_state")
	book(w, "resident-2", one, want(onDay(w, 6, 9, 0))).Want(201)
	soon := book(w, "resident-2", one, want(onDay(w, 0, 15, 0))).Want(201).Text("items", 0, "id")
	advance(w, onDay(w, 0, 15, 0))
	onBooking(w, "unit", soon, "decision", doc{"decision": "confirm"}).Refused(409, "booking_state") // it has begun
	swept(t, w)
	if a := bookingOf(w, "resident-2", soon); a.Text("booking", "status") != "declined" {
		t.Errorf("begun without an answer it is %s", a.Raw)
	}
	advance(w, onDay(w, 1, 12, 1)) // a working day in the middle of the week
	onBooking(w, "unit", late, "decision", doc{"decision": "confirm"}).Refused(409, "booking_state")
	swept(t, w)
	if a := bookingOf(w, "resident", late); a.Text("booking", "status") != "declined" {
		t.Errorf("it is %s", a.Raw)
	}
	if got := inboxOf(w, "resident")[0]; !strings.Contains(got, "没有及时回话") {
		t.Errorf("the resident is told %q", got)
	}
	if got := todosOf(w, "unit"); len(got) != 0 {
		t.Errorf("the host's home shows %v", got)
	}
	book(w, "resident-2", one, want(onDay(w, 4, 9, 0))).Want(201)
	w.Healthy()
}

// A booking is taken back by who made it, before it begins, and once.
func TestABookingIsTakenBack(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one := offered(w, "unit", hall(w))
	b := book(w, "resident", one, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id")
	onBooking(w, "unit", b, "arrival", nil).Refused(409, "booking_state") // not yet
	onBooking(w, "resident-2", b, "cancellation", nil).Refused(404, "not_found")
	onBooking(w, "unit", b, "cancellation", nil).Refused(403, "forbidden")
	onBooking(w, "resident", b, "cancellation", nil).Want(200)
	onBooking(w, "resident", b, "cancellation", nil).Refused(409, "booking_state")
	onBooking(w, "resident", "1", "cancellation", nil).Refused(404, "not_found")
	late := book(w, "resident", one, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id")
	advance(w, onDay(w, 1, 9, 10))
	onBooking(w, "resident", late, "cancellation", nil).Refused(409, "booking_state")
	onBooking(w, "unit", late, "arrival", nil).Want(200)
	w.Healthy()
}

// A desk to which nobody comes for two weeks is said to the street, once in two weeks, and the street ends it.
func TestAnIdleDeskIsToldToTheStreet(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one, used := offered(w, "secretary", desk(w)), offered(w, "secretary", changed(desk(w), "name", "周日窗口"))
	offered(w, "unit", hall(w)) // which is no desk
	advance(w, onDay(w, 13, 12, 0))
	swept(t, w)
	b := book(w, "resident", used, want(onDay(w, 1, 12, 0))).Want(201).Text("items", 0, "id")
	if got := inboxOf(w, "street"); len(got) != 1 { // of the own role
		t.Errorf("too early the street is told %v", got)
	}
	advance(w, onDay(w, 1, 12, 1))
	swept(t, w)
	swept(t, w)
	if got := inboxOf(w, "street"); len(got) != 2 || got[0] != "最近 14 天没有人来：周六窗口。可以不再安排这一班" {
		t.Errorf("the street is told %v", got)
	}
	onBooking(w, "secretary", b, "arrival", nil).Want(200)
	checkDeskWeek(t, w, one, used)
	w.Call("street", "POST", "/api/v1/offers/"+one+"/closing", doc{}).Want(200)
	if a := w.Call("street", "GET", "/api/v1/desks?nodeId="+w.Street.String(), nil).Want(200); a.Len("items") != 1 {
		t.Errorf("what has ended is on duty: %s", a.Raw)
	}
	w.Healthy()
}

// checkDeskWeek looks at the table of a week: a desk to which nobody comes, and one that somebody has booked this day, and
// that is closed on another.
func checkDeskWeek(t *testing.T, w *apptest.Town, idle, used string) {
	t.Helper()
	path := "/api/v1/desks?nodeId=" + w.Street.String()
	free := func() int { // the shifts of the week of the second desk
		a := w.Call("street", "GET", path, nil).Want(200)
		if a.Len("items") != 2 {
			t.Fatalf("desks are %s", a.Raw)
		}
		shifts, booked, came := 0, 0, 0
		for i := range 2 {
			is := a.Text("items", i, "offer", "id")
			if got := a.At("items", i, "idle") == true; got != (is == idle) {
				t.Errorf("desk %s is idle: %v", is, got)
			}
			for n := range a.Len("items", i, "shifts") {
				if is == used {
					shift := func(name string) int { return a.Number("items", i, "shifts", n, name) }
					shifts, booked, came = shifts+1, booked+shift("booked"), came+shift("used")
				}
			}
		}
		if monday, err := time.Parse(time.DateOnly, a.Text("from")); err != nil || monday.Weekday() != time.Monday || booked != 1 || came != 1 {
			t.Errorf("%d are booked, %d came in the week from %v (%v)", booked, came, monday, err)
		}
		return shifts
	}
	if n := free(); n != 7 {
		t.Errorf("a week has %d shifts", n)
	}
	closed := onDay(w, 1, 0, 0)
	if closed.In(clock.Shanghai).Weekday() == time.Monday {
		closed = onDay(w, 0, 0, 0) // the day before is of this week, and its booking is of the past
	}
	w.Call("secretary", "POST", "/api/v1/offers/"+used+"/days", doc{"day": closed.Format(time.DateOnly), "kind": "closed"}).Want(200)
	if n := free(); n != 6 {
		t.Errorf("with a day closed a week has %d shifts", n)
	}
	pdf := w.Call("street", "GET", strings.Replace(path, "desks?", "desks/export?", 1), nil).Want(200).Raw
	papertest.Save(t, "desks", pdf)
	sheet := w.Call("street", "GET", strings.Replace(path, "desks?", "desks/export?format=xlsx&", 1), nil).Want(200).Raw
	for name, text := range map[string]string{"paper": papertest.Words(t, pdf), "sheet": strings.Join(papertest.Cells(t, sheet), "\n")} {
		for _, part := range []string{"错时延时值守表", "周六窗口", "周日窗口", "老年证", "08:00–20:00", "最近 14 天没有人来", "没有人填写"} {
			if !strings.Contains(text, part) {
				t.Errorf("%q is not in the %s: %s", part, name, text)
			}
		}
		if strings.Contains(text, "resident") || strings.Contains(text, "下棋") {
			t.Errorf("who comes is in the %s", name)
		}
	}
	for query, status := range map[string]int{"&day=2020-01-06": 422, "&day=2099-01-05": 422, "&day=x": 422} {
		w.Call("street", "GET", path+query, nil).Want(status)
	}
	w.Call("county", "GET", "/api/v1/desks?nodeId=7", nil).Refused(404, "not_found")
}

// Nothing that is opened, booked or used moves a point or an hour.
func TestNoPointsForWhatIsOpened(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one := offered(w, "unit", hall(w))
	b := book(w, "member-1", one, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id")
	advance(w, onDay(w, 1, 9, 0))
	onBooking(w, "unit", b, "arrival", nil).Want(200)
	for _, table := range []string{"points_transfers", "service_records"} {
		var n int
		must(t, w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n)) //nolint:gosec // constants
		if n != 0 {
			t.Errorf("%s has %d rows", table, n)
		}
	}
	for _, table := range []string{"offers", "bookings", "offer_lines", "booking_slots"} {
		var n int
		must(t, w.App.DB.Pool().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM information_schema.columns
			WHERE table_schema = DATABASE() AND table_name = ? AND (column_name LIKE '%price%' OR column_name LIKE '%fee%'
			OR column_name LIKE '%amount%' OR column_name LIKE '%money%' OR column_name LIKE '%point%')`, table).Scan(&n))
		if n != 0 {
			t.Errorf("%s has a column for money or points", table)
		}
	}
	w.Healthy()
}
