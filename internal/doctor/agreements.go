package doctor

import (
	"context"

	"xinyuan/internal/agreement"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// agreements looks for agreements that one side signed for both, or whose lines nothing can keep.
func agreements(ctx context.Context, e env) ([]string, error) {
	args := mysql.Args{"signing": agreement.Signing(), "roles": id.Deciders()}
	return eachNamed(ctx, e, args, map[string]string{
		"doctor.agreement_sides": "agreement %d was not signed by each side for itself",
		"doctor.agreement_lines": "agreement %d has no lines, too many, or one of what another body opens",
		"doctor.agreement_edits": "agreement %d was changed after the community had signed",
	})
}
