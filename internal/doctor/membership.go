package doctor

import (
	"context"
	"fmt"

	"xinyuan/internal/id"
)

// rosters looks for report-ins that a roster approved although it lists nobody for them.
func rosters(ctx context.Context, e env) ([]string, error) {
	var rows []struct {
		ID      id.Membership `db:"id"`
		Unnamed bool          `db:"unnamed"`
	}
	err := e.db.Select(ctx, &rows, "doctor.unlisted", nil)
	var found []string
	for _, r := range rows {
		if r.Unnamed {
			found = append(found, fmt.Sprintf("membership %s has no hash of its name yet: run xinyuan rebuild names", r.ID))
		} else {
			found = append(found, fmt.Sprintf("membership %s was approved by a roster that has nobody left for it", r.ID))
		}
	}
	return found, err
}

// belonging looks for report-ins whose times and grant are not those of their history.
func belonging(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.belonging", "membership %d belongs from and until other times than its history says")
}

func nameReads(ctx context.Context, e env) ([]string, error) {
	return named(ctx, e, "doctor.name_reads", "name read %d was not allowed then")
}
