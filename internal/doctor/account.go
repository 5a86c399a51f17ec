package doctor

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/account"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// leavingTime is when a deletion that still goes on is stuck.
const leavingTime = time.Hour

// accounts looks for what deleted accounts have left behind.
func accounts(ctx context.Context, e env) ([]string, error) {
	var left, slow []id.User
	err := e.db.Read(ctx,
		mysql.Many(&left, "doctor.left_behind", mysql.Args{"name": account.Name, "at": e.db.Now()}),
		mysql.Many(&slow, "doctor.slow_to_leave", mysql.Args{"before": e.machine.Now().Add(-leavingTime)}))
	var found []string
	for _, u := range left {
		found = append(found, fmt.Sprintf("person %s has deleted the account, and something of theirs is left", u))
	}
	for _, u := range slow {
		found = append(found, fmt.Sprintf("person %s is leaving for more than %s", u, leavingTime))
	}
	return found, err
}
