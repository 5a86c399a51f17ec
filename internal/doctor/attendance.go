package doctor

import "context"

// attendance holds check-ins and settlements against each other.
func attendance(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.stray_check_ins":      "check-in %d is of somebody who never signed up",
		"doctor.many_check_ins":       "check-in %d is one more than three in a day",
		"doctor.own_check_ins":        "check-in %d was written down by its own person",
		"doctor.open_check_ins":       "check-in %d is open, and its activity settled",
		"doctor.unshown_attended":     "sign-up %d is attended, with neither check-in nor record",
		"doctor.unsettled_signups":    "sign-up %d is left over from a settled activity",
		"doctor.unseen_people":        "activity %d: its leader alone vouched for too many people without a phone",
		"doctor.confirmed_by_leaders": "record %d waited for staff, and who leads the team confirmed it",
		"doctor.leaders_own_hours":    "record %d is of who leads the team, and was confirmed by whom one of them chose",
		"doctor.beyond_activity":      "record %d brings its person beyond the length of the activity",
	})
}

func rulings(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.rulings":        "event %d decides an objection by somebody who may not",
		"doctor.unpaid_rulings": "objection %d was upheld, and its points were not paid",
	})
}
