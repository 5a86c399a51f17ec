package api_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/paper/papertest"
	"xinyuan/internal/race"
	"xinyuan/internal/user"
	"xinyuan/internal/wechat/wechattest"
)

const aDay = 24 * time.Hour

func ask(show ...string) map[string]any {
	return map[string]any{"from": "2026-01-01", "until": "2026-03-11", "show": append([]string{}, show...)}
}

// papered is a town in which member-1, whose real name is 王建国, has served.
func papered(t *testing.T, choices ...apptest.Option) *apptest.Town {
	w := apptest.NewTown(apptest.New(t, choices...), 2)
	w.Served("member-1", 10*aDay, 90, "敬老院陪伴服务")
	w.Served("member-1", 5*aDay, 45, "社区清洁日<script>alert(1)</script>")
	return w
}

func issue(w *apptest.Town, persona string, show ...string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/me/certificates", ask(show...)).Want(201)
}

// correct makes the person's record of so many minutes one of others.
func correct(w *apptest.Town, persona string, before, after int) {
	w.T.Helper()
	mine := w.Call(persona, "GET", "/api/v1/service-records", nil).Want(200)
	for i := range mine.Len("items") {
		if mine.Number("items", i, "minutes") == before {
			w.Call("street", "POST", "/api/v1/service-records/"+mine.Text("items", i, "id")+"/correction",
				map[string]any{"minutes": after, "reason": "早走了"}).Want(201)
			return
		}
	}
	w.T.Fatalf("%s has no record of %d minutes: %s", persona, before, mine.Raw)
}

func TestCertificateFromServiceToProof(t *testing.T) {
	t.Parallel()
	w := papered(t)
	w.Call("member-2", "POST", "/api/v1/me/certificates", ask()).Refused(409, "no_service")
	c := issue(w, "member-1", "name", "hours", "content")
	if c.Number("minutes") != 135 || c.Number("records") != 2 || c.Text("serial") != "XY-2026-000001" || c.Text("from") != "2026-01-01" {
		t.Errorf("%s", c.Raw)
	}
	second := issue(w, "member-1")
	if second.Text("number") != c.Text("number") || second.Text("serial") == c.Text("serial") {
		t.Errorf("numbers: %s and %s", c.Raw, second.Raw)
	}
	pdf := w.Call("member-1", "GET", "/api/v1/certificates/"+c.Text("id")+"/pdf", nil).Want(200)
	if pdf.Header.Get("Content-Type") != "application/pdf" || pdf.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers: %v", pdf.Header)
	}
	text := papertest.Words(t, pdf.Raw)
	for _, want := range []string{"王建国", c.Text("serial"), c.Text("number"), "敬老院陪伴服务", "茂山社区", "尚未接入", "secretary"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the paper: %s", want, text)
		}
	}
	verify := strings.TrimPrefix(c.Text("verifyUrl"), "https://xinyuan.example.cn")
	if !regexp.MustCompile(`^/verify/[a-z2-7]{26}$`).MatchString(verify) {
		t.Errorf("the address to check it is %s", c.Text("verifyUrl"))
	}
	page := string(w.Send("", "GET", verify, nil).Want(200).Raw)
	for _, want := range []string{"这份证明是真的", "王*国", "2 小时 15 分", "敬老院陪伴服务", "&lt;script&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page: %s", want, page)
		}
	}
	for _, hidden := range []string{"王建国", c.Text("number"), "<script"} {
		if strings.Contains(page, hidden) {
			t.Errorf("%q shows on the page: %s", hidden, page)
		}
	}
	bare := string(w.Send("", "GET", strings.TrimPrefix(second.Text("verifyUrl"), "https://xinyuan.example.cn"), nil).Want(200).Raw)
	for _, hidden := range []string{"王", "135", "2 小时 15", "敬老院", c.Text("number")} {
		if strings.Contains(bare, hidden) {
			t.Errorf("%q shows, which the holder did not choose: %s", hidden, bare)
		}
	}
	w.Healthy()
}

// Who checks a certificate is told when its hours have changed since, and when it
// is worth nothing any more.
func TestProofTellsWhatHappenedSince(t *testing.T) {
	t.Parallel()
	w := papered(t)
	c, silent := issue(w, "member-1", "hours"), issue(w, "member-1")
	path := func(a apptest.Answer) string {
		return strings.TrimPrefix(a.Text("verifyUrl"), "https://xinyuan.example.cn")
	}
	correct(w, "member-1", 90, 60)
	page := string(w.Send("", "GET", path(c), nil).Want(200).Raw)
	if !strings.Contains(page, "时长后来改过") || !strings.Contains(page, "1 小时 45 分") {
		t.Errorf("the correction is not told: %s", page)
	}
	page = string(w.Send("", "GET", path(silent), nil).Want(200).Raw)
	if !strings.Contains(page, "时长后来改过") || strings.Contains(page, "1 小时 45 分") {
		t.Errorf("the correction is not told, or more than is shown: %s", page)
	}
	mine := w.Call("member-1", "GET", "/api/v1/me/certificates", nil).Want(200)
	if mine.At("items", 1, "superseded") != true || mine.Number("items", 1, "minutesNow") != 105 {
		t.Errorf("%s", mine.Raw)
	}
	w.Healthy()
	revoke := "/api/v1/certificates/" + c.Text("id") + "/revocation"
	w.Call("member-1", "POST", revoke, map[string]any{"reason": " "}).Refused(422, "reason_required")
	w.Call("member-1", "POST", revoke, map[string]any{"reason": "\u200b\u200b"}).Refused(422, "reason_required")
	w.Call("member-1", "POST", revoke, map[string]any{"reason": "\u202eabc\u0007"}).Refused(422, "invalid_input")
	w.Call("secretary", "POST", revoke, map[string]any{"reason": "记录有误，另开一份"}).Want(200)
	w.Call("member-1", "POST", revoke, map[string]any{"reason": "不用了"}).Refused(409, "certificate_state")
	w.Call("member-1", "GET", "/api/v1/certificates/"+c.Text("id")+"/pdf", nil).Refused(409, "certificate_state")
	if page = string(w.Send("", "GET", path(c), nil).Want(200).Raw); !strings.Contains(page, "已经作废") || strings.Contains(page, "小时") {
		t.Errorf("the revocation is not told: %s", page)
	}
	if told := w.Call("member-1", "GET", "/api/v1/inbox", nil).Want(200); !strings.Contains(told.Text("items", 0, "text"), "作废") {
		t.Errorf("the holder was not told: %s", told.Raw)
	}
	w.Healthy()
}

func TestUnknownCodesSaySo(t *testing.T) {
	t.Parallel()
	w := papered(t, apptest.With("XINYUAN_LIMITS_VERIFY=1/1m")) // what is no code at all does not count
	c := issue(w, "member-1", "name")
	code := c.Text("verifyUrl")[strings.LastIndex(c.Text("verifyUrl"), "/")+1:]
	for _, wrong := range []string{strings.ToUpper(code), code[:25], "%3Cscript%3E", code + "a"} {
		a := w.Send("", "GET", "/verify/"+wrong, nil).Want(404)
		if !strings.Contains(string(a.Raw), "查不到这份证明") || strings.Contains(string(a.Raw), "<script") {
			t.Errorf("%s: %s", wrong, a.Raw)
		}
		if a.Header.Get("Cache-Control") != "no-store" || !strings.Contains(a.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("headers: %v", a.Header)
		}
	}
	w.Send("", "GET", "/verify/"+code, nil).Want(200)
	if a := w.Send("", "GET", "/verify/"+code, nil).Want(429); a.Header.Get("Retry-After") == "" || !strings.Contains(string(a.Raw), "查得太快了") {
		t.Errorf("%v: %s", a.Header, a.Raw)
	}
}

func TestBadRequestsForCertificates(t *testing.T) {
	t.Parallel()
	w := papered(t)
	for _, c := range []struct {
		body  any
		field string
	}{
		{map[string]any{"from": "2026-03-01", "until": "2026-02-01", "show": []string{}}, "until"},
		{map[string]any{"from": "2026-03-01", "until": "2026-03-12", "show": []string{}}, "until"},
		{map[string]any{"from": "1990-03-01", "until": "2026-03-01", "show": []string{}}, "from"},
		{map[string]any{"from": "gestern", "until": "2026-03-01", "show": []string{}}, "from"},
		{map[string]any{"from": "2026-03-01", "until": "2026-03-01", "show": []string{"phone"}}, "show"},
		{map[string]any{"from": "2026-03-01", "until": "2026-03-01"}, "show"},
	} {
		a := w.Call("member-1", "POST", "/api/v1/me/certificates", c.body).Refused(422, "invalid_input")
		if !strings.HasPrefix(a.Text("fields", 0, "path"), c.field) {
			t.Errorf("%v: %s", c.body, a.Raw)
		}
	}
}

// Ten ask at once, five times each: everybody has one number, nobody another's,
// and no serial is there twice.
func TestNumbersInARace(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 10)
	var people []string
	for name := range w.People {
		if strings.HasPrefix(name, "member-") {
			people = append(people, name)
			w.Served(name, aDay, 30, "清雪")
			w.Token(name)
		}
	}
	var mu sync.Mutex
	var wg race.Group
	numbers, serials := map[string]string{}, map[string]bool{}
	for _, name := range people {
		for _, show := range [][]string{{}, {"name"}, {"number"}, {"hours"}, {"content"}} {
			wg.Go(func() {
				a := w.Call(name, "POST", "/api/v1/me/certificates", ask(show...))
				mu.Lock()
				defer mu.Unlock()
				if a.Status != 201 {
					t.Errorf("%s: %s", name, a.Raw)
					return
				}
				number := a.Text("number")
				if numbers[name] != "" && numbers[name] != number {
					t.Errorf("%s has the numbers %s and %s", name, numbers[name], number)
				}
				numbers[name] = number
				if serials[a.Text("serial")] {
					t.Errorf("%s is there twice", a.Text("serial"))
				}
				serials[a.Text("serial")] = true
			})
		}
	}
	wg.Wait()
	seen := map[string]bool{}
	for name, number := range numbers {
		if seen[number] {
			t.Errorf("%s has somebody else's number %s", name, number)
		}
		seen[number] = true
	}
	w.Healthy()
}

func TestWhoReadsTheCertificate(t *testing.T) {
	t.Parallel()
	w := papered(t)
	c := issue(w, "member-1")
	path := "/api/v1/certificates/" + c.Text("id")
	for persona, want := range map[string]int{
		"member-1": 200, "secretary": 200, "street": 200, "county": 200, "auditor": 403, "grid": 403, "member-2": 404,
		"resident": 404, "leader": 404, "unit": 404,
	} {
		w.Call(persona, "GET", path+"/pdf", nil).Want(want)
	}
	w.Send("", "GET", path+"/pdf", nil).Refused(401, "unauthenticated")
	w.Call("member-1", "GET", "/api/v1/certificates/7/pdf", nil).Refused(404, "not_found")
	told := w.Call("member-1", "GET", "/api/v1/inbox", nil).Want(200)
	if strings.Count(string(told.Raw), "看过您的服务证明 "+c.Text("serial")) != 3 {
		t.Errorf("the holder is not told who read it: %s", told.Raw)
	}
	for persona, want := range map[string]int{"secretary": 1, "street": 1, "county": 1, "auditor": 1, "grid": 1, "leader": 0} {
		if a := w.Call(persona, "GET", "/api/v1/certificates", nil).Want(200); a.Len("items") != want || strings.Contains(string(a.Raw), "verifyUrl") {
			t.Errorf("%s: %s", persona, a.Raw)
		}
	}
	w.Call("member-1", "GET", "/api/v1/certificates", nil).Refused(403, "forbidden")
	w.Healthy()
}

// A name that only rare fonts have comes to the paper as it was reported in.
func TestRareNameOnThePaper(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	must(t, w.App.DB.Tx(t.Context(), func(tx *mysql.Tx) error {
		u, err := user.Add(tx, wechattest.DemoOpenID("member-9"), user.User{DisplayName: "老王"})
		w.People["member-9"] = u.ID
		_, more := membership.Add(tx, w.App.Sealer, membership.Membership{UserID: u.ID, NodeID: w.Home, UnitID: w.Unit}, "王䶮𠮷𬎆")
		return errors.Join(err, more)
	}))
	w.Served("member-9", aDay, 60, "清雪")
	c := w.Call("member-9", "POST", "/api/v1/me/certificates", ask("name")).Want(201)
	if c.Text("nameLabel") != "王**𬎆" {
		t.Errorf("the label is %q", c.Text("nameLabel"))
	}
	text := papertest.Words(t, w.Call("member-9", "GET", "/api/v1/certificates/"+c.Text("id")+"/pdf", nil).Want(200).Raw)
	if !strings.Contains(text, "王䶮𠮷𬎆") {
		t.Errorf("the name is not on the paper: %s", text)
	}
	var sealed []byte
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT holder_name FROM certificates").Scan(&sealed))
	if bytes.Contains(sealed, []byte("王")) {
		t.Error("the name is not sealed")
	}
}

func TestCardTellsYearsAndStars(t *testing.T) {
	t.Parallel()
	w := papered(t)
	for i := range 13 {
		w.Served("member-1", time.Duration(80+i)*aDay, 470, "去年的服务")
	}
	c := w.Call("member-1", "GET", "/api/v1/me/card", nil).Want(200)
	if c.Number("minutes") != 6245 || c.Number("stars") != 1 || c.Number("nextStarHours") != 300 ||
		c.Number("missingMinutes") != 300*60-6245 || c.Len("years") != 2 || c.Number("years", 1, "minutes") != 6110 {
		t.Errorf("%s", c.Raw)
	}
	if a := w.Call("resident", "GET", "/api/v1/me/card", nil).Want(200); a.Number("minutes") != 0 || a.Len("years") != 0 {
		t.Errorf("%s", a.Raw)
	}
}

func TestUnitCard(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	w.Clocks.Business.Advance(7 * aDay)
	w.Served("member-1", 6*aDay, 90, "敬老院陪伴服务")
	w.Served("member-1", 5*aDay, 45, "社区清洁日")
	w.Fulfilled("member-1")
	must(t, w.App.DB.Tx(t.Context(), func(tx *mysql.Tx) error {
		u, err := user.Add(tx, wechattest.DemoOpenID("member-9"), user.User{DisplayName: "=HYPERLINK(1)"})
		_, more := membership.Add(tx, w.App.Sealer, membership.Membership{UserID: u.ID, NodeID: w.Home, UnitID: w.Unit}, "李四")
		return errors.Join(err, more)
	}))
	path := "/api/v1/units/" + w.Unit.String() + "/cards?period="
	for persona, want := range map[string]int{
		"unit": 200, "secretary": 200, "street": 200, "county": 200, "auditor": 200, "grid": 403, "member-1": 403,
		"resident": 403, "leader": 403,
	} {
		w.Call(persona, "GET", path+"2026Q1", nil).Want(want)
	}
	w.Call("county", "GET", "/api/v1/units/"+w.Home.String()+"/cards?period=2026Q1", nil).Refused(404, "not_found")
	w.Call("county", "GET", "/api/v1/units/7/cards?period=2026Q1", nil).Refused(404, "not_found")
	w.Call("unit", "GET", path+"2026Q7", nil).Refused(422, "invalid_input")
	w.Call("unit", "GET", path+"2026Q1&format=doc", nil).Refused(422, "invalid_input")
	sheet := unzipped(t, w.Call("unit", "GET", path+"2026Q1", nil).Want(200).Raw)
	for _, want := range []string{">member-1<", "王*国", "<v>2.25</v>", "<v>11</v>", ">&#39;=HYPERLINK(1)<"} {
		if !strings.Contains(sheet, want) {
			t.Errorf("%q is not in the sheet", want)
		}
	}
	if strings.Contains(sheet, "<f>") {
		t.Errorf("a formula is in the sheet: %s", sheet)
	}
	text := papertest.Words(t, w.Call("unit", "GET", path+"2026Q1&format=pdf", nil).Want(200).Raw)
	for _, want := range []string{"县供电公司", "2026 年第 1 季度", "member-1", "2 小时 15 分", "王*国", "同一场只算一次"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the card: %s", want, text)
		}
	}
	if early := papertest.Words(t, w.Call("unit", "GET", path+"2025Q3&format=pdf", nil).Want(200).Raw); strings.Contains(early, "member-1") {
		t.Errorf("who came later is on it: %s", early)
	}
}

// unzipped is all that a spreadsheet's parts say.
func unzipped(t *testing.T, raw []byte) string {
	t.Helper()
	parts, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	var all strings.Builder
	for _, f := range parts.File {
		part, err := f.Open()
		must(t, err)
		_, err = io.Copy(&all, part) //nolint:gosec // our own
		must(t, errors.Join(err, part.Close()))
	}
	return all.String()
}

func certificateRights() map[string]right {
	turn := 0
	everybody := func(status int) func(holder) int { return func(holder) int { return status } }
	paper := func(body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			turn++
			w.Served("member-1", time.Duration(turn)*time.Hour, 1, "清雪")
			return scene{ids: map[string]string{"certificateId": issue(w, "member-1").Text("id")}, body: body}
		}
	}
	return map[string]right{
		"getMyCard":          {func(*apptest.Town) scene { return scene{} }, everybody(200)},
		"listMyCertificates": {func(*apptest.Town) scene { return scene{} }, everybody(200)},
		"issueCertificate":   {func(*apptest.Town) scene { return scene{body: ask()} }, everybody(409)},
		"listCertificates": {func(*apptest.Town) scene { return scene{} }, func(h holder) int {
			h.relation = "own" // wherever it is
			return when(h.sees(), 403)
		}},
		"getCertificatePdf":  {paper(nil), func(h holder) int { return h.hidden(200) }},
		"getCertificateCode": {paper(nil), func(h holder) int { return h.hidden(200) }},
		"revokeCertificate":  {paper(map[string]any{"reason": "开错了"}), func(h holder) int { return h.hidden(200) }},
		"issueCertificateFor": {func(w *apptest.Town) scene {
			turn++
			w.Served("member-1", time.Duration(turn)*time.Hour, 1, "清雪")
			body := ask()
			body["userId"] = w.People["member-1"]
			return scene{body: body}
		}, func(h holder) int { return h.hidden(201) }},
		"listVolunteers": {func(w *apptest.Town) scene { return scene{query: "?nodeId=" + w.Home.String()} }, func(h holder) int { return when(h.decides(), 403) }},
		"exportUnitCards": {func(w *apptest.Town) scene {
			return scene{ids: map[string]string{"nodeId": w.Unit.String()}, query: "?period=2026Q1"}
		}, func(h holder) int { return when(h.decides() || h.near() && h.role == id.RoleAuditor, 403) }},
	}
}
