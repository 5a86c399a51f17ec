package api

import "context"

// ClosedToReviewers are the operations that reach real people past the place of a
// matter: by number, by phone, by a right given to them, or on paper that anybody checks.
var ClosedToReviewers = []string{
	"setMyPhone", "findPerson", "createGrant", "endGrant", "createDelegation", "inviteToTeam", "listAccounts", "joinHours",
	"undoJoin", "issueCertificate", "issueCertificateFor", "createMembership", "attachWish", "deleteMe",
}

// GetReview tells whether reviewers may log in.
func (s *server) GetReview(ctx context.Context, _ GetReviewRequestObject) (GetReviewResponseObject, error) {
	on, err := s.Reviews.IsOn(ctx)
	return GetReview200JSONResponse{IsOn: on}, err
}

// CreateReviewSession logs a reviewer in.
func (s *server) CreateReviewSession(ctx context.Context, r CreateReviewSessionRequestObject) (
	CreateReviewSessionResponseObject, error) {
	session, err := s.Reviews.LogIn(ctx, r.Body.Code)
	if err != nil {
		return nil, err
	}
	u, err := s.People.Get(ctx, session.Person)
	if err != nil {
		return nil, err
	}
	whole, err := s.describe(ctx, u)
	return CreateReviewSession201JSONResponse{Token: session.Token, ExpiresAt: session.ExpiresAt, User: whole}, err
}
