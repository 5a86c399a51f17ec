package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/race"
)

// invite is the body of a claim to which the personas are invited.
func invite(w *apptest.Town, personas ...string) map[string]any {
	ids := []string{}
	for _, p := range personas {
		ids = append(ids, w.People[p].String())
	}
	return map[string]any{"participantIds": ids}
}

// myReportIn is the path of the persona's latest report-in.
func myReportIn(w *apptest.Town, persona string) string {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/memberships?mine=true", nil).Want(200)
	return "/api/v1/memberships/" + a.Text("items", 0, "id")
}

// askIn asks for a report-in of the persona and returns its path.
func askIn(w *apptest.Town, persona string, node, unit id.Node) string {
	w.T.Helper()
	a := w.Call(persona, "POST", "/api/v1/memberships", map[string]any{"nodeId": node, "unitId": unit, "realName": "赵明远"})
	return "/api/v1/memberships/" + a.Want(201).Text("id")
}

// moveTo reports the persona in elsewhere, which staff there approve.
func moveTo(w *apptest.Town, persona string, node, unit id.Node) {
	w.T.Helper()
	w.Call("county", "POST", askIn(w, persona, node, unit)+"/review", map[string]any{"decision": "approve"}).Want(200)
}

func endReportIn(w *apptest.Town, persona string) {
	w.T.Helper()
	endReportInBy(w, "secretary", persona)
}

func endReportInBy(w *apptest.Town, staff, persona string) {
	w.T.Helper()
	w.Call(staff, "POST", myReportIn(w, persona)+"/end", map[string]any{"reason": "不是本人"}).Want(200)
}

func leaveReportIn(w *apptest.Town, persona string) {
	w.T.Helper()
	w.Call(persona, "POST", myReportIn(w, persona)+"/departure", nil).Want(200)
}

// Only members of the claimant's unit or community are invited, and not who works on the wish: one who may not be
// invited refuses the claim, and leaves the wish as it is.
func TestWhoIsInvited(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	other := w.AddUnit("县教育局", w.Far)
	const colleague, neighbour, stranger, sister, left, ended = "member-2", "member-3", "member-4", "member-5", "member-6", "member-7"
	w.EnrollAt(colleague, w.Far, w.Unit)
	w.EnrollAt(neighbour, w.Home, other)
	w.EnrollAt(stranger, w.Far, other)
	w.EnrollAt(sister, w.Sister, other)
	w.EnrollAt(left, w.Home, w.Unit)
	w.EnrollAt(ended, w.Home, w.Unit)
	w.Enroll("secretary")
	leaveReportIn(w, left)
	endReportIn(w, ended)
	askIn(w, "resident-2", w.Home, w.Unit)
	nobody := map[string]any{"participantIds": []string{"77"}}
	for _, c := range []struct {
		name string
		body map[string]any
		want bool
	}{
		{"same unit, another community", invite(w, colleague), true},
		{"another unit, same community", invite(w, neighbour), true},
		{"both", invite(w, neighbour, colleague), true},
		{"another unit and community", invite(w, stranger), false},
		{"another unit, another community of the street", invite(w, sister), false},
		{"no report-in", invite(w, "grid"), false},
		{"a report-in that waits", invite(w, "resident-2"), false},
		{"a report-in that its member left", invite(w, left), false},
		{"a report-in that staff ended", invite(w, ended), false},
		{"who published the wish", invite(w, "secretary"), false},
		{"nobody", nobody, false},
		{"one of two", invite(w, colleague, stranger), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			wish := w.Open()
			a := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", c.body)
			if !c.want {
				a.Refused(422, "not_members")
				seen := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200)
				if seen.Text("wish", "status") != "open" || seen.At("claim") != nil {
					t.Errorf("after the refusal: %s", seen.Raw)
				}
				return
			}
			claim := a.Want(201).Text("id")
			w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/release", nil).Want(200)
		})
	}
	for _, persona := range []string{stranger, sister, "grid", "resident-2", left} {
		if got := strings.Join(inboxOf(w, persona), " "); strings.Contains(got, "一起办") {
			t.Errorf("%s reads of an invitation that did not happen: %s", persona, got)
		}
	}
	w.Healthy()
}

// Whoever accepts is a member of the claimant's unit or community then: what counts is the report-in at that moment,
// not the one at the invitation.
func TestReportInBetweenInvitationAndAcceptance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		between func(w *apptest.Town, other id.Node)
		status  int
		reason  string
	}{
		{"nothing", func(*apptest.Town, id.Node) {}, 200, ""},
		{"the member leaves", func(w *apptest.Town, _ id.Node) { leaveReportIn(w, "member-2") }, 403, "not_member"},
		{"staff end it", func(w *apptest.Town, _ id.Node) { endReportIn(w, "member-2") }, 403, "not_member"},
		{"it ends and is asked for again", func(w *apptest.Town, _ id.Node) {
			endReportIn(w, "member-2")
			askIn(w, "member-2", w.Home, w.Unit)
		}, 403, "not_member"},
		{"it ends and is given again", func(w *apptest.Town, _ id.Node) {
			endReportIn(w, "member-2")
			moveTo(w, "member-2", w.Home, w.Unit)
		}, 200, ""},
		{"a move is asked for", func(w *apptest.Town, other id.Node) { askIn(w, "member-2", w.Far, other) }, 200, ""},
		{"a move to another community", func(w *apptest.Town, _ id.Node) { moveTo(w, "member-2", w.Far, w.Unit) }, 200, ""},
		{"a move to another unit", func(w *apptest.Town, other id.Node) { moveTo(w, "member-2", w.Home, other) }, 200, ""},
		{"a move to another unit and community", func(w *apptest.Town, other id.Node) {
			moveTo(w, "member-2", w.Far, other)
		}, 422, "not_members"},
		{"the claimant moves after the claim", func(w *apptest.Town, other id.Node) {
			moveTo(w, "member-1", w.Far, other)
		}, 200, ""},
		{"the claim is given back", func(w *apptest.Town, _ id.Node) { leaveReportIn(w, "member-1") }, 409, "claim_state"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := apptest.NewTown(apptest.New(t), 3)
			other := w.AddUnit("县教育局", w.Far)
			wish := w.Open()
			path := "/api/v1/wishes/" + wish + "/claims"
			claim := w.Call("member-1", "POST", path, invite(w, "member-2", "member-3")).Want(201).Text("id")
			c.between(w, other)
			w.Clocks.Business.Advance(time.Millisecond)
			accept := func(persona string) apptest.Answer {
				return w.Call(persona, "POST", "/api/v1/claims/"+claim+"/acceptance", nil)
			}
			a := accept("member-2")
			if c.status == 200 {
				a.Want(200)
			} else {
				a.Refused(c.status, c.reason)
			}
			accept("member-1").Refused(404, "not_found")
			accept("resident-2").Refused(404, "not_found")
			joined(t, w, claim, c.status == 200)
			w.Healthy()
		})
	}
}

// joined compares the row of member-2's invitation with their active report-in; that of member-3 is as it was.
func joined(t *testing.T, w *apptest.Town, claim string, want bool) {
	t.Helper()
	var accepted, stamped, others int
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(), `SELECT
		COALESCE(SUM(p.user_id = ? AND p.accepted_at IS NOT NULL), 0),
		COALESCE(SUM(p.accepted_at IS NOT NULL AND EXISTS (SELECT 1 FROM memberships m WHERE m.id = p.membership_id
			AND m.active_user_id = p.user_id AND m.node_id = p.member_node_id AND m.unit_id = p.unit_id)), 0),
		COALESCE(SUM(p.user_id <> ? AND p.accepted_at IS NOT NULL), 0)
		FROM claim_participants p WHERE p.claim_id = ?`, w.People["member-2"], w.People["member-2"], claim).
		Scan(&accepted, &stamped, &others))
	if (accepted == 1) != want || stamped != accepted || others != 0 {
		t.Errorf("%d accepted, %d by the active report-in, %d others", accepted, stamped, others)
	}
}

// Nine invited accept while the report-in of each ends, by the member, by staff or by a move: whoever was faster is in
// the history, and nobody has accepted after the end.
func TestAcceptingWhileTheReportInEnds(t *testing.T) {
	const invited, rounds = 9, 4
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1+invited*rounds)
	other := w.AddUnit("县教育局", w.Far)
	for _, p := range []string{"member-1", "secretary", "county"} {
		w.Token(p)
	}
	names := make([]string, 0, invited*rounds)
	for i := range invited * rounds {
		names = append(names, fmt.Sprint("member-", i+2))
		w.Token(names[i])
	}
	total := map[string]int{}
	for round := range rounds {
		people := names[round*invited : (round+1)*invited]
		path := "/api/v1/wishes/" + w.Open() + "/claims"
		claim := "/api/v1/claims/" + w.Call("member-1", "POST", path, invite(w, people...)).Want(201).Text("id")
		ends := make([]func() apptest.Answer, invited)
		for i, p := range people {
			ends[i] = endingOf(w, i, p, other)
		}
		answers := together(2*invited, func(i int) apptest.Answer {
			who := (i - 1) / 2
			w.Clocks.Business.Advance(time.Millisecond) // so that what came later has a later time
			if i%2 == 0 {
				return ends[who]()
			}
			return w.Call(people[who], "POST", claim+"/acceptance", nil)
		})
		for i, a := range answers {
			switch {
			case i%2 == 1:
				a.Want(200)
			case a.Status == 200:
				total["accepted"]++
			default:
				total[fmt.Sprint(a.Status, " ", a.Text("reason"))]++
			}
		}
		w.Call("member-1", "POST", claim+"/release", nil).Want(200)
	}
	if total["accepted"]+total["403 not_member"]+total["422 not_members"] != invited*rounds {
		t.Errorf("answers: %v", total)
	}
	var rows, late int
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(), `SELECT COUNT(*), COALESCE(SUM(p.accepted_at > (
		SELECT MIN(e.at) FROM events e WHERE e.noun = 'membership' AND e.subject_id = p.membership_id
			AND e.name IN ('leave', 'end'))), 0) FROM claim_participants p WHERE p.accepted_at IS NOT NULL`).Scan(&rows, &late))
	if rows != total["accepted"] || late > 0 {
		t.Errorf("%d accepted in %d rows, %d after the end: %v", total["accepted"], rows, late, total)
	}
	w.Healthy()
}

// endingOf is how the report-in of the person ends: each third one in another way.
func endingOf(w *apptest.Town, i int, persona string, other id.Node) func() apptest.Answer {
	w.T.Helper()
	mine := myReportIn(w, persona)
	switch i % 3 {
	case 0:
		return func() apptest.Answer { return w.Call(persona, "POST", mine+"/departure", nil) }
	case 1:
		why := map[string]any{"reason": "不是本人"}
		return func() apptest.Answer { return w.Call("secretary", "POST", mine+"/end", why) }
	}
	asked := askIn(w, persona, w.Far, other)
	yes := map[string]any{"decision": "approve"}
	return func() apptest.Answer { return w.Call("county", "POST", asked+"/review", yes) }
}

// Whoever claims or accepts holds their report-in until the commit: while the wish is still waited for, nobody can end
// it, and what waited is in order.
func TestWhoJoinsHoldsTheReportIn(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"claim", "accept"} {
		t.Run(name, func(t *testing.T) {
			w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
			wish := w.Open()
			joins := func() apptest.Answer { return w.Call("member-2", "POST", "/api/v1/wishes/"+wish+"/claims", nil) }
			if name == "accept" {
				a := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", invite(w, "member-2")).Want(201)
				joins = func() apptest.Answer {
					return w.Call("member-2", "POST", "/api/v1/claims/"+a.Text("id")+"/acceptance", nil)
				}
			}
			mine := myReportIn(w, "member-2")
			pool := w.App.DB.Pool()
			busy, err := pool.BeginTx(t.Context(), nil)
			must(t, err)
			defer func() { _ = busy.Rollback() }()
			var found string
			must(t, busy.QueryRowContext(t.Context(), "SELECT id FROM wishes WHERE id = ? FOR UPDATE", wish).Scan(&found))
			var joining, ending apptest.Answer
			var wg race.Group
			wg.Go(func() { joining = joins() })
			w.Until("the report-in is held", func() bool {
				_, err := pool.ExecContext(t.Context(), "SELECT id FROM memberships WHERE user_id = ? FOR UPDATE NOWAIT",
					w.People["member-2"])
				return err != nil
			})
			wg.Go(func() { ending = w.Call("member-2", "POST", mine+"/departure", nil) })
			must(t, busy.Rollback())
			wg.Wait()
			if joining.Status >= 300 || ending.Status != 200 {
				t.Errorf("joining: %d %s, ending: %d %s", joining.Status, joining.Raw, ending.Status, ending.Raw)
			}
			w.Healthy()
		})
	}
}

// Whoever fulfils a wish reads its contact as a member: once the report-in is over the
// contact is closed, to who joined and, after the delivery, to the claimant; a new
// report-in opens it, and everybody else reads on.
func TestContactIsReadByMembers(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	wish := w.Open()
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", invite(w, "member-2", "member-3")).Want(201).Text("id")
	for _, persona := range []string{"member-2", "member-3"} {
		w.Call(persona, "POST", "/api/v1/claims/"+claim+"/acceptance", nil).Want(200)
	}
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	reads := func(persona string, may bool) {
		t.Helper()
		w.Clocks.Business.Advance(time.Second)
		if seen := w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil).Want(200); seen.At("mayReadContact") != may {
			t.Errorf("%s may read it: %v", persona, seen.At("mayReadContact"))
		}
		a := w.Call(persona, "GET", "/api/v1/wishes/"+wish+"/contact", nil)
		if !may {
			a.Refused(403, "contact_not_allowed")
			return
		}
		if a.Want(200).Text("phone") != apptest.Phone {
			t.Errorf("%s reads %s", persona, a.Raw)
		}
	}
	for _, persona := range []string{"member-1", "member-2", "member-3"} {
		reads(persona, true)
	}
	endReportIn(w, "member-2")
	reads("member-2", false)
	reads("member-1", true)
	reads("member-3", true)
	askIn(w, "member-2", w.Home, w.Unit)
	reads("member-2", false)
	moveTo(w, "member-3", w.Far, w.Unit)
	reads("member-3", true)
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "换了阀芯。"}).Want(200)
	leaveReportIn(w, "member-1")
	reads("member-1", false)
	w.Enroll("secretary")
	endReportInBy(w, "county", "secretary")
	reads("secretary", true) // by the own grant
	w.Healthy()
}

// What rests on somebody's report-in, or happens to a person one at a time, writes the
// row that it holds: on a cluster a lock alone would order nothing.
func TestWhatIsHeldIsWritten(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker(), apptest.Node()), 3)
	w.Enroll("grid")
	uses := func(table, column, persona string) int {
		t.Helper()
		return countRows(t, w, "SELECT uses FROM "+table+" WHERE "+column+" = ?", w.People[persona])
	}
	wish := w.Open()
	var claim string
	for _, c := range []struct {
		name, table, column, persona string
		do                           func()
	}{
		{"a claim", "memberships", "active_user_id", "member-1", func() {
			claim = w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", invite(w, "member-2")).Want(201).Text("id")
		}},
		{"an acceptance", "memberships", "active_user_id", "member-2", func() {
			w.Call("member-2", "POST", "/api/v1/claims/"+claim+"/acceptance", nil).Want(200)
		}},
		{"a contact that is read", "memberships", "active_user_id", "member-2", func() {
			w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
			w.Call("member-2", "GET", "/api/v1/wishes/"+wish+"/contact", nil).Want(200)
		}},
		{"a sign-up", "users", "id", "member-3", func() {
			_, activity := w.Announced("member-1", 3)
			w.Call("member-3", "POST", "/api/v1/activities/"+activity+"/signups", nil).Want(201)
		}},
		{"a grant", "users", "id", "member-3", func() { give(w, "county", "member-3", "grid_worker", w.Grid).Want(201) }},
		{"a delegation", "users", "id", "grid", func() { delegateTo(w, "secretary", "grid").Want(201) }},
		{"a report-in", "users", "id", "resident-2", func() { askIn(w, "resident-2", w.Home, w.Unit) }},
		{"a certificate", "users", "id", "member-2", func() {
			w.Served("member-2", 30*time.Hour, 90, "清雪")
			issue(w, "member-2", "hours")
		}},
	} {
		before := uses(c.table, c.column, c.persona)
		if c.do(); uses(c.table, c.column, c.persona) <= before {
			t.Errorf("%s does not write the row of %s in %s", c.name, c.persona, c.table)
		}
	}
	w.Healthy()
}
