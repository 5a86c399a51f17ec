package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/paper/papertest"
)

// checkPapers looks at the receipt of a booking and the month of its offer.
func checkPapers(t *testing.T, w *apptest.Town, offer, one, code string) {
	t.Helper()
	checkReceipt(t, w, one, code)
	checkMonth(t, w, offer)
}

// checkReceipt looks at the receipt of a booking that its host has agreed to: who booked prints it, and nobody else.
func checkReceipt(t *testing.T, w *apptest.Town, one, code string) {
	t.Helper()
	path := "/api/v1/bookings/" + one + "/pdf"
	w.Call("secretary", "PATCH", "/api/v1/nodes/"+w.Home.String(), doc{"servicePhone": "0435-5226001"}).Want(200)
	pdf := w.Call("resident", "GET", path, nil).Want(200).Raw
	papertest.Save(t, "receipt", pdf)
	text := papertest.Words(t, pdf)
	for _, part := range []string{
		"预约回执", "供电公司会议室", "一楼东侧", "9:00 到 10:00", "几个人", "下棋", code[:4] + " " + code[4:], "走时关灯", "有事问", "不登记证件",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in the receipt: %s", part, text)
		}
	}
	if strings.Contains(text, apptest.Phone) {
		t.Error("a number that a resident wrote is on the receipt")
	}
	w.Call("unit", "GET", path, nil).Refused(403, "forbidden")
	w.Call("resident-2", "GET", path, nil).Refused(404, "not_found")
	offer := w.Call("resident", "GET", "/api/v1/bookings/"+one, nil).Want(200).Text("booking", "offerId")
	waits := book(w, "resident-2", offer, want(onDay(w, 2, 9, 0))).Want(201).Text("items", 0, "id")
	w.Call("resident-2", "GET", "/api/v1/bookings/"+waits+"/pdf", nil).Refused(409, "booking_state")
	onBooking(w, "resident-2", waits, "cancellation", nil).Want(200)
	called := book(w, "unit", offer, changed(want(onDay(w, 2, 9, 0)), "guest", "刘阿姨")).Want(201).Text("items", 0, "id")
	if text := papertest.Words(t, w.Call("unit", "GET", "/api/v1/bookings/"+called+"/pdf", nil).Want(200).Raw); !strings.Contains(text, "刘阿姨") {
		t.Errorf("of who called the receipt says %s", text)
	}
	onBooking(w, "unit", called, "cancellation", nil).Want(200)
}

// monthPath is where the host reads what is booked of an offer in this month, or in one before or after it.
func monthPath(w *apptest.Town, offer string, after int) string {
	return "/api/v1/offers/" + offer + "/month?month=" + onDay(w, 0, 0, 0).In(clock.Shanghai).AddDate(0, after, 0).Format("2006-01")
}

// checkSum looks for how often the offer was used in such a month.
func checkSum(t *testing.T, w *apptest.Town, offer string, after int, sum string) {
	t.Helper()
	if text := papertest.Words(t, w.Call("unit", "GET", monthPath(w, offer, after), nil).Want(200).Raw); !strings.Contains(text, sum) {
		t.Errorf("%q is not in the month: %s", sum, text)
	}
}

// checkUsed looks at a booking of three people who came: they may still print the receipt, and the code is of no use any more.
func checkUsed(t *testing.T, w *apptest.Town, offer, one string) {
	t.Helper()
	if a := bookingOf(w, "resident", one); a.Text("booking", "status") != "used" || a.Text("code") != "" || a.At("may", "receipt") != true {
		t.Errorf("afterwards it is %s", a.Raw)
	}
	checkSum(t, w, offer, 0, "用过 1 次、大约 3 人次")
}

// checkMonth looks at the month of an offer: its host has the names, and nobody else any of it.
func checkMonth(t *testing.T, w *apptest.Town, offer string) {
	t.Helper()
	path := monthPath(w, offer, 0)
	pdf := w.Call("unit", "GET", path, nil).Want(200).Raw
	papertest.Save(t, "month", pdf)
	name := w.Call("resident", "GET", "/api/v1/me", nil).Want(200).Text("displayName")
	sheet := strings.Join(papertest.Cells(t, w.Call("unit", "GET", path+"&format=xlsx", nil).Want(200).Raw), "\n")
	for what, text := range map[string]string{"paper": papertest.Words(t, pdf), "sheet": sheet} {
		for _, part := range []string{"预约表", "供电公司会议室", name, "下棋", "09:00–10:00", "约好了", "约了 1 次"} {
			if !strings.Contains(text, part) {
				t.Errorf("%q is not in the %s: %s", part, what, text)
			}
		}
	}
	checkSum(t, w, offer, -1, "约了 0 次")
	for _, persona := range []string{"resident", "street", "secretary"} {
		w.Call(persona, "GET", path, nil).Refused(403, "not_your_community")
	}
	w.Call("unit", "GET", "/api/v1/offers/7/month?month=2026-03", nil).Refused(404, "not_found")
	for _, month := range []string{"2026", "2026-13", "1999-01", "2099-01"} {
		w.Call("unit", "GET", "/api/v1/offers/"+offer+"/month?month="+month, nil).Refused(422, "invalid_input")
	}
}
