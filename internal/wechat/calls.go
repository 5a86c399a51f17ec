package wechat

import (
	"maps"
	"strconv"
	"sync"
)

// Call is one kind of call by what came of it. Result is "ok", "errcode N",
// "status N", "too large" or "no answer".
type Call struct{ Path, Result string }

// calls counts them. The zero value is ready, and safe for concurrent use.
type calls struct {
	mu  sync.Mutex
	all map[Call]int64
}

func (c *calls) count(path, result string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all == nil {
		c.all = map[Call]int64{}
	}
	c.all[Call{path, result}]++
}

// result names what an answer of status 200 says.
func result(body []byte) string {
	if code := errcode(body); code != 0 {
		return "errcode " + strconv.FormatInt(code, 10)
	}
	return "ok"
}

// Calls are how many calls this process made to WeChat.
func (c *Client) Calls() map[Call]int64 {
	c.transport.calls.mu.Lock()
	defer c.transport.calls.mu.Unlock()
	return maps.Clone(c.transport.calls.all)
}
