package doctor

import (
	"context"
	"errors"
	"slices"
)

// reviewers looks for reviewers of WeChat's who reach beyond the review community, for
// real people in it, and for codes that live too long.
func reviewers(ctx context.Context, e env) ([]string, error) {
	var found []string
	var failed error
	for _, c := range []struct{ query, words string }{
		{"doctor.review_grants", "grant %d is a reviewer's at a real place, or a real person's in the review"},
		{"doctor.review_members", "membership %d is a reviewer's at a real place, or a real person's in the review"},
		{"doctor.review_steps", "event %d is a reviewer's at a real place, or a real person's in the review"},
		{"doctor.review_codes", "review code %d lives longer than 30 days"},
	} {
		some, err := named(ctx, e, c.query, c.words)
		found, failed = slices.Concat(found, some), errors.Join(failed, err)
	}
	return found, failed
}
