package api_test

import (
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// Requests as the contract has them, nearly so, and not at all: every operation, as
// everybody, with identifiers that earlier answers told. Whatever comes, no answer is
// a fault of ours, each is one that the contract has, and in the end all invariants
// hold. The seed is fixed; make fuzz does more of it.
func TestFuzzedRequests(t *testing.T) {
	requests, seed := fuzzSetting(t, "XINYUAN_TEST_FUZZ_REQUESTS", 2600), fuzzSetting(t, "XINYUAN_TEST_FUZZ_SEED", 1)
	f := newFuzzer(t, uint64(seed))
	begun := f.w.Clocks.Machine.Now()
	for f.sent < requests {
		f.request()
		if len(f.faults) > 20 {
			t.Fatal("that is enough")
		}
	}
	t.Logf("seed %d: %d requests in %s: %v", seed, requests, f.w.Clocks.Machine.Now().Sub(begun).Round(time.Second), f.statuses)
	for _, status := range []int{200, 201, 204, 400, 401, 403, 404, 409, 413, 422} {
		if f.statuses[status] == 0 {
			t.Errorf("not one answer of %d: the requests do not reach far enough", status)
		}
	}
	for _, op := range f.never() {
		t.Errorf("%s was never done: give it better values, or a story", op.id)
	}
	wantNoNumbers(t, f.w)
	f.w.TakeOldData() // months have passed, and no worker is there
	f.w.Healthy()
}

func fuzzSetting(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	must(t, err)
	return n
}

// fuzzOp is an operation of the contract.
type fuzzOp struct {
	id, method, path string
	*openapi3.Operation
}

type fuzzer struct {
	t        *testing.T
	w        *apptest.Town
	rng      *rand.Rand
	ops      []fuzzOp
	tokens   map[string]string
	known    map[string][]string // what answers told, by the name of its schema or property
	keys     []string            // idempotency keys that were used
	statuses map[int]int
	good     map[string]int // answers without refusal, by operation
	sent     int
	people   int // who came during the run
	// otherUnit is that of responder-2.
	otherUnit id.Node
	faults    []string // the kinds of faults that were found
}

var fuzzPersonas = []string{
	"", "resident", "resident-2", "secretary", "secretary", "grid", "street", "county", "auditor", "unit", "leader",
	"member-1", "member-1", "member-2", "member-3", "member-4", "responder",
}

func newFuzzer(t *testing.T, seed uint64) *fuzzer {
	t.Helper()
	f := &fuzzer{
		t: t, w: apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 4), rng: rand.New(rand.NewPCG(seed, 0)),
		tokens: map[string]string{}, known: map[string][]string{}, statuses: map[int]int{}, good: map[string]int{},
	}
	doc, err := api.Load()
	must(t, err)
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			f.ops = append(f.ops, fuzzOp{op.OperationID, method, path, op})
		}
	}
	slices.SortFunc(f.ops, func(a, b fuzzOp) int { return strings.Compare(a.id, b.id) })
	f.begin()
	return f
}

// begin has something of everything there, and reads every list once.
func (f *fuzzer) begin() {
	w := f.w
	f.otherUnit = w.AddUnit("县住建局", w.Street)
	w.EnrollAt("responder-2", w.Home, f.otherUnit)
	w.Grant("responder-2", "unit_liaison", f.otherUnit)
	w.Post()
	w.Open()
	w.Claimed("member-1")
	w.Approved("member-2")
	w.Delivered("member-3")
	w.Fulfilled("member-4")
	w.Drafted("member-1", 3)
	team, _ := w.Announced("member-2", 3)
	w.Enlist("member-2", team, "resident")
	w.AddWithoutPhone("member-2", team, "old-lady", "刘奶奶")
	w.Served("member-1", 10*aDay, 90, "敬老院陪伴服务")
	w.Served("member-2", 5*aDay, 600, "清洁日")
	w.Call("resident", "POST", "/api/v1/complaints", map[string]any{"kind": "suggestion", "nodeId": w.Home, "text": "路灯坏了"}).Want(201)
	w.EnrollAt("responder", w.Home, w.Unit)
	w.Grant("responder", id.RoleResponder, w.Unit)
	w.Grant("responder", id.RoleAreaLeader, w.Street)
	whistled(w)
	for _, persona := range slices.Compact(slices.Clone(fuzzPersonas)) {
		f.token(persona)
		for _, op := range f.ops {
			if op.method == http.MethodGet && (persona != "" || len(op.Parameters) == 0) {
				f.send(persona, op, 0)
			}
		}
	}
	clear(f.good)
	clear(f.statuses)
	for _, op := range f.ops { // before somebody's right or the time for it is gone, by luck
		for tries := 0; tries < 8 && f.good[op.id] == 0 && f.storyOf(op.id) != nil; tries++ {
			f.storyOf(op.id)()
		}
	}
	f.sent = 0
}

// token is a session of the persona, a new one where the last was ended.
func (f *fuzzer) token(persona string) string {
	if persona == "" {
		return ""
	}
	if f.tokens[persona] == "" {
		a := f.w.Send("", "POST", "/api/v1/sessions", map[string]string{"code": "demo-" + persona})
		f.tokens[persona] = a.Want(http.StatusCreated).Text("token")
	}
	return f.tokens[persona]
}

// request sends one, and now and then lets time pass.
func (f *fuzzer) request() {
	if f.one(40) {
		f.w.Clocks.Business.Advance(time.Duration(f.rng.Int64N(int64(f.pick(time.Minute, time.Hour, 30*time.Hour)))))
		must(f.t, f.w.App.Sweep(f.t.Context()))
	}
	if f.one(80) {
		f.story()
	}
	odd := 0 // how many of a hundred values are not as the contract has them
	switch n := f.rng.IntN(100); {
	case n >= 90:
		odd = 40
	case n >= 75:
		odd = 10
	case n >= 35:
		odd = oneOdd
	}
	op := f.ops[f.rng.IntN(len(f.ops))]
	if never := f.never(); f.one(4) && len(never) > 0 {
		op, odd = never[f.rng.IntN(len(never))], 0
		if story := f.storyOf(op.id); story != nil && f.one(2) {
			story()
			return
		}
	}
	if fuzzEnds[op.id] && !f.one(4) {
		return // or soon nobody is left who may do anything
	}
	persona := f.pickText(fuzzPersonas...)
	if likely := fuzzLikely[api.Access[op.id]]; len(likely) > 0 && !f.one(3) {
		persona = f.pickText(likely...)
	}
	f.send(persona, op, odd)
}

// never are the operations that nobody was let do so far.
func (f *fuzzer) never() []fuzzOp {
	return slices.DeleteFunc(slices.Clone(f.ops), func(op fuzzOp) bool { return f.good[op.id] > 0 || fuzzWaits[op.id] })
}

// fuzzWaits are done when a year is nearly over, which no run is long enough for.
var fuzzWaits = map[string]bool{"openBrandBallot": true, "renewBrand": true}

// fuzzEnds take people's rights and places away.
var fuzzEnds = map[string]bool{"endGrant": true, "leaveMembership": true, "endTeam": true, "deleteCurrentSession": true, "deleteMe": true}

// fuzzLikely are the personas whom an operation is for.
var fuzzLikely = map[api.Who][]string{
	api.Decider: {"secretary", "street", "county"}, api.Staff: {"secretary", "street", "county", "grid"},
	api.Owner: {"resident", "resident-2"}, api.Entitled: {"resident", "secretary", "street", "member-1"},
	api.Member: {"member-1", "member-2", "member-3", "member-4"}, api.Claimant: {"member-1", "member-2", "member-3", "member-4"},
	api.Invited: {"member-1", "member-2", "member-3", "member-4"}, api.Insider: {"resident", "member-1", "secretary"},
	api.Leader: {"member-1", "member-2", "secretary"}, api.Volunteer: {"resident", "member-1", "member-2", "resident-2"},
	api.Teammate: {"member-2", "resident"}, api.Responder: {"responder"},
}

// send makes a request of the operation, sends it and judges the answer.
func (f *fuzzer) send(persona string, op fuzzOp, odd int) {
	left := 1 + f.rng.IntN(12)
	v := values{f, odd, &left, op.id}
	path, header := "/api/v1"+v.path(op), v.header()
	var body []byte
	if op.RequestBody != nil && (op.RequestBody.Value.Required || f.one(2)) || odd != 0 && f.one(20) {
		body = v.body(op, header)
	}
	token := f.token(persona)
	if token != "" {
		header.Set("Authorization", "Bearer "+token)
	}
	if v.strange() && f.one(20) {
		header.Set("Authorization", f.pickText("Bearer ", "Bearer x", "Basic x", "Bearer "+strings.Repeat("长", 300)))
	}
	f.call(persona, op, path, header, body)
}

// call sends the request, judges the answer and learns from it.
func (f *fuzzer) call(persona string, op fuzzOp, path string, header http.Header, body []byte) apptest.Answer {
	a := f.w.Do(header, op.method, path, body)
	f.sent++
	f.statuses[a.Status]++
	f.judge(persona, op, path, header, body, a)
	if a.Status == http.StatusUnauthorized || op.id == "deleteCurrentSession" && a.Status < 300 {
		f.tokens[persona] = ""
	}
	if a.Status >= 300 {
		return a
	}
	f.good[op.id]++
	if answer := op.Responses.Status(a.Status); answer != nil && strings.HasPrefix(a.Header.Get("Content-Type"), "application/json") {
		f.learn(answer.Value.Content.Get("application/json").Schema, "", a.At())
	}
	return a
}

// judge fails the test on an answer that is a fault of ours. That it is as the
// contract has it, the world has judged.
func (f *fuzzer) judge(persona string, op fuzzOp, path string, header http.Header, body []byte, a apptest.Answer) {
	f.t.Helper()
	wrong := ""
	switch {
	case a.Status >= 500:
		wrong = "nothing is busy here"
	case a.Status < 300 && op.Responses.Status(a.Status) == nil:
		wrong = "the contract has no such answer"
	case a.Status >= 300 && (a.Text("message") == "" || a.Text("requestId") == ""):
		wrong = "a refusal without words"
	case a.Status == http.StatusUnprocessableEntity && a.Text("reason") == "invalid_input" && a.Len("fields") == 0:
		wrong = "bad input that names no field"
	}
	if wrong == "" {
		return
	}
	line := regexp.MustCompile(`(?m)^.*"request failed","requestId":"` + regexp.QuoteMeta(a.Header.Get("X-Request-Id")) + `".*$`)
	failed := regexp.MustCompile(`"error":.*`).FindString(line.FindString(f.w.Log.String()))
	kind := op.id + wrong + failed
	if slices.Contains(f.faults, kind) {
		return // one of each is enough to read
	}
	f.faults = append(f.faults, kind)
	f.t.Errorf("%s: %s\n%s %s as %q\n%v\n%.1500q\n%d %s\n%s", op.id, wrong, op.method, path, persona, header, body,
		a.Status, a.Raw, failed)
}

// learn keeps the identifiers and words of an answer.
func (f *fuzzer) learn(ref *openapi3.SchemaRef, name string, value any) {
	if ref == nil || ref.Value == nil {
		return
	}
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			f.learn(ref.Value.Properties[key], key, v[key])
		}
	case []any:
		for _, item := range v {
			f.learn(ref.Value.Items, name, item)
		}
	case string:
		f.keep(nameOf(ref, name), v)
	}
}

// keep remembers a value, and forgets the oldest where there are many.
func (f *fuzzer) keep(name, value string) {
	const most = 40
	if all := f.known[name]; value != "" && !slices.Contains(all, value) {
		f.known[name] = append(all[max(0, len(all)-most+1):], value)
	}
}

// recall is a value that was told, mostly one of the latest.
func (f *fuzzer) recall(name string) string {
	all := f.known[name]
	if !f.one(3) {
		all = all[max(0, len(all)-8):]
	}
	return all[f.rng.IntN(len(all))]
}

// nameOf is the schema's own name, or that of the property.
func nameOf(ref *openapi3.SchemaRef, property string) string {
	for _, part := range ref.Value.AllOf {
		ref = part
	}
	if _, name, found := strings.Cut(ref.Ref, "#/components/schemas/"); found {
		return name
	}
	return property
}

// one is true one time in n.
func (f *fuzzer) one(n int) bool { return f.rng.IntN(n) == 0 }

func (f *fuzzer) pick(of ...time.Duration) time.Duration { return of[f.rng.IntN(len(of))] }

func (f *fuzzer) pickText(of ...string) string { return of[f.rng.IntN(len(of))] }
