package api

import (
	"bytes"
	"context"
	"net/http"

	"xinyuan/internal/agreement"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Agreement.Noun, func(m *Message, subject int64) {
	m.AgreementId = some(id.Agreement(subject))
})

func (s *server) agreementJSON(a agreement.Agreement) Agreement {
	return Agreement{
		Id: a.ID, NodeId: a.NodeID, NodeName: a.NodeName, NodeBody: a.NodeBody,
		UnitId: a.UnitID, UnitName: a.UnitName, UnitBody: a.UnitBody, Year: a.Year,
		CreatedAt: a.CreatedAt, OfferedAt: a.OfferedAt, SignedAt: a.SignedAt, EndedAt: a.EndedAt, Until: a.Until(),
		SenderName: some(a.SenderName), SignerName: some(a.SignerName), Status: a.Status, InForce: a.IsInForce(s.DB.Now()),
	}
}

func agreementLines(a agreement.Agreement, all []agreement.Line) []AgreementLine {
	lines := []AgreementLine{}
	for _, l := range all {
		lines = append(lines, AgreementLine{
			Kind: l.Kind, Text: l.Text, Quantity: l.Quantity, Quarter: l.Quarter, OfferId: some(l.OfferID),
			OfferName: some(l.OfferName), Due: a.Due(l), Done: l.Done, Kept: l.IsKept(),
		})
	}
	return lines
}

func (s *server) listedAgreement(one agreement.Listed) ListedAgreement {
	return ListedAgreement{Agreement: s.agreementJSON(one.Agreement), Lines: agreementLines(one.Agreement, one.Lines)}
}

func linesOf(all []AgreementPromise) []agreement.Line {
	lines := make([]agreement.Line, len(all))
	for i, l := range all {
		lines[i] = agreement.Line{Kind: l.Kind, Text: l.Text, Quantity: l.Quantity, Quarter: l.Quarter}
		if l.OfferId != nil {
			lines[i].OfferID = *l.OfferId
		}
	}
	return lines
}

// keepAgreement keeps the answer to a keyed request.
func (s *server) keepAgreement(ctx context.Context) mysql.OnCommit[agreement.Agreement] {
	return keep(ctx, s, http.StatusOK, s.agreementJSON)
}

// CreateAgreement writes down what a community and a unit may agree on.
func (s *server) CreateAgreement(ctx context.Context, r CreateAgreementRequestObject) (
	CreateAgreementResponseObject, error) {
	d := agreement.Draft{
		NodeID: r.Body.NodeId, UnitID: r.Body.UnitId, Body: value(r.Body.NodeBody), Year: r.Body.Year,
		Lines: linesOf(r.Body.Lines),
	}
	a, err := s.Agreements.Create(ctx, me(ctx), d, keep(ctx, s, http.StatusCreated, s.agreementJSON))
	return CreateAgreement201JSONResponse(s.agreementJSON(a)), err
}

// ListAgreements shows a page of agreements with their lines.
func (s *server) ListAgreements(ctx context.Context, r ListAgreementsRequestObject) (
	ListAgreementsResponseObject, error) {
	f := agreement.Filter{Scope: r.Params.Scope, Node: value(r.Params.NodeId), Unit: value(r.Params.UnitId)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(last id.Agreement, limit int) ([]agreement.Listed, error) {
			f.Cursor, f.Limit = last, limit
			return s.Agreements.List(ctx, me(ctx), f)
		}, func(one agreement.Listed) id.Agreement { return one.ID }, s.listedAgreement)
	return ListAgreements200JSONResponse{Items: items, NextCursor: next}, err
}

// GetAgreement shows an agreement with what was done of each line.
func (s *server) GetAgreement(ctx context.Context, r GetAgreementRequestObject) (GetAgreementResponseObject, error) {
	v, err := s.Agreements.Get(ctx, me(ctx), r.AgreementId)
	if err != nil {
		return nil, err
	}
	return GetAgreement200JSONResponse{
		Agreement: s.agreementJSON(v.Agreement), Lines: agreementLines(v.Agreement, v.Lines),
		History: history(v.History, audience{id: me(ctx), insider: v.Insider}),
		May: AgreementMay{
			Edit: some(v.May.Edit), Offer: some(v.May.Offer), Sign: some(v.May.Sign), Return: some(v.May.Return),
			End: some(v.May.End),
		},
	}, nil
}

// EditAgreement writes the lines of a draft anew.
func (s *server) EditAgreement(ctx context.Context, r EditAgreementRequestObject) (
	EditAgreementResponseObject, error) {
	d := agreement.Draft{Body: value(r.Body.NodeBody), Lines: linesOf(r.Body.Lines)}
	a, err := s.Agreements.Edit(ctx, me(ctx), r.AgreementId, d, s.keepAgreement(ctx))
	return EditAgreement200JSONResponse(s.agreementJSON(a)), err
}

// OfferAgreement signs it for the community.
func (s *server) OfferAgreement(ctx context.Context, r OfferAgreementRequestObject) (
	OfferAgreementResponseObject, error) {
	a, err := s.Agreements.Dispatch(ctx, me(ctx), r.AgreementId, s.keepAgreement(ctx))
	return OfferAgreement200JSONResponse(s.agreementJSON(a)), err
}

// SignAgreement signs it for the unit.
func (s *server) SignAgreement(ctx context.Context, r SignAgreementRequestObject) (
	SignAgreementResponseObject, error) {
	var body agreement.Body
	if r.Body != nil {
		body = value(r.Body.UnitBody)
	}
	a, err := s.Agreements.Sign(ctx, me(ctx), r.AgreementId, body, s.keepAgreement(ctx))
	return SignAgreement200JSONResponse(s.agreementJSON(a)), err
}

// ReturnAgreement takes it back to its draft.
func (s *server) ReturnAgreement(ctx context.Context, r ReturnAgreementRequestObject) (
	ReturnAgreementResponseObject, error) {
	a, err := s.Agreements.Return(ctx, me(ctx), r.AgreementId, r.Body.Reason, s.keepAgreement(ctx))
	return ReturnAgreement200JSONResponse(s.agreementJSON(a)), err
}

// EndAgreement throws a draft away, or ends what both have signed.
func (s *server) EndAgreement(ctx context.Context, r EndAgreementRequestObject) (EndAgreementResponseObject, error) {
	a, err := s.Agreements.End(ctx, me(ctx), r.AgreementId, value(r.Body.Reason), s.keepAgreement(ctx))
	return EndAgreement200JSONResponse(s.agreementJSON(a)), err
}

// GetCoBuilding shows what a unit promised for a year, what it did, and what it still owes.
func (s *server) GetCoBuilding(ctx context.Context, r GetCoBuildingRequestObject) (
	GetCoBuildingResponseObject, error) {
	p, err := s.Agreements.GetUnit(ctx, me(ctx), r.NodeId, value(r.Params.Year))
	if err != nil {
		return nil, err
	}
	answer := GetCoBuilding200JSONResponse{
		UnitId: p.Unit.ID, UnitName: p.Unit.Name, PlaceName: p.Unit.ParentName, Year: p.Year,
		Years:    append([]int{}, p.Years...),
		Promises: promiseCounts(p.Promises()), Agreements: []ListedAgreement{},
		Offers: []UsedOffer{}, Wishes: p.Deeds.Wishes, Minutes: p.Deeds.Minutes, Tasks: p.Deeds.Tasks,
		MayPrint: some(p.MayPrint),
	}
	for _, one := range p.Agreements {
		answer.Agreements = append(answer.Agreements, s.listedAgreement(one))
	}
	for _, o := range p.Opened {
		answer.Offers = append(answer.Offers, UsedOffer{
			Id: o.ID, Name: o.Name, Status: o.Status, Used: o.Used, People: o.People,
		})
	}
	return answer, nil
}

// ExportCoBuilding writes a unit's page as a paper.
func (s *server) ExportCoBuilding(ctx context.Context, r ExportCoBuildingRequestObject) (
	ExportCoBuildingResponseObject, error) {
	p, err := s.Agreements.OpenUnit(ctx, me(ctx), r.NodeId, value(r.Params.Year))
	if err != nil {
		return nil, err
	}
	if r.Params.Format != nil && *r.Params.Format == ExportCoBuildingParamsFormatPdf {
		pdf, err := p.PDF()
		return ExportCoBuilding200ApplicationpdfResponse{Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf))}, err
	}
	sheet, err := p.Sheet()
	return ExportCoBuilding200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		Body: bytes.NewReader(sheet), ContentLength: int64(len(sheet)),
	}, err
}
