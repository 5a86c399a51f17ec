package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/account"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/review"
	"xinyuan/internal/user"
)

type tokenKey struct{}

// person finds out who asks. Without a live token it is 401; with Redis out of
// reach it is 503, since nobody is logged out by that.
func (s *server) person(operation string, who Who) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if who == Anyone {
			return next
		}
		return func(c echo.Context) error {
			r := c.Request()
			token, ok := strings.CutPrefix(r.Header.Get(echo.HeaderAuthorization), "Bearer ")
			if !ok {
				return fault.New(fault.ReasonUnauthenticated)
			}
			ctx, person, err := s.session(r.Context(), operation, token)
			if err != nil {
				return err
			}
			ctx = context.WithValue(ctx, personKey{}, person)
			ctx = context.WithValue(ctx, tokenKey{}, token)
			c.Set("person", person)
			c.SetRequest(r.WithContext(ctx))
			return next(c)
		}
	}
}

// session tells whose token this is. That of a reviewer confines what they do.
func (s *server) session(ctx context.Context, operation, token string) (context.Context, id.User, error) {
	if token, reviewer := strings.CutPrefix(token, review.TokenPrefix); reviewer {
		person, err := s.Reviews.Find(ctx, token)
		if err == nil && slices.Contains(ClosedToReviewers, operation) {
			err = fault.New(fault.ReasonReviewOnly)
		}
		return mysql.Confine(ctx), person, err
	}
	person, err := s.People.FindSession(ctx, token)
	return ctx, person, err
}

// CreateSession logs in.
func (s *server) CreateSession(ctx context.Context, r CreateSessionRequestObject) (CreateSessionResponseObject, error) {
	u, session, err := s.People.LogIn(ctx, r.Body.Code, value(r.Body.Device))
	if err != nil {
		return nil, err
	}
	whole, err := s.describe(ctx, u)
	if err != nil {
		return nil, err
	}
	return CreateSession201JSONResponse{Token: session.Token, ExpiresAt: session.ExpiresAt, User: whole}, nil
}

// DeleteCurrentSession logs out.
func (s *server) DeleteCurrentSession(ctx context.Context, _ DeleteCurrentSessionRequestObject) (
	DeleteCurrentSessionResponseObject, error) {
	token, _ := ctx.Value(tokenKey{}).(string)
	if token, reviewer := strings.CutPrefix(token, review.TokenPrefix); reviewer {
		return DeleteCurrentSession204Response{}, s.Reviews.LogOut(ctx, token)
	}
	return DeleteCurrentSession204Response{}, s.People.LogOut(ctx, token)
}

// self is who asks. Error: fault.ReasonUnauthenticated for a session of a person who is gone.
func (s *server) self(ctx context.Context) (user.User, error) {
	u, err := s.People.Get(ctx, me(ctx))
	if fault.Has(err, fault.ReasonNotFound) {
		err = fault.New(fault.ReasonUnauthenticated)
	}
	return u, err
}

// GetMe tells who I am.
func (s *server) GetMe(ctx context.Context, _ GetMeRequestObject) (GetMeResponseObject, error) {
	u, err := s.self(ctx)
	if err != nil {
		return nil, err
	}
	whole, err := s.describe(ctx, u)
	return GetMe200JSONResponse(whole), err
}

// UpdateMe changes what I say about myself.
func (s *server) UpdateMe(ctx context.Context, r UpdateMeRequestObject) (UpdateMeResponseObject, error) {
	home := r.Body.HomeNodeId
	if home == nil {
		u, err := s.self(ctx)
		if err != nil {
			return nil, err
		}
		home = u.HomeNodeID
	}
	as, err := s.standing(ctx, me(ctx), home) // the transaction, which keeps the answer, asks nobody else
	if err != nil {
		return nil, err
	}
	u, err := s.People.Update(ctx, me(ctx), user.Change{
		DisplayName: r.Body.DisplayName, HomeNodeID: r.Body.HomeNodeId,
		ElderView: r.Body.ElderView, ShowOnBoards: r.Body.ShowOnBoards,
	}, keep(ctx, s, http.StatusOK, as.describe))
	return UpdateMe200JSONResponse(as.describe(u)), err
}

// SetMyPhone takes my phone number from WeChat.
func (s *server) SetMyPhone(ctx context.Context, r SetMyPhoneRequestObject) (SetMyPhoneResponseObject, error) {
	answer := func(label string) SetMyPhone200JSONResponse { return SetMyPhone200JSONResponse{PhoneMasked: label} }
	label, err := s.People.SetPhone(ctx, me(ctx), r.Body.Code, keep(ctx, s, http.StatusOK, answer))
	return answer(label), err
}

// describe is a person with roles in force and report-in.
func (s *server) describe(ctx context.Context, u user.User) (Me, error) {
	as, err := s.standing(ctx, u.ID, u.HomeNodeID)
	return as.describe(u), err
}

// standing is what a person is beside what they say about themselves.
type standing struct {
	account.Standing
	templates []MessageTemplate // of messages on the phone
	now       time.Time
}

// standing reads it, of the person at home at the place.
func (s *server) standing(ctx context.Context, person id.User, home *id.Node) (standing, error) {
	as := standing{now: s.DB.Now()}
	for _, t := range s.Subscriptions.Templates() {
		as.templates = append(as.templates, MessageTemplate{Id: t.ID, Purpose: t.Purpose})
	}
	var err error
	as.Standing, err = s.Accounts.GetStanding(ctx, person, home)
	return as, err
}

// describe is the person with their standing.
func (as standing) describe(u user.User) Me {
	whole := Me{
		Id: u.ID, DisplayName: u.DisplayName, HomeNodeId: u.HomeNodeID,
		ElderView: u.ElderView, ShowOnBoards: u.ShowOnBoards, PhoneMasked: some(u.PhoneLabel),
		WaitingName: some(u.WaitingName), Roles: []RoleGrant{}, Templates: list(as.templates), ToAgree: as.ToAgree,
	}
	for _, g := range as.Grants {
		if g.IsInForce(as.now) {
			whole.Roles = append(whole.Roles, RoleGrant{Role: g.Role, NodeId: g.NodeID, NodeName: g.NodeName})
		}
	}
	if as.Line != nil {
		whole.Line = &Line{Name: as.Line.Name, Kind: as.Line.Kind, Phone: as.Line.Phone}
	}
	if as.Membership != nil {
		whole.Membership = &Membership{NodeId: as.Membership.NodeID, UnitId: as.Membership.UnitID}
	}
	return whole
}

// value is what the pointer is to, or the zero value where JSON left it out.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// some is a pointer to the value, or nil for the zero value, which JSON leaves out.
func some[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

// list is a pointer to the list, or nil for an empty one, which JSON leaves out.
func list[T any](items []T) *[]T {
	if len(items) == 0 {
		return nil
	}
	return &items
}
