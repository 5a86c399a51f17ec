package loadtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"xinyuan/internal/clock"
)

// stage is how far a wish of the evening has come.
type stage int

const (
	isPosted stage = iota
	isOpen
	isClaimed
	isApproved
	isDelivered
	stages
)

// story is a wish with who has to do with it.
type story struct {
	wish, claim string
	owner, by   person
}

// evening is a mix of what people do, and what there is for them to do.
type evening struct {
	*client
	activity string
	leader   person

	mu     sync.Mutex
	rand   *rand.Rand
	found  []string // wishes of the hall
	stages [stages][]story
	code   string
	coming int // whose turn it is to sign up and check in
	signed []person
}

// reads are what people look at, by how often among a hundred.
var reads = []struct {
	share int
	name  string
	path  func(e *evening) string
}{
	{22, "hall", func(e *evening) string { return "/wishes?nodeId=" + e.node }},
	{14, "wish", func(e *evening) string { return "/wishes/" + pick(e.rand, e.found) }},
	{16, "board", func(e *evening) string { return "/leaderboards?period=all&nodeId=" + e.node }},
	{8, "around me", func(*evening) string { return "/leaderboards?period=all&around=me" }},
	{10, "inbox", func(*evening) string { return "/inbox" }},
	{8, "my turn", func(*evening) string { return "/me/todos" }},
	{6, "my points", func(*evening) string { return "/me/points" }},
	{6, "activities", func(*evening) string { return "/activities" }},
	{6, "figures", func(*evening) string { return "/stats" }},
	{4, "me", func(*evening) string { return "/me" }},
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// prepare looks at the hall and has an activity begin soon.
func (c *client) prepare(ctx context.Context) (*evening, error) {
	who := rand.New(rand.NewPCG(1, 20261126)) //nolint:gosec // who does what is no secret
	e := &evening{client: c, rand: who, leader: c.members[0]}
	posted, err := c.published(ctx, min(20, len(c.members)))
	if err != nil {
		return nil, err
	}
	for i, one := range posted {
		e.stages[isOpen] = append(e.stages[isOpen], story{wish: one, owner: c.owner(i)})
		e.found = append(e.found, one)
	}
	return e, e.lookAround(ctx)
}

// lookAround asks everything once, and again where the server needs longer for the first who asks after its start:
// boards that Redis lacks, figures that are not counted yet.
func (e *evening) lookAround(ctx context.Context) error {
	for _, r := range reads {
		said := "was not asked"
		for try := 0; try < mostLooks && said != ""; try++ {
			if try > 0 { // it may refuse at once what it is still reading
				if err := clock.Wait(ctx, time.Second); err != nil {
					return err
				}
			}
			said = wrong(e.call(ctx, e.leader, "GET", r.path(e), nil), http.StatusOK)
		}
		if said != "" {
			return fmt.Errorf("loadtest: %s: %s", r.name, said)
		}
	}
	return nil
}

// mostLooks is how often the first look at something is tried.
const mostLooks = 10

// read is one look at something.
func (e *evening) read() operation {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := e.rand.IntN(100)
	for _, r := range reads {
		if n -= r.share; n < 0 {
			who, path := pick(e.rand, e.members), r.path(e)
			return func(ctx context.Context) (string, string) {
				return r.name, wrong(e.call(ctx, who, "GET", path, nil), http.StatusOK)
			}
		}
	}
	return nil // the shares are a hundred
}

func wrong(a answer, want ...int) string {
	for _, status := range want {
		if a.status == status {
			return ""
		}
	}
	return fmt.Sprintf("%d %s", a.status, a.reason)
}

// next is what somebody does: one time in ten a write.
func (e *evening) next() operation {
	e.mu.Lock()
	write := e.rand.IntN(10) == 0
	e.mu.Unlock()
	if !write {
		return e.read()
	}
	return e.write()
}

// write takes some wish one step further, or posts a new one, or has somebody come to
// the activity.
func (e *evening) write() operation {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.activity != "" && e.rand.IntN(4) == 0 && e.coming < len(e.members) {
		return e.come()
	}
	from := stage(e.rand.IntN(int(stages)))
	if len(e.stages[from]) == 0 {
		return e.post()
	}
	s := e.stages[from][0]
	e.stages[from] = e.stages[from][1:]
	staff := pick(e.rand, e.staff)
	switch from {
	case isPosted:
		body := map[string]any{"decision": "publish"}
		return e.step(move{staff, "publish", "/wishes/" + s.wish + "/review", body}, s, isOpen)
	case isOpen:
		s.by = pick(e.rand, e.members)
		return e.claim(s)
	case isClaimed:
		body := map[string]any{"decision": "approve"}
		return e.step(move{staff, "approve", "/claims/" + s.claim + "/review", body}, s, isApproved)
	case isApproved:
		body := map[string]any{"note": "换好了。"}
		return e.step(move{s.by, "deliver", "/claims/" + s.claim + "/delivery", body}, s, isDelivered)
	case isDelivered:
		body := map[string]any{"accepted": true, "rating": 5}
		return e.step(move{s.owner, "confirm", "/claims/" + s.claim + "/confirmation", body}, s, stages)
	case stages:
	}
	return e.post()
}

func (e *evening) post() operation {
	s := story{owner: pick(e.rand, e.members)}
	body := e.wish(e.rand.IntN(100_000_000))
	return func(ctx context.Context) (string, string) {
		a := e.call(ctx, s.owner, "POST", "/wishes", body)
		if s.wish = a.text("id"); a.status == http.StatusCreated {
			e.put(isPosted, s)
		}
		return "post", wrong(a, http.StatusCreated)
	}
}

func (e *evening) claim(s story) operation {
	return func(ctx context.Context) (string, string) {
		a := e.call(ctx, s.by, "POST", "/wishes/"+s.wish+"/claims", map[string]any{})
		if s.claim = a.text("id"); a.status == http.StatusCreated {
			e.put(isClaimed, s)
		} else {
			e.put(isOpen, s) // somebody who has three already, or whose wish it is
		}
		return "claim", wrong(a, http.StatusCreated, http.StatusConflict, http.StatusForbidden)
	}
}

// move is what somebody does to a wish.
type move struct {
	who        person
	name, path string
	body       map[string]any
}

func (e *evening) step(m move, s story, to stage) operation {
	return func(ctx context.Context) (string, string) {
		a := e.call(ctx, m.who, "POST", m.path, m.body)
		if a.status == http.StatusOK && to < stages {
			e.put(to, s)
		}
		return m.name, wrong(a, http.StatusOK)
	}
}

func (e *evening) put(at stage, s story) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.stages[at] = append(e.stages[at], s)
}

// come has the next member sign up, or one who has check in.
func (e *evening) come() operation {
	if len(e.signed) > 0 && e.rand.IntN(2) == 0 {
		who, body := e.signed[0], map[string]any{"code": e.code}
		e.signed = e.signed[1:]
		return func(ctx context.Context) (string, string) {
			return "check in", wrong(e.call(ctx, who, "POST", "/activities/"+e.activity+"/checkins", body), http.StatusCreated)
		}
	}
	who := e.members[e.coming]
	e.coming++
	return func(ctx context.Context) (string, string) {
		a := e.call(ctx, who, "POST", "/activities/"+e.activity+"/signups", map[string]any{"overlap": true})
		if a.status == http.StatusCreated {
			e.mu.Lock()
			e.signed = append(e.signed, who)
			e.mu.Unlock()
		}
		return "sign up", wrong(a, http.StatusCreated)
	}
}

// Evening has many people read and some write, at the rate for the time; with no rate
// at a part of the highest that the server stands.
func Evening(ctx context.Context, t Target, l Load) (Report, error) {
	c, err := open(ctx, t)
	if err != nil {
		return Report{}, err
	}
	e, err := c.prepare(ctx)
	if err != nil {
		return Report{}, err
	}
	if err := e.beginActivity(ctx); err != nil {
		return Report{}, err
	}
	stop := e.keepCode(ctx)
	defer stop()
	return c.load(ctx, "evening", l, e.next)
}

// Read is the part of an evening that only reads.
func Read(ctx context.Context, t Target, l Load) (Report, error) {
	c, err := open(ctx, t)
	if err != nil {
		return Report{}, err
	}
	e, err := c.prepare(ctx)
	if err != nil {
		return Report{}, err
	}
	return c.load(ctx, "read", l, e.read)
}

// renewal is how often the leader looks at the code, which changes every 30 seconds.
const renewal = 10 * time.Second
