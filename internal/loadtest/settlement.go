package loadtest

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"xinyuan/internal/clock"
)

// delivered readies so many claims for which only their owners' word is missing.
func (c *client) delivered(ctx context.Context, n int) ([]string, error) {
	ids, err := c.published(ctx, n)
	if err != nil {
		return nil, err
	}
	if c.claimants, err = c.whoMayClaim(ctx, n); err != nil {
		return nil, err
	}
	claims := make([]string, n)
	err = each(n, logIns, func(i int) error {
		a := c.call(ctx, c.claimants[i], "POST", "/wishes/"+ids[i]+"/claims", map[string]any{})
		if a.status != http.StatusCreated {
			return fmt.Errorf("loadtest: no wish is claimed: %d %s", a.status, a.reason)
		}
		claims[i] = a.text("id")
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := c.decide(ctx, "claim", "approve", claims); err != nil {
		return nil, err
	}
	return claims, each(n, logIns, func(i int) error {
		a := c.call(ctx, c.claimants[i], "POST", "/claims/"+claims[i]+"/delivery", map[string]any{"note": "换好了。"})
		if a.status != http.StatusOK {
			return fmt.Errorf("loadtest: nothing is delivered: %d %s", a.status, a.reason)
		}
		return nil
	})
}

// whoMayClaim is who claims the wish of each of so many owners: somebody else, who may claim one more.
func (c *client) whoMayClaim(ctx context.Context, n int) ([]person, error) {
	room := make([]int64, len(c.members))
	err := each(len(c.members), logIns, func(i int) error {
		a := c.call(ctx, c.members[i], "GET", "/claims?mine=true&limit=1", nil)
		if a.status != http.StatusOK {
			return fmt.Errorf("loadtest: nobody knows how many wishes one may claim: %d %s", a.status, a.reason)
		}
		room[i] = number(a.body["mayClaim"])
		return nil
	})
	all := make([]person, 0, n)
	for more := int64(1); err == nil && len(all) < n; more++ {
		before := len(all)
		for i, p := range c.members {
			if len(all) < n && room[i] >= more && p != c.owner(len(all)) {
				all = append(all, p)
			}
		}
		if len(all) == before {
			err = fmt.Errorf("loadtest: the members may claim %d wishes, of %d", before, n)
		}
	}
	return all, err
}

const (
	// follow is how long boards may take to follow a posting.
	follow = time.Second
	// looked is at how many people's places on the board it is looked.
	looked = 50
	// giveUp is after how long nobody waits for a board any more.
	giveUp = time.Minute
)

// Settlement has the owners of so many wishes confirm at the same moment, and looks how
// soon the boards say what the ledger says.
func Settlement(ctx context.Context, t Target, claims int) (Report, error) {
	c, err := open(ctx, t)
	if err != nil {
		return Report{}, err
	}
	ids, err := c.delivered(ctx, claims)
	if err != nil {
		return Report{}, err
	}
	m, r := newMeter(), Report{Scenario: "settlement"}
	if _, err := c.boardsFollow(ctx, 1); err != nil { // somebody looks at the board before
		return r, err
	}
	r.Took = c.race(claims, func(i int, began time.Time) {
		body := map[string]any{"accepted": true, "rating": 5}
		a := c.call(ctx, c.owner(i), "POST", "/claims/"+ids[i]+"/confirmation", body)
		why := ""
		if a.status != http.StatusOK {
			why = fmt.Sprintf("%d %s", a.status, a.reason)
		}
		m.add("confirmation", c.Clock.Exact().Sub(began), why)
	})
	r.Lines = m.lines()
	if n := r.Errors(); n > 0 {
		r.Broken = append(r.Broken, fmt.Sprintf("%d confirmations failed", n))
	}
	behind, err := c.boardsFollow(ctx, min(claims, looked))
	if err != nil {
		return r, err
	}
	r.Notes = append(r.Notes,
		fmt.Sprintf("the boards were right %.0f ms after the last confirmation", milliseconds(behind)))
	if behind > follow {
		r.Broken = append(r.Broken, "the boards follow later than within a second")
	}
	return r, nil
}

// boardsFollow waits until the board of the year says of each of so many claimants
// what their ledger says, and tells for how long.
func (c *client) boardsFollow(ctx context.Context, people int) (time.Duration, error) {
	began := c.Clock.Exact()
	err := each(people, logIns, func(i int) error {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			earned, shown := c.standing(ctx, c.claimants[i])
			if earned == shown {
				return nil
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return ctx.Err()
			}
			if c.Clock.Exact().Sub(began) > giveUp {
				return fmt.Errorf("loadtest: the board says %d, the ledger %d after a minute", shown, earned)
			}
		}
	})
	return c.Clock.Exact().Sub(began), err
}

// standing is what somebody has earned this year, and what the board of the year says.
func (c *client) standing(ctx context.Context, who person) (earned, shown int64) {
	year := strconv.Itoa(c.business().In(clock.Shanghai).Year())
	earned = number(c.call(ctx, who, "GET", "/me/points", nil).body["thisYear"])
	me, _ := c.call(ctx, who, "GET", "/leaderboards?period="+year, nil).body["me"].(map[string]any)
	return earned, number(me["score"])
}

func number(v any) int64 {
	n, _ := v.(float64)
	return int64(n)
}
