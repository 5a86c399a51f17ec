package api

import (
	"context"

	"xinyuan/internal/fault"
	"xinyuan/internal/minicode"
	"xinyuan/internal/state"
)

// GetDoorCode shows the leader the picture for the door, while there is a check-in code.
func (s *server) GetDoorCode(ctx context.Context, r GetDoorCodeRequestObject) (GetDoorCodeResponseObject, error) {
	if _, err := s.Attendance.GetCode(ctx, me(ctx), r.ActivityId); err != nil {
		return nil, err
	}
	of := minicode.Of{Noun: state.Activity.Noun, ID: int64(r.ActivityId)}
	picture, err := s.MiniCodes.DrawPicture(ctx, of, minicode.Door.Scene(r.ActivityId.String()))
	return GetDoorCode200JSONResponse{Jpeg: picture}, err
}

// GetInvitationCode shows who leads the picture of the team's invitation.
func (s *server) GetInvitationCode(ctx context.Context, r GetInvitationCodeRequestObject) (
	GetInvitationCodeResponseObject, error) {
	code, err := s.Teams.GetInvitation(ctx, me(ctx), r.TeamId)
	if err != nil {
		return nil, err
	}
	of := minicode.Of{Noun: state.Team.Noun, ID: int64(r.TeamId)}
	picture, err := s.MiniCodes.DrawPicture(ctx, of, minicode.Invitation.Scene(code))
	return GetInvitationCode200JSONResponse{Jpeg: picture}, err
}

// GetCertificateCode shows the picture by which a certificate is checked.
func (s *server) GetCertificateCode(ctx context.Context, r GetCertificateCodeRequestObject) (
	GetCertificateCodeResponseObject, error) {
	code, err := s.Certificates.OpenCode(ctx, me(ctx), r.CertificateId)
	if err != nil {
		return nil, err
	}
	of := minicode.Of{Noun: state.Certificate.Noun, ID: int64(r.CertificateId)}
	picture, err := s.MiniCodes.DrawPicture(ctx, of, minicode.Certificate.Scene(code))
	return GetCertificateCode200JSONResponse{Jpeg: picture}, err
}

// GetScene tells where a code leads.
func (s *server) GetScene(ctx context.Context, r GetSceneRequestObject) (GetSceneResponseObject, error) {
	kind, text, ok := minicode.Read(r.Scene)
	if !ok {
		return nil, fault.New(fault.ReasonNotFound)
	}
	var to GetScene200JSONResponse
	switch kind {
	case minicode.Door:
		var activity ActivityId
		if err := activity.UnmarshalText([]byte(text)); err != nil {
			return nil, fault.New(fault.ReasonNotFound)
		}
		seen, err := s.Activities.Get(ctx, me(ctx), activity)
		if err != nil {
			return nil, err
		}
		to.ActivityId = &seen.ID
	case minicode.Invitation:
		team, err := s.Teams.FindInvited(ctx, text)
		if err != nil {
			return nil, err
		}
		to.TeamId, to.Code = &team, &text
	case minicode.Certificate:
		found, items, err := s.Certificates.Check(ctx, text)
		if err != nil {
			return nil, err
		}
		to.Certificate = checkJSON(verifyWords(found, items))
	}
	return to, nil
}

// checkJSON is what the public page says, in its words.
func checkJSON(v verifyView) *CertificateCheck {
	c := CertificateCheck{
		State: CertificateCheckState(v.State), Serial: v.Serial, From: v.From, Until: v.Until, Name: some(v.Name),
		Source: some(v.Source), Number: some(v.Number), Hours: some(v.Hours), Now: some(v.Now), Issuer: v.Issuer,
		Contact: some(v.Contact), Issued: v.Issued, Revoked: some(v.Revoked), Alone: v.Alone, Items: []CheckedService{},
	}
	for _, i := range v.Items {
		c.Items = append(c.Items, CheckedService{Day: i.Day, Hours: i.Hours, Place: i.Place, Title: i.Title})
	}
	return &c
}
