package doctor

import (
	"context"

	"xinyuan/internal/ballot"
	"xinyuan/internal/brand"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/mysql"
)

// brands looks for brands that go on without both sides, or without the vote that each year takes.
func brands(ctx context.Context, e env) ([]string, error) {
	args := mysql.Args{
		"least": ballot.Least, "speaking": id.ForUnits(), "roles": id.Deciders(), "units": letters.BrandUnits,
		"at": e.db.Now(), "voted": e.db.Now().Add(-brand.Grace),
	}
	return eachNamed(ctx, e, args, map[string]string{
		"doctor.brand_sides":    "brand %d has begun without a yes of the other side",
		"doctor.brand_units":    "brand %d is built by too many units, or by one twice",
		"doctor.brand_votes":    "brand %d was renewed without a counted vote of five people with more yes than no",
		"doctor.brand_years":    "brand %d has years that do not follow each other",
		"doctor.brand_ballots":  "brand %d has a vote that is not about its next year, or ended with a no",
		"doctor.brand_late":     "brand %d is awake after its year",
		"doctor.brand_projects": "project %d is of a brand of another community, or of one that had not begun",
	})
}
