package api_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/review"
)

// holder is somebody who holds a role, and how the matters' community lies to
// the node where: it is that node, a child of it, below that, a sibling, or foreign to it.
type holder struct {
	role     id.Role
	relation string
	token    string
	person   id.User
}

// tried tells whether make test tries the holder: whoever has the node itself, a secretary, the street that the matters
// are below, and of all others one in six in turn. make test-county tries everybody.
func (h holder) tried(turn int) bool {
	return h.relation == "own" || turn%6 == 0 || h.role == id.RoleSecretary || h.role == id.RoleStreet && h.above()
}

func (h holder) near() bool { return h.relation == "own" || h.above() }

func (h holder) above() bool { return h.relation == "child" || h.relation == "below" }

// decides and sees are written from the design, not from the code.
func (h holder) decides() bool {
	return h.near() && slices.Contains([]id.Role{"secretary", "street", "county"}, h.role)
}

func (h holder) sees() bool {
	return h.decides() || h.near() && slices.Contains([]id.Role{"grid_leader", "grid_worker", "auditor"}, h.role)
}

// hidden is what somebody is told about a matter that is not public.
func (h holder) hidden(allowed int) int {
	switch {
	case h.decides():
		return allowed
	case h.sees():
		return 403
	}
	return 404
}

func when(yes bool, otherwise int) int {
	if yes {
		return 200
	}
	return otherwise
}

// scene is a matter on which an operation is tried.
type scene struct {
	ids   map[string]string
	query string
	body  any
}

type right struct {
	scene func(w *apptest.Town) scene
	want  func(h holder) int
}

// rights says of every operation what everybody is told.
func rights() map[string]right {
	turn := 0
	member := func() string { turn++; return fmt.Sprintf("member-%d", turn%60+1) }
	wish := func(get func(w *apptest.Town) string, body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene { return scene{ids: map[string]string{"wishId": get(w)}, body: body} }
	}
	claim := func(get func(w *apptest.Town) (string, string), body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			wish, claim := get(w)
			return scene{ids: map[string]string{"wishId": wish, "claimId": claim}, body: body}
		}
	}
	post := func(w *apptest.Town) string { return w.Post() }
	open := func(w *apptest.Town) string { return w.Open() }
	requested := func(w *apptest.Town) (string, string) { return w.Claimed(member()) }
	approved := func(w *apptest.Town) (string, string) { return w.Approved(member()) }
	delivered := func(w *apptest.Town) (string, string) { return w.Delivered(member()) }
	fulfilled := func(w *apptest.Town) (string, string) { return w.Fulfilled(member()) }
	plain := func(body any, query string) func(*apptest.Town) scene {
		return func(*apptest.Town) scene { return scene{body: body, query: query} }
	}
	everybody := func(status int) func(holder) int { return func(holder) int { return status } }
	atHome := func(w *apptest.Town) scene { return scene{query: "?nodeId=" + w.Home.String()} }
	staff := func(h holder) int { return when(h.sees(), 403) }
	insider := func(h holder) int { return when(h.sees(), 404) }
	stranger := func(h holder) int { // neither owner nor claimant
		if h.sees() {
			return 403
		}
		return 404
	}
	draft := func(w *apptest.Town) map[string]any { return apptest.Draft(w.Home) }
	edited := func(w *apptest.Town) scene {
		d := draft(w)
		delete(d, "nodeId")
		return scene{ids: map[string]string{"wishId": w.Post()}, body: d}
	}
	report := func(w *apptest.Town) scene { // each by another person: three a month is the most
		id := reportIn(w, newcomer(w), "赵德顺").Want(201).Text("id")
		return scene{ids: map[string]string{"membershipId": id}, body: map[string]any{"decision": "approve"}}
	}
	reported := func(w *apptest.Town) scene {
		s := report(w)
		w.Call("secretary", "POST", "/api/v1/memberships/"+s.ids["membershipId"]+"/review", s.body).Want(200)
		s.body = map[string]any{"reason": "不是本单位的人"}
		return s
	}
	gift := func(w *apptest.Town) scene {
		return scene{body: map[string]any{"userId": w.People[member()], "role": "building_head", "nodeId": w.Grid}}
	}
	given := func(w *apptest.Town) scene {
		a := give(w, "county", member(), "unit_head", w.Grid).Want(201)
		return scene{ids: map[string]string{"grantId": a.Text("id")}, body: map[string]any{"reason": "调动"}}
	}
	deputy := func(w *apptest.Town) scene {
		person := member()
		employ(w, person)
		return scene{body: map[string]any{"deputyId": w.People[person], "nodeId": w.Home, "from": "2026-03-11", "until": "2026-03-11"}}
	}
	accepted := map[string]any{"accepted": true}
	all := map[string]right{
		"createSession":        {plain(map[string]any{"code": "demo-resident"}, ""), everybody(201)},
		"deleteCurrentSession": {plain(nil, ""), everybody(204)},
		"deleteMe":             {plain(nil, ""), everybody(204)}, // but for who must hand over first, see below
		"exportMe":             {plain(nil, "?format=xlsx"), everybody(200)},
		"getMyDeletion":        {plain(nil, ""), everybody(200)},
		"listMySessions":       {plain(nil, ""), everybody(200)},
		"getMySubscriptions":   {plain(nil, ""), everybody(200)},
		"acceptMessages":       {plain(doc{"templates": []string{"another-template"}}, ""), everybody(204)},
		"getPolicies":          {plain(nil, ""), everybody(200)},
		"listMyConsents":       {plain(nil, ""), everybody(200)},
		"agree":                {plain(doc{"document": "privacy", "version": "2026-11-26"}, ""), everybody(204)},
		"endMyOtherSessions":   {plain(nil, ""), everybody(204)},
		"endMySession": {func(*apptest.Town) scene { return scene{ids: map[string]string{"sessionId": "nobodyhas_it"}} },
			everybody(204)},
		"getReview": {plain(nil, ""), everybody(200)},
		"createReviewSession": {func(w *apptest.Town) scene {
			return scene{body: map[string]any{"code": reviewCodes(w)[review.Resident]}}
		}, everybody(201)},
		"getMe":           {plain(nil, ""), everybody(200)},
		"updateMe":        {plain(map[string]any{"elderView": true}, ""), everybody(200)},
		"getMyContact":    {plain(nil, ""), everybody(200)},
		"forgetMyContact": {plain(nil, ""), everybody(204)},
		"keepMyContact": {plain(map[string]any{"name": "刘秀兰", "phone": "13800001234", "address": "3 栋"}, ""),
			everybody(200)},
		"listMyTodos": {plain(nil, ""), everybody(200)},
		"getMyNumber": {plain(nil, ""), everybody(200)},
		"findPerson": {func(w *apptest.Town) scene {
			return scene{query: "?number=" + w.Call("resident", "GET", "/api/v1/me/number", nil).Want(200).Text("number")}
		}, func(h holder) int {
			return when(h.role == "secretary" || h.role == "street" || h.role == "county", 403)
		}},
		"setMyPhone":         {plain(map[string]any{"code": "spent"}, ""), everybody(422)},
		"listInbox":          {plain(nil, ""), everybody(200)},
		"readInbox":          {plain(map[string]any{"upTo": "1"}, ""), everybody(200)},
		"getMyPoints":        {plain(nil, ""), everybody(200)},
		"listMyPointEntries": {plain(nil, ""), everybody(200)},
		"listNodes":          {plain(nil, "?kind=street"), everybody(200)},
		"getStats":           {plain(nil, ""), everybody(200)},
		"listCategories":     {plain(nil, ""), everybody(200)},
		"listColleagues":     {plain(nil, ""), everybody(200)},
		"listWishes":         {plain(nil, ""), everybody(200)},
		"getLeaderboard":     {plain(nil, ""), everybody(200)},
		"createMedia":        {plain(apptest.Picture(1), ""), everybody(201)},
		"getUnitDeeds": {func(w *apptest.Town) scene {
			return scene{ids: map[string]string{"nodeId": w.Unit.String()}, query: "?period=2026Q1"}
		}, func(h holder) int { return when(h.decides() || h.near() && h.role == id.RoleAuditor, 403) }},
		"getOversight": {func(w *apptest.Town) scene { return scene{query: "?nodeId=" + w.Home.String()} }, func(h holder) int {
			return when(h.near() && slices.Contains([]id.Role{"street", "county", "auditor"}, h.role), 403)
		}},
		"listReadsBelow": {func(w *apptest.Town) scene { return scene{query: "?nodeId=" + w.Home.String()} }, func(h holder) int {
			return when(h.near() && slices.Contains([]id.Role{"county", "auditor"}, h.role), 403)
		}},
		"getMedia": {func(*apptest.Town) scene { // the address is the right
			return scene{ids: map[string]string{"file": "0", "size": "full"}}
		}, everybody(404)},
		"createWish": {func(w *apptest.Town) scene { return scene{body: draft(w)} }, everybody(201)},
		"createMembership": {func(w *apptest.Town) scene {
			return scene{body: map[string]any{"nodeId": w.Home, "unitId": w.Unit, "realName": "王"}} // too short a name
		}, everybody(422)},
		"decideApprovals": {func(*apptest.Town) scene { // what each of the staff may is told item by item
			return scene{body: map[string]any{"items": []map[string]any{{"kind": "wish", "id": "7", "decision": "publish"}}}}
		}, func(h holder) int { return when(h.role.Records(), 403) }},
		"listMemberships": {plain(nil, ""), func(h holder) int {
			h.relation = "own" // wherever it is
			return when(h.sees() || h.role == id.RoleUnitLiaison, 403)
		}},
		"listClaims":    {plain(nil, ""), func(h holder) int { h.relation = "own"; return when(h.sees(), 403) }},
		"listApprovals": {plain(nil, ""), func(h holder) int { return when(h.role.Records(), 403) }},

		"listGrants":        {atHome, staff},
		"exportLeaderboard": {atHome, staff},
		"createGrant":       {gift, func(h holder) int { return map[bool]int{true: 201, false: 403}[h.decides()] }},
		"endGrant":          {given, func(h holder) int { return h.hidden(200) }},
		"createDelegation": {deputy, func(h holder) int {
			return map[bool]int{true: 201, false: 403}[h.role == "secretary" && h.relation == "own"]
		}},
		"reviewMembership": {report, func(h holder) int { return h.hidden(200) }},
		"leaveMembership":  {report, everybody(404)},
		"endMembership":    {reported, func(h holder) int { return h.hidden(200) }},
		"getMembership":    {report, func(h holder) int { return when(h.sees(), 404) }},
		"getRealName": {func(w *apptest.Town) scene {
			s := report(w)
			s.body = nil
			return s
		}, func(h holder) int { return h.hidden(200) }},

		"getWish":    {wish(post, nil), insider},
		"reviewWish": {wish(post, map[string]any{"decision": "publish"}), func(h holder) int { return h.hidden(200) }},
		"editWish":   {edited, stranger},
		"attachWish": {func(w *apptest.Town) scene {
			d := draft(w)
			d["onBehalf"] = map[string]any{"consent": "oral", "note": "上门时老人口头同意"}
			id := w.Call("grid", "POST", "/api/v1/wishes", d).Want(201).Text("id")
			return scene{ids: map[string]string{"wishId": id}, body: map[string]any{"userId": w.People["resident-2"]}}
		}, func(h holder) int { return h.hidden(200) }},
		"withdrawWish":     {wish(open, nil), everybody(403)},
		"claimWish":        {wish(open, nil), everybody(403)},
		"listContactReads": {wish(open, nil), everybody(403)},
		"getWishContact": {func(w *apptest.Town) scene {
			return scene{ids: map[string]string{"wishId": w.Open()}, query: "?reason=核实"}
		}, func(h holder) int { return when(h.decides(), 403) }},

		"getClaim":     {claim(requested, nil), insider},
		"reviewClaim":  {claim(requested, map[string]any{"decision": "approve"}), func(h holder) int { return h.hidden(200) }},
		"acceptClaim":  {claim(requested, nil), everybody(404)},
		"releaseClaim": {claim(approved, nil), stranger},
		"deliverClaim": {claim(approved, map[string]any{"note": "办好了"}), stranger},
		"confirmClaim": {claim(delivered, accepted), stranger},
		"thankClaim":   {claim(fulfilled, map[string]any{"rating": 5}), everybody(404)},
		"undoClaim":    {claim(fulfilled, map[string]any{"reason": "点错了"}), func(h holder) int { return h.hidden(200) }},
		"missCall": {claim(delivered, nil), func(h holder) int { // the owner still has time to say so themself
			return map[bool]int{true: 403, false: 404}[h.near() && (h.role.Records() || h.role == "auditor")]
		}},
	}
	maps.Copy(all, teamRights())
	return all
}

// holders are people who hold each role at each relation to Home, and the county's at its own node.
func holders(t *testing.T, w *apptest.Town) []holder {
	t.Helper()
	var all []holder
	add := func(role id.Role, relation string, node id.Node) {
		code := w.WeChat.NewCode(string(role) + "-" + relation)
		a := w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": code}).Want(201)
		h := holder{role: role, relation: relation, token: a.Text("token")}
		must(t, h.person.UnmarshalText([]byte(a.Text("user", "id"))))
		must(t, w.App.DB.Tx(t.Context(), func(tx *mysql.Tx) error {
			_, err := grant.Add(tx, h.person, grant.Grant{Role: role, NodeID: node, From: tx.Now()})
			return err
		}))
		all = append(all, h)
	}
	for _, role := range id.Roles() {
		add(role, "own", w.Home)
		add(role, "child", w.Street)
		add(role, "sibling", w.Sister)
		add(role, "foreign", w.Far)
	}
	add(id.RoleCounty, "below", w.County)
	return all
}

// Every operation of the contract, tried by the holder of every role at the own
// node, above, beside and far away, answers what the table says; no operation is
// left out. make test tries a part of the holders, another with each operation.
func TestRightsOfEveryRole(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 60)
	doc, err := api.Load()
	must(t, err)
	all, table, cells := holders(t, w), rights(), 0
	maps.Copy(table, complaintRights())
	maps.Copy(table, needRights())
	maps.Copy(table, visitRights())
	maps.Copy(table, offerRights())
	maps.Copy(table, agreementRights())
	maps.Copy(table, projectRights())
	maps.Copy(table, brandRights())
	maps.Copy(table, certificateRights())
	table["updateNode"] = right{func(w *apptest.Town) scene {
		return scene{ids: map[string]string{"nodeId": w.Home.String()}, body: map[string]any{"servicePhone": "0435-5226001"}}
	}, func(h holder) int { return when(h.decides(), 403) }}
	maps.Copy(table, attendanceRights())
	maps.Copy(table, serviceRights())
	maps.Copy(table, objectionRights())
	maps.Copy(table, caseRights())
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			r, stated := table[op.OperationID]
			if !stated {
				t.Errorf("what each role is told of %s is not stated", op.OperationID)
				continue
			}
			if op.OperationID == "deleteCurrentSession" || op.OperationID == "deleteMe" {
				continue // below: they end the sessions that the others need
			}
			s := r.scene(w)
			for i, h := range all {
				if !devstack.IsWhole() && !h.tried(i+len(op.OperationID)) {
					continue
				}
				a := w.Send(h.token, method, s.fill(path), s.body)
				if want := r.want(h); a.Status != want {
					t.Errorf("%s by a %s whose node is %s: %d, want %d: %s", op.OperationID, h.role, h.relation, a.Status, want, a.Raw)
				}
				if cells++; a.Status < 300 && method != "GET" {
					s = r.scene(w)
				}
			}
		}
	}
	for i, h := range all {
		if i%2 == 0 {
			w.Send(h.token, "DELETE", "/api/v1/sessions/current", nil).Want(204)
			w.Send(h.token, "GET", "/api/v1/me", nil).Refused(401, "unauthenticated")
			continue
		}
		switch a := w.Send(h.token, "DELETE", "/api/v1/me", nil); {
		case a.Status == 409 && slices.Contains(id.Deciders(), h.role):
			a.Refused(409, "hand_over_first") // nobody else decides there
			w.Send(h.token, "DELETE", "/api/v1/sessions/current", nil).Want(204)
		default:
			a.Want(204)
		}
		w.Send(h.token, "GET", "/api/v1/me", nil).Refused(401, "unauthenticated")
		cells++
	}
	t.Logf("%d cells", cells)
}

func (s scene) fill(path string) string {
	for name, value := range s.ids {
		path = strings.ReplaceAll(path, "{"+name+"}", value)
	}
	return "/api/v1" + path + s.query
}
