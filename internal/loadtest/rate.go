package loadtest

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Load says how much, and for how long.
type Load struct {
	Rate     float64 // requests a second; 0: Share of the highest one that the server stands
	Duration time.Duration
	Share    float64
	Probe    time.Duration // how long each rate is tried
	Most     float64       // beyond which none is tried; 0: none
	Log      func(string)  // is told of each rate that is tried
}

const (
	// limit is within which a request must be answered, and part how many of them.
	limit, part = time.Second, 0.99
	// lowest is the first rate that is tried.
	lowest = 50
	// halvings is how often the way between a good and a bad rate is halved.
	halvings = 3
)

// load drives the operations and reports.
func (c *client) load(ctx context.Context, scenario string, l Load, next func() operation) (Report, error) {
	r := Report{Scenario: scenario, Rate: l.Rate}
	if l.Rate == 0 {
		highest, err := c.highest(ctx, l, next)
		if err != nil {
			return r, err
		}
		r.Rate = highest * l.Share
		r.Notes = append(r.Notes, fmt.Sprintf("the highest rate with 99 %% under 1 s: %.0f a second", highest))
	}
	m, began := newMeter(), c.Clock.Exact()
	c.drive(ctx, m, r.Rate, l.Duration, next)
	r.Took, r.Lines = c.Clock.Exact().Sub(began), m.lines()
	if n := r.Errors(); n > 0 {
		r.Broken = append(r.Broken, fmt.Sprintf("%d requests were answered otherwise than they should be", n))
	}
	return r, ctx.Err()
}

// highest searches the highest rate at which 99 % are answered within a second: it
// doubles the rate until that fails, and then halves the way back.
func (c *client) highest(ctx context.Context, l Load, next func() operation) (float64, error) {
	good, bad := 0.0, 0.0
	for try := float64(lowest); bad == 0; try *= 2 {
		if c.stands(ctx, l, try, next) {
			good = try
		} else {
			bad = try
		}
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if l.Most > 0 && good >= l.Most {
			return good, nil
		}
	}
	for range halvings {
		if try := (good + bad) / 2; c.stands(ctx, l, try, next) {
			good = try
		} else {
			bad = try
		}
	}
	if good == 0 {
		return 0, fmt.Errorf("loadtest: the server does not stand %d requests a second", lowest)
	}
	return good, ctx.Err()
}

func (c *client) stands(ctx context.Context, l Load, rate float64, next func() operation) bool {
	m := newMeter()
	c.drive(ctx, m, rate, l.Probe, next)
	within := m.within(limit)
	if l.Log != nil {
		l.Log(fmt.Sprintf("%.0f a second: %.1f %% within a second", rate, within*100))
	}
	return within >= part
}

// beginActivity has the first member, who leads a team, hold an activity that begins
// soon. Without a team nobody comes.
func (e *evening) beginActivity(ctx context.Context) error {
	teams := e.call(ctx, e.leader, "GET", "/teams?mine=true", nil).items("items")
	if len(teams) == 0 {
		return nil
	}
	now := e.business()
	a := e.call(ctx, e.leader, "POST", "/activities", map[string]any{
		"teamId": teams[0]["id"], "title": "清理楼道", "description": "自带手套。", "place": map[string]any{"name": "社区门口"},
		"startsAt": now.Add(20 * time.Minute).Format(time.RFC3339), "endsAt": now.Add(4 * time.Hour).Format(time.RFC3339),
		"quota": mostComing,
	})
	if a.status != http.StatusCreated {
		return fmt.Errorf("loadtest: no activity is planned: %d %s", a.status, a.reason)
	}
	planned := a.text("id")
	a = e.call(ctx, e.leader, "POST", "/activities/"+planned+"/publication", map[string]any{})
	if a.status != http.StatusOK {
		return fmt.Errorf("loadtest: no activity is published: %d %s", a.status, a.reason)
	}
	e.activity, e.coming = planned, 1
	return e.lookAtCode(ctx)
}

// mostComing is for how many the activity has places.
const mostComing = 2000

func (e *evening) lookAtCode(ctx context.Context) error {
	a := e.call(ctx, e.leader, "GET", "/activities/"+e.activity+"/checkin-code", nil)
	if a.status != http.StatusOK {
		return fmt.Errorf("loadtest: there is no code: %d %s", a.status, a.reason)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.code = a.text("code")
	return nil
}

// keepCode has the leader look at the code again and again until stop.
func (e *evening) keepCode(ctx context.Context) (stop func()) {
	if e.activity == "" {
		return func() {}
	}
	ctx, stop = context.WithCancel(ctx)
	go func() {
		tick := time.NewTicker(renewal)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				_ = e.lookAtCode(ctx) // check-ins that fail say so
			}
		}
	}()
	return stop
}
