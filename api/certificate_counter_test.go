package api_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/paper/papertest"
	"xinyuan/internal/race"
	"xinyuan/internal/seal"
	sqlfiles "xinyuan/sql"
)

// askFor is the body of a certificate that staff issues for the persona.
func askFor(w *apptest.Town, persona, name string, show ...string) map[string]any {
	body := ask(show...)
	body["userId"] = w.People[persona]
	if name != "" {
		body["name"] = name
	}
	return body
}

func verifyPage(w *apptest.Town, certificate string) string {
	w.T.Helper()
	var row int64
	var sealed []byte
	query := "SELECT id, code_sealed FROM certificates WHERE id = ?"
	must(w.T, w.App.DB.Pool().QueryRowContext(w.T.Context(), query, certificate).Scan(&row, &sealed))
	code, err := w.App.Sealer.Open(seal.Place{Table: "certificates", Column: "code_sealed", Row: row}, sealed)
	must(w.T, err)
	return string(w.Send("", "GET", "/verify/"+code, nil).Want(200).Raw)
}

// counter is a town in which a person without a phone has served, written down by
// the leader of a team.
func counter(t *testing.T) *apptest.Town {
	w := papered(t)
	w.AddWithoutPhone("member-1", w.Squad("member-1"), "elder", "老刘")
	w.Served("elder", 3*aDay, 60, "清雪")
	return w
}

// Who has no phone gets a certificate at the counter: with the name of the ID
// document, the hand of who issued it, and a paper to take home.
func TestCertificateAtTheCounter(t *testing.T) {
	t.Parallel()
	w := counter(t)
	people := w.Call("secretary", "GET", "/api/v1/volunteers?words=刘&nodeId="+w.Home.String(), nil).Want(200)
	if people.Len("items") != 1 || people.At("items", 0, "writtenDown") != true || people.At("items", 0, "reportedIn") != false ||
		people.Number("items", 0, "minutes") != 60 || people.Text("items", 0, "firstDay") != "2026-03-08" {
		t.Errorf("%s", people.Raw)
	}
	first := w.Call("secretary", "GET", "/api/v1/volunteers?limit=1&nodeId="+w.Home.String(), nil).Want(200)
	rest := w.Call("secretary", "GET", "/api/v1/volunteers?cursor="+first.Text("nextCursor")+"&nodeId="+w.Home.String(), nil).Want(200)
	if first.Len("items") != 1 || rest.Len("items") != 1 || rest.Text("items", 0, "displayName") != "member-1" ||
		rest.At("items", 0, "reportedIn") != true || rest.At("nextCursor") != nil {
		t.Errorf("%s, %s", first.Raw, rest.Raw)
	}
	for _, bad := range []string{"", " ", "刘", "刘桂兰2", "刘*兰", "王\u200b", "刘\u200b兰", "刘\u200d兰", "王\u3164", strings.Repeat("刘", 31)} {
		a := w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "elder", bad)).Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != "name" {
			t.Errorf("%q: %s", bad, a.Raw)
		}
	}
	c := w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "elder", " 刘桂兰 ", "name", "hours")).Want(201)
	if c.Text("nameSource") != "community" || c.At("onBehalf") != true || c.At("mine") != false || c.Text("nameLabel") != "刘*兰" {
		t.Errorf("%s", c.Raw)
	}
	paper := papertest.Words(t, w.Call("secretary", "GET", "/api/v1/certificates/"+c.Text("id")+"/pdf", nil).Want(200).Raw)
	for _, want := range []string{"刘桂兰", "姓名由社区核对", "经办人", "secretary（茂山社区书记）", "1 小时"} {
		if !strings.Contains(strings.ReplaceAll(paper, "   ", ""), want) && !strings.Contains(paper, want) {
			t.Errorf("%q is not on the paper: %s", want, paper)
		}
	}
	if page := verifyPage(w, c.Text("id")); !strings.Contains(page, "姓名由社区核对") || strings.Contains(page, "刘桂兰") {
		t.Errorf("the page: %s", page)
	}
	var by id.User
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(),
		"SELECT actor_id FROM events WHERE noun = 'certificate' AND name = 'create' AND grant_id IS NOT NULL").Scan(&by))
	if by != w.People["secretary"] {
		t.Errorf("it was recorded that %d issued it", by)
	}
	people = w.Call("secretary", "GET", "/api/v1/volunteers?words="+c.Text("number")+"&nodeId="+w.Home.String(), nil).Want(200)
	if people.Len("items") != 1 || people.Text("items", 0, "number") != c.Text("number") {
		t.Errorf("%s", people.Raw)
	}
	w.Healthy()
}

func TestWhoIssuesForOthers(t *testing.T) {
	t.Parallel()
	w := counter(t)
	w.Served("secretary", 2*aDay, 30, "清雪")
	w.Call("member-1", "GET", "/api/v1/volunteers?nodeId="+w.Home.String(), nil).Refused(403, "forbidden")
	w.Call("leader", "GET", "/api/v1/volunteers?nodeId="+w.Home.String(), nil).Refused(403, "forbidden")
	for persona, want := range map[string]int{
		"auditor": 403, "grid": 403, "leader": 404, "member-1": 404, "resident": 404, "unit": 404,
	} {
		w.Call(persona, "POST", "/api/v1/certificates", askFor(w, "elder", "刘桂兰")).Want(want)
	}
	w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "secretary", "孙丽华")).Refused(403, "party_to_matter")
	w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "nobody", "孙丽华")).Refused(422, "invalid_input")
	for i, persona := range []string{"secretary", "street", "county"} {
		w.Call(persona, "POST", "/api/v1/certificates", askFor(w, "elder", "刘桂兰", []string{"name", "hours", "number"}[i])).Want(201)
	}
	// Who has a phone is told, and has it; the report-in's name counts, whatever is typed.
	c := w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "member-1", "张三")).Want(201)
	if c.Text("nameSource") != "roster" || c.Text("nameLabel") != "王*国" {
		t.Errorf("%s", c.Raw)
	}
	told := w.Call("member-1", "GET", "/api/v1/inbox", nil).Want(200)
	if !strings.Contains(told.Text("items", 0, "text"), "给您开了服务证明 "+c.Text("serial")) {
		t.Errorf("the holder was not told: %s", told.Raw)
	}
	if told.Text("items", 0, "certificateId") != c.Text("id") {
		t.Errorf("the message leads nowhere: %s", told.Raw)
	}
	if mine := w.Call("member-1", "GET", "/api/v1/me/certificates", nil); mine.Text("items", 0, "id") != c.Text("id") {
		t.Errorf("%s", mine.Raw)
	}
	w.Healthy()
}

// Who has not reported in types the name, and everybody who sees it is told so.
func TestNameTypedByTheHolder(t *testing.T) {
	t.Parallel()
	w := papered(t)
	w.Served("resident", 2*aDay, 30, "清雪")
	body := ask("name")
	w.Call("resident", "POST", "/api/v1/me/certificates", body).Refused(422, "invalid_input")
	body["name"] = "阿依古丽·买买提"
	c := w.Call("resident", "POST", "/api/v1/me/certificates", body).Want(201)
	body["show"] = []string{"hours"}
	silent := w.Call("resident", "POST", "/api/v1/me/certificates", body).Want(201)
	if c.Text("nameSource") != "self" || c.At("onBehalf") != false {
		t.Errorf("%s", c.Raw)
	}
	paper := papertest.Words(t, w.Call("resident", "GET", "/api/v1/certificates/"+silent.Text("id")+"/pdf", nil).Want(200).Raw)
	if !strings.Contains(paper, "阿依古丽·买买提") || !strings.Contains(paper, "姓名由本人填写") {
		t.Errorf("the paper: %s", paper)
	}
	if page := verifyPage(w, c.Text("id")); !strings.Contains(page, "姓名由本人填写") {
		t.Errorf("the page does not say where the name comes from: %s", page)
	}
	if page := verifyPage(w, silent.Text("id")); strings.Contains(page, "本人填写") || strings.Contains(page, "阿") {
		t.Errorf("the page says what the holder does not show: %s", page)
	}
	// Staff who approves a report-in has checked the name.
	w.Clocks.Business.Advance(time.Minute)
	w.Call("resident", "POST", "/api/v1/memberships", map[string]any{"nodeId": w.Home, "unitId": w.Unit, "realName": "阿依古丽·买买提"}).Want(201)
	waits := w.Call("secretary", "GET", "/api/v1/approvals?kind=membership", nil).Want(200).Text("items", 0, "id")
	w.Call("secretary", "POST", "/api/v1/memberships/"+waits+"/review", map[string]any{"decision": "approve"}).Want(200)
	if a := w.Call("resident", "POST", "/api/v1/me/certificates", ask("name")).Want(201); a.Text("nameSource") != "community" {
		t.Errorf("%s", a.Raw)
	}
	issue(w, "member-1")
	w.Healthy()

	// The migration finds the same sources in what was issued before it.
	script, err := fs.ReadFile(sqlfiles.Migrations, "migrations/00055_certificate_names_of_report_ins.sql")
	must(t, err)
	sources := func() string {
		var all string
		must(t, w.App.DB.Pool().QueryRowContext(t.Context(),
			"SELECT GROUP_CONCAT(name_source ORDER BY id) FROM certificates").Scan(&all))
		return all
	}
	before := sources()
	_, err = w.App.DB.Pool().ExecContext(t.Context(), "UPDATE certificates SET name_source = 'self'")
	must(t, err)
	_, err = w.App.DB.Pool().ExecContext(t.Context(), strings.TrimPrefix(string(script), "-- +goose Up\n"))
	must(t, err)
	if after := sources(); after != before || before != "self,self,community,roster" {
		t.Errorf("the sources are %s, and to the migration %s", before, after)
	}
}

// The same is not issued twice, unless something has changed since.
func TestSameCertificateAgain(t *testing.T) {
	t.Parallel()
	w := papered(t)
	c := issue(w, "member-1", "name")
	a := w.Call("member-1", "POST", "/api/v1/me/certificates", ask("name")).Refused(409, "certificate_exists")
	if a.Text("existingId") != c.Text("id") || !strings.Contains(a.Text("message"), c.Text("serial")+"，2026 年 3 月 11 日开的") {
		t.Errorf("%s", a.Raw)
	}
	w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "member-1", "", "name")).Refused(409, "certificate_exists")
	issue(w, "member-1") // shows something else
	correct(w, "member-1", 90, 60)
	second := issue(w, "member-1", "name")
	w.Served("member-1", 2*aDay, 30, "清雪")
	mine := w.Call("member-1", "GET", "/api/v1/me/certificates", nil).Want(200)
	if mine.Text("items", 0, "id") != second.Text("id") || mine.Number("items", 0, "minutesNow") != 135 ||
		mine.At("items", 0, "superseded") != false || second.At("minutesNow") != nil {
		t.Errorf("that there was more service since is not told: %s", mine.Raw)
	}
	third := issue(w, "member-1", "name")
	a = w.Call("member-1", "POST", "/api/v1/me/certificates", ask("name")).Refused(409, "certificate_exists")
	if a.Text("existingId") != third.Text("id") || second.Number("minutes") != 105 || third.Number("minutes") != 135 {
		t.Errorf("%s, %s", a.Raw, third.Raw)
	}
	w.Call("member-1", "POST", "/api/v1/certificates/"+third.Text("id")+"/revocation", map[string]any{"reason": "丢了"}).Want(200)
	issue(w, "member-1", "name")
	w.Healthy()
}

func TestSameCertificateInARace(t *testing.T) {
	t.Parallel()
	w := papered(t)
	w.Token("member-1")
	w.Token("secretary")
	var wg race.Group
	won := make(chan string, 20)
	for i := range 20 {
		wg.Go(func() {
			who, path, body := "member-1", "/api/v1/me/certificates", ask("name")
			if i%2 == 0 {
				who, path, body = "secretary", "/api/v1/certificates", askFor(w, "member-1", "", "name")
			}
			switch a := w.Call(who, "POST", path, body); a.Status {
			case 201:
				won <- a.Text("serial")
			case 409:
			default:
				t.Errorf("%s: %s", who, a.Raw)
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Errorf("%d winners", len(won))
	}
	w.Healthy()
}

// Who belongs here is listed with all their service, also when the latest of it was as somebody of another community.
func TestWhoServedElsewhereLast(t *testing.T) {
	t.Parallel()
	w := counter(t)
	w.Served("member-1", aDay, 45, "扫雪")
	_, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE service_records SET member_node_id = ? WHERE title = '扫雪'", w.Sister)
	must(t, err)
	people := w.Call("secretary", "GET", "/api/v1/volunteers?words=member&nodeId="+w.Home.String(), nil).Want(200)
	if people.Len("items") != 1 || people.Number("items", 0, "minutes") < 75 {
		t.Errorf("%s", people.Raw)
	}
}
