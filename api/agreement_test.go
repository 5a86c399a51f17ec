package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// promises are what the unit may agree to: its hall is used twice until June, and its people serve two hours this year.
func promises(hall string) []doc {
	return []doc{
		{"kind": "venue", "text": "会议室给居民开会用", "quantity": 2, "quarter": 2, "offerId": hall},
		{"kind": "service", "text": "帮老人修电器，打 " + apptest.Phone, "quantity": 2, "quarter": 4},
	}
}

func agreed(w *apptest.Town, lines []doc) doc {
	return doc{"nodeId": w.Home, "unitId": w.Unit, "year": 2026, "lines": lines}
}

func onAgreement(w *apptest.Town, persona, one, step string, body any) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/agreements/"+one+"/"+step, body)
}

func agreementOf(w *apptest.Town, persona, one string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/agreements/"+one, nil).Want(200)
}

// drafted is a draft of the home community.
func drafted(w *apptest.Town, lines []doc) string {
	w.T.Helper()
	return w.Call("secretary", "POST", "/api/v1/agreements", agreed(w, lines)).Want(201).Text("id")
}

// signed is an agreement in force.
func signed(w *apptest.Town, lines []doc) string {
	w.T.Helper()
	return signedFor(w, 2026, lines)
}

func signedFor(w *apptest.Town, year int, lines []doc) string {
	w.T.Helper()
	one := w.Call("secretary", "POST", "/api/v1/agreements", changed(agreed(w, lines), "year", year)).Want(201).Text("id")
	onAgreement(w, "secretary", one, "offer", nil).Want(200)
	onAgreement(w, "unit", one, "signature", nil).Want(200)
	return one
}

// The whole way of an agreement: the community writes and signs it, the unit wants it otherwise, then signs; what is used
// and served counts, and nobody types that a line is kept.
func TestAnAgreementsWay(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	room := offered(w, "unit", hall(w))
	one := drafted(w, promises(room))
	for _, persona := range []string{"unit", "resident", "leader"} {
		w.Call(persona, "GET", "/api/v1/agreements/"+one, nil).Refused(404, "not_found")
	}
	onAgreement(w, "unit", one, "signature", nil).Refused(404, "not_found")
	mine := func(persona string) int {
		return w.Call(persona, "GET", "/api/v1/agreements?scope=mine", nil).Want(200).Len("items")
	}
	if mine("secretary") != 1 || mine("unit") != 0 || mine("leader") != 0 {
		t.Error("a draft is not in the list of its community alone")
	}
	onAgreement(w, "secretary", one, "offer", nil).Want(200)
	if mine("unit") != 1 || mine("leader") != 0 {
		t.Error("what is offered is not in the list of the unit")
	}
	if got := inboxOf(w, "unit")[0]; got != "请您看看，同意就签：2026 年共建协议" {
		t.Errorf("the liaison reads %q", got)
	}
	if got := todosOf(w, "unit"); len(got) != 1 || got[0] != "agreement "+one {
		t.Errorf("the liaison's home shows %v", got)
	}
	onAgreement(w, "unit", one, "return", doc{"reason": " "}).Refused(422, "invalid_input")
	onAgreement(w, "unit", one, "return", doc{"reason": "六月以前用不了两次"}).Want(200)
	if got := inboxOf(w, "secretary")[0]; !strings.HasPrefix(got, "单位请您改一改：2026 年共建协议") {
		t.Errorf("the secretary reads %q", got)
	}
	fewer := promises(room)
	fewer[0]["quantity"] = 1
	w.Call("unit", "PATCH", "/api/v1/agreements/"+one, doc{"lines": fewer}).Refused(403, "not_your_community")
	w.Call("secretary", "PATCH", "/api/v1/agreements/"+one, doc{"lines": fewer}).Want(200)
	onAgreement(w, "secretary", one, "offer", nil).Want(200)
	w.Call("secretary", "PATCH", "/api/v1/agreements/"+one, doc{"lines": fewer}).Refused(409, "agreement_state")
	onAgreement(w, "unit", one, "signature", nil).Want(200)
	onAgreement(w, "unit", one, "signature", nil).Refused(409, "agreement_state")
	w.CheckTexts()
	a := agreementOf(w, "resident", one)
	if a.At("agreement", "inForce") != true || a.Text("agreement", "signerName") != "unit" || a.Len("lines") != 2 ||
		a.Text("lines", 0, "offerName") != "供电公司会议室" || strings.Contains(string(a.Raw), apptest.Phone) {
		t.Errorf("a resident reads %s", a.Raw)
	}
	done := func(line int) string {
		a := agreementOf(w, "resident", one)
		return fmt.Sprint(a.Number("lines", line, "done"), a.At("lines", line, "kept"))
	}
	b := book(w, "resident", room, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id")
	book(w, "resident-2", room, want(onDay(w, 1, 11, 0))).Want(201) // who is not there
	if done(0) != "0 false" {
		t.Errorf("booked, and not used, the line is %s", done(0))
	}
	advance(w, onDay(w, 1, 9, 0))
	onBooking(w, "unit", b, "arrival", nil).Want(200)
	w.Served("member-1", 3*time.Hour, 119, "修插座")
	deedsBeside(w)
	if done(0) != "1 true" || done(1) != "1 false" {
		t.Errorf("the lines are %s and %s", done(0), done(1))
	}
	list := w.Call("resident", "GET", "/api/v1/agreements?scope=signed&nodeId="+w.Street.String(), nil).Want(200)
	if list.Len("items") != 1 || list.At("items", 0, "lines", 0, "kept") != true {
		t.Errorf("the street's are %s", list.Raw)
	}
	checkCoBuilding(t, w)
	w.Healthy()
}

// What nobody can agree on is refused by its field.
func TestWrongAgreements(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	room := offered(w, "unit", hall(w))
	foreign := offered(w, "secretary", desk(w))
	draft := w.Call("unit", "POST", "/api/v1/offers", hall(w)).Want(201).Text("id")
	lines := func(change func(all []doc)) doc {
		all := promises(room)
		change(all)
		return agreed(w, all)
	}
	for name, c := range map[string]struct {
		body  doc
		field string
	}{
		"last year":           {changed(agreed(w, promises(room)), "year", 2025), "year"},
		"no community":        {changed(agreed(w, promises(room)), "nodeId", w.Street), "nodeId"},
		"no unit":             {changed(agreed(w, promises(room)), "unitId", w.Sister), "unitId"},
		"no words":            {lines(func(all []doc) { all[1]["text"] = " " }), "lines.1.text"},
		"a venue of nothing":  {lines(func(all []doc) { delete(all[0], "offerId") }), "lines.0.offerId"},
		"hours of a venue":    {lines(func(all []doc) { all[1]["offerId"] = room }), "lines.1.offerId"},
		"another body's":      {lines(func(all []doc) { all[0]["offerId"] = foreign }), "lines.0.offerId"},
		"what is not open":    {lines(func(all []doc) { all[0]["offerId"] = draft }), "lines.0.offerId"},
		"what is counted too": {agreed(w, []doc{promises(room)[1], promises(room)[1]}), "lines.1.quarter"},
	} {
		if a := w.Call("secretary", "POST", "/api/v1/agreements", c.body).Refused(422, "invalid_input"); a.Text("fields", 0, "path") != c.field {
			t.Errorf("%s: %s", name, a.Raw)
		}
	}
	w.Call("leader", "POST", "/api/v1/agreements", agreed(w, promises(room))).Refused(403, "not_your_community")
	w.Call("unit", "POST", "/api/v1/agreements", agreed(w, promises(room))).Refused(403, "not_your_community")
	if n := rowCount(t, w, "SELECT COUNT(*) FROM agreements"); n != 0 {
		t.Errorf("%d are written", n)
	}
}

// One person does not sign for both, and one side does not sign for the other.
func TestEachSideSignsForItself(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	w.Grant("secretary", "responder", w.Unit) // who answers for both
	one := drafted(w, promises(offered(w, "unit", hall(w))))
	onAgreement(w, "secretary", one, "offer", nil).Want(200)
	onAgreement(w, "secretary", one, "signature", nil).Refused(403, "party_to_matter")
	onAgreement(w, "county", one, "signature", nil).Refused(403, "not_your_community")
	onAgreement(w, "resident", one, "signature", nil).Refused(404, "not_found")
	onAgreement(w, "unit", one, "signature", nil).Want(200)
	standIn(w, "grid")
	stoodIn := drafted(w, served())
	onAgreement(w, "grid", stoodIn, "offer", nil).Want(200)
	if a := agreementOf(w, "secretary", stoodIn); a.At("may", "sign") == true {
		t.Errorf("who chose the deputy may sign: %s", a.Raw)
	}
	onAgreement(w, "secretary", stoodIn, "signature", nil).Refused(403, "party_to_matter")
	onAgreement(w, "unit", stoodIn, "signature", nil).Want(200)
	w.Healthy()
}

// What both change is a new version: the one before ends with the signature, and what was done of it goes on to count.
func TestTheNextVersionReplaces(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	room := offered(w, "unit", hall(w))
	first, ahead := signed(w, promises(room)), signedFor(w, 2027, promises(room))
	b := book(w, "resident", room, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id")
	own := book(w, "unit", room, changed(changed(want(onDay(w, 1, 10, 0)), "audience", "unit"), "unitId", w.Unit)).Want(201).Text("items", 0, "id")
	alone := book(w, "unit", room, want(onDay(w, 1, 11, 0))).Want(201).Text("items", 0, "id")
	advance(w, onDay(w, 1, 10, 0))
	onBooking(w, "unit", b, "arrival", nil).Want(200)
	onBooking(w, "unit", own, "arrival", nil).Want(200) // which keeps no promise of the unit
	w.Clocks.Business.Advance(time.Hour)
	onBooking(w, "unit", alone, "arrival", nil).Refused(403, "party_to_matter") // nor is anybody's own word that they came one
	onBooking(w, "unit", alone, "calling-off", doc{"reason": "停电了", "instead": "去社区"}).Want(200)
	second := signed(w, promises(room))
	if a := agreementOf(w, "resident", ahead); a.At("agreement", "inForce") != true || a.Number("lines", 0, "done") != 0 {
		t.Errorf("of the year before the next one counts %s", a.Raw)
	}
	if a := agreementOf(w, "resident", first); a.Text("agreement", "status") != "ended" || a.Number("lines", 0, "done") != 1 {
		t.Errorf("the first is %s", a.Raw)
	}
	if a := agreementOf(w, "resident", second); a.At("agreement", "inForce") != true || a.Number("lines", 0, "done") != 1 {
		t.Errorf("the second is %s", a.Raw)
	}
	thrown := drafted(w, promises(room))
	if a := coBuildingOf(w, "resident", "").Want(200); a.Number("promises", "all") != 2 || a.Number("promises", "kept") != 0 {
		t.Errorf("of two versions and a draft the unit's page has more than one: %s", a.Raw)
	}
	onAgreement(w, "unit", second, "end", doc{}).Refused(422, "reason_required")
	onAgreement(w, "resident", second, "end", doc{"reason": "不要了"}).Refused(403, "not_your_community")
	onAgreement(w, "unit", second, "end", doc{"reason": "单位搬走了"}).Want(200)
	if a := coBuildingOf(w, "unit", "").Want(200); a.Number("promises", "all") != 2 || a.Number("promises", "owed") != 0 {
		t.Errorf("what has ended is owed: %s", a.Raw)
	}
	if got := inboxOf(w, "secretary")[0]; !strings.HasPrefix(got, "提前结束了：2026 年共建协议") {
		t.Errorf("the secretary reads %q", got)
	}
	onAgreement(w, "unit", second, "end", doc{"reason": "单位搬走了"}).Refused(409, "agreement_state")
	c := book(w, "resident-2", room, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id")
	advance(w, onDay(w, 1, 9, 0))
	onBooking(w, "unit", c, "arrival", nil).Want(200)
	if a := agreementOf(w, "resident", second); a.Number("lines", 0, "done") != 1 {
		t.Errorf("what was done after its end keeps it: %s", a.Raw)
	}
	onAgreement(w, "unit", thrown, "end", doc{}).Refused(404, "not_found")
	onAgreement(w, "secretary", thrown, "end", doc{}).Want(200)
	checkStale(w, room)
	w.Healthy()
}

// checkStale signs what cannot be kept any more: neither side does, nor is it written, but where it was signed before.
func checkStale(w *apptest.Town, room string) {
	w.T.Helper()
	june, other := promises(room), offered(w, "unit", changed(hall(w), "name", "球场"))
	late, closed := drafted(w, june), drafted(w, append(promises(other)[:1], june[1]))
	for _, one := range []string{late, closed} {
		onAgreement(w, "secretary", one, "offer", nil).Want(200)
	}
	w.Call("unit", "POST", "/api/v1/offers/"+other+"/closing", doc{}).Want(200)
	onAgreement(w, "unit", closed, "signature", nil).Refused(409, "agreement_state")
	onAgreement(w, "secretary", closed, "return", doc{"reason": "球场不开了"}).Want(200)
	onAgreement(w, "secretary", closed, "offer", nil).Refused(409, "agreement_state")
	unsigned := drafted(w, june)
	now := signed(w, june)
	advance(w, time.Date(2026, 6, 30, 16, 0, 0, 0, time.UTC)) // midnight in Shanghai
	w.Call("secretary", "PATCH", "/api/v1/agreements/"+unsigned, doc{"lines": june}).Want(200)
	onAgreement(w, "unit", now, "end", doc{"reason": "单位搬走了"}).Want(200)
	for _, step := range [][2]string{{"secretary", "offer"}, {"unit", "signature"}} {
		one := map[string]string{"offer": unsigned, "signature": late}[step[1]]
		onAgreement(w, step[0], one, step[1], nil).Refused(409, "agreement_state")
	}
	for _, a := range []apptest.Answer{
		w.Call("secretary", "POST", "/api/v1/agreements", agreed(w, june)),
		w.Call("secretary", "PATCH", "/api/v1/agreements/"+unsigned, doc{"lines": june}),
	} {
		if a.Refused(422, "invalid_input").Text("fields", 0, "path") != "lines.0.quarter" {
			w.T.Errorf("of a quarter that is over it says %s", a.Raw)
		}
	}
}

// A year that is over binds nobody: nothing of it is signed, nor ended.
func TestAYearIsOver(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	room := offered(w, "unit", hall(w))
	one, late := signed(w, promises(room)), drafted(w, promises(room))
	onAgreement(w, "secretary", late, "offer", nil).Want(200)
	advance(w, time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC)) // midnight in Shanghai
	if a := agreementOf(w, "resident", one); a.At("agreement", "inForce") != false || a.Text("agreement", "status") != "signed" {
		t.Errorf("it is %s", a.Raw)
	}
	onAgreement(w, "unit", late, "signature", nil).Refused(409, "agreement_state")
	onAgreement(w, "unit", one, "end", doc{"reason": "过期了"}).Refused(409, "agreement_state")
	w.Healthy()
}

// Of twenty who sign, end or take back at one time, one does what they want; of two versions, one is in force.
func TestCollidingAgreements(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	room := offered(w, "unit", hall(w))
	both := []string{drafted(w, promises(room)), drafted(w, promises(room))}
	for _, one := range both {
		onAgreement(w, "secretary", one, "offer", nil).Want(200)
	}
	w.Token("unit")
	got := count(together(20, func(i int) apptest.Answer {
		if i%4 == 3 {
			return onAgreement(w, "secretary", both[i%2], "return", doc{"reason": "再想想"})
		}
		return onAgreement(w, "unit", both[i%2], "signature", nil)
	}))
	for status, n := range got {
		if status != "200" && !strings.HasPrefix(status, "409") {
			t.Errorf("%d answers of %s", n, status)
		}
	}
	for query, want := range map[string]int{
		"SELECT COUNT(*) FROM events WHERE noun = 'agreement' AND name IN ('accept', 'return')":                                   2,
		"SELECT COUNT(*) FROM (SELECT 1 FROM agreements WHERE status = 'signed' GROUP BY node_id, unit_id HAVING COUNT(*) > 1) q": 0,
	} {
		if n := rowCount(t, w, query); n != want {
			t.Errorf("%s: %d, want %d (%v)", query, n, want, got)
		}
	}
	w.Healthy()
}
