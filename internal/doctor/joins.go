package doctor

import "context"

// joins looks for hours that a join counts twice, leaves with nobody or gives to
// the wrong person, and for joins that the wrong people decided.
func joins(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.joined_astray": "service record %d is with an account to which its person's hours are not joined",
		"doctor.joined_twice":  "service record %d counts hours that another one counts too",
		"doctor.joined_unlike": "service record %d stands in the place of another person's and says something else",
		"doctor.join_sides":    "join %d is of who has an account, to who has none, or to who wrote the hours down",
		"doctor.join_deciders": "join %d was decided by a party or without a right, or lacks an event of its two people",
	})
}
