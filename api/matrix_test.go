package api_test

import (
	"slices"
	"strings"
	"testing"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
)

// Every operation on a matter: who may, who may not, for whom it does not exist,
// and what the second time says. "leader" is the secretary of a community that
// is not concerned; "stranger" has never been here.
func TestWhoMay(t *testing.T) {
	t.Parallel()
	publish, approve := map[string]any{"decision": "publish"}, map[string]any{"decision": "approve"}
	note, accepted := map[string]any{"note": "办好了"}, map[string]any{"accepted": true}
	for _, c := range []struct {
		operation    string
		prepare      func(w *apptest.Town) (path string)
		method       string
		body         any
		allowed      []string // each on a matter of its own
		forbidden    []string // 403
		unknown      []string // 404
		again        string   // the reason when done twice; "" where it may be repeated
		againStatus  int
		allowedQuery string
	}{
		{
			operation: "getWish", method: "GET",
			prepare: func(w *apptest.Town) string { return "/api/v1/wishes/" + w.Post() },
			allowed: []string{"resident", "secretary", "street", "county", "auditor", "grid"},
			unknown: []string{"resident-2", "member-1", "leader", "unit"},
		},
		{
			operation: "reviewWish", method: "POST", body: publish, again: "wish_state", againStatus: 409,
			prepare:   func(w *apptest.Town) string { return "/api/v1/wishes/" + w.Post() + "/review" },
			allowed:   []string{"secretary", "street", "county"},
			forbidden: []string{"resident", "auditor", "grid"},
			unknown:   []string{"resident-2", "member-1", "leader", "unit"},
		},
		{
			operation: "withdrawWish", method: "POST", again: "wish_state", againStatus: 409,
			prepare:   func(w *apptest.Town) string { return "/api/v1/wishes/" + w.Open() + "/withdrawal" },
			allowed:   []string{"resident"},
			forbidden: []string{"resident-2", "member-1", "secretary", "county"},
		},
		{
			operation: "claimWish", method: "POST", again: "wish_taken", againStatus: 409,
			prepare:   func(w *apptest.Town) string { return "/api/v1/wishes/" + w.Open() + "/claims" },
			allowed:   []string{"member-1", "member-2"},
			forbidden: []string{"resident", "resident-2", "secretary", "county", "leader"},
		},
		{
			operation: "reviewClaim", method: "POST", body: approve, again: "claim_state", againStatus: 409,
			prepare:   func(w *apptest.Town) string { _, c := w.Claimed("member-1"); return "/api/v1/claims/" + c + "/review" },
			allowed:   []string{"secretary", "street", "county"},
			forbidden: []string{"member-1", "resident", "auditor", "grid"},
			unknown:   []string{"member-2", "leader", "resident-2"},
		},
		{
			operation: "getClaim", method: "GET",
			prepare: func(w *apptest.Town) string { _, c := w.Claimed("member-1"); return "/api/v1/claims/" + c },
			allowed: []string{"member-1", "resident", "secretary", "street", "county", "auditor", "grid"},
			unknown: []string{"member-2", "leader", "resident-2", "unit"},
		},
		{
			operation: "releaseClaim", method: "POST", again: "claim_state", againStatus: 409,
			prepare: func(w *apptest.Town) string {
				_, c := w.Approved("member-1")
				return "/api/v1/claims/" + c + "/release"
			},
			allowed:   []string{"member-1"},
			forbidden: []string{"resident", "secretary", "county"},
			unknown:   []string{"member-2", "leader"},
		},
		{
			operation: "deliverClaim", method: "POST", body: note, again: "claim_state", againStatus: 409,
			prepare: func(w *apptest.Town) string {
				_, c := w.Approved("member-1")
				return "/api/v1/claims/" + c + "/delivery"
			},
			allowed:   []string{"member-1"},
			forbidden: []string{"resident", "secretary", "county"},
			unknown:   []string{"member-2", "leader"},
		},
		{
			operation: "confirmClaim", method: "POST", body: accepted, again: "claim_state", againStatus: 409,
			prepare: func(w *apptest.Town) string {
				_, c := w.Delivered("member-1")
				return "/api/v1/claims/" + c + "/confirmation"
			},
			allowed:   []string{"resident"},
			forbidden: []string{"member-1", "secretary", "county"},
			unknown:   []string{"member-2", "resident-2", "leader"},
		},
		{
			operation: "getWishContact", method: "GET",
			prepare: func(w *apptest.Town) string {
				wish, _ := w.Approved("member-1")
				return "/api/v1/wishes/" + wish + "/contact"
			},
			allowed:   []string{"resident", "member-1", "secretary"},
			forbidden: []string{"member-2", "resident-2", "auditor", "grid", "leader", "unit"},
		},
		{
			operation: "getWishContact", method: "GET", allowedQuery: "?reason=回访",
			prepare: func(w *apptest.Town) string {
				wish, _ := w.Approved("member-1")
				return "/api/v1/wishes/" + wish + "/contact"
			},
			allowed: []string{"street", "county"},
		},
		{
			operation: "getComplaint", method: "GET",
			prepare: func(w *apptest.Town) string { return "/api/v1/complaints/" + complain(w, "complaint").Text("id") },
			allowed: []string{"resident", "street", "county", "auditor"},
			unknown: []string{"resident-2", "member-1", "secretary", "leader", "grid", "unit"},
		},
		{
			operation: "answerComplaint", method: "POST", body: map[string]any{"answer": "已经派人去看"},
			again: "complaint_state", againStatus: 409,
			prepare: func(w *apptest.Town) string {
				return "/api/v1/complaints/" + complain(w, "complaint").Text("id") + "/answer"
			},
			allowed:   []string{"street", "county"},
			forbidden: []string{"resident", "auditor"},
			unknown:   []string{"resident-2", "member-1", "secretary", "leader", "grid", "unit"},
		},
		{
			operation: "reopenComplaint", method: "POST", body: map[string]any{"reason": "还没有人来"},
			again: "complaint_state", againStatus: 409,
			prepare: func(w *apptest.Town) string {
				id := complain(w, "complaint").Text("id")
				answer(w, "street", id).Want(200)
				return "/api/v1/complaints/" + id + "/reopening"
			},
			allowed:   []string{"resident"},
			forbidden: []string{"street", "county", "auditor"},
			unknown:   []string{"resident-2", "member-1", "secretary", "leader", "grid", "unit"},
		},
		{
			operation: "closeComplaint", method: "POST", again: "complaint_state", againStatus: 409,
			prepare: func(w *apptest.Town) string {
				return "/api/v1/complaints/" + complain(w, "suggestion").Text("id") + "/closure"
			},
			allowed:   []string{"resident"},
			forbidden: []string{"secretary", "street", "county", "auditor"},
			unknown:   []string{"resident-2", "member-1", "leader", "grid", "unit"},
		},
		{
			operation: "listContactReads", method: "GET",
			prepare: func(w *apptest.Town) string {
				wish, _ := w.Approved("member-1")
				return "/api/v1/wishes/" + wish + "/contact-reads"
			},
			allowed:   []string{"resident"},
			forbidden: []string{"member-1", "secretary", "county", "resident-2"},
		},
	} {
		t.Run(c.operation+c.allowedQuery, func(t *testing.T) {
			w := apptest.NewTown(apptest.New(t), 2)
			path := c.prepare(w)
			for _, p := range c.forbidden {
				if a := w.Call(p, c.method, path, c.body).Want(403); a.Text("message") == "" {
					t.Errorf("%s is refused without a word", p)
				}
			}
			for _, p := range c.unknown {
				w.Call(p, c.method, path, c.body).Refused(404, "not_found")
			}
			w.Send("", c.method, path, c.body).Refused(401, "unauthenticated")
			w.Send(strings.Repeat("x", 43), c.method, path, c.body).Refused(401, "unauthenticated")
			parts := strings.Split(path, "/")
			last := slices.IndexFunc(parts, func(p string) bool { return p == "wishes" || p == "claims" || p == "complaints" })
			parts[last+1] = "123"
			w.Call("secretary", c.method, strings.Join(parts, "/"), c.body).Refused(404, "not_found")
			for i, p := range c.allowed {
				if i > 0 && c.method != "GET" {
					path = c.prepare(w)
				}
				if a := w.Call(p, c.method, path+c.allowedQuery, c.body); a.Status >= 300 {
					t.Fatalf("%s is refused: %s", p, a.Raw)
				}
				if c.again != "" {
					w.Call(p, c.method, path, c.body).Refused(c.againStatus, c.again)
				}
			}
			w.Healthy()
		})
	}
}

// Nobody decides about their own matter, whatever their grants.
func TestPartiesDoNotDecideByCalls(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	own := w.Call("secretary", "POST", "/api/v1/wishes", apptest.Draft(w.Home)).Want(201).Text("id")
	review := "/api/v1/wishes/" + own + "/review"
	w.Call("secretary", "POST", review, map[string]any{"decision": "publish"}).Refused(403, "party_to_matter")
	w.Call("street", "POST", review, map[string]any{"decision": "publish"}).Want(200)

	w.Grant("member-1", "secretary", w.Home)
	_, claim := w.Claimed("member-1")
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Refused(403, "party_to_matter")
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
}

// Who is nobody in particular: each operation answers a person who just came.
func TestEveryOperationNeedsASession(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	doc, err := api.Load()
	if err != nil {
		t.Fatal(err)
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			who, ok := api.Access[op.OperationID]
			if !ok {
				t.Errorf("api/access.go says nothing about %s", op.OperationID)
			}
			if who == api.Anyone {
				continue
			}
			path := strings.NewReplacer("{wishId}", "1", "{claimId}", "1", "{complaintId}", "1", "{certificateId}", "1", "{nodeId}", "1").Replace(path)
			w.Send("", method, "/api/v1"+path, nil).Refused(401, "unauthenticated")
			w.Send("not-a-token", method, "/api/v1"+path, "{").Refused(401, "unauthenticated")
		}
	}
}
