package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/review"
)

// reviewCodes turns review on and gives the code of each account.
func reviewCodes(w *apptest.Town) map[review.Account]string {
	w.T.Helper()
	given, err := w.App.Reviews.SwitchOn(w.T.Context(), review.MaxLife)
	must(w.T, err)
	codes := map[review.Account]string{}
	for _, g := range given {
		codes[g.Account] = g.Code
	}
	return codes
}

// reviewers are the sessions of all accounts, and where the review community is.
type reviewers struct {
	w      *apptest.Town
	tokens map[review.Account]string
	home   string
}

func newReviewers(w *apptest.Town) reviewers {
	w.T.Helper()
	r := reviewers{w, map[review.Account]string{}, ""}
	for account, code := range reviewCodes(w) {
		a := w.Send("", "POST", "/api/v1/review-sessions", doc{"code": code}).Want(201)
		r.tokens[account], r.home = a.Text("token"), a.Text("user", "homeNodeId")
	}
	return r
}

func (r reviewers) call(as review.Account, method, path string, body any) apptest.Answer {
	r.w.T.Helper()
	return r.w.Send(r.tokens[as], method, "/api/v1"+path, body)
}

// posts is a wish of the resident of the review community.
func (r reviewers) posts() string {
	r.w.T.Helper()
	draft := apptest.Draft(0)
	draft["nodeId"] = r.home
	return r.call(review.Resident, "POST", "/wishes", draft).Want(201).Text("id")
}

// Nobody but reviewers begins anything in the review community, whoever knows its id.
func TestNobodyElseIsInTheReview(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	r := newReviewers(w)
	draft := apptest.Draft(0)
	draft["nodeId"] = r.home
	w.Call("resident", "POST", "/api/v1/wishes", draft).Refused(422, "not_a_community")
	w.Call("resident", "POST", "/api/v1/complaints", doc{"nodeId": r.home, "kind": "complaint", "text": "楼道里太黑了。"}).
		Refused(422, "invalid_input")
	w.Call("resident", "POST", "/api/v1/memberships", doc{"nodeId": r.home, "unitId": w.Unit.String(), "realName": "王建国"}).
		Refused(422, "not_a_community")
	w.Call("resident", "POST", "/api/v1/service-records", doc{
		"nodeId": r.home, "title": "扫楼道", "note": "扫了一遍",
		"startedAt": "2026-03-10T01:00:00Z", "endedAt": "2026-03-10T02:00:00Z",
	}).Refused(422, "not_a_community")
	w.Healthy()
}

// A place of the review is there for reviewers alone, also when one of them has just asked about it.
func TestPlacesOfTheReviewAreForReviewers(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	r := newReviewers(w)
	for range 2 {
		r.call(review.Resident, "GET", "/wishes?nodeId="+r.home, nil).Want(200)
		for _, persona := range []string{"resident", "county"} {
			w.Call(persona, "GET", "/api/v1/wishes?nodeId="+r.home, nil).Refused(404, "not_found")
		}
	}
}

// The accounts play a wish to its end, and an activity to its code, in their own
// community; doctor finds nothing, and nobody else meets any of it.
func TestReviewersTryEverything(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	r := newReviewers(w)
	wish := r.posts()
	r.call(review.Secretary, "POST", "/wishes/"+wish+"/review", doc{"decision": "publish"}).Want(200)
	claim := r.call(review.Member, "POST", "/wishes/"+wish+"/claims", nil).Want(201).Text("id")
	r.call(review.Secretary, "POST", "/claims/"+claim+"/review", doc{"decision": "approve"}).Want(200)
	r.call(review.Member, "POST", "/claims/"+claim+"/delivery", doc{"note": "换了阀芯。"}).Want(200)
	r.call(review.Resident, "POST", "/claims/"+claim+"/confirmation", doc{"accepted": true, "rating": 5}).Want(200)
	w.Until("the points are on the boards of the review street alone", func() bool {
		n, err := w.App.Boards.Project(t.Context())
		return err == nil && n == 0
	})
	team := r.call(review.Leader, "GET", "/teams?mine=true", nil).Want(200).Text("items", 0, "id")
	errand := w.Errand(team, 5)
	activity := r.call(review.Leader, "POST", "/activities", errand).Want(201).Text("id")
	r.call(review.Leader, "POST", "/activities/"+activity+"/publication", nil).Want(200)
	r.call(review.Resident, "POST", "/activities/"+activity+"/signups", nil).Want(201)
	open := r.posts()
	r.call(review.Secretary, "POST", "/wishes/"+open+"/review", doc{"decision": "publish"}).Want(200)
	w.Healthy()
	for _, path := range []string{
		"/wishes?status=open", "/wishes?status=fulfilled", "/wishes?q=水龙头&status=open", "/teams", "/activities?status=published",
		"/leaderboards?metric=points&subject=member&period=all", "/leaderboards?metric=points&subject=community&period=all",
		"/nodes?kind=community", "/nodes?kind=unit", "/nodes?kind=street", "/nodes",
	} {
		a := w.Call("resident", "GET", "/api/v1"+path, nil).Want(200)
		if strings.Contains(string(a.Raw), "审核") || strings.Contains(string(a.Raw), r.home) {
			t.Errorf("everybody sees of the review in %s: %s", path, a.Raw)
		}
	}
	if n := w.Call("county", "GET", "/api/v1/stats", nil).Want(200).Number("wishesFulfilled"); n != 0 {
		t.Errorf("the county counts %v wishes of the review", n)
	}
	if a := w.Call("county", "GET", "/api/v1/approvals", nil).Want(200); a.Len("items") != 0 {
		t.Errorf("the county has tasks of the review: %s", a.Raw)
	}
}

// Whatever reaches real people or their matters is refused, and nothing is written.
func TestReviewersReachNobodyElse(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	r := newReviewers(w)
	wish := w.Open()
	team, activity := w.Announced("member-1", 5)
	number := w.Call("resident", "GET", "/api/v1/me/number", nil).Want(200).Text("number")
	draft := apptest.Draft(w.Home)
	before := allRows(w)
	for _, c := range []struct {
		as           review.Account
		method, path string
		body         any
	}{
		{review.Resident, "POST", "/wishes", draft},
		{review.Member, "POST", "/wishes/" + wish + "/claims", nil},
		{review.Member, "POST", "/teams/" + team + "/members", doc{}},
		{review.Member, "POST", "/activities/" + activity + "/signups", nil},
		{review.Resident, "POST", "/complaints", doc{"nodeId": w.Home, "kind": "suggestion", "text": "灯坏了，请修一修。"}},
		{review.Resident, "PATCH", "/me", doc{"homeNodeId": w.Home}},
		{review.Resident, "POST", "/me/phone", doc{"code": w.WeChat.NewPhoneCode(apptest.Phone)}},
		{review.Street, "GET", "/people?number=" + number, nil},
		{review.Street, "POST", "/grants", doc{"userId": w.People["member-1"], "role": "secretary", "nodeId": r.home}},
		{review.Resident, "POST", "/certificates", doc{"year": 2026, "shows": []string{"hours"}}},
	} {
		if a := r.call(c.as, c.method, c.path, c.body); a.Status != http.StatusForbidden || a.Text("reason") != "review_only" {
			t.Errorf("%s as %s: %d %s", c.method+" "+c.path, c.as, a.Status, a.Raw)
		}
	}
	for as := range r.tokens {
		if a := r.call(as, "GET", "/wishes/"+wish+"/contact", nil); a.Status < 400 {
			t.Errorf("%s reads a contact: %s", as, a.Raw)
		}
	}
	if !slices.Equal(before, allRows(w)) {
		t.Error("a refused reviewer wrote something")
	}
}

// A code logs in again and again, each time written down; a wrong one, one that is over
// or ended, and any while review is off do not, and their sessions are over with them.
func TestReviewCodes(t *testing.T) {
	t.Parallel()
	machine := clock.Fixed(apptest.Start)
	w := apptest.NewTown(apptest.New(t, apptest.WithMachine(machine)), 1)
	off := func(want bool) {
		t.Helper()
		if got := w.Send("", "GET", "/api/v1/review", nil).Want(200); got.At("isOn") == want {
			t.Errorf("review: %s", got.Raw)
		}
	}
	logIn := func(code string) apptest.Answer {
		return w.Send("", "POST", "/api/v1/review-sessions", doc{"code": code})
	}
	off(true)
	logIn("AAAA-AAAA-AAAA-AAAA").Refused(422, "review_code")
	first := reviewCodes(w)[review.Secretary]
	off(false)
	one := logIn(first).Want(201).Text("token")
	logIn(" " + strings.ToLower(strings.ReplaceAll(first, "-", " "))).Want(201) // as people type
	logIn(first[:18]+"0").Refused(422, "review_code")
	second := reviewCodes(w)[review.Secretary] // ends the first
	logIn(first).Refused(422, "review_code")
	w.Send(one, "GET", "/api/v1/me", nil).Refused(401, "unauthenticated")
	two := logIn(second).Want(201).Text("token")
	w.Send(two, "GET", "/api/v1/me", nil).Want(200)
	three := logIn(second).Want(201).Text("token")
	w.Send(three, "DELETE", "/api/v1/sessions/current", nil).Want(204)
	w.Send(three, "GET", "/api/v1/me", nil).Refused(401, "unauthenticated")
	w.Send("review-nobody", "GET", "/api/v1/me", nil).Refused(401, "unauthenticated")
	machine.Advance(review.MaxLife)
	off(true)
	logIn(second).Refused(422, "review_code")
	w.Send(two, "GET", "/api/v1/me", nil).Refused(401, "unauthenticated")
	codes, err := w.App.Reviews.ListCodes(t.Context())
	must(t, err)
	logIns := 0
	for _, c := range codes {
		logIns += c.LogIns
	}
	if logIns != 4 || len(codes) != 2*len(review.Accounts()) {
		t.Errorf("%d log-ins by %d codes are written down", logIns, len(codes))
	}
	for _, row := range allRows(w) {
		if strings.Contains(row, strings.ReplaceAll(second, "-", "")) || strings.Contains(row, second) {
			t.Errorf("the database tells a code: %s", row)
		}
	}
	if strings.Contains(w.Log.String(), second) || strings.Contains(w.Log.String(), two) {
		t.Error("the log tells a code or a token")
	}
}

// No code lives longer than it may, and ending them all ends what they began.
func TestReviewIsTurnedOff(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	for _, life := range []time.Duration{0, -time.Hour, review.MaxLife + time.Second} {
		if _, err := w.App.Reviews.SwitchOn(t.Context(), life); err == nil {
			t.Errorf("a code lives %s", life)
		}
	}
	r := newReviewers(w)
	r.call(review.Resident, "GET", "/me", nil).Want(200)
	must(t, w.App.Reviews.SwitchOff(t.Context()))
	r.call(review.Resident, "GET", "/me", nil).Refused(401, "unauthenticated")
	w.Healthy()
}

// Log-ins of reviewers count as log-ins do.
func TestReviewLogInsAreLimited(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_LIMITS_LOG_IN=3/1h")), 1)
	for range 3 {
		w.Send("", "POST", "/api/v1/review-sessions", doc{"code": "AAAA-AAAA-AAAA-AAAA"}).Refused(422, "review_code")
	}
	w.Send("", "POST", "/api/v1/review-sessions", doc{"code": "AAAA-AAAA-AAAA-AAAA"}).Refused(429, "too_many_requests")
	w.Send("", "POST", "/api/v1/sessions", doc{"code": "demo-resident"}).Refused(429, "too_many_requests")
}

// What is closed to reviewers are operations that there are.
func TestClosedToReviewers(t *testing.T) {
	t.Parallel()
	for _, operation := range api.ClosedToReviewers {
		if _, ok := api.Access[operation]; !ok {
			t.Errorf("%s is no operation", operation)
		}
	}
}
