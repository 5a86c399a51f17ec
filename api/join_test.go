package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// writtenDown is a settled activity in which somebody without a phone has served two
// hours, written down by the leader, whose team the resident joins afterwards.
func writtenDown(t *testing.T) meeting {
	t.Helper()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 5)
	m := announced(w, map[string]any{"quota": 9})
	team := m.Call("member-1", "GET", m.path, nil).Want(200).Text("teamId")
	w.AddWithoutPhone("member-1", team, "elder", "老刘")
	m.Call("member-1", "POST", m.path+"/signups", map[string]any{"userId": w.People["elder"]}).Want(201)
	m.Call("member-4", "POST", m.path+"/signups", nil).Want(201)
	m.served(0, 120, "member-4")
	m.settle("member-1", m.about("elder", "minutes", 120, "reason", "没有手机")).Want(200)
	w.Enlist("member-1", team, "resident")
	return m
}

func volunteer(w *apptest.Town, persona string) string {
	return "/api/v1/volunteers/" + w.People[persona].String()
}

// joinTo has the persona join the elder's hours to an account.
func joinTo(w *apptest.Town, persona, account string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", volunteer(w, "elder")+"/joins", map[string]any{
		"userId": w.People[account], "reason": "本人带着手机来，队长认得他，电话 " + apptest.Phone,
	})
}

func undoJoin(w *apptest.Town, persona, join string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/joins/"+join+"/undo", map[string]any{"reason": "认错人了"})
}

// hasMinutes holds the minutes and the points of an account against what they should be.
func hasMinutes(w *apptest.Town, persona string, minutes, points int) {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/me/points", nil).Want(200)
	if a.Number("minutes") != minutes || a.Number("balance") != points {
		w.T.Errorf("%s has %s, want %d minutes and %d points", persona, a.Raw, minutes, points)
	}
}

func countRows(t *testing.T, w *apptest.Town, query string, args ...any) int {
	t.Helper()
	var n int
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(), query, args...).Scan(&n))
	return n
}

// From what staff see before it, over the join, to its end: minutes, points under
// the cap of the day, boards, roll, certificates and messages follow each time, and
// nobody else's hours change.
func TestHoursOfAPersonWithoutAPhoneAreJoined(t *testing.T) {
	t.Parallel()
	m := writtenDown(t)
	w := m.Town
	_, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE points_rules SET cap_day = 2 WHERE event = 'service_hours'")
	must(t, err)
	m.at(200)
	w.Served("member-3", 75*time.Minute, 60, "清雪")
	hasMinutes(w, "member-3", 60, 1)
	old := w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "elder", "刘桂兰", "name", "hours")).Want(201).Text("id")

	staffSeesBoth(t, w)
	news(w, "member-3")
	news(w, "member-4")

	made := joinTo(w, "secretary", "member-3").Want(201)
	join := made.Text("id")
	if made.Number("minutes") != 120 || made.Number("records") != 1 || made.Text("personName") != "老刘" || made.Text("accountName") != "member-3" {
		t.Errorf("joined: %s", made.Raw)
	}
	hasMinutes(w, "member-3", 180, 2) // two hours, of which the cap leaves one
	if count, text := news(w, "member-3"); count != 1 || !strings.Contains(text, "社区把“老刘”名下的服务时长并到了您的账号") {
		t.Errorf("the account hears %d times, at last %q", count, text)
	}
	if count, _ := news(w, "member-4"); count != 0 {
		t.Errorf("somebody else hears of it")
	}
	followsTheJoin(t, m)
	if page := verifyPage(w, old); !strings.Contains(page, "2 小时") || strings.Contains(page, "后来改过") {
		t.Errorf("the earlier certificate: %s", page)
	}
	paper := issue(w, "member-3", "hours").Text("id")
	if page := verifyPage(w, paper); !strings.Contains(page, "3 小时，2 次") {
		t.Errorf("the certificate of the account: %s", page)
	}
	w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "elder", "刘桂兰", "name")).Refused(409, "no_service")
	query := "SELECT COUNT(*) FROM events WHERE noun = 'user' AND name = 'join' AND subject_id IN (?, ?)"
	if n := countRows(t, w, query, w.People["elder"], w.People["member-3"]); n != 2 {
		t.Errorf("%d events on the two people", n)
	}
	joinTo(w, "secretary", "member-3").Refused(409, "nothing_to_join")
	joinTo(w, "street", "resident").Refused(409, "already_joined")
	hasMinutes(w, "member-4", 120, 2)
	w.Healthy()

	if seen := w.Call("secretary", "GET", volunteer(w, "elder"), nil).Want(200); seen.Text("join", "accountName") != "member-3" ||
		seen.Number("join", "minutes") != 120 || seen.Number("records") != 0 {
		t.Errorf("joined: %s", seen.Raw)
	}
	if undone := undoJoin(w, "secretary", join).Want(200); undone.Text("status") != "undone" || undone.Number("minutes") != 120 {
		t.Errorf("undone: %s", undone.Raw)
	}
	hasMinutes(w, "member-3", 60, 1)
	if count, text := news(w, "member-3"); count < 1 || !strings.Contains(text, "不再记在您的账号上") {
		t.Errorf("the account hears %d times, at last %q", count, text)
	}
	if page := verifyPage(w, old); strings.Contains(page, "后来改过") {
		t.Errorf("the first certificate after the end: %s", page)
	}
	if page := verifyPage(w, paper); !strings.Contains(page, "后来改过") {
		t.Errorf("the account's certificate after the end: %s", page)
	}
	undoJoin(w, "secretary", join).Refused(409, "join_state")
	joinTo(w, "street", "resident").Want(201)
	hasMinutes(w, "resident", 120, 0)
	w.Healthy()
}

// staffSeesBoth holds what staff is shown before the join against what there is.
func staffSeesBoth(t *testing.T, w *apptest.Town) {
	t.Helper()
	seen := w.Call("secretary", "GET", volunteer(w, "elder"), nil).Want(200)
	if seen.Text("displayName") != "老刘" || seen.Text("recorder") != "member-1" || seen.Number("minutes") != 120 ||
		seen.Number("records") != 1 || seen.At("mayJoin") != true || seen.Len("teams") != 1 || seen.At("join") != nil {
		t.Errorf("before: %s", seen.Raw)
	}
	accounts := w.Call("secretary", "GET", volunteer(w, "elder")+"/accounts", nil).Want(200)
	if accounts.Text("items", 1, "displayName") != "resident" || accounts.At("items", 1, "teammate") != true ||
		accounts.At("items", 2, "teammate") != false || strings.Contains(string(accounts.Raw), "member-1") {
		t.Errorf("accounts: %s", accounts.Raw)
	}
	if found := w.Call("secretary", "GET", volunteer(w, "elder")+"/accounts?words=ber-3", nil).Want(200); found.Len("items") != 1 ||
		found.Text("items", 0, "nameLabel") != "王*国" || found.Text("items", 0, "membershipId") == "" {
		t.Errorf("found: %s", found.Raw)
	}
}

// followsTheJoin holds what the account, the roll and the board say after the join
// against what they should.
func followsTheJoin(t *testing.T, m meeting) {
	t.Helper()
	w := m.Town
	mine := w.Call("member-3", "GET", "/api/v1/service-records?status=credited", nil).Want(200)
	if mine.Len("items") != 2 || mine.At("items", 0, "moved") != true || mine.At("items", 0, "corrects") != nil ||
		mine.Text("items", 0, "title") != "清扫河边" || mine.Text("items", 0, "recorder") != "member-1" {
		t.Errorf("records: %s", mine.Raw)
	}
	detail := w.Call("member-3", "GET", "/api/v1/service-records/"+mine.Text("items", 0, "id"), nil).Want(200)
	if strings.Contains(string(detail.Raw), apptest.Phone) {
		t.Error("the reason shows a phone number")
	}
	roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200)
	if roll.Number("items", 0, "minutes") != 120 {
		t.Errorf("the roll no longer says who was there: %s", roll.Raw)
	}
	w.Until("the board follows", func() bool {
		a := w.Call("member-3", "GET", "/api/v1/leaderboards?metric=minutes&period=all", nil).Want(200)
		return a.Number("me", "score") == 180 && a.Len("items") == 2
	})
}

// Who decides whose the hours are, who may not know of it, and what is no answer.
func TestWhoJoinsHours(t *testing.T) {
	t.Parallel()
	m := writtenDown(t)
	w := m.Town
	for persona, want := range map[string]int{"auditor": 403, "grid": 403, "leader": 404, "member-1": 404, "resident": 404, "unit": 404} {
		joinTo(w, persona, "resident").Want(want)
		w.Call(persona, "GET", volunteer(w, "elder"), nil).Want(want)
		w.Call(persona, "GET", volunteer(w, "elder")+"/accounts", nil).Want(want)
	}
	for _, path := range []string{"123", w.People["member-3"].String()} { // nobody, and somebody with an account
		body := map[string]any{"userId": w.People["resident"], "reason": "是他"}
		w.Call("secretary", "POST", "/api/v1/volunteers/"+path+"/joins", body).Refused(404, "not_found")
		w.Call("secretary", "GET", "/api/v1/volunteers/"+path, nil).Refused(404, "not_found")
	}
	path := volunteer(w, "elder") + "/joins"
	w.Call("secretary", "POST", path, map[string]any{"userId": w.People["resident"], "reason": " "}).Refused(422, "reason_required")
	for _, nobody := range []any{"123", w.People["resident-2"], w.People["elder"]} { // unknown, from elsewhere, the same
		a := w.Call("secretary", "POST", path, map[string]any{"userId": nobody, "reason": "是他"}).Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != "userId" {
			t.Errorf("%v: %s", nobody, a.Raw)
		}
	}
	// Neither the two nor who wrote the hours down, and a deputy not for the secretary.
	joinTo(w, "secretary", "member-1").Refused(403, "party_to_matter") // the leader wrote the hours down
	team := m.Call("member-1", "GET", m.path, nil).Want(200).Text("teamId")
	w.Enlist("member-1", team, "secretary")
	standIn(w, "member-5")
	joinTo(w, "secretary", "secretary").Refused(403, "party_to_matter")
	joinTo(w, "member-5", "secretary").Refused(403, "party_to_matter")
	joinTo(w, "member-5", "member-4").Refused(409, "service_overlap") // both were there: they are two
	w.Grant("member-1", "secretary", w.Home)
	joinTo(w, "member-1", "resident").Refused(403, "party_to_matter")
	if a := w.Call("member-1", "GET", volunteer(w, "elder"), nil).Want(200); a.At("mayJoin") != false {
		t.Errorf("the leader is told %s", a.Raw)
	}
	w.Healthy()
	for _, persona := range []string{"secretary", "member-5", "street", "county"} {
		join := joinTo(w, persona, "resident").Want(201).Text("id")
		for other, want := range map[string]int{"auditor": 403, "grid": 403, "leader": 404, "resident": 404, "member-1": 403} {
			undoJoin(w, other, join).Want(want)
		}
		w.Call(persona, "POST", "/api/v1/joins/"+join+"/undo", map[string]any{"reason": ""}).Refused(422, "reason_required")
		undoJoin(w, persona, "123").Refused(404, "not_found")
		undoJoin(w, persona, join).Want(200)
	}
	hasMinutes(w, "resident", 0, 0)
	hasMinutes(w, "member-4", 120, 2)
	w.Healthy()
}

// Hours that come after the join follow when it is joined again; where the day is
// too long now, a further review is awaited, and the end takes back what waits too.
func TestLaterHoursAndLongDaysOfAJoin(t *testing.T) {
	t.Parallel()
	m := writtenDown(t)
	w := m.Town
	join := joinTo(w, "secretary", "resident").Want(201).Text("id")
	m.at(900)
	w.Served("elder", 12*time.Hour, 300, "清雪")
	w.Served("resident", 6*time.Hour, 300, "送餐")
	again := joinTo(w, "street", "resident").Want(201)
	if again.Text("id") != join || again.Number("waiting") != 1 || again.Number("records") != 0 {
		t.Errorf("joined again: %s", again.Raw)
	}
	hasMinutes(w, "resident", 420, 0)
	w.Healthy()
	undoJoin(w, "secretary", join).Refused(403, "party_to_matter") // who wrote down the later hours
	back := undoJoin(w, "county", join).Want(200)
	if back.Number("minutes") != 420 || back.Number("waiting") != 0 {
		t.Errorf("undone: %s", back.Raw)
	}
	hasMinutes(w, "resident", 300, 0)
	w.Healthy()
	joinTo(w, "street", "resident").Want(201)
	waiting := w.Call("county", "GET", "/api/v1/service-records?mine=false&status=confirmed&nodeId="+w.Home.String(), nil).Want(200)
	w.Call("county", "POST", "/api/v1/service-records/"+waiting.Text("items", 0, "id")+"/review", confirm).Want(200)
	hasMinutes(w, "resident", 720, 0)
	w.Healthy()
}

// Many of the staff join the hours to two accounts at once: one of these has them,
// once.
func TestTwoAccountsForOnePersonsHours(t *testing.T) {
	const racers = 16
	m := writtenDown(t)
	w := m.Town
	staff, accounts := []string{"secretary", "street", "county"}, []string{"resident", "member-3"}
	for _, persona := range staff {
		w.Token(persona)
	}
	answers := together(racers, func(i int) apptest.Answer {
		return joinTo(w, staff[i%3], accounts[i%2])
	})
	got := count(answers)
	if got["201"] != 1 || got["201"]+got["409 already_joined"]+got["409 nothing_to_join"] != racers {
		t.Errorf("got %v", got)
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(minutes) FROM service_records WHERE status = 'credited' AND origin_id IS NOT NULL", 1, 120)
	wantRow(t, w, fmt.Sprint("SELECT COUNT(*), COALESCE(SUM(minutes), 0) FROM service_records WHERE status = 'credited' AND user_id = ", w.People["elder"]), 0, 0)
	join := ""
	for _, a := range answers {
		if a.Status == 201 {
			join = a.Text("id")
		}
	}
	ends := count(together(racers, func(i int) apptest.Answer { return undoJoin(w, staff[i%3], join) }))
	if ends["200"] != 1 || ends["409 join_state"] != racers-1 {
		t.Errorf("the ends: %v", ends)
	}
	w.Healthy()
}

// An account that hours were joined to is deleted, whether the join still holds or was a
// mistake: then the person without a phone keeps the name.
func TestAnAccountWithAJoinIsDeleted(t *testing.T) {
	t.Parallel()
	for _, undone := range []bool{false, true} {
		m := writtenDown(t)
		join := joinTo(m.Town, "secretary", "resident").Want(201).Text("id")
		if undone {
			undoJoin(m.Town, "street", join).Want(200)
		}
		m.Call("resident", "DELETE", "/api/v1/me", nil).Want(204)
		name := cells(t, m.Town, "SELECT display_name FROM users WHERE id = "+m.People["elder"].String())[0][0]
		if (name == "已注销的用户") == undone {
			t.Errorf("undone: %v, and the person who was written down is called %s", undone, name)
		}
		m.Healthy()
	}
}
