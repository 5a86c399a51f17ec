package loadtest

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"xinyuan/internal/fault"
)

// published posts so many wishes and has staff publish them. The owners are the last
// of the members.
func (c *client) published(ctx context.Context, n int) ([]string, error) {
	ids := make([]string, n)
	err := each(n, logIns, func(i int) error {
		a := c.call(ctx, c.owner(i), "POST", "/wishes", c.wish(i))
		if a.status != http.StatusCreated {
			return fmt.Errorf("loadtest: no wish is posted: %d %s", a.status, a.reason)
		}
		ids[i] = a.text("id")
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ids, c.decide(ctx, "wish", "publish", ids)
}

// owner is whose wish it is.
func (c *client) owner(i int) person { return c.members[len(c.members)-1-i%len(c.members)] }

func (c *client) wish(i int) map[string]any {
	return map[string]any{
		"nodeId": c.node, "category": "repair", "title": "修楼道灯", "description": "夜里看不清路。",
		"contact": map[string]any{"name": "刘桂兰", "phone": fmt.Sprintf("138%08d", i), "address": "振兴路12号"},
	}
}

// atOnce is how many matters staff decide with one request.
const atOnce = 50

// decide has staff decide all the matters, in turns.
func (c *client) decide(ctx context.Context, kind, decision string, ids []string) error {
	return each((len(ids)+atOnce-1)/atOnce, len(c.staff), func(i int) error {
		part := ids[i*atOnce : min((i+1)*atOnce, len(ids))]
		items := make([]map[string]any, len(part))
		for j, one := range part {
			items[j] = map[string]any{"kind": kind, "id": one, "decision": decision}
		}
		a := c.call(ctx, c.staff[i%len(c.staff)], "POST", "/approvals/batch", map[string]any{"items": items})
		for _, result := range a.items("results") {
			if done, _ := result["done"].(bool); !done {
				return fmt.Errorf("loadtest: a %s is not decided: %v", kind, result["reason"])
			}
		}
		if a.status != http.StatusOK {
			return fmt.Errorf("loadtest: nothing is decided: %d %s", a.status, a.reason)
		}
		return nil
	})
}

// race has n people each do something at the same moment.
func (c *client) race(n int, do func(i int, began time.Time)) time.Duration {
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	var began time.Time
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			do(i, began)
		})
	}
	ready.Wait()
	began = c.Clock.Exact()
	close(start)
	done.Wait()
	return c.Clock.Exact().Sub(began)
}

// Rush has all members open some of so many wishes, and then claim them at the same
// moment. Each wish has one winner, and everybody else is told that it is taken.
func Rush(ctx context.Context, t Target, wishes int) (Report, error) {
	c, err := open(ctx, t)
	if err != nil {
		return Report{}, err
	}
	ids, err := c.published(ctx, wishes)
	if err != nil {
		return Report{}, err
	}
	// Everybody has the wish before them, so that their connections stand.
	var unseen atomic.Int64
	c.race(len(c.members), func(i int, _ time.Time) {
		if a := c.call(ctx, c.members[i], "GET", "/wishes/"+ids[i%wishes], nil); a.status != http.StatusOK {
			unseen.Add(1)
		}
	})
	if n := unseen.Load(); n > 0 {
		return Report{}, fmt.Errorf("loadtest: %d people do not see the wish", n)
	}
	m, won, kept := newMeter(), make([]atomic.Int64, wishes), make([]string, len(c.members))
	r := Report{Scenario: "rush"}
	r.Took = c.race(len(c.members), func(i int, began time.Time) {
		wish := i % wishes
		a := c.call(ctx, c.members[i], "POST", "/wishes/"+ids[wish]+"/claims", map[string]any{})
		took := c.Clock.Exact().Sub(began)
		switch {
		case a.status == http.StatusCreated:
			won[wish].Add(1)
			kept[i] = a.text("id")
			m.add("201 won", took, "")
		case a.status == http.StatusConflict && a.reason == string(fault.ReasonWishTaken):
			m.add("409 lost", took, "")
		default:
			m.add("other", took, fmt.Sprintf("%d %s", a.status, a.reason))
		}
	})
	for i := range won {
		if n := won[i].Load(); n != 1 {
			r.Broken = append(r.Broken, fmt.Sprintf("wish %s has %d winners", ids[i], n))
		}
	}
	r.Lines = m.lines()
	if n := r.Errors(); n > 0 {
		r.Broken = append(r.Broken, fmt.Sprintf("%d claims were neither won nor lost", n))
	}
	return r, c.giveBack(ctx, kept)
}

// giveBack has the members give their claims back, if they have one: the next trial finds everybody free to claim.
func (c *client) giveBack(ctx context.Context, claims []string) error {
	return each(len(claims), logIns, func(i int) error {
		if claims[i] == "" {
			return nil
		}
		a := c.call(ctx, c.members[i], "POST", "/claims/"+claims[i]+"/release", map[string]any{})
		if a.status != http.StatusOK {
			return fmt.Errorf("loadtest: nothing is given back: %d %s", a.status, a.reason)
		}
		return nil
	})
}
