package doctor_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/content"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	sqlfiles "xinyuan/sql"
)

// everyNoun is a town in which each noun has a matter.
func everyNoun(t *testing.T) *apptest.Town {
	t.Helper()
	w := apptest.NewTown(apptest.New(t), 3)
	_, claim := w.Approved("member-1")
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "办好了"}).Want(200)
	w.Call("resident", "POST", "/api/v1/complaints", map[string]any{
		"kind": "suggestion", "nodeId": w.Home, "text": "多装一盏灯",
	}).Want(201)
	w.Call("county", "PATCH", "/api/v1/nodes/"+w.Home.String(), map[string]any{"servicePhone": "0435-5226001"}).Want(200)
	team, activity := w.Announced("member-1", 1)
	w.Enlist("member-1", team, "resident")
	w.Guest("member-1", team, "resident-2")
	w.OnBehalf("grid", "13900000001")
	rejected := w.Post()
	w.Call("secretary", "POST", "/api/v1/wishes/"+rejected+"/review", map[string]any{
		"decision": "reject", "reason": "请写清楚一点",
	}).Want(200)
	w.Call("resident", "POST", "/api/v1/activities/"+activity+"/signups", nil).Want(201)
	w.Clocks.Business.Advance(48 * time.Hour)
	w.AddWithoutPhone("member-1", w.Squad("member-1"), "elder", "老刘")
	w.Served("elder", 5*time.Hour, 60, "清雪")
	w.Served("member-3", 5*time.Hour, 60, "清雪")
	w.Clocks.Business.Advance(time.Hour)
	w.Call("street", "POST", "/api/v1/volunteers/"+w.People["elder"].String()+"/joins", map[string]any{
		"userId": w.People["member-2"], "reason": "本人来了",
	}).Want(201)
	record := w.Call("member-3", "GET", "/api/v1/service-records", nil).Want(200).Text("items", 0, "id")
	w.Call("member-3", "POST", "/api/v1/objections", map[string]any{"recordId": record, "text": "不止这些"}).Want(201)
	w.Call("member-3", "POST", "/api/v1/me/certificates", map[string]any{
		"from": "2026-03-01", "until": w.Clocks.Business.Now().Format("2006-01-02"), "show": []string{},
	}).Want(201)
	w.Call("member-2", "PATCH", "/api/v1/me", map[string]any{"displayName": "代开发票"}).Want(200)
	w.Grant("member-3", id.RoleResponder, w.Unit)
	need := w.Call("resident", "POST", "/api/v1/needs", map[string]any{
		"nodeId": w.Home, "category": "roads", "place": "3 号楼下", "text": "井盖松了",
		"contact": map[string]any{"name": apptest.Name, "phone": apptest.Phone, "address": apptest.Address},
	}).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/needs/"+need+"/review", map[string]any{"decision": "accept"}).Want(200)
	w.Call("secretary", "POST", "/api/v1/assignments", map[string]any{
		"needId": need, "to": []any{map[string]any{"nodeId": w.Unit, "kind": "lead"}}, "what": "换井盖", "term": "ordinary",
	}).Want(201)
	w.Call("member-3", "POST", "/api/v1/admissions", map[string]any{
		"unitId": w.Unit, "nodeId": w.Home, "what": "劝导夜市", "reason": "人手不够",
		"from":  w.Clocks.Business.Now().AddDate(0, 3, 0).Format(time.DateOnly),
		"until": w.Clocks.Business.Now().AddDate(0, 5, 0).Format(time.DateOnly),
	}).Want(201)
	w.Grant("member-2", id.RoleAreaLeader, w.Street)
	w.Call("resident", "POST", "/api/v1/visit-invitations", map[string]any{
		"nodeId": w.Home, "place": "3 号楼", "subject": "停车的事",
	}).Want(201)
	start := clock.Day(w.Clocks.Business.Now()).AddDate(0, 0, 1).Add(9 * time.Hour)
	offer := w.Call("unit", "POST", "/api/v1/offers", map[string]any{
		"hostId": w.Unit, "kind": "venue", "name": "会议室", "place": "一楼", "seats": 1, "people": 30, "slots": 4, "asked": true,
		"audiences": []string{"resident"},
		"hours":     []any{map[string]any{"weekday": int(start.Weekday()+6)%7 + 1, "fromMinute": 480, "untilMinute": 1200}},
	}).Want(201).Text("id")
	w.Call("unit", "POST", "/api/v1/offers/"+offer+"/opening", nil).Want(200)
	w.Call("resident", "POST", "/api/v1/offers/"+offer+"/bookings", map[string]any{
		"audience": "resident", "people": 3, "startsAt": start.UTC(), "endsAt": start.Add(time.Hour).UTC(),
	}).Want(201)
	agreed := w.Call("secretary", "POST", "/api/v1/agreements", map[string]any{
		"nodeId": w.Home, "unitId": w.Unit, "year": 2026,
		"lines": []any{map[string]any{"kind": "post", "text": "每月来两个人", "quantity": 20, "quarter": 4}},
	}).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/agreements/"+agreed+"/offer", nil).Want(200)
	planProject(w)
	planBrand(w)
	w.CheckTexts()
	w.Healthy()
	return w
}

// nouns are those that doctor compares with the register.
func nouns(db *mysql.DB) (all []string) {
	for _, name := range db.Names() {
		if noun, ok := strings.CutSuffix(name, "_register"); ok {
			all = append(all, strings.TrimPrefix(noun, "doctor."))
		}
	}
	return all
}

// emptyRegister takes away what the register has of the nouns that the migration fills in; others came later.
func emptyRegister(t *testing.T, db *mysql.DB, nouns []string, migration string) {
	t.Helper()
	for _, noun := range nouns {
		for _, table := range []string{"matter_parties", "matter_turns", "matters"} {
			if strings.Contains(migration, "'"+noun+"'") {
				plant(t, db, "DELETE FROM "+table+" WHERE noun = '"+noun+"'")
			}
		}
	}
}

// A row of the register that is gone, or says one thing that its matter does not, is found for every noun; and what
// the migration fills in for a database of before is what the steps write.
func TestPlantedDifferencesOfTheRegister(t *testing.T) {
	t.Parallel()
	w := everyNoun(t)
	all := nouns(w.App.DB)
	placed := slices.DeleteFunc(slices.Clone(all), func(noun string) bool { return noun == "user" || noun == "signup" })
	if len(all) < 15 || len(placed) != len(all)-2 {
		t.Fatalf("got the nouns %q", all)
	}
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	const says = "is not what the register says"
	const elsewhere = "(SELECT MAX(n.id) FROM nodes n WHERE n.id <> COALESCE(m.node_id, 0) AND n.id <> COALESCE(m.desk_id, 0))"
	for name, c := range map[string]struct {
		plant string
		nouns []string
	}{
		"gone":    {"DELETE FROM matter_parties; DELETE FROM matter_turns; DELETE FROM matters", all},
		"of":      {"UPDATE matters SET of_noun = 'user', of_id = 7", all},
		"number":  {"UPDATE matters SET number = '9'", all},
		"title":   {"UPDATE matters SET title = 'x'", all},
		"node":    {"UPDATE matters m SET m.node_id = " + elsewhere, all},
		"desk":    {"UPDATE matters m SET m.desk_id = " + elsewhere + " WHERE m.node_id IS NOT NULL", placed},
		"status":  {"UPDATE matters SET status = 'x'", all},
		"version": {"UPDATE matters SET version = version + 1", all},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := copied(t, w.World, copies)
			for statement := range strings.SplitSeq(c.plant, "; ") {
				plant(t, db, statement)
			}
			found := findings(t, w.World, db, "register")
			for _, noun := range c.nouns {
				if !slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, noun+" ") && strings.HasSuffix(f, says) }) {
					t.Errorf("doctor does not find it of a %s", noun)
				}
			}
		})
	}
	t.Run("unknown", func(t *testing.T) {
		t.Parallel()
		db := copied(t, w.World, copies)
		plant(t, db, "INSERT INTO matters (noun, id, status, version) VALUES ('wish', 7, 'open', 1)")
		if !finds(t, w.World, db, "register", "wish 7: ") {
			t.Error("doctor does not find it")
		}
	})
	t.Run("filled by the migrations", func(t *testing.T) {
		t.Parallel()
		db := copied(t, w.World, copies)
		for i, name := range []string{
			"00191_matters_of_before.sql", "00193_turns_of_before.sql", "00222_desks_of_before.sql", "00223_parties_of_before.sql",
		} {
			text, err := sqlfiles.Migrations.ReadFile("migrations/" + name)
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				emptyRegister(t, db, all, string(text))
			}
			phones := "(SELECT k.phone_lookup FROM contacts k WHERE k.noun = 'wish' AND k.id = w.id)" // where they are since
			plant(t, db, strings.ReplaceAll(strings.TrimPrefix(string(text), "-- +goose Up\n"), "w.contact_phone_lookup", phones))
		}
		if finds(t, w.World, db, "register", "") {
			t.Error("the migration fills in something else than the steps write")
		}
		for name, lost := range map[string]string{
			"00430_the_register_is_all_there.sql": "UPDATE matters SET status = 'lost' WHERE noun = 'wish'",
			"00431_parties_are_all_there.sql":     "DELETE FROM matter_parties WHERE noun = 'claim'",
		} {
			text, err := sqlfiles.Migrations.ReadFile("migrations/" + name)
			if err != nil {
				t.Fatal(err)
			}
			plant(t, db, string(text)) // and finds all of it there
			plant(t, db, lost)
			if _, err := db.Pool().ExecContext(t.Context(), string(text)); err == nil {
				t.Errorf("%s does not notice %s", name, lost)
			}
		}
	})
}

// A turn that is gone, or is not what its matter waits for, is found for every noun that has turns.
func TestPlantedTurns(t *testing.T) {
	t.Parallel()
	w := everyNoun(t)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	for name, c := range map[string]struct {
		plant string
		says  string
	}{
		"turns gone":    {"DELETE FROM matter_turns", "does not say so"},
		"turns since":   {"UPDATE matter_turns SET since = '2020-01-01'", "does not say so"},
		"turns open":    {"UPDATE matter_turns SET opens_at = '2020-01-01'", "does not say so"},
		"turns due":     {"UPDATE matter_turns SET due = '2020-01-01'", "does not say so"},
		"turns asked":   {"UPDATE matter_turns SET asker_id = 7", "does not say so"},
		"turns of else": {"UPDATE matter_turns SET person_id = 7, team_id = NULL, desk_id = NULL", "and it does not"},
		"turns in part": {"UPDATE matter_turns SET part = 'member'", "and it does not"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := copied(t, w.World, copies)
			plant(t, db, c.plant)
			found := findings(t, w.World, db, "register")
			for _, noun := range []string{"activity", "claim", "wish", "team_member"} {
				if !slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, noun+" ") && strings.HasSuffix(f, c.says) }) {
					t.Errorf("doctor does not find it of a %s", noun)
				}
			}
		})
	}
}

// What waits at another desk than its noun says is found, and a party who is gone, is another, or is one in another way.
func TestPlantedDesksAndParties(t *testing.T) {
	t.Parallel()
	w := everyNoun(t)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	const unsaid, unknown = "and the register does not say so", "or it does not wait"
	for name, c := range map[string]struct {
		plant, says string
		nouns       []string
	}{
		"another desk": {"UPDATE matter_turns t SET t.desk_id = (SELECT MAX(n.id) FROM nodes n WHERE n.id <> t.desk_id) WHERE t.desk_id IS NOT NULL",
			"does not say so", []string{"wish", "claim", "complaint", "objection", "case"}},
		"no parties":        {"DELETE FROM matter_parties", unsaid, []string{"wish", "claim", "complaint", "objection", "case"}},
		"not personal":      {"UPDATE matter_parties SET is_personal = NOT is_personal", unsaid, []string{"wish", "claim", "complaint", "objection", "case"}},
		"another person":    {"UPDATE matter_parties SET person_id = person_id + 1 WHERE person_id <> 0 ORDER BY person_id DESC", unknown, []string{"wish", "claim", "complaint", "objection", "case"}},
		"another phone":     {"UPDATE matter_parties SET phone_lookup = 'x' WHERE phone_lookup IS NOT NULL", unsaid, []string{"wish"}},
		"nothing to decide": {"INSERT INTO matter_parties (noun, id, person_id, is_personal) SELECT m.noun, m.id, 7, 0 FROM matters m WHERE m.noun = 'team' LIMIT 1", unknown, []string{"team"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := copied(t, w.World, copies)
			plant(t, db, c.plant)
			found := findings(t, w.World, db, "register")
			for _, noun := range c.nouns {
				if !slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, noun+" ") && strings.HasSuffix(f, c.says) }) {
					t.Errorf("doctor does not find it of a %s", noun)
				}
			}
		})
	}
}

// Where the list of tasks has somebody decide whom the rule does not, or keeps a matter from who may, doctor finds it;
// and each text that is shown though nothing has passed it.
func TestPlantedDeciders(t *testing.T) {
	t.Parallel()
	w := everyNoun(t)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	const decider = "(SELECT g.user_id FROM role_grants g WHERE g.role = 'county' LIMIT 1)"
	for name, c := range map[string]struct{ plant, says string }{
		"a party decides":    {"UPDATE complaints SET author_id = " + decider, "may be decided: false"},
		"a decider does not": {"UPDATE matter_parties SET person_id = " + decider + " WHERE noun = 'complaint' AND is_personal LIMIT 1", "may be decided: true"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := copied(t, w.World, copies)
			plant(t, db, c.plant)
			if !finds(t, w.World, db, "eligible", c.says) {
				t.Error("doctor does not find it")
			}
		})
	}
	t.Run("unseen texts", func(t *testing.T) {
		t.Parallel()
		findsUnseenTexts(t, w, copied(t, w.World, copies))
	})
	t.Run("held texts", func(t *testing.T) {
		t.Parallel()
		findsHeldTexts(t, w, copied(t, w.World, copies))
	})
}

// findsHeldTexts plants each text that may be held back, first waiting and then shown as well.
func findsHeldTexts(t *testing.T, w *apptest.Town, db *mysql.DB) {
	t.Helper()
	plant(t, db, "INSERT INTO visit_needs (visit_id, position, need_id) SELECT MIN(v.id), 3, MAX(n.id) FROM visits v, needs n")
	plant(t, db, "INSERT INTO offer_lines (offer_id, kind, position, text) SELECT MIN(id), 'rule', 0, '' FROM offers")
	plant(t, db, "INSERT INTO offer_stops (offer_id, position, name, place, seen, minutes) SELECT MIN(id), 0, '', '', '', 10 FROM offers")
	plant(t, db, "INSERT INTO contact_reads (id, noun, subject_id, part, reader_id, grant_id, read_at) "+
		"VALUES (1, 'wish', 1, 'owner', 1, 1, NOW())")
	const attended = "(SELECT MIN(id) FROM signups)"
	plant(t, db, "UPDATE service_records r JOIN signups s ON s.id = "+attended+" SET r.activity_id = s.activity_id, "+
		"r.user_id = s.user_id WHERE r.id = (SELECT MIN(id) FROM (SELECT id FROM service_records) q)")
	answered := func(noun string) string { return "(SELECT MAX(id) FROM events WHERE noun = '" + noun + "')" }
	answers := func(noun string) string {
		return "id = (SELECT subject_id FROM events WHERE id = " + answered(noun) + ")"
	}
	const own = "id = (SELECT subject_id FROM texts WHERE id = {n})"
	rows := []struct{ text, subject, table, column, where string }{
		{"user.display_name", "", "users", "display_name", own},
		{"team.name", "", "teams", "name", own}, {"team.intro", "", "teams", "intro", own},
		{"activity.title", "", "activities", "title", own}, {"activity.description", "", "activities", "description", own},
		{"activity.place_name", "", "activities", "place_name", own}, {"activity.skills", "", "activities", "skills", own},
		{"activity.health", "", "activities", "health", own}, {"claim.comment", "", "claims", "comment", own},
		{"claim.delivery_note", "", "claims", "delivery_note", own},
		{"signup.attendance", attended, "service_records", "note", "TRUE"},
		{"assignment.what", "", "assignments", "what", own}, {"assignment.clause", "", "assignments", "clause", own},
		{"admission.what", "", "admissions", "what", own}, {"visit.place", "", "visits", "place", own},
		{"visit.subject", "", "visits", "subject", own}, {"visit.with_whom", "", "visits", "with_whom", own},
		{"contact_read.reason", "", "contact_reads", "reason", own},
		{"need.text", "", "needs", "text", own}, {"need.place", "", "needs", "place", own},
		{"offer.name", "", "offers", "name", own}, {"offer.place", "", "offers", "place", own},
		{"offer.rule_0", "", "offer_lines", "text", "kind = 'rule' AND position = 0"},
		{"offer.matter_0", "", "offer_lines", "text", "kind = 'matter' AND position = 0"},
		{"offer.stop_name_0", "", "offer_stops", "name", "position = 0"}, {"offer.stop_place_0", "", "offer_stops", "place", "position = 0"},
		{"offer.stop_seen_0", "", "offer_stops", "seen", "position = 0"},
		{"agreement.line_0", "", "agreement_lines", "text", "position = 0"},
		{"project.title", "", "projects", "title", own}, {"project.text", "", "projects", "text", own},
		{"brand.name", "", "brands", "name", own}, {"brand.text", "", "brands", "text", own}, {"brand.for_whom", "", "brands", "for_whom", own},
		{"project.milestone_0", "", "project_milestones", "text", "position = 0"},
		{"booking.purpose", "", "bookings", "purpose", own}, {"booking.guest", "", "bookings", "guest", own},
		{"booking.instead", "", "bookings", "instead", own},
		{"visit.promise_3", "", "visit_needs", "promise", "position = 3"}, {"event.reason", "", "events", "reason", own},
		{"event.reason", answered("complaint"), "complaints", "answer", answers("complaint")},
		{"event.reason", answered("need"), "needs", "answer", answers("need")},
		{"event.reason", answered("assignment"), "assignments", "answer", answers("assignment")},
		{"event.reason", answered("objection"), "objections", "answer", answers("objection")},
	}
	plant(t, db, "INSERT INTO offer_lines (offer_id, kind, position, text) SELECT MIN(id), 'matter', 0, '社保' FROM offers")
	for i, row := range rows {
		noun, field, _ := strings.Cut(row.text, ".")
		subject := row.subject
		if subject == "" {
			table := map[string]string{
				"visit_needs": "visits", "offer_lines": "offers", "offer_stops": "offers", "agreement_lines": "agreements",
				"project_milestones": "projects",
			}[row.table]
			subject = "(SELECT MIN(id) FROM " + cmp.Or(table, row.table) + ")"
		}
		plant(t, db, fmt.Sprintf("INSERT INTO texts (id, noun, subject_id, field, body, is_held, is_queued, verdict, written_at) "+
			"VALUES (%d, '%s', %s, '%s', 'planted %[1]d', 1, 1, 'waiting', NOW())", i+1, noun, subject, field))
	}
	if finds(t, w.World, db, "texts", "is shown") {
		t.Error("what waits and is not shown is found")
	}
	for i, row := range rows {
		where := strings.ReplaceAll(row.where, "{n}", fmt.Sprint(i+1))
		plant(t, db, fmt.Sprintf("UPDATE %s SET %s = 'planted %d' WHERE %s", row.table, row.column, i+1, where))
		if !finds(t, w.World, db, "texts", fmt.Sprintf("text %d is shown", i+1)) {
			t.Errorf("doctor does not find %s in %s.%s", row.text, row.table, row.column)
		}
	}
	for _, name := range content.Shown() {
		isPlanted := slices.ContainsFunc(rows, func(row struct{ text, subject, table, column, where string }) bool {
			return row.text == name || strings.HasSuffix(name, "_") && strings.HasPrefix(row.text, name)
		})
		if noun, _, _ := strings.Cut(name, "."); !isPlanted && noun != "wish" && noun != "record" { // which stand at once
			t.Errorf("nobody plants %s", name)
		}
	}
	plant(t, db, "UPDATE texts SET verdict = 'refused', decided_at = NOW() WHERE noun = 'need' AND field = 'text'")
	if !finds(t, w.World, db, "texts", "is shown") {
		t.Error("doctor does not find what was refused and is shown")
	}
}

// findsUnseenTexts plants a text that waits of a wish that staff has still to show, and of one that everybody reads.
func findsUnseenTexts(t *testing.T, w *apptest.Town, db *mysql.DB) {
	t.Helper()
	for i, status := range []string{"submitted", "open"} {
		plant(t, db, fmt.Sprintf("INSERT INTO texts (id, noun, subject_id, field, body, is_held, is_queued, verdict, written_at) "+
			"SELECT %d, 'wish', MIN(id), 'title', 'planted', 0, 1, 'waiting', NOW() FROM wishes", i+1))
		plant(t, db, "UPDATE matters SET status = '"+status+"' WHERE noun = 'wish' ORDER BY id LIMIT 1")
		says := fmt.Sprintf("text %d waits for staff", i+1)
		if got := finds(t, w.World, db, "texts", says); got != (status == "open") {
			t.Errorf("of a wish that is %s: %t", status, got)
		}
	}
}
