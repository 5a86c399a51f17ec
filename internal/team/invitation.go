package team

import (
	"context"
	"crypto/rand"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/sweep"
)

// invitation is a team's code with which people join, as the row has it.
type invitation struct {
	TeamID id.Team `db:"id"`
	Lookup string  `db:"invite_code"`   // tells codes apart; the plain code until that is sealed
	Sealed []byte  `db:"invite_sealed"` // nil: see Lookup
}

// InvitationPlace is where the code of a team lies sealed.
func InvitationPlace(team id.Team) seal.Place {
	return seal.Place{Table: "teams", Column: "invite_sealed", Row: int64(team)}
}

// invite makes a new code for the team.
func (s *Service) invite(team id.Team) (invitation, string, error) {
	code := rand.Text()
	i, err := s.sealInvitation(team, code)
	return i, code, err
}

func (s *Service) sealInvitation(team id.Team, code string) (invitation, error) {
	sealed, err := s.sealer.Seal(InvitationPlace(team), code)
	return invitation{team, s.sealer.Lookup(seal.PurposeInvitation, code), sealed}, err
}

// code opens the invitation.
func (s *Service) code(i invitation) (string, error) {
	if i.Sealed == nil { // from before codes were sealed
		return i.Lookup, nil
	}
	return s.sealer.Open(InvitationPlace(i.TeamID), i.Sealed)
}

// Sweep seals the invitations from before codes were sealed.
func (s *Service) Sweep(ctx context.Context) error {
	find := func() (plain []invitation, err error) {
		err = s.db.Select(ctx, &plain, "team.plain_codes", nil)
		return plain, err
	}
	return sweep.EachOf(ctx, &s.plain, "invitations of teams", find, s.sweepCode)
}

func (s *Service) sweepCode(ctx context.Context, old invitation) error {
	sealed, err := s.sealInvitation(old.TeamID, old.Lookup)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *mysql.Tx) error { return tx.Add("team.seal_code", sealed) })
}
