package api_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// library is a town in which every list has something for several pages.
func library(t *testing.T) (w *apptest.Town, team, wish string) {
	t.Helper()
	w = apptest.NewTown(apptest.New(t, unsampled()...), 3)
	members := []string{"member-1", "member-2", "member-3"}
	for i, member := range members {
		w.Fulfilled("member-1")
		w.Fulfilled(member)
		w.Claimed("member-3")
		w.Open()
		w.Post()
		complain(w, "suggestion")
		for day := range members {
			w.Served(member, time.Duration(day+2)*aDay, 60, fmt.Sprint("清雪 ", i))
		}
		report := map[string]any{"nodeId": w.Home, "unitId": w.Unit, "realName": "李国强"}
		one := w.Call("resident-2", "POST", "/api/v1/memberships", report).Want(201).Text("id")
		w.Call("secretary", "POST", "/api/v1/memberships/"+one+"/review", map[string]any{"decision": "reject", "reason": "请写全称"}).Want(200)
		issue(w, "member-1", []string{"hours", "number", "content"}[:i]...)
		other := askFor(w, member, "")
		other["from"] = "2026-02-01"
		w.Call("secretary", "POST", "/api/v1/certificates", other).Want(201)
		team = w.Squad("member-1")
	}
	mine := w.Call("member-1", "GET", "/api/v1/service-records", nil).Want(200)
	for i, member := range members {
		w.Call("member-1", "POST", "/api/v1/objections", map[string]any{
			"recordId": mine.Text("items", i, "id"), "text": "我一直做到最后。",
		}).Want(201)
		if member != "member-1" {
			w.Enlist("member-1", team, member)
		}
		errand := w.Errand(team, 3)
		if i == 2 { // the last to be announced begins first
			begins := errand["startsAt"].(time.Time).Add(-time.Hour)
			errand["startsAt"], errand["endsAt"] = begins, begins.Add(time.Hour)
		}
		draft := w.Call("member-1", "POST", "/api/v1/activities", errand).Want(201).Text("id")
		w.Call("member-1", "POST", activities+draft+"/publication", nil).Want(200)
		w.Call("resident", "POST", activities+draft+"/signups", map[string]any{"overlap": true}).Want(201)
		w.Call("member-1", "POST", "/api/v1/activities", w.Errand(team, 3)).Want(201)
	}
	for _, asker := range []string{"resident", "resident-2", "grid"} {
		w.Call(asker, "POST", "/api/v1/teams/"+team+"/members", nil).Want(201)
	}
	wish, _ = w.Approved("member-2")
	w.Call("member-1", "PATCH", "/api/v1/teams/"+team, map[string]any{"name": "六合彩队", "intro": "裸聊"}).Want(200)
	w.Call("member-1", "PATCH", "/api/v1/me", map[string]any{"displayName": "代开发票"}).Want(200)
	for _, reader := range []string{"secretary", "street", "county"} {
		w.Call(reader, "GET", "/api/v1/wishes/"+wish+"/contact?reason=call", nil).Want(200)
	}
	return w, team, wish
}

// needed is a need that three people have read the contact of, among others that were whistled for.
func needed(w *apptest.Town) (need string) {
	w.T.Helper()
	w.Grant("member-1", id.RoleResponder, w.Unit)
	for range 3 {
		need, _ = whistled(w)
		w.Call("member-1", "POST", "/api/v1/admissions", permit(w, w.Unit)).Want(201)
	}
	w.Grant("member-1", id.RoleAreaLeader, w.Street)
	for range 3 {
		onVisit(w, "resident", invited(w, "resident").Want(201).Text("id"), "cancellation", doc{}).Want(200)
	}
	for range 3 {
		body := evening(w, 3)
		body["nodeId"] = w.Home
		w.Call("member-1", "POST", "/api/v1/visits", body).Want(201)
	}
	soon := evening(w, 0)
	soon["startsAt"] = w.Clocks.Business.Now().Add(time.Minute)
	held := invited(w, "resident").Want(201).Text("id")
	onVisit(w, "member-1", held, "schedule", soon).Want(200)
	w.Clocks.Business.Advance(2 * time.Minute)
	line := notes()["lines"].([]doc)[0]
	onVisit(w, "member-1", held, "holding", doc{"lines": []doc{line, line, line}}).Want(200)
	for range 3 {
		one := offered(w, "unit", hall(w))
		book(w, "resident", one, want(onDay(w, 1, 9, 0))).Want(201)
	}
	allied(w, "县妇联", "mass")
	allied(w, "县总工会", "mass")
	allied(w, "团县委", "mass")
	signed(w, served())
	next := changed(agreed(w, served()), "year", 2027)
	sister := changed(agreed(w, served()), "nodeId", w.Sister)
	for _, body := range []doc{next, sister, agreed(w, served())} { // each for another year or community; the last replaces the first
		one := w.Call("street", "POST", "/api/v1/agreements", body).Want(201).Text("id")
		onAgreement(w, "street", one, "offer", nil).Want(200)
		onAgreement(w, "unit", one, "signature", nil).Want(200)
	}
	settle(w)
	for range 3 {
		onProject(w, "secretary", matched(w), "release", doc{"reason": "再等等"}).Want(200)
		activeBrand(w)
	}
	w.AddUnit("县住建局", w.Street)
	importDuties(w, dutyList)
	for _, reader := range []string{"secretary", "street", "county"} {
		w.Call(reader, "GET", "/api/v1/needs/"+need+"/contact?reason=call", nil).Want(200)
	}
	return need
}

// Each operation of the contract that has a cursor pages to its end, one item at
// a time, with every item once and in its order, for whoever asks.
func TestEveryListPagesToItsEnd(t *testing.T) {
	w, team, wish := library(t)
	need := needed(w)
	_, vote := asked(w)
	home, street := "nodeId="+w.Home.String(), "nodeId="+w.Street.String()
	asked := map[string][]string{ // by operation: who asks for what
		"listMemberships":    {"secretary status=active", "secretary status=rejected", "resident-2 mine=true"},
		"listInbox":          {"member-1", "resident unread=true"},
		"listContactReads":   {"resident"},
		"listReadsBelow":     {"auditor", "county " + home},
		"listApprovals":      {"secretary", "secretary kind=wish", "secretary kind=claim&" + home},
		"listComplaints":     {"resident"},
		"listMyTexts":        {"member-1"},
		"listMyPointEntries": {"member-1"},
		"listTeams":          {"resident", "resident " + street, "member-1 mine=true"},
		"listTeamMembers":    {"member-1", "member-1 status=requested"},
		"listNeeds": {
			"resident scope=mine", "resident-2 scope=public", "secretary scope=desk", "street scope=desk&status=handling&" + home,
		},
		"listOffers":           {"resident scope=open", "resident scope=open&kind=venue&" + home, "unit scope=hosted"},
		"listCoBuilding":       {"resident list=resources", "resident list=needs&" + home, "resident list=projects", "unit list=resources&" + street},
		"listAlliance":         {"resident body=mass", "unit body=mass&" + street},
		"listRoll":             {"secretary", "grid"},
		"listBrands":           {"resident scope=public", "secretary scope=mine", "unit scope=mine"},
		"listProjects":         {"resident scope=open", "resident scope=public&" + street, "secretary scope=mine"},
		"listAgreements":       {"resident scope=signed", "secretary scope=mine", "unit scope=mine", "resident scope=signed&" + street},
		"listBookings":         {"resident scope=mine", "unit scope=hosted"},
		"listVisits":           {"member-1 scope=led", "resident scope=coming", "resident scope=coming&" + home, "resident scope=mine"},
		"listPromises":         {"member-1", "member-1 open=true"},
		"listAssignments":      {"secretary mine=sent", "member-1 mine=received"},
		"listDuties":           {"resident", "secretary"},
		"listAdmissions":       {"member-1", "secretary status=asked", "county"},
		"listNeedContactReads": {"resident"},
		"listActivities": {
			"resident", "resident " + home, "resident " + street, "resident mine=true", "resident teamId=" + team,
			"member-1 status=draft&teamId=" + team,
		},
		"listWishes": {
			"resident", "resident " + home, "resident " + street, "resident mine=true", "resident status=fulfilled",
			"resident q=水龙头", "secretary status=submitted&" + home,
		},
		"listClaims":         {"member-1 mine=true", "member-3 mine=true&status=requested", "secretary", "street status=confirmed"},
		"listObjections":     {"member-1 mine=true", "street", "street status=open"},
		"getLeaderboard":     {"resident period=all", "resident metric=minutes&period=all&" + home},
		"listMyCertificates": {"member-1"},
		"listCertificates":   {"secretary"},
		"listVolunteers":     {"secretary " + home},
		"listServiceRecords": {"member-1", "secretary mine=false&" + home, "secretary mine=false&status=credited&" + home},
	}
	w.Until("the points and minutes of all three on the boards", func() bool {
		return w.Call("resident", "GET", "/api/v1/leaderboards?period=all", nil).Want(200).Len("items") == 3 &&
			w.Call("resident", "GET", "/api/v1/leaderboards?metric=minutes&period=all", nil).Want(200).Len("items") == 3
	})
	doc, err := api.Load()
	must(t, err)
	for path, item := range doc.Paths.Map() {
		get := item.Get
		if get == nil || get.Parameters.GetByInAndName("query", "cursor") == nil {
			continue
		}
		if len(asked[get.OperationID]) == 0 {
			t.Errorf("%s has a cursor: say who asks for what, and have library write three of it", get.OperationID)
		}
		for _, one := range asked[get.OperationID] {
			persona, query, _ := strings.Cut(one, " ")
			readThrough(w, persona, "/api/v1"+strings.NewReplacer("{teamId}", team, "{wishId}", wish, "{needId}", need, "{ballotId}", vote).Replace(path)+"?"+query)
		}
	}
}

// readThrough reads a list by one and holds it against the list in one piece.
func readThrough(w *apptest.Town, persona, list string) {
	w.T.Helper()
	whole := w.Call(persona, "GET", list+"&limit=100", nil).Want(200)
	want, _ := whole.At("items").([]any)
	if len(want) < 3 || whole.At("nextCursor") != nil {
		w.T.Errorf("%s has %d items, and %q", list, len(want), whole.Text("nextCursor"))
	}
	var got []any
	for cursor := ""; len(got) <= len(want); {
		a := w.Call(persona, "GET", list+"&limit=1"+cursor, nil).Want(200)
		items, _ := a.At("items").([]any)
		if got = append(got, items...); a.Text("nextCursor") == "" {
			break
		}
		cursor = "&cursor=" + a.Text("nextCursor")
	}
	if !slices.EqualFunc(got, want, func(a, b any) bool { return reflect.DeepEqual(a, b) }) {
		w.T.Errorf("%s pages through\n%v\nof\n%v", list, got, want)
	}
}
