package seed_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/doctor"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/redis"
	"xinyuan/internal/seal"
	"xinyuan/internal/seed"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
	"xinyuan/internal/wechat/wechattest"
)

// starts are when demos are started, at all hours. TestDemoProfile takes the first, which is in the evening in Shanghai,
// TestAtAnyTime the others: make test the second, make test-county all.
var starts = func() (all []time.Time) {
	first := time.Date(2026, 3, 11, 13, 27, 31, 0, time.UTC)
	for i := range 6 {
		all = append(all, first.Add(time.Duration(i)*53*7*time.Hour))
	}
	return all
}()

var now = starts[0]

const home = "220521001001"

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func target(t *testing.T, number uint64) seed.Target {
	t.Helper()
	sealer, err := seal.New(seal.NewDemoKeys())
	must(t, err)
	return seed.Target{DSN: testdb.New(t), Sealer: sealer, Now: now, Profile: seed.ProfileDemo, Seed: number,
		Pictures: t.TempDir()}
}

func open(t *testing.T, dsn string) *mysql.DB {
	t.Helper()
	return openAt(t, dsn, now)
}

func openAt(t *testing.T, dsn string, now time.Time) *mysql.DB {
	t.Helper()
	db, err := mysql.Open(t.Context(), dsn, mysql.Options{Business: clock.Fixed(now)})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}

// demo seeds a fresh database and tells how long that took.
func demo(t *testing.T, number uint64, now time.Time) (seed.Target, *mysql.DB) {
	t.Helper()
	to := target(t, number)
	to.Now = now
	last := 0
	to.Step = func(done, all int) {
		if done < last || done > all {
			t.Errorf("day %d of %d comes after day %d", done, all, last)
		}
		last = done
	}
	machine := clock.System()
	began := machine.Now()
	seeded, err := seed.Fill(t.Context(), to)
	if err != nil || !seeded {
		t.Fatalf("seeded: %v, %v", seeded, err)
	}
	t.Logf("seed %d took %s", number, machine.Now().Sub(began))
	return to, openAt(t, to.DSN, now)
}

// texts reads the rows of a query as lines.
func texts(t *testing.T, db *mysql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.Pool().QueryContext(t.Context(), query, args...)
	must(t, err)
	defer func() { must(t, rows.Close()) }()
	columns, err := rows.Columns()
	must(t, err)
	var all []string
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		places := make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		must(t, rows.Scan(places...))
		words := make([]string, len(values))
		for i, v := range values {
			words[i] = v.String
		}
		all = append(all, strings.Join(words, " "))
	}
	must(t, rows.Err())
	return all
}

// sums are the checksums of all tables.
func sums(t *testing.T, db *mysql.DB) []string {
	t.Helper()
	return texts(t, db, "CHECKSUM TABLE "+strings.Join(texts(t, db, "SHOW TABLES"), ", "))
}

// wishes is what the demo's visitor sees, in the order of the cards, and how
// the claims went.
func wishes(t *testing.T, db *mysql.DB) []string {
	t.Helper()
	return texts(t, db, "SELECT n.code, w.year, w.number, w.title, w.category, w.status, w.points, w.created_at, u.open_id,"+
		" (SELECT GROUP_CONCAT(CONCAT(c.status, ' ', m.open_id, ' ', c.requested_at) ORDER BY c.requested_at, c.id)"+
		" FROM claims c JOIN users m ON m.id = c.claimant_id WHERE c.wish_id = w.id)"+
		" FROM wishes w JOIN nodes n ON n.id = w.node_id LEFT JOIN users u ON u.id = w.owner_id"+
		" ORDER BY n.code, w.year, w.number")
}

func TestDemoProfile(t *testing.T) {
	t.Parallel()
	to, db := demo(t, 1, now)
	t.Run("is well", func(t *testing.T) { wantWell(t, db, to.Pictures) })
	t.Run("has every status at home", func(t *testing.T) { wantStatuses(t, db) })
	t.Run("has its people", func(t *testing.T) { wantPeople(t, db) })
	t.Run("keeps the contact of whom a visitor tries first", func(t *testing.T) {
		kept := texts(t, db, "SELECT u.open_id, k.saved_at < ? AND k.saved_at > u.created_at FROM contacts k"+
			" JOIN users u ON u.id = k.id WHERE k.noun = 'user'", now)
		if want := wechattest.DemoOpenID("resident") + " 1"; !slices.Equal(kept, []string{want}) {
			t.Errorf("kept contacts and whether their consent has a day: %v, want %q", kept, want)
		}
	})
	t.Run("has answers that staff wrote down", func(t *testing.T) {
		yeses := texts(t, db, "SELECT COUNT(*), COUNT(DISTINCT recorder_id), COUNT(DISTINCT how), SUM(drawn),"+
			" SUM(stood = 1), SUM(drawn AND stood IS NULL) FROM recorded_yeses")
		if !slices.Equal(yeses, []string{"5 3 2 2 1 1"}) {
			t.Errorf("recorded yeses, their recorders and ways, those drawn, those that stood and those that wait: %v", yeses)
		}
	})
	t.Run("has what the secretary looks at", func(t *testing.T) {
		open := texts(t, db, "SELECT CONCAT(kind, ' ', noun, ' ', reason) FROM content_cases WHERE status = 'open' ORDER BY id")
		want := []string{"text user 诈骗：“代开发票”；诈骗：“代开…发票”", "picture wish 有人举报：泄露别人的隐私", "report wish 有人举报：广告", "text need 诈骗：“代开发票”；诈骗：“代开…发票”"}
		if !slices.Equal(open, want) {
			t.Errorf("for the secretary wait %q, want %q", open, want)
		}
	})
	t.Run("ends now", func(t *testing.T) {
		ends := texts(t, db, "SELECT MAX(at) <= ?, MAX(at) > ?, MIN(at) >= ? FROM events", now, now.AddDate(0, 0, -2),
			now.AddDate(0, 0, -401))
		if !slices.Equal(ends, []string{"1 1 1"}) {
			t.Errorf("the history ends before now, not long ago, and began 400 days ago: %v", ends)
		}
	})
	t.Run("is made once", func(t *testing.T) {
		before := sums(t, db)
		for _, again := range []uint64{1, 2} {
			to.Seed = again
			if seeded, err := seed.Fill(t.Context(), to); err != nil || seeded {
				t.Errorf("seeded again: %v, %v", seeded, err)
			}
		}
		if after := sums(t, db); !slices.Equal(after, before) {
			t.Errorf("the second time changed something:\n%v\n%v", before, after)
		}
	})
}

// A database with people whom no seed made is left alone.
func TestForeignDatabase(t *testing.T) {
	t.Parallel()
	to := target(t, 1)
	db := open(t, to.DSN)
	must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
		_, err := user.Add(tx, "somebody", user.User{})
		return err
	}))
	before := sums(t, db)
	if seeded, err := seed.Fill(t.Context(), to); !errors.Is(err, seed.ErrNotOurs) || seeded {
		t.Errorf("seeded: %v, %v, want ErrNotOurs", seeded, err)
	}
	if after := sums(t, db); !slices.Equal(after, before) {
		t.Errorf("something was written:\n%v\n%v", before, after)
	}
}

// Whoever gives up waiting is told so.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	to := target(t, 1)
	ctx, cancel := context.WithCancel(t.Context())
	to.Step = func(int, int) { cancel() }
	if seeded, err := seed.Fill(ctx, to); !errors.Is(err, context.Canceled) || seeded {
		t.Errorf("seeded: %v, %v", seeded, err)
	}
}

func wantWell(t *testing.T, db *mysql.DB, pictures string) {
	t.Helper()
	addr, prefix := testdb.Redis(t)
	cache, err := redis.Open(redis.Options{Addr: addr, Prefix: prefix})
	must(t, err)
	defer func() { must(t, cache.Close()) }()
	results, err := doctor.Examine(t.Context(), doctor.Installation{
		DB: db, Redis: cache, Machine: clock.System(), Pictures: pictures,
	})
	must(t, err)
	for _, r := range results {
		for _, f := range r.Findings {
			t.Errorf("doctor: %s: %s", r.Name, f)
		}
	}
}

// tooLong are the statuses that the demo's history is too short for.
var tooLong = []string{"expired", "lapsed"}

func wantStatuses(t *testing.T, db *mysql.DB) {
	t.Helper()
	const there = " x JOIN nodes n ON n.id = x.node_id WHERE n.code = ? ORDER BY status"
	at := map[string][]string{
		"wishes": texts(t, db, "SELECT DISTINCT status FROM wishes"+there, home),
		"claims": texts(t, db, "SELECT DISTINCT status FROM (SELECT c.status, w.node_id FROM claims c"+
			" JOIN wishes w ON w.id = c.wish_id)"+there, home),
		"needs":      texts(t, db, "SELECT DISTINCT status FROM needs"+there, home),
		"agreements": texts(t, db, "SELECT DISTINCT status FROM agreements"+there, home),
		"brands":     texts(t, db, "SELECT CONCAT(status, IF(due_at < (SELECT MAX(at) FROM events) + INTERVAL 60 DAY AND status = 'active', ' due', '')) AS status FROM brands"+there, home),
	}
	if want := []string{"active", "active due", "asleep"}; !slices.Equal(at["brands"], want) {
		t.Errorf("the brands at home are %v", at["brands"])
	}
	bodies := texts(t, db, "SELECT body FROM (SELECT node_id, node_body AS body FROM agreements WHERE status = 'signed'"+
		" UNION SELECT node_id, unit_body FROM agreements WHERE status = 'signed') x JOIN nodes n ON n.id = x.node_id"+
		" WHERE n.code = ? ORDER BY body", home)
	if want := []string{"co_building", "mass", "party", "self_governing"}; !slices.Equal(bodies, want) {
		t.Errorf("the bodies of the alliance at home are %v", bodies)
	}
	for _, s := range state.Agreement.Statuses() {
		if !slices.Contains(at["agreements"], string(s)) {
			t.Errorf("no agreement at home is %s", s)
		}
	}
	for _, s := range state.Wish.Statuses() {
		if !slices.Contains(tooLong, string(s)) && !slices.Contains(at["wishes"], string(s)) {
			t.Errorf("no wish at home is %s", s)
		}
	}
	for _, s := range state.Need.Statuses() {
		if !slices.Contains(at["needs"], string(s)) {
			t.Errorf("no need at home is %s", s)
		}
	}
	for _, s := range state.Claim.Statuses() {
		if !slices.Contains(tooLong, string(s)) && !slices.Contains(at["claims"], string(s)) {
			t.Errorf("no claim at home is %s", s)
		}
	}
}

// wantPeople fails the test unless everybody whom the demo names may log in as
// what they are called.
func wantPeople(t *testing.T, db *mysql.DB) {
	t.Helper()
	for persona, want := range map[string]string{
		"resident": "", "resident-2": "", "secretary": "secretary 茂山社区", "grid": "grid_worker 茂山社区第一网格",
		"unit": "unit_liaison 通化县第一小学", "street": "street 茂山街道", "county": "county 通化县",
		"auditor": "auditor 茂山社区", "leader": "member 茂山社区", "member": "member 茂山社区",
		"member-1": "member 茂山社区", fmt.Sprint("member-", seed.Members): "member 茂山社区",
	} {
		var person id.User
		row := db.Pool().QueryRowContext(t.Context(), "SELECT id FROM users WHERE open_id = ?", wechattest.DemoOpenID(persona))
		if err := row.Scan(&person); err != nil {
			t.Errorf("%s: %v", persona, err)
			continue
		}
		got := texts(t, db, "SELECT g.role, n.name FROM role_grants g JOIN nodes n ON n.id = g.node_id"+
			" WHERE g.user_id = ? AND g.from_at <= ? AND g.until_at IS NULL UNION ALL SELECT 'member', n.name"+
			" FROM memberships m JOIN nodes n ON n.id = m.node_id WHERE m.active_user_id = ?", person, now, person)
		if strings.Join(got, ", ") != want {
			t.Errorf("%s is %q, want %q", persona, got, want)
		}
	}
}
