package seed_test

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/doctor"
	"xinyuan/internal/leaderboard"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/redis"
	"xinyuan/internal/seed"
	"xinyuan/internal/wechat/wechattest"
)

// loadScale is two copies of a cell, and a smaller one.
const loadScale = 27

// load seeds a fresh database with the load profile.
func load(t *testing.T) (seed.Target, *mysql.DB) {
	t.Helper()
	to := target(t, 1)
	to.Profile, to.Scale = seed.ProfileLoad, loadScale
	seeded, err := seed.Fill(t.Context(), to)
	if err != nil || !seeded {
		t.Fatalf("seeded: %v, %v", seeded, err)
	}
	return to, openAt(t, to.DSN, now)
}

func TestLoadProfile(t *testing.T) {
	t.Parallel()
	to, db := load(t)
	addr, prefix := testdb.Redis(t)
	cache, err := redis.Open(redis.Options{Addr: addr, Prefix: prefix})
	must(t, err)
	defer func() { must(t, cache.Close()) }()
	boards := leaderboard.New(db, cache, outbox.New(db, clock.System()), slog.New(slog.DiscardHandler))
	_, _, err = boards.Rebuild(t.Context(), func(int, int) {})
	must(t, err)
	results, err := doctor.Examine(t.Context(), doctor.Installation{
		DB: db, Redis: cache, Machine: clock.System(), Pictures: to.Pictures, Sealer: to.Sealer,
	})
	must(t, err)
	for _, r := range results {
		for _, f := range r.Findings {
			t.Errorf("doctor: %s: %s", r.Name, f)
		}
	}
	for query, want := range map[string]string{
		"SELECT COUNT(*), COUNT(DISTINCT user_id) FROM memberships WHERE status = 'active'": fmt.Sprint(loadScale, " ", loadScale),
		"SELECT COUNT(*) FROM wishes": fmt.Sprint(loadScale),
		"SELECT COUNT(*) FROM (SELECT COUNT(*) AS n FROM points_transfers t JOIN points_accounts a ON a.id = t.credit_id" +
			" GROUP BY a.user_id) x WHERE x.n = 10": fmt.Sprint(loadScale),
		"SELECT COUNT(*) FROM signups":                                           fmt.Sprint(loadScale - 3), // all but the leaders
		"SELECT COUNT(DISTINCT status) FROM wishes":                              "3",
		"SELECT COUNT(DISTINCT status) FROM claims":                              "3",
		"SELECT COUNT(DISTINCT name), COUNT(DISTINCT invite_code) FROM teams":    "3 3",
		"SELECT COUNT(DISTINCT subject_id) > 25, COUNT(*) > 0 FROM board_months": "1 1",
	} {
		if got := texts(t, db, query); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %v, want %s", query, got, want)
		}
	}
	for _, n := range []int{1, 11, loadScale} {
		open := wechattest.DemoOpenID(fmt.Sprint("load-member-", n))
		if got := texts(t, db, "SELECT COUNT(*) FROM users WHERE open_id = ?", open); !slices.Equal(got, []string{"1"}) {
			t.Errorf("%s is there %v times", open, got)
		}
	}
	_, again := load(t)
	for _, table := range []string{"points_transfers", "events", "matters", "wishes", "wish_words", "inbox"} {
		// MariaDB's CHECKSUM TABLE says something else each time of a table with a generated column.
		one, other := texts(t, db, "SELECT * FROM "+table), texts(t, again, "SELECT * FROM "+table)
		slices.Sort(one)
		slices.Sort(other)
		if !slices.Equal(one, other) {
			t.Errorf("the same number gives other rows in %s", table)
		}
	}
}
