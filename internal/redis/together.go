package redis

import (
	"context"
	"runtime"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// A busy server asks Redis for one small thing after another: whose token this is,
// what is left of a budget, where somebody stands. What is asked while a trip is
// under way leaves together with the next one: a trip costs both sides far more than
// a question. Whoever asks alone does not wait.

const (
	// mostTrips is how many trips are under way at once.
	mostTrips = 2
	// mostTogether is how many questions travel in one trip.
	mostTogether = 128
	// longestTrip bounds a trip that several callers wait for.
	longestTrip = 3 * time.Second
)

// together are the questions that wait for a trip.
type together struct {
	mu      sync.Mutex
	waiting []*question
	trips   int // under way
}

// question is one command and its answer, whose command nobody else touches until it is answered.
type question struct {
	command  *goredis.Cmd
	answered chan struct{}
}

// Ask sends a short command that blocks nobody, with others, and returns what
// Redis answers. Each has an error of its own; a trip that fails fails for all in it.
func (c *Client) Ask(ctx context.Context, command ...any) *goredis.Cmd {
	if err := ctx.Err(); err != nil {
		return goredis.NewCmdResult(nil, err)
	}
	// The caller may leave; the others want their answers.
	shared := context.WithoutCancel(ctx)
	q := &question{goredis.NewCmd(shared, command...), make(chan struct{})}
	t := c.together
	t.mu.Lock()
	t.waiting = append(t.waiting, q)
	start := t.trips < mostTrips
	if start {
		t.trips++
	}
	t.mu.Unlock()
	if start {
		go t.travel(c) //nolint:contextcheck // a trip is that of many callers
	}
	select {
	case <-q.answered:
		return q.command
	case <-ctx.Done():
		return goredis.NewCmdResult(nil, ctx.Err())
	}
}

// travel makes trips until nobody waits.
func (t *together) travel(c *Client) {
	for {
		runtime.Gosched() // who is about to ask comes along
		t.mu.Lock()
		n := min(len(t.waiting), mostTogether)
		if n == 0 {
			t.trips--
			t.waiting = nil
			t.mu.Unlock()
			return
		}
		now := t.waiting[:n:n]
		t.waiting = t.waiting[n:]
		t.mu.Unlock()
		c.trip(now)
	}
}

// trip asks all of them at once and hands out the answers.
func (c *Client) trip(questions []*question) {
	ctx, cancel := context.WithTimeout(context.Background(), longestTrip)
	defer cancel()
	pipe := c.Pipeline()
	for _, q := range questions {
		_ = pipe.Process(ctx, q.command) // queues it
	}
	_, _ = pipe.Exec(ctx) // each command has its own error
	for _, q := range questions {
		close(q.answered)
	}
}

// Script asks a script by its hash, and sends the script itself to a Redis that does not know it.
func (c *Client) Script(ctx context.Context, script *goredis.Script, keys []string, args ...any) *goredis.Cmd {
	answer := c.askScript(ctx, script.Hash(), keys, args...)
	if goredis.HasErrorPrefix(answer.Err(), "NOSCRIPT") {
		return script.Eval(ctx, c, keys, args...)
	}
	return answer
}

// askScript asks a script that Redis knows.
func (c *Client) askScript(ctx context.Context, hash string, keys []string, args ...any) *goredis.Cmd {
	command := make([]any, 0, 3+len(keys)+len(args))
	command = append(command, "evalsha", hash, len(keys))
	for _, key := range keys {
		command = append(command, key)
	}
	return c.Ask(ctx, append(command, args...)...)
}
