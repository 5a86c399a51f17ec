package api_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"xinyuan/internal/account"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
)

// canary is somebody with a name and a published wish that nobody else's words are like, and their token.
func canary(w *apptest.Town, name string) (token, wish string) {
	w.T.Helper()
	token = newcomer(w)
	w.Send(token, "PATCH", "/api/v1/me", doc{"displayName": "金丝雀" + name, "homeNodeId": w.Home}).Want(200)
	draft := apptest.Draft(w.Home)
	draft["title"], draft["description"] = "金丝雀的心愿"+name, "打 "+canaryPhone
	draft["contact"] = doc{"name": canaryName, "phone": canaryPhone, "address": "金丝雀路 9 号"}
	wish = w.Send(token, "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", doc{"decision": "publish"}).Want(200)
	return token, wish
}

// settledAccounts lets what goes on in the background end, and looks whether anything of the canaries is left.
func settledAccounts(t *testing.T, w *apptest.Town, machine *clock.Clock) {
	t.Helper()
	machine.Advance(3 * time.Minute)
	for range 2 {
		must(t, w.App.Accounts.Sweep(t.Context()))
		must(t, w.App.Cases.Sweep(t.Context()))
	}
	for _, trace := range traces(t, w) {
		t.Error("left behind: ", trace)
	}
	w.Healthy()
}

// A deletion that meets another one, an export, or what somebody else decides in the same moment ends as it would have
// alone, and whatever came first holds.
func TestDeletionsMeetOtherWrites(t *testing.T) {
	t.Parallel()
	machine := clock.Fixed(clock.System().Now().Add(time.Hour)) // pictures arrive by the real one
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker(), apptest.WithMachine(machine))...), 5)
	decide := func(method, persona, path string, body any) func() apptest.Answer {
		return func() apptest.Answer { return w.Call(persona, method, path, body) }
	}
	for _, c := range []struct {
		name string
		// beside prepares, and returns who leaves and what others do meanwhile.
		beside func() (leaves func() apptest.Answer, others []func() apptest.Answer)
		allows []string // how what others do may end
	}{
		{"another deletion", func() (func() apptest.Answer, []func() apptest.Answer) {
			token, _ := canary(w, "两次")
			leave := func() apptest.Answer { return w.Send(token, "DELETE", "/api/v1/me", nil) }
			return leave, []func() apptest.Answer{leave, leave}
		}, []string{"204", "401 unauthenticated"}},
		{"exports", func() (func() apptest.Answer, []func() apptest.Answer) {
			token, _ := canary(w, "导出")
			export := func() apptest.Answer { return w.Send(token, "GET", "/api/v1/me/export?format=zip", nil) }
			return func() apptest.Answer { return w.Send(token, "DELETE", "/api/v1/me", nil) }, []func() apptest.Answer{export, export}
		}, []string{"200", "401 unauthenticated"}},
		{"claims of the wish", func() (func() apptest.Answer, []func() apptest.Answer) {
			token, wish := canary(w, "认领")
			path := "/api/v1/wishes/" + wish + "/claims"
			return func() apptest.Answer { return w.Send(token, "DELETE", "/api/v1/me", nil) },
				[]func() apptest.Answer{decide("POST", "member-1", path, doc{}), decide("POST", "member-2", path, doc{})}
		}, []string{"201", "404 not_found", "409 wish_taken", "409 wish_state"}},
		{"the owner's own word", func() (func() apptest.Answer, []func() apptest.Answer) {
			token, wish := canary(w, "确认")
			claim := "/api/v1/claims/" + w.Call("member-3", "POST", "/api/v1/wishes/"+wish+"/claims", doc{}).Want(201).Text("id")
			w.Call("secretary", "POST", claim+"/review", doc{"decision": "approve"}).Want(200)
			w.Call("member-3", "POST", claim+"/delivery", doc{"note": "办好了"}).Want(200)
			word := func() apptest.Answer {
				return w.Send(token, "POST", claim+"/confirmation", doc{"accepted": true, "comment": "金丝雀谢谢"})
			}
			return func() apptest.Answer { return w.Send(token, "DELETE", "/api/v1/me", nil) }, []func() apptest.Answer{word}
		}, []string{"200", "401 unauthenticated", "404 not_found"}},
		{"the owner's word about who leaves", func() (func() apptest.Answer, []func() apptest.Answer) {
			_, claim := w.Delivered("member-4")
			return decide("DELETE", "member-4", "/api/v1/me", nil),
				[]func() apptest.Answer{decide("POST", "resident", "/api/v1/claims/"+claim+"/confirmation", doc{"accepted": true})}
		}, []string{"200"}},
		{"reports and their decision", func() (func() apptest.Answer, []func() apptest.Answer) {
			token, wish := canary(w, "举报")
			report(w, "member-1", "wish", wish, "ads").Want(204)
			one := waitingCase(t, w).Text("id")
			return func() apptest.Answer { return w.Send(token, "DELETE", "/api/v1/me", nil) }, []func() apptest.Answer{
				decide("POST", "secretary", "/api/v1/cases/"+one+"/review", doc{"decision": "remove", "reason": "广告"}),
				decide("POST", "member-2", "/api/v1/reports", doc{"about": "wish", "id": wish, "reason": "fraud"}),
			}
		}, []string{"200", "204", "404 not_found"}},
		{"who has reported", func() (func() apptest.Answer, []func() apptest.Answer) {
			token, _ := canary(w, "举报人")
			w.Send(token, "POST", "/api/v1/reports", doc{"about": "wish", "id": w.Open(), "reason": "ads"}).Want(204)
			one := newestCase(w)
			return func() apptest.Answer { return w.Send(token, "DELETE", "/api/v1/me", nil) },
				[]func() apptest.Answer{decide("POST", "secretary", "/api/v1/cases/"+one+"/review", doc{"decision": "keep"})}
		}, []string{"200"}},
	} {
		leaves, others := c.beside()
		answers := together(len(others)+1, func(i int) apptest.Answer { return append(others, leaves)[i-1]() })
		ends := 0
		for i, a := range answers {
			got := fmt.Sprint(a.Status)
			if a.Status >= 300 {
				got += " " + a.Text("reason")
			}
			if a.Status == 204 && (i == len(others) || c.name == "another deletion") {
				ends++
			} else if i < len(others) && !slices.Contains(c.allows, got) || i == len(others) && got != "204" && c.name != "another deletion" {
				t.Errorf("%s: answer %d is %s: %s", c.name, i, got, a.Raw)
			}
		}
		if ends != 1 {
			t.Errorf("%s: %d deletions", c.name, ends)
		}
	}
	settledAccounts(t, w, machine)
}

// newestCase is the one that was opened last.
func newestCase(w *apptest.Town) (one string) {
	w.T.Helper()
	row := w.App.DB.Pool().QueryRowContext(w.T.Context(), "SELECT id FROM content_cases ORDER BY id DESC LIMIT 1")
	must(w.T, row.Scan(&one))
	return one
}

// Whoever leaves while staff has still to look at their words takes them along: nothing is left to decide, whatever staff
// says of it later, and what was reported stays as the deletion has left it.
func TestWhoLeavesTakesTheirOpenCasesAlong(t *testing.T) {
	t.Parallel()
	machine := clock.Fixed(clock.System().Now().Add(time.Hour))
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker(), apptest.WithMachine(machine))...), 2)
	token, wish := canary(w, "还在核对")
	w.Send(token, "PATCH", "/api/v1/me", doc{"displayName": "金丝雀代开发票"}).Want(200)
	w.CheckTexts()
	named := newestCase(w)
	report(w, "member-1", "wish", wish, "fraud").Want(204)
	reported := newestCase(w)
	if named == reported {
		t.Fatal("the name does not wait for staff")
	}
	w.Send(token, "DELETE", "/api/v1/me", nil).Want(204)
	w.Call("secretary", "POST", "/api/v1/cases/"+named+"/review", doc{"decision": "keep"}).Refused(409, "case_state")
	w.Call("secretary", "POST", "/api/v1/cases/"+reported+"/review", doc{"decision": "remove", "reason": "骗人"}).Want(200)
	settledAccounts(t, w, machine)
	if n := cases(w.World).Len("items"); n != 0 {
		t.Errorf("%d cases wait", n)
	}
	for _, row := range cells(t, w, "SELECT u.display_name, w.title FROM users u JOIN wishes w ON w.owner_id = u.id WHERE w.id = "+wish) {
		if row[0] != account.Name || row[1] != account.Name {
			t.Errorf("the person and the wish are called %q", row)
		}
	}
}
