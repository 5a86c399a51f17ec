package account

import (
	"context"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/org"
)

// Standing is what a person is beside what they say about themselves.
type Standing struct {
	Grants     grant.Grants           // also those that are over
	Line       *org.Line              // whom to call at home; nil: there is none
	Membership *membership.Membership // nil: no report-in is active
	ToAgree    []Document             // to which they have not agreed in the version in force
}

// GetStanding reads it in one round trip. The line is the one nearest to home, of it or
// of what is above it; without a home the county's.
func (s *Service) GetStanding(ctx context.Context, who id.User, home *id.Node) (Standing, error) {
	var (
		all     Standing
		line    org.Line
		hasLine bool
		active  membership.Membership
		member  bool
		agreed  []Consent
	)
	err := s.db.Read(ctx, grant.WantOf(&all.Grants, who), org.WantLine(&line, &hasLine, home),
		membership.WantActive(&active, &member, who), wantConsents(&agreed, who))
	if err != nil {
		return Standing{}, err
	}
	all.ToAgree = due(agreed)
	if hasLine {
		all.Line = &line
	}
	if member {
		all.Membership = &active
	}
	return all, nil
}
