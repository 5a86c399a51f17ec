// Package loadtest drives a running server over loopback as many people do at once,
// and measures what they see.
//
// The load is open: each request has a time at which it is due, whatever became of
// those before it, and its latency counts from then. A server that stands still for a
// second shows that second in each request that was due meanwhile.
package loadtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"xinyuan/internal/clock"
)

// Target is the server and who is there to be played.
type Target struct {
	URL     string
	Members int                // how many log in
	Code    func(n int) string // that logs in the member of the number, from 1
	Staff   []string           // codes of who decides in a community, the nearest first
	Clock   *clock.Clock       // the machine's
}

// ErrNotHere means that the server is on another machine.
var ErrNotHere = errors.New("loadtest: the server must be on this machine")

// client is the server with everybody who has logged in.
type client struct {
	Target
	http   *http.Client
	serial atomic.Int64
	run    string       // tells the keys of two runs apart
	now    atomic.Int64 // the programme's time as the server told it last, in seconds

	members   []person
	claimants []person // of a settlement, by wish
	staff     []person
	node      string // the community in which the staff decides
}

// person is somebody who has logged in.
type person struct{ token, id string }

// answer is what the server said.
type answer struct {
	status int
	reason string // of a refusal, or what went wrong on the way
	body   map[string]any
}

func (a answer) text(key string) string {
	s, _ := a.body[key].(string)
	return s
}

// items are the entries of a list.
func (a answer) items(key string) []map[string]any {
	list, _ := a.body[key].([]any)
	all := make([]map[string]any, 0, len(list))
	for _, one := range list {
		if m, ok := one.(map[string]any); ok {
			all = append(all, m)
		}
	}
	return all
}

// open connects and logs everybody in.
func open(ctx context.Context, t Target) (*client, error) {
	where, err := url.Parse(t.URL)
	if err != nil {
		return nil, fmt.Errorf("loadtest: %w", err)
	}
	if ip := net.ParseIP(where.Hostname()); where.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, ErrNotHere
	}
	c := &client{Target: t, run: strconv.FormatInt(t.Clock.Now().UnixNano(), 36)}
	c.http = &http.Client{Timeout: time.Minute, Transport: &http.Transport{
		MaxIdleConns: 20_000, MaxIdleConnsPerHost: 20_000, DisableCompression: true,
	}}
	for _, code := range t.Staff {
		p, a := c.logIn(ctx, code)
		if a.status != http.StatusCreated {
			return nil, fmt.Errorf("loadtest: %s does not log in: %d %s", code, a.status, a.reason)
		}
		if user, ok := a.body["user"].(map[string]any); ok && c.node == "" {
			for _, role := range (answer{body: user}).items("roles") {
				c.node, _ = role["nodeId"].(string)
			}
		}
		c.staff = append(c.staff, p)
	}
	c.members = make([]person, t.Members)
	return c, each(t.Members, logIns, func(i int) error {
		p, a := c.logIn(ctx, t.Code(i+1))
		if a.status != http.StatusCreated {
			return fmt.Errorf("loadtest: %s does not log in: %d %s", t.Code(i+1), a.status, a.reason)
		}
		c.members[i] = p
		return nil
	})
}

// logIns is how many log in at once.
const logIns = 16

func (c *client) logIn(ctx context.Context, code string) (person, answer) {
	a := c.call(ctx, person{}, "POST", "/sessions", map[string]any{"code": code})
	p := person{token: a.text("token")}
	if user, ok := a.body["user"].(map[string]any); ok {
		p.id, _ = user["id"].(string)
	}
	return p, a
}

// business is the programme's time.
func (c *client) business() time.Time { return time.Unix(c.now.Load(), 0).UTC() }

// call sends one request, a write with a key as clients do.
func (c *client) call(ctx context.Context, who person, method, path string, body any) answer {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return answer{reason: err.Error()}
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, c.URL+"/api/v1"+path, bytes.NewReader(text))
	if err != nil {
		return answer{reason: err.Error()}
	}
	if who.token != "" {
		request.Header.Set("Authorization", "Bearer "+who.token)
	}
	if method != http.MethodGet {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", fmt.Sprintf("load-%s-%d", c.run, c.serial.Add(1)))
	}
	response, err := c.http.Do(request)
	if err != nil {
		return answer{reason: kind(err)}
	}
	defer func() { _ = response.Body.Close() }()
	text, err = io.ReadAll(response.Body)
	if err != nil {
		return answer{reason: kind(err)}
	}
	if now, err := time.Parse(time.RFC3339, response.Header.Get("Xinyuan-Now")); err == nil {
		c.now.Store(now.Unix())
	}
	a := answer{status: response.StatusCode, body: map[string]any{}}
	if len(text) > 0 {
		if err := json.Unmarshal(text, &a.body); err != nil {
			a.reason = "not_json"
		}
	}
	if a.status >= http.StatusBadRequest {
		a.reason = a.text("reason")
	}
	return a
}

// kind is what went wrong on the way, in a word.
func kind(err error) string {
	var network net.Error
	switch {
	case errors.As(err, &network) && network.Timeout():
		return "timeout"
	case strings.Contains(err.Error(), "refused"):
		return "connection_refused"
	}
	return "connection_lost"
}

// each does it for 0 to n, so many at once, until one fails.
func each(n, atOnce int, do func(i int) error) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	failed := make(chan error, atOnce)
	for range min(n, atOnce) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && len(failed) == 0; i = int(next.Add(1)) - 1 {
				if err := do(i); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	return <-failed
}
