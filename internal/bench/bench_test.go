package bench

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/race"
)

const (
	workers = 16
	rounds  = 5
)

// side does the work once; i counts up over the whole run.
type side func(worker, i int)

// contest is one operation of ours and its bare version. An operation that uses
// something up gets it from prepare, before each round of so many.
type contest struct {
	name        string
	prepare     func(n int)
	ours, limit side
	perRound    int
}

// result is a line of the table, and of bench.json.
type result struct {
	Name  string  `json:"name"`
	Ours  float64 `json:"ours"` // a second
	Limit float64 `json:"limit"`
	Ratio float64 `json:"ratio"`
	Unit  string  `json:"unit"`
}

// TestBench measures every contest in turns, ours and the limit one after the
// other in each round, and prints the medians. By default it is a small run that
// only shows that everything works; XINYUAN_TEST_BENCH=FILE makes it a whole one
// and writes the file.
func TestBench(t *testing.T) {
	file := os.Getenv("XINYUAN_TEST_BENCH")
	size := scale{wishes: 1 << 10, scores: 1000, perRound: 32}
	if file != "" {
		size = scale{wishes: 1 << 18, scores: 1_000_000, perRound: 400}
		if text := os.Getenv("XINYUAN_TEST_BENCH_SCORES"); text != "" {
			n, err := strconv.Atoi(text)
			must(t, err)
			size.scores = n
		}
	}
	s := newStage(t, size)
	results := make([]result, 0, 8)
	fmt.Fprintf(os.Stdout, "%-14s %10s %10s %7s %9s %9s\n", "", "ours/s", "bare/s", "ratio", "p99", "bare p99")
	for _, c := range s.contests() {
		var ours, limit, oursP99, limitP99 []float64
		for round := range rounds {
			if c.prepare != nil {
				c.prepare(c.perRound)
			}
			rate, p99 := run(c.perRound, round, c.ours)
			ours, oursP99 = append(ours, rate), append(oursP99, p99)
			rate, p99 = run(c.perRound, round, c.limit)
			limit, limitP99 = append(limit, rate), append(limitP99, p99)
		}
		r := result{Name: c.name, Ours: median(ours), Limit: median(limit), Unit: "operations a second"}
		r.Ratio = r.Ours / r.Limit
		fmt.Fprintf(os.Stdout, "%-14s %10.0f %10.0f %7.2f %7.1fms %7.1fms\n", r.Name, r.Ours, r.Limit, r.Ratio, median(oursP99), median(limitP99))
		results = append(results, r)
	}
	if file == "" {
		return
	}
	text, err := json.MarshalIndent(results, "", "  ")
	must(t, err)
	must(t, os.WriteFile(file, text, 0o600))
}

// run has all workers do n operations together, and returns how many they did a
// second and how many milliseconds the slowest hundredth took.
func run(n, round int, do side) (rate, p99 float64) {
	machine := clock.System()
	took := make([]float64, n)
	var wg race.Group
	began := machine.Now()
	for worker := range workers {
		wg.Go(func() {
			for i := worker; i < n; i += workers {
				at := machine.Now()
				do(worker, round*n+i)
				took[i] = float64(machine.Now().Sub(at)) / float64(time.Millisecond)
			}
		})
	}
	wg.Wait()
	slices.Sort(took)
	return float64(n) / machine.Now().Sub(began).Seconds(), took[n*99/100]
}

func median(all []float64) float64 {
	slices.SortFunc(all, func(a, b float64) int { return cmp.Compare(a, b) })
	return all[len(all)/2]
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
