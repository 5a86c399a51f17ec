package doctor

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/retention"
)

// grace is how much later than its rule says the worker may take something away.
const grace = 24 * time.Hour

// overdueData looks for what should be gone.
func overdueData(ctx context.Context, e env) ([]string, error) {
	rules, err := retention.Rules(ctx, e.db)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, r := range rules {
		due, err := retention.Due(ctx, e.db, r, e.db.Now().Add(-grace), most)
		if err != nil {
			return nil, err
		}
		for _, one := range due {
			found = append(found, fmt.Sprintf("%s of %d are kept for more than %d days", r.Kind, one, r.Days))
		}
	}
	return found, nil
}
