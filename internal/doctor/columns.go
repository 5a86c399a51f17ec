package doctor

import "context"

// columns looks for matters that say of themselves what their history does not: what
// is the case is a column, and nobody searches history for it.
func columns(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.credits_of_records":    "service record %d was credited by another event than its history says",
		"doctor.reviews_of_records":    "service record %d was confirmed by others than its history says",
		"doctor.steps_of_claims":       "claim %d was approved, confirmed or undone otherwise than its history says",
		"doctor.steps_of_objections":   "objection %d names another recorder or payment than history does",
		"doctor.answers_of_complaints": "complaint %d shows another answer than its history",
		"doctor.actors_of_joins":       "join %d names somebody else than its history",
	})
}
