package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"xinyuan/internal/race"
)

// size is a number from the environment: the whole promise is kept with
// XINYUAN_TEST_LOOPS=1000 XINYUAN_TEST_KILLS=5.
func size(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// phone is a person's client: it repeats under the same key what was not
// answered, and logs in again when it must.
type phone struct {
	t       *testing.T
	url     string
	persona string
	token   string
}

// send sends until there is an answer that is no trouble of the moment. A lost
// connection or a refusal to serve is repeated, a limit is waited for.
func (p *phone) send(method, path, key string, body any) (int, map[string]any) {
	text, err := json.Marshal(body)
	if err != nil {
		p.t.Error(err)
	}
	for {
		status, wait, answer := p.once(method, path, key, text)
		switch status {
		case 0, http.StatusServiceUnavailable, http.StatusInternalServerError, http.StatusTooManyRequests:
			<-time.After(max(wait, 20*time.Millisecond))
		case http.StatusUnauthorized:
			p.token = ""
		default:
			return status, answer
		}
	}
}

func (p *phone) once(method, path, key string, body []byte) (status int, wait time.Duration, answer map[string]any) {
	if p.token == "" && path != "/sessions" {
		code, _ := json.Marshal(map[string]string{"code": "demo-" + p.persona})
		status, wait, answer = p.once("POST", "/sessions", "", code)
		if status != http.StatusCreated {
			return status, wait, answer
		}
		p.token, _ = answer["token"].(string)
	}
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.url+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		p.t.Error(err)
		return 0, 0, nil
	}
	request.Header.Set("Content-Type", "application/json")
	if p.token != "" {
		request.Header.Set("Authorization", "Bearer "+p.token)
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, 0, nil // killed
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil || json.Unmarshal(raw, &answer) != nil {
		return 0, 0, nil // killed in the middle of its answer
	}
	seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
	return response.StatusCode, time.Duration(seconds) * time.Second / 4, answer
}

// messages counts what the person was told of each wish, or of what else the key names.
func (p *phone) messages(key string) map[string]int {
	told := map[string]int{}
	for cursor := ""; ; {
		status, page := p.send("GET", "/inbox?limit=100&cursor="+cursor, "", nil)
		if status != http.StatusOK {
			p.t.Errorf("inbox: %d %v", status, page)
			return told
		}
		for _, item := range list(page["items"]) {
			message, _ := item.(map[string]any)
			if subject, _ := message[key].(string); subject != "" {
				told[subject]++
			}
		}
		if cursor, _ = page["nextCursor"].(string); cursor == "" {
			return told
		}
	}
}

// node is the id of a node of the demo.
func (p *phone) node(kind, name string) (found string) {
	_, nodes := p.send("GET", "/nodes?kind="+kind, "", nil)
	for _, item := range list(nodes["items"]) {
		if node, _ := item.(map[string]any); node["name"] == name {
			found, _ = node["id"].(string)
		}
	}
	return found
}

// step does one step of a loop, and returns the id of what it is about.
func (p *phone) step(loop int, name, path string, want int, body any) string {
	status, answer := p.send("POST", path, fmt.Sprintf("loop-%06d-%s", loop, name), body)
	if status != want {
		p.t.Errorf("loop %d: %s is told %d: %v", loop, name, status, answer)
	}
	if all := list(answer["items"]); len(all) > 0 {
		answer, _ = all[0].(map[string]any)
	}
	id, _ := answer["id"].(string)
	return id
}

// pair is a resident and a member who fulfil wishes together, and who decides.
type pair struct{ owner, member, decider *phone }

// loop takes one wish from its posting to its points, and returns its id.
func (p pair) loop(n int) string {
	home := p.owner.node("community", "茂山社区")
	step := func(who *phone, name, path string, want int, body any) string {
		return who.step(n, name, path, want, body)
	}
	wish := step(p.owner, "post", "/wishes", 201, map[string]any{
		"nodeId": home, "category": "repair", "title": fmt.Sprintf("第 %d 盏路灯不亮", n), "description": "晚上看不清路。",
		"contact": map[string]any{"name": "刘桂兰", "phone": "13843512345", "address": "振兴路12号"},
	})
	step(p.decider, "publish", "/wishes/"+wish+"/review", 200, map[string]any{"decision": "publish"})
	claim := step(p.member, "claim", "/wishes/"+wish+"/claims", 201, map[string]any{})
	step(p.decider, "approve", "/claims/"+claim+"/review", 200, map[string]any{"decision": "approve"})
	step(p.member, "deliver", "/claims/"+claim+"/delivery", 200, map[string]any{"note": "换了灯泡。"})
	step(p.owner, "confirm", "/claims/"+claim+"/confirmation", 200, map[string]any{"accepted": true, "rating": 5})
	return wish
}

// The server, its database and its Redis are killed again and again while fifty
// pairs of people take wishes from their posting to their points, and needs with what a department owes for them to the
// resident's word. In the end every acknowledged step is there once, and so is every message.
func TestKilledUnderLoad(t *testing.T) {
	const pairs = 50
	loops, kills := size(t, "XINYUAN_TEST_LOOPS", 100), size(t, "XINYUAN_TEST_KILLS", 2)
	dir := demoFolder(t)
	server := start(t, nil, "--data", dir, "demo", "--port", "0")
	port := server.url[strings.LastIndex(server.url, ":")+1:]
	deciders := []string{"secretary", "street", "county"}
	people := make([]pair, pairs)
	for i := range people {
		at := func(persona string) *phone { return &phone{t: t, url: server.url, persona: persona} }
		people[i] = pair{
			at(fmt.Sprintf("member-%d", i+1)), at(fmt.Sprintf("member-%d", i+151)), at(deciders[i%len(deciders)]),
		}
	}
	var next, done atomic.Int64
	wishes, needs := make([][]string, pairs), make([][]neededWork, pairs)
	progress := make(chan struct{}, loops)
	var wg race.Group
	for i, p := range people {
		wg.Go(func() {
			for n := next.Add(1); n <= int64(loops); n = next.Add(1) {
				if n%4 == 0 {
					needs[i] = append(needs[i], p.need(int(n)))
				} else {
					wishes[i] = append(wishes[i], p.loop(int(n)))
				}
				done.Add(1)
				progress <- struct{}{}
			}
		})
	}
	for kill := range kills {
		for done.Load() < int64(loops*(kill+1)/(kills+2)) {
			<-progress
		}
		server.stop(t, syscall.SIGKILL)
		server = start(t, nil, "--data", dir, "demo", "--port", port)
	}
	wg.Wait()
	for i, p := range people {
		owner, member := p.owner.messages("wishId"), p.member.messages("wishId")
		for _, wish := range wishes[i] {
			if owner[wish] != 4 || member[wish] != 2 {
				t.Errorf("wish %s: the resident has %d messages, want 4, the member %d, want 2", wish, owner[wish], member[wish])
			}
			if _, answer := p.owner.send("GET", "/wishes/"+wish, "", nil); len(list(answer["history"])) != 6 {
				t.Errorf("wish %s has the history %v", wish, answer["history"])
			}
		}
	}
	for i, p := range people {
		p.checkNeeds(needs[i])
	}
	wantHealthy(t, dir)
	t.Logf("%d wishes and needs by %d pairs, %d kills", loops, pairs, kills)
}

func list(v any) []any {
	all, _ := v.([]any)
	return all
}
