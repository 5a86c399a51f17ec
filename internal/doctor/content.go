package doctor

import "context"

// checked looks for texts that are shown, or wait, against their verdict. One that nobody
// has looked at in time lies in the outbox, which has a check of its own.
func checked(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.case_shown":    "text %d is shown, and nothing has passed it",
		"doctor.case_unseen":   "text %d waits for staff, and staff is not shown it",
		"doctor.case_verdicts": "case %d is decided otherwise than its text",
	})
}
