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
)

// certificateJSON is the certificate as the asker sees it: its code only where it
// is theirs.
func (s *server) certificateJSON(asker id.User) func(certificate.Certificate) Certificate {
	return func(c certificate.Certificate) Certificate {
		answer := Certificate{
			Id: c.ID, Serial: c.Serial, Number: c.Number, NameLabel: c.HolderLabel,
			NameSource: c.NameSource, OnBehalf: c.IssuedBy != nil, From: dateOf(c.From),
			Until: dateOf(c.Until.Add(-time.Millisecond)), Minutes: c.Minutes, Records: c.Records, Show: c.Shows.List(),
			Issuer: c.Issuer, Status: c.Status, IssuedAt: c.IssuedAt, RevokedAt: c.RevokedAt, Superseded: c.Superseded(),
			Mine: c.UserID == asker,
		}
		if c.Outdated() {
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
	c, err := s.Certificates.Card(ctx, me(ctx))
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

// certificatePage is a page of a list that was read with one more than its limit.
func (s *server) certificatePage(asker id.User, all []certificate.Certificate, limit int) CertificatePage {
	p := CertificatePage{Items: []Certificate{}}
	for i, c := range all {
		if i == limit {
			p.NextCursor = some(all[i-1].ID.String())
			break
		}
		p.Items = append(p.Items, s.certificateJSON(asker)(c))
	}
	return p
}

// ListMyCertificates shows a page of my certificates.
func (s *server) ListMyCertificates(ctx context.Context, r ListMyCertificatesRequestObject) (
	ListMyCertificatesResponseObject, error) {
	before, limit, err := pageOf[id.Certificate](r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	all, err := s.Certificates.Mine(ctx, me(ctx), certificate.Page{Before: before, Limit: limit + 1})
	return ListMyCertificates200JSONResponse(s.certificatePage(me(ctx), all, limit)), err
}

// ListCertificates shows a page of those issued where I work.
func (s *server) ListCertificates(ctx context.Context, r ListCertificatesRequestObject) (
	ListCertificatesResponseObject, error) {
	before, limit, err := pageOf[id.Certificate](r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	all, err := s.Certificates.At(ctx, me(ctx), certificate.Page{Before: before, Limit: limit + 1})
	return ListCertificates200JSONResponse(s.certificatePage(me(ctx), all, limit)), err
}

// IssueCertificate issues a certificate of my service.
func (s *server) IssueCertificate(ctx context.Context, r IssueCertificateRequestObject) (
	IssueCertificateResponseObject, error) {
	encode := s.certificateJSON(me(ctx))
	c, err := s.Certificates.Issue(ctx, me(ctx), certificate.Request{
		From: r.Body.From.Time, Until: r.Body.Until.Time, Show: r.Body.Show, Name: text(r.Body.Name),
	}, keep(ctx, s, http.StatusCreated, encode))
	return IssueCertificate201JSONResponse(encode(c)), err
}

// IssueCertificateFor issues a certificate of somebody else's service.
func (s *server) IssueCertificateFor(ctx context.Context, r IssueCertificateForRequestObject) (
	IssueCertificateForResponseObject, error) {
	encode := s.certificateJSON(me(ctx))
	c, err := s.Certificates.IssueFor(ctx, me(ctx), r.Body.UserId, certificate.Request{
		From: r.Body.From.Time, Until: r.Body.Until.Time, Show: r.Body.Show, Name: text(r.Body.Name),
	}, keep(ctx, s, http.StatusCreated, encode))
	return IssueCertificateFor201JSONResponse(encode(c)), err
}

// ListVolunteers shows a page of a community's people who have served.
func (s *server) ListVolunteers(ctx context.Context, r ListVolunteersRequestObject) (
	ListVolunteersResponseObject, error) {
	before, limit, err := pageOf[id.User](r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	all, err := s.Certificates.People(ctx, me(ctx), certificate.PeopleFilter{
		Node: r.Params.NodeId, Words: text(r.Params.Words), Before: before, Limit: limit + 1,
	})
	page := ServicePersonPage{Items: []ServicePerson{}}
	for i, p := range all {
		if i == limit {
			page.NextCursor = some(all[i-1].UserID.String())
			break
		}
		page.Items = append(page.Items, ServicePerson{
			UserId: p.UserID, DisplayName: p.Name, WrittenDown: p.WrittenDown, ReportedIn: p.ReportedIn,
			UnitName: some(p.UnitName), Number: some(p.Number), Records: p.Records, Minutes: p.Minutes,
			FirstDay: dateOf(p.First), LastDay: dateOf(p.Last),
		})
	}
	return ListVolunteers200JSONResponse(page), err
}

// GetCertificatePdf answers with the paper.
func (s *server) GetCertificatePdf(ctx context.Context, r GetCertificatePdfRequestObject) (
	GetCertificatePdfResponseObject, error) {
	pdf, _, err := s.Certificates.Paper(ctx, me(ctx), r.CertificateId)
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
