package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// What each write costs in round trips to MySQL, the transaction's own included:
// they, and not the disk, are what a write waits for (docs/scale.md). A change
// that adds a trip has to say so here.
func TestRoundTripsOfWrites(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 2)
	for _, p := range []string{"resident", "secretary", "member-1", "member-2", "street"} {
		w.Token(p)
	}
	var wish, claim, record, complaint, code, photo string
	var meet meeting
	yes := map[string]any{"decision": "approve"}
	for _, c := range []struct {
		name         string
		prepare      func()
		do           func() apptest.Answer
		status       int
		trips, begun int64
	}{
		{"submit: community, number, rows", func() {}, func() apptest.Answer {
			return w.Call("resident", "POST", "/api/v1/wishes", apptest.Draft(w.Home))
		}, 201, 3, 1},
		{"a picture: its row, then that its files are whole", func() {}, func() apptest.Answer {
			return w.Call("resident", "POST", "/api/v1/media", apptest.Picture(7))
		}, 201, 2, 2},
		{"submit with a picture", func() { photo = w.Upload("resident") }, func() apptest.Answer {
			return w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, photo))
		}, 201, 3, 1},
		{"see a wish and its pictures", func() { wish = w.Open() }, func() apptest.Answer {
			return w.Call("member-1", "GET", "/api/v1/wishes/"+wish, nil)
		}, 200, 1, 0},
		{"a page of the hall: that the place is there, what it is, and its wishes", func() {}, func() apptest.Answer {
			return w.Call("member-1", "GET", "/api/v1/wishes?nodeId="+w.Home.String(), nil)
		}, 200, 3, 0},
		{"another of the same place", func() {}, func() apptest.Answer {
			return w.Call("member-2", "GET", "/api/v1/wishes?nodeId="+w.Home.String(), nil)
		}, 200, 1, 0},
		{"what waits: desks, what is there, what a list shows of it, pictures", func() {}, func() apptest.Answer {
			return w.Call("secretary", "GET", "/api/v1/approvals?limit=20", nil)
		}, 200, 4, 0},
		{"what is a member's turn", func() {}, func() apptest.Answer {
			return w.Call("member-2", "GET", "/api/v1/me/todos", nil)
		}, 200, 1, 0},
		{"publish", func() { wish = w.Post() }, func() apptest.Answer {
			return w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"})
		}, 200, 2, 1},
		{"withdraw", func() { wish = w.Open() }, func() apptest.Answer {
			return w.Call("resident", "POST", "/api/v1/wishes/"+wish+"/withdrawal", nil)
		}, 200, 2, 1},
		{"claim: locks, rows", func() { wish = w.Open() }, func() apptest.Answer {
			return w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil)
		}, 201, 2, 1},
		{"claim too late", func() {}, func() apptest.Answer {
			return w.Call("member-2", "POST", "/api/v1/wishes/"+wish+"/claims", nil)
		}, 409, 1, 0},
		{"approve", func() { wish, claim = w.Claimed("member-1") }, func() apptest.Answer {
			return w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", yes)
		}, 200, 2, 1},
		{"approve twice: locks, rollback", func() {}, func() apptest.Answer {
			return w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", yes)
		}, 409, 2, 1},
		{"read the contact", func() {}, func() apptest.Answer {
			return w.Call("member-1", "GET", "/api/v1/wishes/"+wish+"/contact", nil)
		}, 200, 2, 1},
		{"spoken to: locks, row", func() {}, func() apptest.Answer {
			return w.Call("secretary", "POST", "/api/v1/phone-checks", doc{"about": "wish", "id": wish, "how": "phone"})
		}, 204, 3, 1},
		{"deliver", func() {}, func() apptest.Answer {
			return w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "办好了"})
		}, 200, 2, 1},
		{"not yet", func() {}, func() apptest.Answer {
			return w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": false})
		}, 200, 2, 1},
		{"release", func() {}, func() apptest.Answer {
			return w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/release", nil)
		}, 200, 2, 1},
		{"confirm: locks, account, rows", func() { _, claim = w.Delivered("member-1") }, func() apptest.Answer {
			return w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": true})
		}, 200, 3, 1},
		{"complain: what it is about, rows", func() {}, func() apptest.Answer {
			return complain(w, "complaint")
		}, 201, 2, 1},
		{"answer", func() { complaint = complain(w, "complaint").Text("id") }, func() apptest.Answer { return answer(w, "street", complaint) }, 200, 2, 1},
		{"deliver with a picture", func() { photo, claim = deliverable(w) }, func() apptest.Answer {
			body := map[string]any{"note": "办好了", "photoIds": []string{photo}}
			return w.Call("member-2", "POST", "/api/v1/claims/"+claim+"/delivery", body)
		}, 200, 2, 1},
		{"update myself", func() {}, func() apptest.Answer {
			return w.Call("member-1", "PATCH", "/api/v1/me", map[string]any{"elderView": true})
		}, 200, 4, 1},
		{"check in: a plain look, locks, rows", func() {
			meet = newMeeting(w, []string{"resident"})
			meet.at(0)
			code = meet.code()
		}, func() apptest.Answer { return meet.in("resident", withCode(code)) }, 201, 3, 1},
		{"guess: a plain look", func() {}, func() apptest.Answer { return meet.in("resident", withCode("00000000")) }, 422, 1, 0},
		{"check out", func() {}, func() apptest.Answer { return meet.out("resident", withCode(code)) }, 200, 3, 1},
		{"the code", func() {}, func() apptest.Answer { return meet.Call("member-1", "GET", meet.path+"/checkin-code", nil) }, 200, 1, 0},
		{"the roll", func() {}, func() apptest.Answer { return meet.Call("member-1", "GET", meet.path+"/signups", nil) }, 200, 1, 0},
		{"settle: locks, minutes, points, rows", func() { meet.at(120) }, func() apptest.Answer {
			return meet.settle("member-1", meet.about("resident", "minutes", 60, "reason", "忘了签退"))
		}, 200, 4, 1},
		{"certificate: who and what, numbers, rows", func() { w.Served("member-1", aDay, 30, "清雪") }, func() apptest.Answer {
			return w.Call("member-1", "POST", "/api/v1/me/certificates", ask())
		}, 201, 3, 1},
		{"certificate for somebody: who and what, by what right, numbers, rows", func() {}, func() apptest.Answer {
			return w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "member-1", "", "name"))
		}, 201, 4, 1},
		{"who has served", func() {}, func() apptest.Answer {
			return w.Call("secretary", "GET", "/api/v1/volunteers?nodeId="+w.Home.String(), nil)
		}, 200, 1, 0},
		{"report: where, minutes, rows", func() {}, func() apptest.Answer {
			made := service(w, "resident", 8, 1)
			record = made.Text("id")
			return made
		}, 201, 3, 1},
		{"report with a picture", func() { photo = w.Upload("resident") }, func() apptest.Answer {
			return w.Call("resident", "POST", "/api/v1/service-records", pictured(w, 10, 1, photo))
		}, 201, 3, 1},
		{"confirm service: who it is about, minutes, points, rows", func() {}, func() apptest.Answer {
			return w.Call("secretary", "POST", "/api/v1/service-records/"+record+"/review", confirm)
		}, 200, 4, 1},
		{"correct: what it was, minutes, points, rows", func() {}, func() apptest.Answer {
			return w.Call("street", "POST", "/api/v1/service-records/"+record+"/correction", shorter)
		}, 201, 5, 1},
		{"my records", func() {}, func() apptest.Answer { return w.Call("resident", "GET", "/api/v1/service-records", nil) }, 200, 1, 0},
		{"the paper", func() {}, func() apptest.Answer {
			c := w.Call("member-1", "GET", "/api/v1/me/certificates", nil)
			return w.Call("member-1", "GET", "/api/v1/certificates/"+c.Text("items", 0, "id")+"/pdf", nil)
		}, 200, 2, 0},
		{"the card", func() {}, func() apptest.Answer { return w.Call("member-1", "GET", "/api/v1/me/card", nil) }, 200, 1, 0},
	} {
		c.prepare()
		before := w.App.DB.Counts()
		c.do().Want(c.status)
		after := w.App.DB.Counts()
		if trips, begun := after.RoundTrips-before.RoundTrips, after.Transactions-before.Transactions; trips != c.trips || begun != c.begun {
			t.Errorf("%s: %d round trips and %d transactions, want %d and %d", c.name, trips, begun, c.trips, c.begun)
		}
	}
}

func deliverable(w *apptest.Town) (photo, claim string) {
	_, claim = w.Approved("member-2")
	return w.Upload("member-2"), claim
}
