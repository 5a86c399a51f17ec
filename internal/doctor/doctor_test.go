package doctor_test

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/doctor"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

// A violation of each invariant is planted behind the program's back, and
// doctor finds it, under its name and with the row.
func TestPlantedViolations(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	open := w.Open()
	wish, claim := w.Approved("member-1")
	w.Call("member-1", "GET", "/api/v1/wishes/"+wish+"/contact", nil).Want(200)
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "办好了"}).Want(200)
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	reported := w.Call("member-1", "GET", "/api/v1/memberships?mine=true", nil).Want(200).Text("items", 0, "id")
	w.Call("secretary", "GET", "/api/v1/memberships/"+reported+"/name?claimId="+claim, nil).Want(200)
	complaint := w.Call("resident", "POST", "/api/v1/complaints", map[string]any{
		"kind": "complaint", "nodeId": w.Home, "text": "等了一周没有人核实",
	}).Want(201).Text("id")
	w.Call("street", "POST", "/api/v1/complaints/"+complaint+"/answer", map[string]any{"answer": "已经核实"}).Want(200)
	w.Until("the board follows", func() bool {
		return w.Call("member-1", "GET", "/api/v1/leaderboards", nil).Want(200).Len("items") == 1
	})
	photo, draft := w.Upload("resident"), apptest.Draft(w.Home)
	draft["photoIds"] = []string{photo}
	w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201)
	team, activity := w.Announced("member-1", 1)
	w.Enlist("member-1", team, "resident")
	w.Guest("member-1", team, "resident-2")
	w.Call("secretary", "POST", "/api/v1/team-members/"+w.Guest("member-1", team, "secretary")+"/acceptance", nil).Want(200)
	for _, p := range []string{"member-1", "resident", "resident-2", "secretary"} {
		w.Call(p, "POST", "/api/v1/activities/"+activity+"/signups", nil).Want(201)
	}
	w.Call("member-1", "DELETE", "/api/v1/activities/"+activity+"/signups/mine", nil).Want(204)
	w.Healthy()
	fill := strings.NewReplacer("{open}", open, "{wish}", wish, "{claim}", claim, "{photo}", photo, "{activity}", activity)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	for _, c := range []struct {
		check string
		plant []string // SQL; {wish} and {claim} are a confirmed pair, {open} is a wish in the hall
		names string   // what a finding must name
	}{
		{"live_claims", []string{"UPDATE wishes SET status = 'taken' WHERE id = {open}"}, "wish {open}"},
		{"live_claims", []string{"UPDATE claims SET status = 'approved' WHERE id = {claim}"}, "wish {wish}"},
		{"history", []string{"UPDATE wishes SET status = 'fulfilled' WHERE id = {open}"}, "wish {open}"},
		{"history", []string{"UPDATE claims SET status = 'released' WHERE id = {claim}"}, "claim {claim}"},
		{"history", []string{"UPDATE memberships SET status = 'left', ended_at = decided_at"}, "membership"},
		{"belonging", []string{"UPDATE memberships SET approved_at = approved_at - INTERVAL 1 DAY"}, "membership"},
		{"belonging", []string{"UPDATE memberships SET approval_grant_id = 7"}, "membership"},
		{"belonging", []string{"UPDATE memberships SET status = 'left', ended_at = decided_at"}, "membership"},
		{"history", []string{"DELETE FROM events WHERE noun = 'wish' AND subject_id = {open} AND version = 1"}, "wish {open}"},
		{"history", []string{"UPDATE events SET name = 'reopen' WHERE noun = 'claim' AND subject_id = {claim} AND version = 2"}, "claim {claim}"},
		{"balances", []string{"UPDATE points_accounts SET balance = balance + 1 WHERE kind = 'member'"}, "account"},
		{"causes", []string{"UPDATE points_transfers SET cause_event_id = 7"}, "transfer"},
		{"causes", []string{
			"UPDATE points_transfers t JOIN events e ON e.id = t.cause_event_id SET t.cause_rule = 'bonus', e.noun = 'need'",
		}, "transfer"},
		{"undos", []string{"INSERT INTO events (id, noun, subject_id, version, name, actor_id, from_status, to_status, reason, at) " +
			"SELECT 7, 'claim', id, 99, 'undo', claimant_id, 'confirmed', 'delivered', '', confirmed_at FROM claims WHERE id = {claim}"}, "event 7"},
		{"causes", []string{"UPDATE points_transfers SET cause_event_id = (SELECT id FROM events WHERE name = 'approve' AND noun = 'claim')"}, "transfer"},
		{"columns", []string{"UPDATE claims SET confirm_event_id = confirm_event_id + 1 WHERE id = {claim}"}, "claim {claim}"},
		{"columns", []string{"UPDATE claims SET approval_grant_id = 7 WHERE id = {claim}"}, "claim {claim}"},
		{"columns", []string{"UPDATE claims SET approved_by = claimant_id WHERE id = {claim}"}, "claim {claim}"},
		{"columns", []string{"UPDATE claims SET owner_undone_at = confirmed_at WHERE id = {claim}"}, "claim {claim}"},
		{"paid", []string{"UPDATE points_transfers SET amount = 9"}, "claim {claim}"},
		{"paid", []string{"DELETE FROM points_transfers"}, "claim {claim}"},
		{"boards", []string{"UPDATE board_months SET score = score + 1 LIMIT 1"}, "board points:"},
		{"boards", []string{"DELETE FROM board_months LIMIT 1"}, "board points:"},
		{"outbox", []string{"INSERT INTO outbox (id, topic, payload, created_at, available_at) VALUES (5, 'other', '{}', '2020-01-01', '2020-01-01')"}, "outbox 5"},
		{"history", []string{"UPDATE users SET version = 7 LIMIT 1"}, "user"},
		{"history", []string{"UPDATE role_grants SET status = 'ended' LIMIT 1"}, "grant"},
		{"inbox", []string{"DELETE FROM inbox WHERE part = 'owner' ORDER BY event_id DESC LIMIT 1"}, "not told"},
		{"inbox", []string{"INSERT INTO inbox (user_id, event_id, part) SELECT 7, e.id, 'decider' FROM events e WHERE e.noun = 'claim' LIMIT 1"}, "does not concern"},
		{"inbox", []string{"INSERT INTO inbox (user_id, event_id, part) SELECT g.user_id, e.id, 'decider' FROM events e JOIN role_grants g ON g.role = 'county' WHERE e.noun = 'wish' AND e.name = 'create' LIMIT 1"}, "does not concern"},
		{"places", []string{"UPDATE nodes SET service_phone = '12345', version = version + 1 WHERE kind = 'county'"}, "node"},
		{"history", []string{"UPDATE complaints SET status = 'closed'"}, "complaint"},
		{"columns", []string{"UPDATE complaints SET answer = CONCAT(answer, '。')"}, "another answer"},
		{"inbox", []string{"DELETE FROM inbox WHERE event_id = (SELECT id FROM events WHERE name = 'answer')"}, "not told"},
		{"answers", []string{"UPDATE events SET actor_id = (SELECT author_id FROM complaints) WHERE name = 'answer'"}, "answer"},
		{"answers", []string{"UPDATE events SET grant_id = (SELECT id FROM role_grants WHERE role = 'secretary' LIMIT 1) WHERE name = 'answer'"}, "answer"},
		{"answers", []string{"INSERT INTO complaint_parties (complaint_id, user_id) SELECT subject_id, actor_id FROM events WHERE name = 'answer'"}, "answer"},
		{"media", []string{"UPDATE media SET owner_id = 7"}, "picture {photo} has no owner"},
		{"media", []string{"UPDATE media SET subject_id = 7"}, "picture {photo} belongs"},
		{"media", []string{"UPDATE media SET noun = 'claim'"}, "picture {photo} belongs"},
		{"media", []string{"UPDATE media SET noun = 'service_record'"}, "picture {photo} belongs"},
		{"media", []string{"UPDATE media SET status = 'waiting', noun = NULL, subject_id = NULL, attached_at = NULL, created_at = created_at - INTERVAL 9 DAY"}, "picture {photo} is nobody's"},
		{"media", []string{"UPDATE media SET file = REVERSE(file)"}, "picture {photo} has lost its files"},
		{"history", []string{"UPDATE teams SET status = 'closed'"}, "team"},
		{"history", []string{"UPDATE team_members SET status = 'left' WHERE role = 'member'"}, "team_member"},
		{"history", []string{"UPDATE activities SET version = 7"}, "activity {activity}"},
		{"history", []string{"UPDATE signups SET status = 'attended' WHERE status = 'confirmed'"}, "signup"},
		{"leaders", []string{"UPDATE team_members SET role = 'member'"}, "team"},
		{"leaders", []string{"UPDATE team_members SET status = 'active' WHERE status = 'invited'"}, "has not accepted"},
		{"leaders", []string{"UPDATE team_members SET inviter_id = user_id WHERE status = 'invited'"}, "has not accepted"},
		{"leaders", []string{"UPDATE events SET actor_id = 7 WHERE noun = 'team_member' AND name = 'accept'"}, "has not accepted"},
		{"inbox", []string{"DELETE FROM inbox WHERE part = 'invited'"}, "not told"},
		{"inbox", []string{"UPDATE inbox SET user_id = 7 WHERE part = 'invited'"}, "does not concern"},
		{"signups", []string{"UPDATE activities SET confirmed = confirmed + 1, quota = quota + 5"}, "activity {activity}"},
		{"signups", []string{"UPDATE activities SET waiting = 0"}, "activity {activity}"},
		{"signups", []string{"UPDATE activities SET quota = 9"}, "activity {activity}"},
		{"signups", []string{"UPDATE signups SET place = 99 WHERE status = 'confirmed'"}, "signup"},
		{"inbox", []string{"DELETE FROM inbox WHERE part = 'volunteer'"}, "not told"},
		{"inbox", []string{"UPDATE inbox SET user_id = 7 WHERE part = 'volunteer'"}, "does not concern"},
		{"inbox", []string{"UPDATE inbox SET user_id = 7 WHERE part = 'leader'"}, "does not concern"},
		{"rosters", []string{"UPDATE memberships SET roster_slot = NULL"}, "membership"},
		{"rosters", []string{"UPDATE memberships SET roster_slot = 9"}, "membership"},
		{"rosters", []string{"DELETE FROM roster"}, "membership"},
		{"rosters", []string{"UPDATE memberships SET name_lookup = NULL"}, "rebuild names"},
		{"name_reads", []string{"UPDATE name_reads SET reader_id = 7"}, "name read"},
		{"name_reads", []string{"UPDATE name_reads SET read_at = '2020-01-01'"}, "name read"},
		{"name_reads", []string{"UPDATE name_reads SET claim_id = {wish}"}, "name read"},
		{"contacts", []string{"DELETE FROM contacts"}, "wish {open} has no contact"},
		{"accounts", []string{"UPDATE users SET status = 'deleted' WHERE display_name = 'resident'"}, "something of theirs is left"},
		{"accounts", []string{"UPDATE users SET status = 'leaving', left_at = '2020-01-01' WHERE display_name = 'resident'"}, "is leaving for more than"},
		{"contacts", []string{"UPDATE contacts SET helper = name"}, "wish {wish} has no contact, or one of a helper"},
		{"contacts", []string{"UPDATE contacts SET noun = 'need'"}, "is nobody's"},
		{"contact_reads", []string{"UPDATE contact_reads SET reader_id = 7"}, "contact read"},
		{"contact_reads", []string{"UPDATE contact_reads SET read_at = '2020-01-01'"}, "contact read"},
		{"contact_reads", []string{"UPDATE events e JOIN memberships m ON m.id = e.subject_id SET e.name = 'reject' WHERE e.noun = 'membership' AND e.name = 'approve'"}, "contact read"},
		{"deciders", []string{"UPDATE role_grants SET used_at = NULL, until_at = from_at WHERE role = 'secretary'"}, "not in force then"},
		{"deciders", []string{"UPDATE role_grants s JOIN role_grants u ON u.role = 'unit_liaison' SET s.delegated_by = u.id, u.until_at = u.from_at WHERE s.role = 'secretary'"}, "not in force then"},
		{"deciders", []string{"UPDATE wishes SET owner_id = (SELECT actor_id FROM events WHERE noun = 'wish' AND name = 'publish' LIMIT 1) WHERE id = {open}"}, "by a party"},
		{"deciders", []string{"UPDATE role_grants s JOIN role_grants u ON u.role = 'unit_liaison' SET s.delegated_by = u.id WHERE s.role = 'secretary'",
			"UPDATE wishes SET owner_id = (SELECT user_id FROM role_grants WHERE role = 'unit_liaison') WHERE id = {open}"}, "by a party"},
		{"deciders", []string{"UPDATE claims SET claimant_id = (SELECT actor_id FROM events WHERE noun = 'wish' AND name = 'publish' LIMIT 1)"}, "claim {claim} is of somebody"},
		{"deciders", []string{"UPDATE events c JOIN events a ON a.noun = 'claim' AND a.name = 'approve' AND a.subject_id = c.subject_id SET c.actor_id = a.actor_id, c.grant_id = a.grant_id WHERE c.noun = 'claim' AND c.name = 'confirm'"}, "was written down by"},
		{"deciders", []string{"INSERT INTO claim_participants (claim_id, user_id, membership_id, member_node_id, unit_id, accepted_at) SELECT {claim}, id, 1, 1, 1, '2026-03-11 04:00:00' FROM users WHERE display_name = 'resident'"}, "claim {claim} was joined"},
		{"estates", []string{"UPDATE wishes SET is_sensitive = TRUE, estate = '茂山新村' WHERE id = {open}"}, "wish {open}"},
		{"missed_calls", []string{"UPDATE claims SET missed_calls = 1, missed_call_at = confirmed_at WHERE id = {claim}"}, "claim {claim}"},
		{"missed_calls", []string{"UPDATE claims SET missed_call_at = confirmed_at WHERE id = {claim}"}, "claim {claim}"},
		{"contact_reads", []string{"UPDATE contact_reads SET by_noun = NULL, by_id = NULL, grant_id = (SELECT id FROM role_grants WHERE role = 'auditor')"}, "contact read"},
	} {
		t.Run(c.check+" "+c.plant[0], func(t *testing.T) {
			t.Parallel()
			db := copied(t, w.World, copies)
			for _, statement := range c.plant {
				plant(t, db, fill.Replace(statement))
			}
			if !finds(t, w.World, db, c.check, fill.Replace(c.names)) {
				t.Errorf("doctor does not find it under %s", c.check)
			}
		})
	}
}

// What certificates say is held against the records.
func TestPlantedCertificates(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Open()
	w.Open()
	w.Served("member-1", 24*time.Hour, 30, "清雪")
	paper := w.Call("member-1", "POST", "/api/v1/me/certificates", map[string]any{
		"from": "2026-03-01", "until": "2026-03-11", "show": []string{},
	}).Want(201).Text("id")
	w.Call("secretary", "GET", "/api/v1/certificates/"+paper+"/pdf", nil).Want(200)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	for _, c := range []struct{ check, plant, names string }{
		{"certificates", "UPDATE certificates SET minutes = minutes + 1", "certificate {paper}"},
		{"certificates", "UPDATE certificate_items SET minutes = minutes + 1", "certificate {paper}"},
		{"certificates", "UPDATE service_records SET status = 'rejected'", "certificate {paper}"},
		{"certificates", "DELETE FROM certificate_items", "certificate {paper}"},
		{"issuers", "UPDATE certificates SET issued_by = (SELECT user_id FROM role_grants WHERE role = 'secretary' LIMIT 1), name_source = 'community'",
			"certificate {paper}"},
		{"issuers", "UPDATE certificates SET name_source = 'community'", "certificate {paper}"},
		{"issuers", "UPDATE events SET grant_id = 7 WHERE noun = 'membership'", "certificate {paper}"},
		{"numbers", "DELETE FROM numbers WHERE kind = 'certificate'", "certificate number"},
		{"numbers", "DELETE FROM numbers WHERE kind = 'volunteer'", "volunteer number"},
		{"numbers", "UPDATE numbers SET next_number = 2 WHERE kind = 'wish'", "wish number"},
		{"volunteers", "UPDATE volunteers SET number = '20260000019'", "volunteer"},
		{"volunteers", "DELETE FROM volunteers", "volunteer"},
		{"history", "UPDATE certificates SET status = 'revoked'", "certificate {paper}"},
		{"inbox", "DELETE FROM inbox WHERE event_id IN (SELECT id FROM events WHERE name = 'open')", "not told"},
	} {
		t.Run(c.check+" "+c.plant, func(t *testing.T) {
			t.Parallel()
			db, name := copied(t, w.World, copies), strings.ReplaceAll(c.names, "{paper}", paper)
			if finds(t, w.World, db, c.check, name) {
				t.Fatal("doctor finds it before it is planted")
			}
			plant(t, db, c.plant)
			if !finds(t, w.World, db, c.check, name) {
				t.Errorf("doctor does not find it under %s", c.check)
			}
		})
	}
}

// copied is the World's database once more, for one test to do harm to. Redis and
// the pictures are the World's.
func copied(t *testing.T, w *apptest.World, copies func(testing.TB) string) *mysql.DB {
	t.Helper()
	db, err := mysql.Open(t.Context(), copies(t), mysql.Options{Business: w.Clocks.Business, Pool: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// violation is a statement that does harm to a sound database, the check that finds it, and what it says then.
type violation struct{ check, plant, names string }

// findsEach plants each violation in a copy of its own, which its check must find; fill puts ids into both.
func findsEach(t *testing.T, w *apptest.World, copies func(testing.TB) string, fill *strings.Replacer, all []violation) {
	t.Helper()
	for _, v := range all {
		t.Run(v.check+" "+v.plant, func(t *testing.T) {
			t.Parallel()
			db := copied(t, w, copies)
			plant(t, db, fill.Replace(v.plant))
			if !finds(t, w, db, v.check, fill.Replace(v.names)) {
				t.Errorf("doctor does not find it under %s: %q", v.check, findings(t, w, db, v.check))
			}
		})
	}
}

// plant does it behind the program's back.
func plant(t *testing.T, db *mysql.DB, statement string) {
	t.Helper()
	if _, err := db.Pool().ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func finds(t *testing.T, w *apptest.World, db *mysql.DB, check, name string) bool {
	t.Helper()
	return slices.ContainsFunc(findings(t, w, db, check), func(f string) bool { return strings.Contains(f, name) })
}

// findings are those of one check, which alone runs.
func findings(t *testing.T, w *apptest.World, db *mysql.DB, check string) []string {
	t.Helper()
	in := w.Installation()
	in.DB = db
	results, err := doctor.Examine(t.Context(), in, check)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 1 {
		t.Fatalf("there is no check %s", check)
	}
	return results[0].Findings
}

// A key that is lost or replaced is found before anybody opens what it sealed.
func TestMissingKeys(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	in := w.Installation()
	for keys, want := range map[string]string{
		"another:" + base64.StdEncoding.EncodeToString(make([]byte, 32)):                   "不在 seal.keys 里",
		w.App.Sealer.Current() + ":" + base64.StdEncoding.EncodeToString(make([]byte, 32)): "不是同一个",
	} {
		var err error
		if in.Sealer, err = seal.New(keys); err != nil {
			t.Fatal(err)
		}
		results, err := doctor.Examine(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			if found := strings.Join(r.Findings, " "); (r.Name == "keys") != strings.Contains(found, want) {
				t.Errorf("%s: %q", r.Name, found)
			}
		}
	}
}

// A score that Redis has wrong is found too.
func TestWrongScoreInRedis(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Fulfilled("member-1")
	board := w.App.Redis.Key("ranks", "{points:member:"+w.Home.String()+":all}")
	ask := "/api/v1/leaderboards?period=all&nodeId=" + w.Home.String()
	w.Until("a whole board in Redis", func() bool {
		w.Call("member-1", "GET", ask, nil).Want(200)
		n, err := w.App.Redis.Exists(t.Context(), board+":ready", board).Result()
		return err == nil && n == 2
	})
	members, err := w.App.Redis.ZRange(t.Context(), board, 0, -1).Result()
	if err != nil || len(members) != 1 {
		t.Fatalf("the board has %v, %v", members, err)
	}
	if err := w.App.Redis.ZIncrBy(t.Context(), board, 5, members[0]).Err(); err != nil {
		t.Fatal(err)
	}
	if !finds(t, w.World, w.App.DB, "boards", "Redis") {
		t.Error("doctor does not find it")
	}
}

// Out of reach is an error, not a clean bill of health.
func TestServerAway(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	cancel()
	if _, err := doctor.Examine(ctx, w.Installation()); err == nil {
		t.Error("no error")
	}
}

// Each result is told as it comes: what follows is not waited for.
func TestResultsAreToldAsTheyCome(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var told []string
	for r, err := range doctor.Each(ctx, w.Installation()) {
		if told = append(told, r.Name); err != nil {
			break
		}
		cancel() // whatever comes now fails
	}
	if len(told) != 2 || told[0] == "" || told[1] != "" {
		t.Errorf("told: %q", told)
	}
}
