package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
)

// A violation of what offers and bookings promise is planted, and doctor finds it.
func TestPlantedOffers(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	type doc = map[string]any
	day := clock.Day(w.Clocks.Business.Now()).AddDate(0, 0, 1)
	weekday := int(day.In(clock.Shanghai).Weekday()+6)%7 + 1
	offer := w.Call("unit", "POST", "/api/v1/offers", doc{
		"hostId": w.Unit, "kind": "desk", "name": "周六窗口", "matters": []string{"老年证"}, "place": "一楼", "seats": 1, "people": 30,
		"slots": 4, "audiences": []string{"resident"}, "hours": []doc{{"weekday": weekday, "fromMinute": 480, "untilMinute": 1200}},
	}).Want(201).Text("id")
	w.Call("unit", "POST", "/api/v1/offers/"+offer+"/opening", nil).Want(200)
	book := func(hour int) string {
		start := day.Add(time.Duration(hour) * time.Hour)
		return w.Call("resident", "POST", "/api/v1/offers/"+offer+"/bookings", doc{
			"audience": "resident", "people": 3, "startsAt": start.UTC(), "endsAt": start.Add(time.Hour).UTC(),
		}).Want(201).Text("items", 0, "id")
	}
	used, ahead, off := book(9), book(11), book(14)
	w.Call("unit", "POST", "/api/v1/bookings/"+off+"/calling-off", doc{"reason": "停电", "instead": "社区二楼"}).Want(200)
	w.Clocks.Business.Advance(day.Add(9 * time.Hour).Sub(w.Clocks.Business.Now()))
	w.Call("unit", "POST", "/api/v1/bookings/"+used+"/arrival", nil).Want(200)
	w.Healthy()
	fill := strings.NewReplacer("{offer}", offer, "{used}", used, "{ahead}", ahead, "{off}", off)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	findsEach(t, w.World, copies, fill, []violation{
		{"history", "UPDATE bookings SET status = 'cancelled' WHERE id = {ahead}", "booking {ahead}"},
		{"register", "UPDATE offers SET name = '别的' WHERE id = {offer}", "offer {offer}"},
		{"offers", "DELETE FROM booking_slots WHERE booking_id = {ahead} LIMIT 1", "booking {ahead} has other half hours"},
		{"offers", "UPDATE booking_slots SET starts_at = starts_at + INTERVAL 1 DAY WHERE booking_id = {ahead}", "booking {ahead} has other half hours"},
		{"offers", "INSERT INTO booking_slots SELECT offer_id, 0, starts_at, id, NULL FROM bookings WHERE id = {off}", "booking {off} has other half hours"},
		{"offers", "UPDATE booking_slots SET seat_no = 1 WHERE booking_id = {used}", "booking {used} has other half hours"},
		{"offers", "UPDATE booking_slots SET resident_id = 1 WHERE booking_id = {ahead}", "booking {ahead} has other half hours"},
		{"offers", "UPDATE offer_hours SET from_minute = 600", "booking {used} is at a time at which nothing is open"},
		{"offers", "INSERT INTO offer_days SELECT offer_id, DATE(starts_at + INTERVAL 8 HOUR), 'closed', 0, 1440 FROM bookings WHERE id = {ahead}", "booking {ahead} is at a time"},
		{"offers", "INSERT INTO calendar_days (day, kind, name, since) SELECT DATE(starts_at + INTERVAL 8 HOUR), 'holiday', '节', created_at FROM bookings WHERE id = {ahead} ON DUPLICATE KEY UPDATE kind = 'holiday'", "booking {ahead} is at a time"},
		{"offers", "UPDATE offers SET status = 'closed', closed_at = opened_at WHERE id = {offer}", "booking {ahead} was made of what was not open"},
		{"offers", "UPDATE bookings SET created_at = created_at - INTERVAL 1 DAY WHERE id = {used}", "booking {used} was made of what was not open"},
		{"offers", "UPDATE events SET grant_id = NULL WHERE noun = 'booking' AND subject_id = {used} AND name = 'attend'", "booking {used} was decided"},
		{"offers", "INSERT INTO offer_stops SELECT id, 0, '名', '处', '', 10 FROM offers WHERE id = {offer}", "offer {offer} has stops"},
		{"offers", "UPDATE events SET grant_id = NULL WHERE noun = 'offer' AND subject_id = {offer} AND name = 'open'", "offer {offer} was changed"},
		{"offers", "UPDATE bookings SET starts_at = starts_at - INTERVAL 5 DAY, ends_at = ends_at - INTERVAL 5 DAY WHERE id = {ahead}", "booking {ahead} waits though"},
		{"inbox", "DELETE FROM inbox WHERE part = 'owner'", "was not told"},
	})
}
