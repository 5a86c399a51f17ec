package api_test

import (
	"strconv"
	"testing"
	"time"
)

// Of twenty people who want the same half hour, one has it, however many half hours: the key of the table decides.
func TestTwentyWantAnHour(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	one, park := offered(w, "unit", hall(w)), offered(w, "unit", changed(hall(w), "seats", 3))
	var who [20]string
	for i := range who {
		who[i] = newcomer(w)
	}
	for slot := range 5 {
		start := onDay(w, 1, 9, 30*slot)
		body := changed(want(start), "endsAt", start.Add(30*time.Minute))
		got := atOnce(len(who), func(i int) string {
			a := w.Send(who[i], "POST", "/api/v1/offers/"+one+"/bookings", body)
			return strconv.Itoa(a.Status) + a.Text("reason")
		})
		if got["201"] != 1 || got["409slot_taken"] != 19 {
			t.Errorf("at half hour %d: %v", slot, got)
		}
	}
	got := atOnce(len(who), func(i int) string {
		return strconv.Itoa(w.Send(who[i], "POST", "/api/v1/offers/"+park+"/bookings", want(onDay(w, 1, 9, 0))).Status)
	})
	if got["201"] != 3 || got["409"] != 17 {
		t.Errorf("of three seats: %v", got)
	}
	got = atOnce(len(who), func(i int) string { // for themselves, and for their group
		body := changed(want(onDay(w, 1, 14, 0)), "audience", []string{"resident", "group"}[i%2])
		a := w.Send(who[0], "POST", "/api/v1/offers/"+park+"/bookings", body)
		return strconv.Itoa(a.Status) + a.Text("reason")
	})
	if got["201"] != 1 || got["409slot_taken"] != 19 {
		t.Errorf("of three seats one person takes at once: %v", got)
	}
	for day := 2; day < 5; day++ { // that its host closes meanwhile: what was booked before is called off, and nothing after
		closed := doc{"day": onDay(w, day, 0, 0).Format(time.DateOnly), "kind": "closed", "reason": "检修", "instead": "社区二楼"}
		got := atOnce(len(who), func(i int) string {
			if i == 9 {
				return "host " + strconv.Itoa(w.Call("unit", "POST", "/api/v1/offers/"+park+"/days", closed).Status)
			}
			return strconv.Itoa(w.Send(who[i], "POST", "/api/v1/offers/"+park+"/bookings", want(onDay(w, day, 8, 30*i))).Status)
		})
		if got["host 200"] != 1 || got["201"]+got["409"] != 19 {
			t.Errorf("of a day that is closed meanwhile: %v", got)
		}
	}
	w.Healthy()
}
