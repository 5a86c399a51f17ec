package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/seal"
)

// rehearsal is a chapter of writes, played in a town whose commits hold, or in one
// where the first commit of each transaction is lost to a deadlock.
type rehearsal struct {
	*apptest.Town
	losing bool
	router routers.Router
	ids    *id.Generator

	armed bool // the next transactions lose their first commit
	lost  int  // how many were lost under the last write
	takes []take
	rows  ledger
}

// take is what one write left behind.
type take struct {
	call, operation, answer string
	lost                    int
	rows                    []string
}

// play plays the chapter in a town of its own. Both towns draw the same
// identifiers: an attempt that is repeated draws those of the first once more.
func play(t *testing.T, keys string, now time.Time, losing bool, chapter func(*rehearsal)) []take {
	t.Helper()
	ids := id.NewGenerator(7)
	r := &rehearsal{losing: losing, ids: ids}
	rewind := func() {}
	lose := func(attempt int) bool {
		if attempt > 1 {
			rewind()
			return false
		}
		rewind = ids.Mark()
		if r.armed && losing {
			r.lost++
		}
		return r.armed && losing
	}
	options := append(unsampled(), apptest.WithoutWorker(), apptest.Repeatable(keys, now, ids), apptest.LosingCommits(lose),
		apptest.Node())
	r.Town = apptest.NewTown(apptest.New(t, options...), 6)
	contract, err := api.Load()
	must(t, err)
	r.router, err = gorillamux.NewRouter(contract)
	must(t, err)
	chapter(r)
	return r.takes
}

// does sends a write that has to succeed and looks at all rows after it.
func (r *rehearsal) does(persona, method, path string, body any) apptest.Answer {
	r.T.Helper()
	token := ""
	if persona != "" {
		token = r.Token(persona)
	}
	return r.sends(token, method, path, body)
}

func (r *rehearsal) sends(token, method, path string, body any) apptest.Answer {
	r.T.Helper()
	path = "/api/v1" + path
	request, err := http.NewRequestWithContext(r.T.Context(), method, r.URL+path, nil)
	must(r.T, err)
	route, _, err := r.router.FindRoute(request)
	must(r.T, err)
	header := http.Header{}
	if token != "" {
		header.Set("Idempotency-Key", fmt.Sprintf("the-write-%d", len(r.takes)))
	}
	var a apptest.Answer
	one := r.film(method+" "+path, func() string {
		a = r.SendWith(header, token, method, path, body)
		if a.Status >= 300 {
			r.T.Fatalf("%s %s (losing commits: %v): %d %s", method, path, r.losing, a.Status, a.Raw)
		}
		return fmt.Sprint(a.Status, " ", settledJSON(a.Raw))
	})
	one.operation = route.Operation.OperationID
	if r.losing || method == http.MethodGet {
		return a
	}
	if !slices.Contains(onceOnly, one.operation) {
		r.sendsAgain(route.Operation, header, token, path, body)
	}
	r.readsTheSame(route, token, a)
	return a
}

// onceOnly are the writes that take no key and are not the same when they are
// sent twice.
var onceOnly = []string{
	"createSession",        // each is a session of its own
	"createReviewSession",  // likewise
	"deleteCurrentSession", // ends the session that would send it again
	"deleteMe",             // likewise
	"createMedia",          // each is a picture of its own
}

// sendsAgain sends the last write once more: it is told the same, and nothing
// happens. Where the contract has a key for it, the answer is the kept one, and
// another body under that key is refused.
func (r *rehearsal) sendsAgain(op *openapi3.Operation, header http.Header, token, path string, body any) {
	r.T.Helper()
	last := r.takes[len(r.takes)-1]
	method, _, _ := strings.Cut(last.call, " ")
	keyed := op.Parameters.GetByInAndName(openapi3.ParameterInHeader, "Idempotency-Key") != nil &&
		op.OperationID != "decideApprovals" // keeps the answer of each item
	rewind := r.ids.Mark()
	twin := r.SendWith(header, token, method, path, body)
	rewind()
	if answer := fmt.Sprint(twin.Status, " ", settledJSON(twin.Raw)); answer != last.answer {
		r.T.Errorf("%s (%s), sent twice, answers\n%s\nand then\n%s", last.call, last.operation, last.answer, answer)
	}
	if replayed := twin.Header.Get("Idempotency-Replayed") == "true"; replayed != keyed {
		r.T.Errorf("%s (%s) takes a key: %v, the second answer is a kept one: %v", last.call, last.operation, keyed, replayed)
	}
	if rows := r.rows.read(r.Town); !slices.Equal(rows, last.rows) {
		r.T.Errorf("%s (%s), sent twice, changed rows", last.call, last.operation)
	}
	if !keyed || body == nil {
		return
	}
	text, err := json.Marshal(body)
	must(r.T, err)
	rewind = r.ids.Mark()
	if a := r.SendWith(header, token, method, path, string(text)+" "); a.Status != 409 || a.Text("reason") != "key_reused" {
		r.T.Errorf("%s (%s), with another body under the key of a former: %d %s", last.call, last.operation, a.Status, a.Raw)
	}
	rewind()
}

// sweeps lets days pass and does the periodic jobs.
func (r *rehearsal) sweeps(days int) {
	r.T.Helper()
	r.Clocks.Business.Advance(time.Duration(days) * 24 * time.Hour)
	r.film(fmt.Sprintf("the jobs %d days later", days), func() string {
		must(r.T, r.App.Sweep(r.T.Context()))
		return ""
	})
}

// film does something while commits are lost, and looks at all rows after it.
func (r *rehearsal) film(call string, do func() (answer string)) *take {
	r.T.Helper()
	r.armed, r.lost = true, 0
	answer := do()
	r.armed = false
	r.takes = append(r.takes, take{call: call, answer: answer, lost: r.lost, rows: r.rows.read(r.Town)})
	return &r.takes[len(r.takes)-1]
}

// withoutRows are the writes that leave nothing in MySQL.
var withoutRows = []string{"deleteCurrentSession", "endMySession", "endMyOtherSessions"}

// Every write of the contract is the same when it is sent twice. It, and every periodic job, run once with commits that hold and once with a
// first commit that is lost to a deadlock, gives the same answer and leaves the
// same rows: what a transaction's function changes outside itself is changed twice.
func TestARetriedWriteIsTheSame(t *testing.T) {
	t.Parallel()
	contract, err := api.Load()
	must(t, err)
	missing := map[string]bool{}
	for _, item := range contract.Paths.Map() {
		for method, op := range item.Operations() {
			if method != http.MethodGet {
				missing[op.OperationID] = true
			}
		}
	}
	keys := seal.NewDemoKeys()
	var mu sync.Mutex // for missing
	t.Run("chapters", func(t *testing.T) {
		for name, chapter := range map[string]func(*rehearsal){
			"people": rehearsePeople, "wishes": rehearseWishes, "claims": rehearseClaims, "complaints": rehearseComplaints, "cases": rehearseCases,
			"needs": rehearseNeeds, "visits": rehearseVisits, "offers": rehearseOffers, "agreements": rehearseAgreements, "projects": rehearseProjects, "brands": rehearseBrands,
			"teams": rehearseTeams, "attendance": rehearseAttendance, "service": rehearseService, "unseen": rehearseUnseen, "jobs": rehearseJobs,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				now := clock.System().Now().Add(time.Hour) // it stands still, and uploads have a deadline
				plain, retried := play(t, keys, now, false, chapter), play(t, keys, now, true, chapter)
				for i, want := range plain {
					mu.Lock()
					delete(missing, want.operation)
					mu.Unlock()
					if !same(t, want, retried[i]) {
						break // what follows differs by what differs here
					}
				}
			})
		}
	})
	if len(missing) > 0 {
		t.Errorf("no chapter has these writes: %v", slices.Sorted(maps.Keys(missing)))
	}
}

// same compares what a write left behind with what it left when it was retried.
func same(t *testing.T, want, got take) bool {
	t.Helper()
	where := fmt.Sprintf("%s (%s)", want.call, want.operation)
	if got.lost == 0 && !slices.Contains(withoutRows, want.operation) {
		t.Errorf("%s: no commit was lost", where)
	}
	if want.answer != got.answer {
		t.Errorf("%s answers\n%s\nand after a lost commit\n%s", where, want.answer, got.answer)
	}
	only := func(these, others []string) string {
		var lines strings.Builder
		for _, row := range these {
			if !slices.Contains(others, row) {
				lines.WriteString("\n" + row)
			}
		}
		return lines.String()
	}
	lacks, has := only(want.rows, got.rows), only(got.rows, want.rows)
	if lacks+has != "" || len(want.rows) != len(got.rows) {
		t.Errorf("%s: after a lost commit there is not%s\nbut%s", where, lacks, has)
	}
	return want.answer == got.answer && lacks+has == ""
}
