package api

import (
	"bytes"
	"context"
	"net/http"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"xinyuan/internal/certificate"
	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Certificate.Noun, func(m *Message, subject int64) {
	m.CertificateId = some(id.Certificate(subject))
})

// certificateJSON is the certificate as the asker sees it: its code only where it
// is theirs.
func (s *server) certificateJSON(asker id.User) func(certificate.Certificate) Certificate {
	return func(c certificate.Certificate) Certificate {
		answer := Certificate{
			Id: c.ID, Serial: c.Serial, Number: c.Number, NameLabel: c.HolderLabel,
			NameSource: c.NameSource, OnBehalf: c.IssuedBy != nil, From: dateOf(c.From),
			Until: dateOf(c.Until.Add(-time.Millisecond)), Minutes: c.Minutes, Records: c.Records, Show: c.Shows.List(),
			Issuer: c.Issuer, Status: c.Status, IssuedAt: c.IssuedAt, RevokedAt: c.RevokedAt, Superseded: c.IsSuperseded(),
			Mine: c.UserID == asker,
		}
		if c.IsOutdated() {
			answer.MinutesNow = &c.MinutesNow
		}
		if answer.Mine {
			answer.VerifyUrl = some(s.Certificates.Address(c))
		}
		return answer
	}
}

// dateOf is the business day of a moment.
func dateOf(t time.Time) openapi_types.Date { return openapi_types.Date{Time: t.In(clock.Shanghai)} }

// GetMyCard shows what I have served.
func (s *server) GetMyCard(ctx context.Context, _ GetMyCardRequestObject) (GetMyCardResponseObject, error) {
	c, err := s.Certificates.GetCard(ctx, me(ctx))
	if err != nil {
		return nil, err
	}
	stars, next, missing := c.Stars()
	answer := GetMyCard200JSONResponse{
		Number: some(c.Number), Minutes: c.Minutes, Records: c.Records, Stars: stars, NextStarHours: some(next),
		MissingMinutes: some(missing),
	}
	answer.Years, answer.Teams = make([]ServiceYear, len(c.Years)), make([]ServiceTeam, len(c.Teams))
	for i, y := range c.Years {
		answer.Years[i] = ServiceYear{Year: y.Year, Minutes: y.Minutes, Records: y.Records}
	}
	for i, t := range c.Teams {
		answer.Teams[i] = ServiceTeam{Id: t.ID, Name: t.Name, Role: t.Role}
	}
	return answer, nil
}

// ListMyCertificates shows a page of my certificates.
func (s *server) ListMyCertificates(ctx context.Context, r ListMyCertificatesRequestObject) (
	ListMyCertificatesResponseObject, error) {
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Certificate, n int) ([]certificate.Certificate, error) {
			return s.Certificates.ListMine(ctx, me(ctx), certificate.Page{Before: before, Limit: n})
		}, func(c certificate.Certificate) id.Certificate { return c.ID }, s.certificateJSON(me(ctx)))
	return ListMyCertificates200JSONResponse{Items: items, NextCursor: next}, err
}

// ListCertificates shows a page of those issued where I work.
func (s *server) ListCertificates(ctx context.Context, r ListCertificatesRequestObject) (
	ListCertificatesResponseObject, error) {
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Certificate, n int) ([]certificate.Certificate, error) {
			return s.Certificates.ListAt(ctx, me(ctx), certificate.Page{Before: before, Limit: n})
		}, func(c certificate.Certificate) id.Certificate { return c.ID }, s.certificateJSON(me(ctx)))
	return ListCertificates200JSONResponse{Items: items, NextCursor: next}, err
}

// IssueCertificate issues a certificate of my service.
func (s *server) IssueCertificate(ctx context.Context, r IssueCertificateRequestObject) (
	IssueCertificateResponseObject, error) {
	encode := s.certificateJSON(me(ctx))
	c, err := s.Certificates.Issue(ctx, me(ctx), certificate.Request{
		From: r.Body.From.Time, Until: r.Body.Until.Time, Show: r.Body.Show, Name: value(r.Body.Name),
	}, keep(ctx, s, http.StatusCreated, encode))
	return IssueCertificate201JSONResponse(encode(c)), err
}

// IssueCertificateFor issues a certificate of somebody else's service.
func (s *server) IssueCertificateFor(ctx context.Context, r IssueCertificateForRequestObject) (
	IssueCertificateForResponseObject, error) {
	encode := s.certificateJSON(me(ctx))
	c, err := s.Certificates.IssueFor(ctx, me(ctx), r.Body.UserId, certificate.Request{
		From: r.Body.From.Time, Until: r.Body.Until.Time, Show: r.Body.Show, Name: value(r.Body.Name),
	}, keep(ctx, s, http.StatusCreated, encode))
	return IssueCertificateFor201JSONResponse(encode(c)), err
}

// ListVolunteers shows a page of a community's people who have served.
func (s *server) ListVolunteers(ctx context.Context, r ListVolunteersRequestObject) (
	ListVolunteersResponseObject, error) {
	f := certificate.PeopleFilter{Node: r.Params.NodeId, Words: value(r.Params.Words)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(before id.User, n int) ([]certificate.Person, error) {
		f.Before, f.Limit = before, n
		return s.Certificates.ListPeople(ctx, me(ctx), f)
	}, func(p certificate.Person) id.User { return p.UserID }, servicePersonJSON)
	return ListVolunteers200JSONResponse{Items: items, NextCursor: next}, err
}

func servicePersonJSON(p certificate.Person) ServicePerson {
	return ServicePerson{
		UserId: p.UserID, DisplayName: p.Name, WrittenDown: p.WrittenDown, ReportedIn: p.ReportedIn,
		UnitName: some(p.UnitName), Number: some(p.Number), Records: p.Records, Minutes: p.Minutes,
		FirstDay: dateOf(p.First), LastDay: dateOf(p.Last),
	}
}

// GetCertificatePdf answers with the paper.
func (s *server) GetCertificatePdf(ctx context.Context, r GetCertificatePdfRequestObject) (
	GetCertificatePdfResponseObject, error) {
	pdf, _, err := s.Certificates.OpenPaper(ctx, me(ctx), r.CertificateId)
	return GetCertificatePdf200ApplicationpdfResponse{
		Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf)),
	}, err
}

// RevokeCertificate makes a certificate worthless.
func (s *server) RevokeCertificate(ctx context.Context, r RevokeCertificateRequestObject) (
	RevokeCertificateResponseObject, error) {
	encode := s.certificateJSON(me(ctx))
	c, err := s.Certificates.Revoke(ctx, me(ctx), r.CertificateId, r.Body.Reason, keep(ctx, s, http.StatusOK, encode))
	return RevokeCertificate200JSONResponse(encode(c)), err
}
