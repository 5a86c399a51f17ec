package seed

import (
	"context"

	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/user"
)

// newcomers report in at the home community and wait for its secretary: one whose name no roster has, and one under the
// name of a member of the same unit.
var newcomers = []struct {
	persona, displayName string
	days                 int // how long ago
	unit                 int // of units
	namesake             int // whose name it is, member-1 is 1; 0: their own
	realName             string
}{
	{persona: "newcomer-1", displayName: "邹老师", days: 1, unit: 3, realName: "邹文博"},
	{persona: "newcomer-2", displayName: "清晨的风", days: 2, unit: 9, namesake: 9},
}

func (w *world) addNewcomers(tx *mysql.Tx) error {
	for _, n := range newcomers {
		if _, err := w.addPerson(tx, n.persona, user.User{DisplayName: n.displayName}); err != nil {
			return err
		}
	}
	return nil
}

// planNewcomers writes their report-ins.
func (w *world) planNewcomers() {
	people := membership.New(w.db, w.tree, w.grants, w.Sealer)
	for i, n := range newcomers {
		w.at(w.morning(n.days, i), func(ctx context.Context) error {
			name := n.realName
			if n.namesake > 0 {
				name = w.name(memberGiven, n.namesake)
			}
			_, err := people.ReportIn(ctx, w.people[n.persona], membership.Request{
				NodeID: w.nodes[homeCode], UnitID: w.units[n.unit], RealName: name,
			}, nil)
			return err
		})
	}
}
