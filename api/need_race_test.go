package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// pairTown is a needTown with a second secretary of the community, and a second person who answers for the unit.
func pairTown(t *testing.T) (w *apptest.Town, other id.Node) {
	t.Helper()
	w, other = needTown(t)
	for persona, g := range map[string]struct {
		role id.Role
		node id.Node
	}{"member-1": {id.RoleSecretary, w.Home}, "member-2": {id.RoleResponder, w.Unit}} {
		w.EnrollAt(persona, w.Home, w.Unit)
		w.Grant(persona, g.role, g.node)
	}
	return w, other
}

// Two refusals and the binding decision of a whistle that was refused once already: one of the three is the outcome, the
// other two are told, and what may follow is what the outcome allows.
func TestTwoRefusalsAndABinding(t *testing.T) {
	t.Parallel()
	w, _ := pairTown(t)
	why := doc{"clause": "第 3 项不归我们", "instead": "县住建局"}
	outcomes := map[string]int{}
	for range 6 {
		need, first := whistled(w)
		stepOn(w, "responder", first, "refusal", why).Want(200)
		one := whistle(w, "secretary", need, w.Unit).Want(201).Text("items", 0, "id")
		for _, persona := range []string{"responder", "member-2", "county"} {
			w.Token(persona)
		}
		answers := together(15, func(i int) apptest.Answer {
			if i%3 == 0 {
				return stepOn(w, "county", one, "binding", doc{"reason": "县里定：由供电公司办"})
			}
			return stepOn(w, []string{"", "responder", "member-2"}[i%3], one, "refusal", why)
		})
		done := 0
		for status, n := range count(answers) {
			switch status {
			case "200":
				done += n
			case "409 assignment_state", "409 assignment_bound":
			default:
				t.Errorf("%d answers of %s", n, status)
			}
		}
		a := w.Call("secretary", "GET", "/api/v1/assignments/"+one, nil).Want(200)
		outcome := a.Text("assignment", "status")
		if outcomes[outcome]++; done != 1 || outcome != "working" && outcome != "refused" {
			t.Errorf("%d steps succeeded, and it is %s", done, outcome)
		}
		if a.Len("history") != 2 {
			t.Errorf("its history is %s", a.Raw)
		}
		// Refused twice, the next sending binds; bound, the unit leads and none is sent.
		next := whistle(w, "secretary", need, w.Unit)
		if outcome == "working" {
			next.Refused(409, "assignment_state")
		} else if next.Want(201).At("items", 0, "bound") != true {
			t.Errorf("the third sending: %s", next.Raw)
		}
	}
	t.Logf("%v", outcomes)
	w.Healthy()
}

// What two secretaries of one place, or a secretary and somebody else, do to one need or whistle at once has one outcome,
// and the loser is told that somebody was faster.
func TestTwoSecretariesAtOnce(t *testing.T) {
	t.Parallel()
	const racers = 12
	both := []string{"secretary", "member-1"}
	type play func(w *apptest.Town) (do func(i int) apptest.Answer, noun, one string)
	steps := func(begin func(w *apptest.Town) string, step string, bodies ...any) play {
		return func(w *apptest.Town) (func(i int) apptest.Answer, string, string) {
			n := begin(w)
			return func(i int) apptest.Answer { return stepOf(w, both[i%2], n, step, bodies[i/2%len(bodies)]) }, "needs", n
		}
	}
	later := doc{"reviewAt": "2026-04-20T04:00:00Z", "reason": "要等开春化冻"}
	for name, c := range map[string]struct {
		play play
		lost []string
	}{
		"accept and reject": {steps(say, "review", doc{"decision": "accept"},
			doc{"decision": "reject", "rejection": "not_ours", "reason": "请找物业"}), []string{"409 need_state"}},
		"answer solved and partly": {steps(handled, "answer", doc{"result": "solved", "answer": "换好了"},
			doc{"result": "partly", "answer": "换了一半"}), []string{"409 need_state"}},
		"resume": {steps(func(w *apptest.Town) string {
			n := handled(w)
			stepOf(w, "street", n, "suspension", later).Want(200)
			return n
		}, "resumption", nil), []string{"409 need_state"}},
		"whistle at one unit": {func(w *apptest.Town) (func(i int) apptest.Answer, string, string) {
			n := handled(w)
			return func(i int) apptest.Answer { return whistle(w, both[i%2], n, w.Unit) }, "needs", n
		}, []string{"409 assignment_state"}},
		"answer and whistle": {func(w *apptest.Town) (func(i int) apptest.Answer, string, string) {
			n := handled(w)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return stepOf(w, both[0], n, "answer", doc{"result": "solved", "answer": "换好了"})
				}
				return whistle(w, both[1], n, w.Unit)
			}, "needs", n
		}, []string{"409 need_state", "409 need_open_work", "409 assignment_state"}},
		"verify and send back": {func(w *apptest.Town) (func(i int) apptest.Answer, string, string) {
			_, one := whistled(w)
			stepOn(w, "responder", one, "acceptance", nil).Want(200)
			stepOn(w, "responder", one, "report", doc{"answer": "换好了"}).Want(200)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return stepOn(w, both[0], one, "verification", nil)
				}
				return stepOn(w, both[1], one, "return", doc{"reason": "还晃"})
			}, "assignments", one
		}, []string{"409 assignment_state"}},
		"cancel and accept": {func(w *apptest.Town) (func(i int) apptest.Answer, string, string) {
			_, one := whistled(w)
			stepOn(w, "responder", one, "acceptance", nil).Want(200)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return stepOn(w, both[i/2%2], one, "cancellation", doc{"reason": "不用了"})
				}
				return stepOn(w, "responder", one, "acceptance", nil)
			}, "assignments", one
		}, []string{"409 assignment_state"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, _ := pairTown(t)
			do, noun, one := c.play(w)
			for _, persona := range append(both, "responder") {
				w.Token(persona)
			}
			before := w.Call("secretary", "GET", "/api/v1/"+noun+"/"+one, nil).Want(200).Len("history")
			done := 0
			for status, n := range count(together(racers, do)) {
				if strings.HasPrefix(status, "20") {
					done += n
				} else if !slices.Contains(c.lost, status) {
					t.Errorf("%d answers of %s", n, status)
				}
			}
			after := w.Call("secretary", "GET", "/api/v1/"+noun+"/"+one, nil).Want(200).Len("history")
			if done != 1 || after != before+1 {
				t.Errorf("%s succeeded, and the history has %d more", fmt.Sprint(done), after-before)
			}
			w.Healthy()
		})
	}
}
