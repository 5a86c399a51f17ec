// Package race bounds the time of tests in which many want something at once: people who wait for each other, and a
// server that waits for itself, fail a test instead of making it slow.
//
// For tests only.
package race

import (
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"xinyuan/internal/clock"
)

// Bound is the longest that a race may take, in seconds of a machine that has nothing else to do. The largest ones
// take some seconds on two cores under the race detector.
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
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for passed := time.Duration(0); passed < Bound; {
		select {
		case <-done:
			return
		case <-tick.C:
			passed += time.Duration(float64(time.Second) * share())
		}
	}
	debug.SetTraceback("all")
	panic("race: not over after " + Bound.String() + ": who waits for whom?")
}

// probe is the work by which share asks, in time of a processor.
const probe = 5 * time.Millisecond

// share is the part of a processor that the machine gives to who has work now: 1 where nobody else has any, a tenth
// where ten have; 1 also where the system does not count by thread.
func share() float64 {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	machine := clock.System()
	begun := machine.Exact()
	first, counted := used()
	if !counted {
		return 1
	}
	for now := first; now-first < probe; {
		now, _ = used()
	}
	return min(1, float64(probe)/float64(machine.Exact().Sub(begun)))
}

// used is the time of a processor that the thread has had. Linux alone counts it.
func used() (_ time.Duration, counted bool) {
	const ofThread = 1 // RUSAGE_THREAD
	var u syscall.Rusage
	err := syscall.Getrusage(ofThread, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), err == nil
}
