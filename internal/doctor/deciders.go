package doctor

import "context"

// deciders looks for what nobody could decide who did: by a right that was not
// theirs then, or about a matter to which they, or who chose them, were a party.
// Each row is judged by the rule of its day.
func deciders(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.rights":             "event %d: its grant was not the actor's, or not in force then",
		"doctor.decided_by_parties": "event %d was decided by a party, or by a party's deputy",
		"doctor.worked_on_it":       "claim %d is of somebody who published its wish or approved a claim",
		"doctor.written_down":       "event %d: the word was written down by who recorded the wish or approved",
		"doctor.joined":             "claim %d was joined by somebody who was no member there then",
	})
}

func estates(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.shown_estates", "wish %d is of a sensitive kind and shows its estate")
}

func missedCalls(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.missed_calls", "claim %d counts its missed calls otherwise than its history")
}

// yeses judges what staff recorded for residents: each by the share of its day
// that another person asks about again.
func yeses(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.yeses":           "event %d: the recorded yes was asked again, or not, against the rule of its day",
		"doctor.second_askings":  "event %d: the second asking is of who recorded the yes first, or of no first yes",
		"doctor.awaited_askings": "claim %d and its recorded yes disagree about a second asking",
	})
}
