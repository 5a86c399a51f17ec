package doctor

import (
	"context"

	"xinyuan/internal/ballot"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// projects looks for projects that were accepted without the vote that it takes, or are led by nobody who may.
func projects(ctx context.Context, e env) ([]string, error) {
	args := mysql.Args{"least": ballot.Least, "speaking": id.ForUnits(), "at": e.db.Now()}
	return eachNamed(ctx, e, args, map[string]string{
		"doctor.project_votes":      "project %d has no counted vote of five people with more yes than no",
		"doctor.project_leads":      "project %d is led by a unit for which nobody took it, or that helps it, too",
		"doctor.project_milestones": "project %d has no milestones, one of another unit, or one that is open",
		"doctor.ballot_counts":      "vote %d has another result than its voices",
		"doctor.ballot_rolls":       "vote %d has another roll than it was opened with, or a voice from beside it",
		"doctor.ballot_late":        "vote %d is over and not counted",
	})
}
