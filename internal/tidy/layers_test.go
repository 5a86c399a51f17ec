package tidy

import (
	"slices"
	"strings"
	"testing"
)

// levels says how high each package stands: it imports only lower ones. Nouns
// share a level, so they never import each other.
var levels = map[string]int{
	// the vocabulary, and files carried in the binary
	"internal/state": -1, "internal/id": -1, "internal/fault": 0, "internal/clock": 0,
	"internal/words": 0, "internal/letters": -1, "internal/letters/gen": 0,
	"configs": 0, "data": 0, "sql": 0, "miniprogram": 0,
	// one vendor each
	"internal/config": 1, "internal/mysql": 1, "internal/redis": 1, "internal/wechat": 1, "internal/seal": 1,
	"internal/paper": 1, "internal/bucket": 1,
	// how periodic jobs work through what is due; what many read at once
	"internal/sweep": 1, "internal/flight": 1,
	"internal/state/gen": 1, "internal/fault/faulttest": 1, "internal/tidy/gotest": 1, "internal/paper/papertest": 1,
	"miniprogram/gen": 1,
	// what leaves MySQL; the fake WeChat, for the demo too
	"internal/outbox": 2, "internal/idempotency": 2, "internal/wechat/wechattest": 2,
	"internal/media": 2, "internal/keyring": 2, "internal/minicode": 2, "internal/passcode": 2,
	// the local list of words, and the check of texts
	"internal/content/filter": 0, "internal/content": 4, "internal/moderation": 8,
	// what WeChat pushes
	"internal/push": 3,
	// what goes to the phone through WeChat
	"internal/subscription": 4,
	// the register: every step of every matter, the history and who is told
	"internal/matter": 3,
	"internal/org":    4, "internal/contact": 4, "internal/points": 4,
	// who may decide
	"internal/grant": 5,
	// people and their report-ins; service records, the only callers of the ledger for hours
	"internal/user": 6, "internal/hours": 6, "internal/membership": 6,
	// the nouns
	"internal/wish": 7, "internal/complaint": 7, "internal/team": 7, "internal/activity": 7,
	"internal/certificate": 7,
	// terms and the calendar; what bodies owe; what residents need
	"internal/term": 2, "internal/assignment": 6, "internal/need": 7, "internal/duty": 7, "internal/offer": 7,
	"internal/agreement": 7, "internal/ballot": 6, "internal/project": 7, "internal/brand": 7,
	// nouns that stand on others
	"internal/attendance": 8, "internal/objection": 8, "internal/visit": 8,
	// WeChat's reviewers
	"internal/review": 8,
	// read sides and tools over all of it
	"internal/leaderboard": 9, "internal/report": 9, "internal/task": 9, "internal/importer": 9,
	"internal/account": 9, "internal/retention": 9, "internal/reseal": 9,
	"internal/seed": 10, "internal/doctor": 10,
	// what one noun becomes in another
	"internal/handover": 9,
	// many people at once, from outside
	"internal/loadtest": 1,
	"api":               11,
	// app builds it all; devstack starts the servers
	"internal/app": 12, "internal/devstack": 12, "internal/race": 12,
	// the commands, and what only tests use: main cannot reach it
	".": 13, "internal/devstack/testdb": 13, "internal/devstack/withstack": 13,
	"internal/devstack/teststore": 13,
	"internal/app/apptest":        14, "internal/bench": 15, "internal/tidy": 14,
	// the mistakes that tests must notice
	"internal/mutants": 12, "internal/mutants/run": 13,
}

func TestImportsPointDown(t *testing.T) {
	seen := map[string]bool{}
	for f := range written(t) {
		level, known := levels[f.dir]
		if !known && !seen[f.dir] {
			t.Errorf("%s has no level: give it one in levels, above all that it imports", f.dir)
		}
		seen[f.dir] = true
		if f.test || !known {
			continue
		}
		for name, spec := range f.imports() {
			dir, ours := strings.CutPrefix(name, "xinyuan/")
			if other, known := levels[dir]; ours && known && other >= level {
				t.Errorf("%s: %s (level %d) imports %s (level %d): turn it round, or pass a function or a value in",
					at(spec), f.dir, level, dir, other)
			}
		}
	}
	for dir := range levels {
		if !seen[dir] {
			t.Errorf("levels names %s, which is not there: take it out", dir)
		}
	}
}

// vendors says which packages may import what is somebody else's. Everything
// below a name counts; tests of a package may do what it may.
var vendors = map[string][]string{
	"github.com/jmoiron/sqlx":  {"internal/mysql"},
	"github.com/go-sql-driver": {"internal/mysql", "internal/devstack"},
	"github.com/pressly/goose": {"internal/mysql"},
	"github.com/redis/go-redis": {
		"internal/redis", "internal/leaderboard", "internal/devstack/testdb",
		"internal/bench", // the bare versions
	},
	"github.com/go-redis":           {"internal/redis"},
	"github.com/silenceper/wechat":  {"internal/wechat"},
	"github.com/labstack/echo":      {"api", "internal/bench"},
	"github.com/oapi-codegen":       {"api"},
	"github.com/knadh/koanf":        {"internal/config"},
	"github.com/xuri":               {"internal/importer", "internal/paper"},
	"github.com/skip2":              {"internal/paper"},
	"golang.org/x/image":            {"internal/media", "internal/seed"}, // the seeds draw their pictures
	"github.com/arran4":             {"internal/activity"},
	"github.com/emersion":           {"api"}, // reads feeds in a test
	"github.com/minio":              {"internal/bucket"},
	"github.com/urfave/cli":         {"."},
	"github.com/schollz":            {"."},
	"github.com/prometheus":         {"api", "internal/app"},
	"github.com/getkin/kin-openapi": {"api", "internal/app/apptest", "internal/tidy"},
	"database/sql":                  {"internal/mysql", "internal/devstack", "internal/tidy"},
}

func TestVendorsOnlyWhereTheyBelong(t *testing.T) {
	all, err := files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		for name, spec := range f.imports() {
			for vendor, homes := range vendors {
				// The module's own folder is no parent of all others.
				home := slices.Contains(homes, f.dir) || under(f.dir, homes...)
				look := f.test && vendor == "database/sql" // a test may look at rows behind the program's back
				if under(name, vendor) && !home && !look {
					t.Errorf("%s: %s is used only in %s: ask that package for what you need",
						at(spec), vendor, strings.Join(homes, ", "))
				}
			}
		}
	}
}
