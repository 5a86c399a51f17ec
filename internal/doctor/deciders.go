package doctor

import "context"

// deciders looks for what nobody could decide who did: by a right that was not
// theirs then, or about a matter to which they, or who chose them, were a party.
// Each row is judged by the rule of its day.
func deciders(ctx context.Context, p patient) ([]string, error) {
	return several(ctx, p, map[string]string{
		"doctor.rights":             "event %d: its grant was not the actor's, or not in force then",
		"doctor.decided_by_parties": "event %d was decided by a party, or by a party's deputy",
		"doctor.worked_on_it":       "claim %d is of somebody who published its wish or approved a claim",
		"doctor.written_down":       "event %d: the word was written down by who recorded, approved or asked before",
		"doctor.joined":             "claim %d was joined by somebody who was no member there then",
	})
}
