// Package clock is the only reader of the machine's time.
//
// Business time is what deeds, deadlines and periods are judged by; the demo
// may move it forward. Machine time (leases, back-off, sessions, tokens) never
// moves. Both are UTC and cut to milliseconds, as DATETIME(3) stores them:
// MariaDB cuts and MySQL rounds, so nothing finer may reach either.
package clock

import (
	"sync/atomic"
	"time"
)

// Shanghai is the zone of business days. China has had no summer time since 1991.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Earliest and Latest bound every time that somebody may tell the programme, the
// second excluded. Nothing of it happened before, and nothing is planned so far ahead.
var (
	Earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, Shanghai)
	Latest   = time.Date(2100, 1, 1, 0, 0, 0, 0, Shanghai)
)

// Clock tells the time. It is safe for concurrent use.
type Clock struct {
	source func() time.Time
	offset atomic.Int64 // nanoseconds ahead of the source
}

// System follows the machine's clock.
func System() *Clock { return &Clock{source: time.Now} }

// Fixed stands still at t until it is advanced. For tests and seeds.
func Fixed(t time.Time) *Clock { return &Clock{source: func() time.Time { return t }} }

// Now is the time in UTC, cut to milliseconds.
func (c *Clock) Now() time.Time {
	return c.source().Add(c.Offset()).UTC().Truncate(time.Millisecond)
}

// Exact is the time as fine as the machine tells it, for measuring how long something
// takes. It is never stored.
func (c *Clock) Exact() time.Time { return c.source().Add(c.Offset()) }

// Advance moves the clock forward. A negative duration is ignored: time that
// has been written down never comes again.
func (c *Clock) Advance(d time.Duration) {
	if d > 0 {
		c.offset.Add(int64(d))
	}
}

// Offset is how far the clock runs ahead of its source.
func (c *Clock) Offset() time.Duration { return time.Duration(c.offset.Load()) }

// SetOffset restores an offset that was kept with the data.
func (c *Clock) SetOffset(d time.Duration) { c.offset.Store(int64(d)) }

// Clocks are the two clocks of an installation.
type Clocks struct {
	Business *Clock
	Machine  *Clock
}

// Systems returns both clocks on the machine's time.
func Systems() Clocks { return Clocks{Business: System(), Machine: System()} }
