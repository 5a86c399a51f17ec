package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// inboxOf is what the persona was told, the latest first.
func inboxOf(w *apptest.Town, persona string) []string {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/inbox?limit=100", nil).Want(200)
	all := make([]string, a.Len("items"))
	for i := range all {
		all[i] = a.Text("items", i, "text")
	}
	return all
}

// The loop, as each of its people is told of it.
func TestInbox(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	wish := w.Post()
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", map[string]any{
		"participantIds": []id.User{w.People["member-2"]},
	}).Want(201).Text("id")
	w.Call("member-2", "POST", "/api/v1/claims/"+claim+"/acceptance", nil).Want(200)
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "换了阀芯"}).Want(200)
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	for persona, want := range map[string][]string{
		"secretary": {"您开始担任茂山社区书记"},
		"street":    {"您开始担任茂山街道负责人"},
		"resident": {"党员说“厨房水龙头关不严”办好了，请您看看是不是真办好了", "社区同意党员来办您的心愿“厨房水龙头关不严”，会有人和您联系",
			"有党员认领了您的心愿“厨房水龙头关不严”，等社区同意", "您的心愿“厨房水龙头关不严”发布了，等党员认领"},
		"member-1": {"“厨房水龙头关不严”办成了，谢谢您！积分已经记上", "社区同意您认领“厨房水龙头关不严”，可以联系许愿人了",
			"一位同事加入了“厨房水龙头关不严”，和您一起办", "您到茂山社区报到成功，可以认领心愿了"},
		"member-2": {"“厨房水龙头关不严”办成了，谢谢您！积分已经记上", "“厨房水龙头关不严”办好了，等许愿人确认",
			"社区同意了“厨房水龙头关不严”的认领，可以联系许愿人了", "有同事请您一起办“厨房水龙头关不严”，请去看看愿不愿意", "您到茂山社区报到成功，可以认领心愿了"},
		"resident-2": {},
	} {
		if got := inboxOf(w, persona); !slices.Equal(got, want) {
			t.Errorf("%s was told\n%s\nwant\n%s", persona, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	first := w.Call("resident", "GET", "/api/v1/inbox?limit=3", nil).Want(200)
	if first.Number("unread") != 4 || first.Len("items") != 3 || first.Text("nextCursor") == "" {
		t.Errorf("the first page: %s", first.Raw)
	}
	second := w.Call("resident", "GET", "/api/v1/inbox?cursor="+first.Text("nextCursor"), nil).Want(200)
	oldest := second.Text("items", 0, "id")
	for range 2 { // twice is as once
		if a := w.Call("resident", "POST", "/api/v1/inbox/read", map[string]any{"upTo": oldest}).Want(200); a.Number("unread") != 3 {
			t.Errorf("after reading one: %s", a.Raw)
		}
	}
	if a := w.Call("resident", "GET", "/api/v1/inbox?unread=true", nil).Want(200); a.Len("items") != 3 {
		t.Errorf("unread: %s", a.Raw)
	}
	w.Healthy()
}

// waits is what the persona's list has, as "kind title".
func waits(w *apptest.Town, persona string) []string {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/approvals", nil).Want(200)
	all := []string{}
	for i := range a.Len("items") {
		all = append(all, a.Text("items", i, "kind")+" "+a.Text("items", i, "id"))
	}
	return all
}

// wantWaiting holds what waits for each persona against what should.
func wantWaiting(w *apptest.Town, want map[string][]string) {
	w.T.Helper()
	for persona, all := range want {
		if got := waits(w, persona); !slices.Equal(got, all) {
			w.T.Errorf("%s has %q, want %q", persona, got, all)
		}
	}
}

// Everything that waits is on the list of who may decide it, and of nobody else;
// after three days it rises.
func TestApprovals(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	wish := w.Post()
	_, claim := w.Claimed("member-1")
	report := w.Call("resident-2", "POST", "/api/v1/memberships", map[string]any{
		"nodeId": w.Home, "unitId": w.Unit, "realName": "赵德顺",
	}).Want(201).Text("id")
	all := []string{"wish " + wish, "claim " + claim, "membership " + report}
	wantWaiting(w, map[string][]string{"secretary": all, "street": {}, "county": {}, "leader": {}, "grid": {}})
	w.Call("resident", "GET", "/api/v1/approvals", nil).Refused(403, "forbidden")
	w.Call("auditor", "GET", "/api/v1/approvals", nil).Refused(403, "forbidden")
	one := w.Call("secretary", "GET", "/api/v1/approvals?kind=claim&limit=1", nil).Want(200)
	if one.Len("items") != 1 || one.Text("items", 0, "id") != claim || one.Number("counts", 1, "count") != 1 {
		t.Errorf("claims: %s", one.Raw)
	}
	who := one.Text("items", 0, "claimant", "unitName")
	if who == "" || one.Number("items", 0, "claimant", "inHand") != 0 || one.Number("items", 0, "claimant", "fulfilled") != 0 {
		t.Errorf("the claimant's load and record: %s", one.Raw)
	}
	claimed := one.Text("items", 0, "wishId")
	page := w.Call("secretary", "GET", "/api/v1/wishes/"+claimed, nil).Want(200)
	if page.Text("claimant", "unitName") != who || page.Number("claimant", "inHand") != 0 {
		t.Errorf("the page on which the claim is decided says less than the list: %s", page.Raw)
	}
	for _, persona := range []string{"member-1", "member-2", "resident", "grid", "street"} {
		if a := w.Call(persona, "GET", "/api/v1/wishes/"+claimed, nil).Want(200); persona != "street" && a.At("claimant") != nil {
			t.Errorf("%s reads the claimant's load: %s", persona, a.Raw)
		}
	}
	if a := w.Call("secretary", "GET", "/api/v1/approvals?nodeId="+w.Far.String(), nil).Want(200); a.Len("items") != 0 {
		t.Errorf("elsewhere: %s", a.Raw)
	}
	w.Clocks.Business.Advance(73 * time.Hour)
	w.Until("the street sees what waits for three days", func() bool {
		return slices.Equal(waits(w, "street"), all) && len(inboxOf(w, "street")) == 4
	})
	if got := waits(w, "county"); len(got) != 0 {
		t.Errorf("the county has %q", got)
	}
	if got := waits(w, "secretary"); !slices.Equal(got, all) {
		t.Errorf("the secretary has %q", got)
	}
	w.Healthy()
}

// Who decides in two communities, and by two rights in one, has what waits there in one list, the oldest first and each once.
func TestApprovalsOfTwoDesks(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	for role, node := range map[id.Role]id.Node{id.RoleSecretary: w.Sister, id.RoleStreet: w.Street, id.RoleGridWorker: w.Grid} {
		w.Grant("secretary", role, node)
	}
	var all, there []string
	for _, place := range []id.Node{w.Sister, w.Home, w.Sister, w.Street, w.Home} {
		if place == w.Street {
			_, claim := w.Claimed("member-1")
			all = append(all, "claim "+claim)
			continue
		}
		one := "wish " + w.Call("resident", "POST", "/api/v1/wishes", apptest.Draft(place)).Want(201).Text("id")
		if all = append(all, one); place == w.Sister {
			there = append(there, one)
		}
	}
	if got := waits(w, "secretary"); !slices.Equal(got, all) {
		t.Errorf("both: %q, want %q", got, all)
	}
	if a := w.Call("secretary", "GET", "/api/v1/approvals?nodeId="+w.Sister.String(), nil).Want(200); a.Len("items") != 2 ||
		"wish "+a.Text("items", 0, "id") != there[0] || "wish "+a.Text("items", 1, "id") != there[1] {
		t.Errorf("at one: %s, want %v", a.Raw, there)
	}
}

// What came back to the desk is listed by when it came there, on every page, and home says since when the oldest waits.
func TestApprovalsTheOldestFirst(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	first := w.Post()
	w.Call("secretary", "POST", "/api/v1/wishes/"+first+"/review", map[string]any{"decision": "reject", "reason": "写清楚哪一间"}).Want(200)
	w.Clocks.Business.Advance(time.Hour)
	second, since := w.Post(), w.Clocks.Business.Now()
	w.Clocks.Business.Advance(time.Hour)
	body := apptest.Draft(w.Home)
	delete(body, "nodeId")
	w.Call("resident", "PATCH", "/api/v1/wishes/"+first, body).Want(200)
	page := w.Call("secretary", "GET", "/api/v1/approvals?limit=1", nil).Want(200)
	if page.Text("items", 0, "id") != second {
		t.Errorf("first comes %s, want %s", page.Raw, second)
	}
	page = w.Call("secretary", "GET", "/api/v1/approvals?limit=1&cursor="+page.Text("nextCursor"), nil).Want(200)
	if page.Text("items", 0, "id") != first || page.At("nextCursor") != nil {
		t.Errorf("then comes %s, want %s", page.Raw, first)
	}
	for _, made := range []string{first, "-" + first, "x-" + first, "1-", "1-x", "99999999999999999999-1"} {
		w.Call("secretary", "GET", "/api/v1/approvals?cursor="+made, nil).Refused(422, "invalid_input")
	}
	todos := w.Call("secretary", "GET", "/api/v1/me/todos", nil).Want(200)
	if got := todos.Text("items", todos.Len("items")-1, "since"); got != since.Format(time.RFC3339Nano) {
		t.Errorf("home: since %s, want %s: %s", got, since.Format(time.RFC3339Nano), todos.Raw)
	}
}

// A delivery that nobody answers is a call back for the posts of the community.
func TestCallBackTask(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	_, claim := w.Delivered("member-1")
	w.Clocks.Business.Advance(73 * time.Hour)
	w.Until("the sweep has written the call back down", func() bool { return has(w, eventOf("claim", "call_back"), claim) })
	if got := inboxOf(w, "grid"); len(got) != 1 {
		t.Errorf("the grid worker, whose task it is, was told %q", got)
	}
	wantWaiting(w, map[string][]string{"grid": {"callback " + claim}, "secretary": nil, "street": nil}) // the secretary approved the claim
	missed := "/api/v1/claims/" + claim + "/missed-calls"
	w.Call("grid", "POST", missed, nil).Want(200)
	again := w.Call("grid", "POST", missed, nil).Want(200) // another day
	if again.Number("missedCalls") != 2 || again.Text("missedCallAt") == "" || again.Text("status") != "delivered" {
		t.Errorf("nobody answered twice: %s", again.Raw)
	}
	row := w.Call("grid", "GET", "/api/v1/approvals?kind=callback", nil).Want(200)
	if row.Number("items", 0, "missedCalls") != 2 || row.Text("items", 0, "missedCallAt") != again.Text("missedCallAt") {
		t.Errorf("the list says of it: %s", row.Raw)
	}
	w.Call("secretary", "POST", missed, nil).Refused(403, "party_to_matter")
	w.Call("resident-2", "POST", missed, nil).Refused(404, "not_found")
	w.Call("grid", "POST", "/api/v1/claims/77/missed-calls", nil).Refused(404, "not_found")
	if got := waits(w, "grid"); !slices.Equal(got, []string{"callback " + claim}) {
		t.Errorf("after nobody answered the grid worker has %q", got)
	}
	bulk := w.Call("grid", "POST", "/api/v1/approvals/batch", map[string]any{
		"items": []map[string]any{{"kind": "callback", "id": claim, "decision": "approve"}},
	}).Want(200)
	if bulk.At("results", 0, "done") != false || bulk.Text("results", 0, "reason") != "invalid_input" {
		t.Errorf("in bulk: %s", bulk.Raw)
	}
	w.Call("grid", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{
		"accepted": true, "onBehalf": map[string]any{"how": "phone", "note": "打电话问过，老人说修好了"},
	}).Want(200)
	if got := waits(w, "secretary"); len(got) != 0 {
		t.Errorf("afterwards the secretary has %q", got)
	}
	w.Call("grid", "POST", missed, nil).Refused(409, "claim_state")
	w.Healthy()
}

// In bulk each matter has its own result, and under a key each happens once.
func TestApprovalsInBulk(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	wish, other, foreign := w.Post(), w.Post(), w.Call("resident", "POST", "/api/v1/wishes", apptest.Draft(w.Far)).Want(201).Text("id")
	_, claim := w.Claimed("member-1")
	item := func(kind, id, decision string) map[string]any {
		return map[string]any{"kind": kind, "id": id, "decision": decision}
	}
	items := []map[string]any{
		item("wish", wish, "publish"), item("wish", other, "reject"), item("wish", foreign, "publish"),
		item("claim", claim, "approve"), item("claim", foreign, "publish"), item("membership", "77", "approve"),
	}
	key := http.Header{"Idempotency-Key": {"bulk-0001"}}
	for range 2 {
		a := w.CallWith(key.Clone(), "secretary", "/api/v1/approvals/batch", map[string]any{"items": items}).Want(200)
		for i, want := range []string{"open", "reason_required", "not_found", "approved", "invalid_input", "not_found"} {
			if got := a.Text("results", i, "status") + a.Text("results", i, "reason"); got != want {
				t.Errorf("item %d: %s, want %s", i, got, want)
			}
		}
	}
	again := w.Call("secretary", "POST", "/api/v1/approvals/batch", map[string]any{"items": items[:1]}).Want(200)
	if again.Text("results", 0, "reason") != "wish_state" {
		t.Errorf("without a key: %s", again.Raw)
	}
	changed := []map[string]any{{"kind": "wish", "id": wish, "decision": "reject", "reason": "不合适"}}
	reused := w.CallWith(key.Clone(), "secretary", "/api/v1/approvals/batch", map[string]any{"items": changed}).Want(200)
	if reused.Text("results", 0, "reason") != "key_reused" {
		t.Errorf("another decision under the key: %s", reused.Raw)
	}
	w.Call("secretary", "POST", "/api/v1/approvals/batch", map[string]any{"items": []any{}}).Refused(422, "invalid_input")
	denied := w.Call("leader", "POST", "/api/v1/approvals/batch", map[string]any{"items": items[:1]}).Want(200)
	if denied.Text("results", 0, "reason") != "not_your_community" {
		t.Errorf("a secretary of elsewhere decides: %s", denied.Raw)
	}
	w.Healthy()
}

// What is to be looked at first is refused in a batch, whatever the decision,
// stays as it was, and the list says why; its own operation takes it.
func TestNoBatchTakesWhatIsLookedAtFirst(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	w.Clocks.Business.Advance(48 * time.Hour)
	sensitive := func() string {
		d := apptest.Draft(w.Home)
		d["category"] = "health"
		return w.Call("resident", "POST", "/api/v1/wishes", d).Want(201).Text("id")
	}
	wish, taken, plain := sensitive(), sensitive(), w.Post()
	w.Call("secretary", "POST", "/api/v1/wishes/"+taken+"/review", map[string]any{"decision": "publish"}).Want(200)
	claim := w.Call("member-2", "POST", "/api/v1/wishes/"+taken+"/claims", nil).Want(201).Text("id")
	long, short := service(w, "member-1", 8, 5).Want(201).Text("id"), service(w, "member-1", 14, 4).Want(201).Text("id")
	reportIn(w, newcomer(w), "李国强").Want(201)
	same := reportIn(w, newcomer(w), "李国强").Want(201).Text("id")

	cautions := map[string]string{wish: "sensitive", claim: "sensitive", long: "long_report", same: "same_name", plain: "", short: ""}
	list := w.Call("secretary", "GET", "/api/v1/approvals?limit=100", nil).Want(200)
	seen := 0
	for i := range list.Len("items") {
		if want, ok := cautions[list.Text("items", i, "id")]; ok {
			if seen++; list.Text("items", i, "oneByOne") != want {
				t.Errorf("item %d, want %q: %s", i, want, list.Raw)
			}
		}
	}
	if seen != len(cautions) {
		t.Errorf("%d of %d wait: %s", seen, len(cautions), list.Raw)
	}
	item := func(kind, id, decision string) map[string]any {
		return map[string]any{"kind": kind, "id": id, "decision": decision, "reason": "请补充"}
	}
	items := []map[string]any{
		item("wish", wish, "publish"), item("wish", wish, "reject"), item("claim", claim, "approve"), item("claim", claim, "decline"),
		item("service", long, "confirm"), item("service", long, "reject"), item("membership", same, "approve"), item("wish", plain, "publish"),
		item("service", short, "confirm"),
	}
	a := w.Call("secretary", "POST", "/api/v1/approvals/batch", map[string]any{"items": items}).Want(200)
	for i := range items {
		want := "one_by_one"
		if i >= 7 { // the last two are plain
			want = ""
		}
		if got := a.Text("results", i, "reason"); got != want {
			t.Errorf("item %d: %q, want %q", i, got, want)
		}
	}
	stranger := w.Call("leader", "POST", "/api/v1/approvals/batch", map[string]any{"items": items[:1]}).Want(200)
	if got := stranger.Text("results", 0, "reason"); got != "not_found" {
		t.Errorf("a stranger is told %q", got)
	}
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("secretary", "POST", "/api/v1/service-records/"+long+"/review", confirm).Want(200)
	w.Call("secretary", "POST", "/api/v1/memberships/"+same+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Healthy()
}

// What will have waited for three days by the end of today is late, is counted for
// each kind and listed alone.
func TestWhatIsLateToday(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1) // it is noon in Shanghai
	old := w.Post()
	w.Clocks.Business.Advance(13 * time.Hour) // after midnight
	w.Post()
	w.Clocks.Business.Advance(46*time.Hour + 59*time.Minute)
	late := func() (count, listed int) {
		t.Helper()
		a := w.Call("secretary", "GET", "/api/v1/approvals?late=true", nil).Want(200)
		if a.Len("items") == 1 && (a.Text("items", 0, "id") != old || a.At("items", 0, "late") != true) {
			t.Errorf("another one is late: %s", a.Raw)
		}
		if a.Number("counts", 0, "count") != 2 {
			t.Errorf("all that wait: %s", a.Raw)
		}
		return a.Number("counts", 0, "late"), a.Len("items")
	}
	if count, listed := late(); count != 0 || listed != 0 {
		t.Errorf("on the day before %d, %d", count, listed)
	}
	w.Clocks.Business.Advance(time.Minute) // the day of its three days has begun
	if count, listed := late(); count != 1 || listed != 1 {
		t.Errorf("on the day %d, %d", count, listed)
	}
}
