package seed_test

import (
	"slices"
	"testing"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/doctor"
	"xinyuan/internal/redis"
	"xinyuan/internal/seed"
)

// The county has exactly the figures of the real programme, and a history that
// doctor finds nothing in: in make test-county as in production, otherwise with a
// tenth of the wishes and hours.
func TestCounty(t *testing.T) {
	t.Parallel()
	to := target(t, 1)
	to.Profile = seed.ProfileTenth
	claimed, teams, minutes := "166", "72", "2760000"
	ended, came, whistles, evenings, leaders := "1 84 3 2", "28 5 2 41 8", "37 8 3", "10 8", "8 1"
	booked, missed, agreements, promises := "64", "3", "8", "22"
	projects, brands, bodies := "39 1 2 3 6 1", "5 1", "party co_building,party mass,self_governing co_building"
	if devstack.IsWhole() {
		to.Profile = seed.ProfileCounty
		claimed, teams, minutes = "1658", "212", "27600000"
		ended, came, whistles, evenings, leaders = "14 836 31 21", "276 52 22 402 84", "370 81 27", "96 84", "8 12"
		booked, missed, agreements, promises = "640", "32", "78", "214"
		projects, brands, bodies = "391 12 21 27 64 9", "29 2", bodies+",self_governing mass"
	}
	seeded, err := seed.Fill(t.Context(), to)
	if err != nil || !seeded {
		t.Fatalf("seeded %v, %v", seeded, err)
	}
	db := open(t, to.DSN)
	for query, want := range map[string]string{
		"SELECT COUNT(*) FROM memberships WHERE status = 'active'":                                                                     "1400",
		"SELECT COUNT(DISTINCT wish_id) FROM claims":                                                                                   claimed,
		"SELECT COUNT(*) FROM nodes WHERE kind = 'community'":                                                                          "24",
		"SELECT COUNT(*) FROM nodes WHERE kind = 'unit'":                                                                               "60",
		"SELECT COUNT(*) FROM nodes WHERE kind = 'group'":                                                                              "56",
		"SELECT COUNT(*) FROM role_grants WHERE role = 'centre_household'":                                                             "235",
		"SELECT COUNT(*) FROM role_grants WHERE role IN ('building_head', 'unit_head')":                                                "1036",
		"SELECT COUNT(*) FROM teams":                                                                                                   teams,
		"SELECT SUM(minutes) FROM service_records WHERE status = 'credited'":                                                           minutes,
		"SELECT GROUP_CONCAT(q.n ORDER BY q.status SEPARATOR ' ') FROM (SELECT status, COUNT(*) AS n FROM projects GROUP BY status) q": projects,
		"SELECT GROUP_CONCAT(q.n ORDER BY q.status SEPARATOR ' ') FROM (SELECT status, COUNT(*) AS n FROM brands GROUP BY status) q":   brands,
		"SELECT CONCAT_WS(' ', MIN(q.n), MAX(q.n)) FROM (SELECT 1 + COUNT(h.unit_id) AS n FROM brands b LEFT JOIN brand_helpers h ON h.brand_id = b.id GROUP BY b.id) q": "2 5",
		"SELECT COUNT(*) FROM brand_renewals":                                                                   "3",
		"SELECT COUNT(*) > 2 FROM projects WHERE brand_id IS NOT NULL":                                          "1",
		"SELECT SUM(balance) FROM points_accounts WHERE unit = 'minutes'":                                       minutes,
		"SELECT COUNT(*) FROM offers WHERE kind <> 'desk'":                                                      "21", // 18 venues, two routes and a base
		"SELECT COUNT(DISTINCT host_id) FROM offers WHERE kind <> 'desk'":                                       "14",
		"SELECT COUNT(*) FROM offers WHERE kind = 'desk'":                                                       "24",
		"SELECT COUNT(*) FROM agreements WHERE status = 'signed'":                                               agreements,
		"SELECT GROUP_CONCAT(DISTINCT node_body, ' ', unit_body ORDER BY node_body, unit_body) FROM agreements": bodies,
		"SELECT COUNT(*) FROM agreement_lines":                                                                  promises,
		"SELECT COUNT(*) FROM bookings":                                                                         booked,
		"SELECT COUNT(*) FROM bookings WHERE status = 'missed'":                                                 missed,
		"SELECT COUNT(*) FROM bookings WHERE status = 'called_off'":                                             "3",
		"SELECT COUNT(DISTINCT node_id) FROM wishes":                                                            "24",
		"SELECT COUNT(DISTINCT node_id) FROM role_grants WHERE role = 'secretary'":                              "24",
		// What residents needed: answered, closed as solved, in work, conceded; how what was solved had come.
		"SELECT GROUP_CONCAT(q.n ORDER BY q.status SEPARATOR ' ') FROM (SELECT status, COUNT(*) AS n FROM needs GROUP BY status) q":                                                                  ended,
		"SELECT GROUP_CONCAT(q.n ORDER BY q.origin SEPARATOR ' ') FROM (SELECT origin, COUNT(*) AS n FROM needs WHERE status = 'closed' AND solved = 'yes' AND result = 'solved' GROUP BY origin) q": came,
		"SELECT CONCAT_WS(' ', COUNT(*), SUM(q.n > 1), SUM(q.bound)) FROM (SELECT COUNT(*) AS n, MAX(is_bound) AS bound FROM assignments GROUP BY origin_id) q":                                      whistles,
		"SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM visits WHERE status = 'closed'), (SELECT COUNT(*) FROM visit_needs))":                                                                           evenings,
		"SELECT CONCAT_WS(' ', COUNT(DISTINCT leader_id), COUNT(*) DIV COUNT(DISTINCT leader_id)) FROM visits":                                                                                       leaders,
		"SELECT COUNT(*) FROM claims c JOIN wishes w ON w.id = c.wish_id WHERE w.status = 'fulfilled' AND c.confirmed_at IS NULL AND c.status = 'confirmed'":                                         "0",
	} {
		if got := texts(t, db, query); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %v, want %s", query, got, want)
		}
	}
	addr, prefix := testdb.Redis(t)
	cache, err := redis.Open(redis.Options{Addr: addr, Prefix: prefix})
	must(t, err)
	t.Cleanup(func() { must(t, cache.Close()) })
	results, err := doctor.Examine(t.Context(), doctor.Installation{
		DB: db, Redis: cache, Machine: clock.System(), Pictures: to.Pictures,
	})
	must(t, err)
	for _, r := range results {
		for _, f := range r.Findings {
			if r.Name != "outbox" && r.Name != "boards" { // no worker has run yet
				t.Errorf("%s: %s", r.Name, f)
			}
		}
	}
}
