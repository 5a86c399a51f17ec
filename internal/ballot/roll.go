package ballot

import (
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Reach is those whom a matter is for, who vote about it.
type Reach struct {
	Node   id.Node   // the community
	ForAll bool      // it is for everybody who lives there
	Needs  []id.Need // what it is for: who said it and who follows
	Units  []id.Node // whose people do not vote
}

// WantRoll wants who votes: who asked and their followers, and of what is for all who lives there and is no member;
// without the people of the units, and without who decides there.
func WantRoll(dest *[]id.User, r Reach, now time.Time) mysql.Want {
	return mysql.Many(dest, "ballot.reach", mysql.Args{
		"node": r.Node, "all": r.ForAll, "needs": append([]id.Need{0}, r.Needs...), // a list is never empty
		"units": append([]id.Node{0}, r.Units...), "roles": id.Deciders(), "at": now,
	})
}
