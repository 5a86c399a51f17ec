package loadtest

import (
	"context"
	"time"

	"xinyuan/internal/clock"
)

// Standstill drives n requests at the rate, of which the first holds up all others for
// the time.
func Standstill(ctx context.Context, machine *clock.Clock, rate float64, n int, hold time.Duration) Report {
	c := &client{Target: Target{Clock: machine}}
	m, free := newMeter(), make(chan struct{})
	timer := time.AfterFunc(hold, func() { close(free) })
	defer timer.Stop()
	c.drive(ctx, m, rate, time.Duration(float64(n)/rate*float64(time.Second)), func() operation {
		return func(context.Context) (string, string) {
			<-free
			return "held", ""
		}
	})
	return Report{Lines: m.lines()}
}
