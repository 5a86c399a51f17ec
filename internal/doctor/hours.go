package doctor

import "context"

func leaders(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.leaders":       "team %d has not exactly one leader",
		"doctor.forced_guests": "team member %d was invited, and has not accepted",
	})
}

// signups holds the counters of activities against their sign-ups, and who has
// a place against who waits.
func signups(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.signup_counters":    "activity %d counts its sign-ups wrongly, or leaves a place empty",
		"doctor.overtaken":          "signup %d waits, and somebody who came later has a place",
		"doctor.skipped":            "signup %d was passed over for a place elsewhere that its person never had",
		"doctor.moved_into_overlap": "event %d moved somebody up who had a place elsewhere at the time",
		"doctor.given_back":         "signup %d was given back without its time, or is late without having been",
	})
}
