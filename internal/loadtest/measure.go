package loadtest

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// together is the line of all requests.
const together = "all"

// Line is what was measured of one kind of request.
type Line struct {
	Name string
	// Answered is how many were answered as they should be, Errors how many otherwise, by why.
	Answered      int
	Errors        map[string]int
	P50, P99, Max time.Duration
}

// Report is what a scenario measured.
type Report struct {
	Scenario string
	Took     time.Duration
	Rate     float64 // requests a second that were due; 0: all were at once
	Lines    []Line
	Notes    []string // what else there is to say
	Broken   []string // promises that did not hold
}

// Errors is how many requests were answered otherwise than they should be.
func (r Report) Errors() int {
	n := 0
	for _, l := range r.Lines {
		if l.Name == together {
			continue
		}
		for _, count := range l.Errors {
			n += count
		}
	}
	return n
}

// answered is how many were answered as they should be.
func (r Report) answered() int {
	n := 0
	for _, l := range r.Lines {
		if l.Name != together {
			n += l.Answered
		}
	}
	return n
}

// Print writes the report as a table.
func (r Report) Print(to io.Writer) error {
	rows := []string{fmt.Sprintf("%s：%.1f 秒，每秒 %.0f 次应答", r.Scenario, r.Took.Seconds(),
		float64(r.answered())/max(r.Took.Seconds(), 0.001))}
	if r.Rate > 0 {
		rows[0] += fmt.Sprintf("，每秒发出 %.0f 次", r.Rate)
	}
	rows = append(rows, fmt.Sprintf("%-24s %9s %10s %10s %10s  %s", "", "answered", "p50", "p99", "max", "errors"))
	for _, l := range r.Lines {
		var wrong []string
		for _, why := range slices.Sorted(maps.Keys(l.Errors)) {
			wrong = append(wrong, fmt.Sprintf("%s %d", why, l.Errors[why]))
		}
		rows = append(rows, fmt.Sprintf("%-24s %9d %8.1fms %8.1fms %8.1fms  %s", l.Name, l.Answered,
			milliseconds(l.P50), milliseconds(l.P99), milliseconds(l.Max), strings.Join(wrong, ", ")))
	}
	rows = append(rows, r.Notes...)
	for _, b := range r.Broken {
		rows = append(rows, "✗ "+b)
	}
	_, err := io.WriteString(to, strings.Join(rows, "\n")+"\n")
	return err
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// meter collects what was answered. It is safe for concurrent use.
type meter struct {
	mu     sync.Mutex
	took   map[string][]time.Duration
	errors map[string]map[string]int
}

func newMeter() *meter {
	return &meter{took: map[string][]time.Duration{}, errors: map[string]map[string]int{}}
}

// add counts an answer; why is empty for one as it should be.
func (m *meter) add(name string, took time.Duration, why string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.took[name] = append(m.took[name], took); why == "" {
		return
	}
	if m.errors[name] == nil {
		m.errors[name] = map[string]int{}
	}
	m.errors[name][why]++
}

// lines are the kinds of requests, the most frequent first, and all of them together.
func (m *meter) lines() []Line {
	m.mu.Lock()
	defer m.mu.Unlock()
	var lines []Line
	var all []time.Duration
	errors := map[string]int{}
	for name, took := range m.took {
		lines = append(lines, line(name, took, m.errors[name]))
		all = append(all, took...)
		for why, n := range m.errors[name] {
			errors[why] += n
		}
	}
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(b.Answered, a.Answered), cmp.Compare(a.Name, b.Name))
	})
	if len(lines) > 1 {
		lines = append(lines, line(together, all, errors))
	}
	return lines
}

func line(name string, took []time.Duration, errors map[string]int) Line {
	slices.Sort(took)
	l := Line{Name: name, Answered: len(took), Errors: errors}
	for _, n := range errors {
		l.Answered -= n
	}
	if len(took) > 0 {
		l.P50, l.P99, l.Max = took[len(took)/2], took[len(took)*99/100], took[len(took)-1]
	}
	return l
}

// within is how many of all requests were answered as they should be in the time.
func (m *meter) within(limit time.Duration) (part float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	good, all := 0, 0
	for name, took := range m.took {
		all += len(took)
		for _, d := range took {
			if d < limit {
				good++
			}
		}
		for _, n := range m.errors[name] {
			good -= n
		}
	}
	return float64(good) / float64(max(all, 1))
}

// mostAtOnce is how many requests may be under way; one that is due beyond them is an
// error, since no client would see its answer in time.
const mostAtOnce = 10_000

// operation does one request of a load and says what it was and why it failed.
type operation func(ctx context.Context) (name, why string)

// drive has an operation begin at each of its times, at the rate, for the duration,
// and waits for all of them.
func (c *client) drive(ctx context.Context, m *meter, rate float64, d time.Duration, next func() operation) {
	var wg sync.WaitGroup
	places := make(chan struct{}, mostAtOnce)
	start := c.Clock.Exact()
	timer := time.NewTimer(0)
	defer timer.Stop()
	<-timer.C
	for i := range int(rate * d.Seconds()) {
		due := start.Add(time.Duration(float64(i) / rate * float64(time.Second)))
		if wait := due.Sub(c.Clock.Exact()); wait > 0 {
			timer.Reset(wait)
			select {
			case <-timer.C:
			case <-ctx.Done():
			}
		}
		if ctx.Err() != nil {
			break
		}
		select {
		case places <- struct{}{}:
		default:
			m.add("not sent", 0, "too_many_at_once")
			continue
		}
		do := next()
		wg.Go(func() {
			name, why := do(ctx)
			m.add(name, c.Clock.Exact().Sub(due), why)
			<-places
		})
	}
	wg.Wait()
}
