// Package race bounds the time of tests in which many want something at once: people who wait for each other, and a
// server that waits for itself, fail a test instead of making it slow.
//
// For tests only.
package race

import (
	"runtime/debug"
	"sync"
	"time"
)

// Bound is the longest that a race may take. The largest ones take some seconds on two cores under the race detector.
const Bound = 60 * time.Second

// Group is a sync.WaitGroup whose Wait ends. The zero Group is ready.
type Group struct{ sync.WaitGroup }

// Wait waits for all that Go has started. After Bound it ends the process, as go test does after its time-out, and
// shows what each goroutine waits for.
func (g *Group) Wait() {
	done := make(chan struct{})
	go func() {
		g.WaitGroup.Wait()
		close(done)
	}()
	timer := time.NewTimer(Bound)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
		debug.SetTraceback("all")
		panic("race: not over after " + Bound.String() + ": who waits for whom?")
	}
}
