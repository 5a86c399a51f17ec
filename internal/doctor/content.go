package doctor

import (
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/content"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
)

// checked looks for texts that are shown, or wait, against their verdict. One that nobody
// has looked at in time lies in the outbox, which has a check of its own.
func checked(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.case_shown":    "text %d is shown, and nothing has passed it",
		"doctor.case_unseen":   "text %d waits for staff, and staff is not shown it",
		"doctor.case_verdicts": "case %d is decided otherwise than its text",
	})
}

// messages looks for subscription messages about what the person was never told of, that
// nothing carries, or that are under way for too long.
func messages(ctx context.Context, e env) ([]string, error) {
	untold, err := named(ctx, e, "doctor.untold_messages", "message %d says what its person was not told of")
	var stuck []int64
	before := e.db.Now().Add(-outbox.Deadline)
	err = errors.Join(err, e.db.Select(ctx, &stuck, "doctor.stuck_messages", mysql.Args{"before": before}))
	for _, m := range stuck {
		untold = append(untold, fmt.Sprintf("message %d waits, and nothing carries it", m))
	}
	return untold, err
}

// picturesChecked looks for pictures whose check nobody ends, and for those that wait for
// staff who is not shown them.
func picturesChecked(ctx context.Context, e env) ([]string, error) {
	found, err := named(ctx, e, "doctor.media_unseen", "picture %d waits for staff, and staff is not shown it")
	var late []int64
	before := e.machine.Now().Add(-2 * content.ResultAfter)
	err = errors.Join(err, e.db.Select(ctx, &late, "doctor.media_late", mysql.Args{"before": before}))
	for _, photo := range late {
		found = append(found, fmt.Sprintf("picture %d is being checked for more than two days", photo))
	}
	return found, err
}
