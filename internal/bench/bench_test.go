package bench

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack"
	"xinyuan/internal/race"
)

const workers = 64

// side does the work once; i counts up within the round.
type side func(worker, i int)

// contest is one operation of ours and its bare version. An operation that uses
// something up gets it from prepare, before each round, and its rows are counted.
type contest struct {
	name        string
	prepare     func(n int)
	ours, limit side
	rows        [2]string // counts the rows that each side has written
}

// cost is CPU time for one operation, in microseconds.
type cost struct {
	Server float64 `json:"server"`
	MySQL  float64 `json:"mysql"`
	Redis  float64 `json:"redis"`
}

// result is a line of the table, and of bench.json.
type result struct {
	Name  string          `json:"name"`
	Ours  float64         `json:"ours"` // a second
	Limit float64         `json:"limit"`
	Ratio float64         `json:"ratio"`
	Unit  string          `json:"unit"`
	CPU   map[string]cost `json:"cpu"` // of "ours" and "limit"
}

// half is all rounds of one side of a contest.
type half struct {
	server     *child // the measured one
	other      *child
	do         side
	rates, p99 []float64
	done       int
	cpu        [3]time.Duration // server, MariaDB, Redis
}

// TestBench measures every contest in turns, ours and the limit one after the
// other in each round, and prints the medians. By default it is a small run that
// only shows that everything works and is counted; XINYUAN_TEST_BENCH=FILE makes
// it a whole one, on a durable database, and writes the file.
func TestBench(t *testing.T) {
	file := os.Getenv("XINYUAN_TEST_BENCH")
	size := scale{wishes: 1 << 10, scores: 1000, perRound: 32, rounds: 2}
	if file != "" {
		size = scale{wishes: 1 << 18, scores: 1_000_000, perRound: 8000, rounds: 7, timed: time.Second}
		durable(t, filepath.Dir(file))
	}
	s := newStage(t, size)
	s.start()
	if file != "" {
		s.requireDurable()
	} else {
		file = filepath.Join(t.TempDir(), "bench.json")
	}
	results := make([]result, 0, 9)
	fmt.Fprintf(os.Stdout, "%-13s %8s %8s %6s %8s %8s   %s\n", "", "ours/s", "bare/s", "ratio", "p99", "bare p99",
		"CPU µs an operation, server/MariaDB/Redis: ours, bare")
	for _, c := range s.contests() {
		results = append(results, s.measure(c))
	}
	text, err := json.MarshalIndent(results, "", "  ")
	must(t, err)
	must(t, os.WriteFile(file, text, 0o600))
	checkFile(t, file)
}

// durable starts servers of the run's own beside the file, whose database
// flushes at each commit.
func durable(t *testing.T, dir string) {
	t.Helper()
	dir, err := os.MkdirTemp(dir, "bench-")
	must(t, err)
	stack, err := devstack.Start(t.Context(), devstack.Options{Dir: dir})
	must(t, err)
	t.Cleanup(func() {
		must(t, stack.Stop())
		must(t, os.RemoveAll(dir))
	})
	t.Setenv(devstack.MySQLVariable, stack.MySQLDSN())
	t.Setenv(devstack.RedisVariable, stack.RedisAddr())
}

// requireDurable fails where commits are not flushed, or only to memory.
func (s *stage) requireDurable() {
	var flush int
	var dir string
	must(s.t, s.w.App.DB.Pool().QueryRowContext(s.t.Context(),
		"SELECT @@innodb_flush_log_at_trx_commit, @@datadir").Scan(&flush, &dir))
	var disk syscall.Statfs_t
	must(s.t, syscall.Statfs(dir, &disk))
	const tmpfs = 0x01021994 // statfs(2)
	if flush != 1 || disk.Type == tmpfs {
		s.t.Fatalf("bench: the database is not durable: flush %d, file system %x", flush, disk.Type)
	}
}

// measure does all rounds of the contest, after one to warm up, which also
// tells how much of ours must be prepared for a round.
func (s *stage) measure(c contest) result {
	s.t.Helper()
	ours, limit := half{server: s.ours, other: s.bare, do: c.ours}, half{server: s.bare, other: s.ours, do: c.limit}
	supply := min(s.perRound, 4*workers)
	for round := range s.rounds + 1 {
		if c.prepare != nil {
			c.prepare(supply)
			s.awaitQuiet()
		}
		s.round(&ours, supply, c.rows[0])
		s.round(&limit, s.perRound, c.rows[1])
		if round == 0 {
			if s.timed > 0 {
				supply = min(s.perRound, int(ours.rates[0]*s.timed.Seconds()*1.4)+workers)
			}
			ours.forget()
			limit.forget()
		}
	}
	r := result{Name: c.name, Ours: median(ours.rates), Limit: median(limit.rates), Unit: "operations a second"}
	r.Ratio = r.Ours / r.Limit
	r.CPU = map[string]cost{"ours": ours.cost(), "limit": limit.cost()}
	fmt.Fprintf(os.Stdout, "%-13s %8.0f %8.0f %6.2f %6.1fms %6.1fms   %v, %v\n", r.Name, r.Ours, r.Limit, r.Ratio,
		median(ours.p99), median(limit.p99), r.CPU["ours"], r.CPU["limit"])
	return r
}

// round measures one side once, until the work behind its answers is done too.
// Meanwhile the other side's process is stopped, so that its background jobs
// cost nobody but itself.
func (s *stage) round(h *half, n int, rows string) {
	s.t.Helper()
	must(s.t, h.other.signal(syscall.SIGSTOP))
	defer func() { must(s.t, h.other.signal(syscall.SIGCONT)) }()
	before := s.countRows(rows)
	cpu, began := s.cpu(h.server), clock.System().Now()
	done, p99 := s.run(n, rows != "", h.do)
	if h.server == s.ours && rows != "" {
		s.awaitQuiet()
	}
	seconds := clock.System().Now().Sub(began).Seconds()
	for i, used := range s.cpu(h.server) {
		h.cpu[i] += used - cpu[i]
	}
	h.done += done
	h.rates, h.p99 = append(h.rates, float64(done)/seconds), append(h.p99, p99)
	if written := s.countRows(rows) - before; rows != "" && written != done {
		s.t.Fatalf("%s: %d rows for %d operations", rows, written, done)
	}
}

func (s *stage) cpu(server *child) [3]time.Duration {
	return [3]time.Duration{
		cpuTime(s.t, server.cmd.Process.Pid), cpuTime(s.t, s.mysqld), cpuTime(s.t, s.redisd),
	}
}

func (s *stage) countRows(query string) (n int) {
	s.t.Helper()
	if query != "" {
		must(s.t, s.w.App.DB.Pool().QueryRowContext(s.t.Context(), query).Scan(&n))
	}
	return n
}

// awaitQuiet waits until boards, messages and checks of texts have followed: what
// prepares a round costs the round nothing, and what an operation leaves behind is
// its own.
func (s *stage) awaitQuiet() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 5*time.Minute)
	defer cancel()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for s.countRows(`SELECT (SELECT COUNT(*) FROM outbox WHERE dead_at IS NULL)
		+ (SELECT COUNT(*) FROM texts WHERE verdict = 'checking')`) > 0 {
		select {
		case <-tick.C:
		case <-ctx.Done():
			s.t.Fatal("bench: the work behind the answers does not end")
		}
	}
}

// run has all workers do the work until the round's time is over; at most n
// times where it is used up, exactly n times where there is no time. It returns
// how often, and how many milliseconds the slowest hundredth took.
func (s *stage) run(n int, usedUp bool, do side) (done int, p99 float64) {
	machine := clock.System()
	var next atomic.Int64
	var wg race.Group
	var mu sync.Mutex
	var took []float64
	until := machine.Now().Add(s.timed)
	for worker := range workers {
		wg.Go(func() {
			var mine []float64
			for at := machine.Now(); s.timed == 0 || at.Before(until); {
				i := int(next.Add(1)) - 1
				if i >= n && (usedUp || s.timed == 0) {
					break
				}
				do(worker, i)
				now := machine.Now()
				mine = append(mine, float64(now.Sub(at))/float64(time.Millisecond))
				at = now
			}
			mu.Lock()
			defer mu.Unlock()
			took = append(took, mine...)
		})
	}
	wg.Wait()
	slices.Sort(took)
	return len(took), took[len(took)*99/100]
}

// forget drops what the warm-up measured.
func (h *half) forget() { h.rates, h.p99, h.done, h.cpu = nil, nil, 0, [3]time.Duration{} }

func (h *half) cost() cost {
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(h.done) }
	return cost{each(h.cpu[0]), each(h.cpu[1]), each(h.cpu[2])}
}

// String is the cost as the table shows it.
func (c cost) String() string { return fmt.Sprintf("%.0f/%.0f/%.0f", c.Server, c.MySQL, c.Redis) }

// checkFile holds the file against what others read in it.
func checkFile(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	var lines []map[string]any
	must(t, json.Unmarshal(text, &lines))
	names := make([]string, 0, len(lines))
	for _, l := range lines {
		name, _ := l["name"].(string)
		names = append(names, name)
		ours, _ := l["ours"].(float64)
		limit, _ := l["limit"].(float64)
		cpu, _ := l["cpu"].(map[string]any)
		if ours <= 0 || limit <= 0 || l["ratio"] != ours/limit || l["unit"] == "" || len(cpu) != 2 || len(l) != 6 {
			t.Errorf("bench.json: %v", l)
		}
	}
	want := []string{"claim", "claimTwin", "award", "awardTwin", "hall", "hallDeep", "board", "boardMillion", "aroundMe"}
	if !slices.Equal(names, want) {
		t.Errorf("bench.json names %v, want %v", names, want)
	}
}

// TestCPUTime holds that work shows in the figure, and rest does not.
func TestCPUTime(t *testing.T) {
	machine, before := clock.System(), cpuTime(t, os.Getpid())
	for began := machine.Now(); machine.Now().Sub(began) < 20*time.Second; {
		if cpuTime(t, os.Getpid())-before >= 50*time.Millisecond {
			return
		}
	}
	t.Error("twenty seconds of work cost no CPU time")
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
