package apptest

import (
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
)

// Repeatable makes worlds in which the same calls write the same rows: the same
// keys, the same identifiers, and clocks that stand still.
func Repeatable(keys string, machine time.Time, ids *id.Generator) Option {
	return func(o *options) {
		o.settings, o.machine, o.ids = append(o.settings, "XINYUAN_SEAL_KEYS="+keys), clock.Fixed(machine), ids
	}
}

// Node sets mysql.Options.Node.
func Node() Option { return func(o *options) { o.node = true } }

// LosingCommits sets mysql.Options.LoseCommit.
func LosingCommits(lose func(attempt int) bool) Option { return func(o *options) { o.lose = lose } }
