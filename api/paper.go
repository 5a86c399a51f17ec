package api

import (
	"bytes"
	"context"

	"xinyuan/internal/assignment"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// requireReads refuses who does not see all of the node. Error: fault.ReasonNotYourCommunity.
func (s *server) requireReads(ctx context.Context, node id.Node) error {
	reads, err := s.Grants.Reads(ctx, me(ctx), node)
	if err == nil && !reads {
		err = fault.New(fault.ReasonNotYourCommunity)
	}
	return err
}

// nodeToRead is the node of a table, or the county, all of which the person sees. Errors: those of nodeOrCounty and
// requireReads.
func (s *server) nodeToRead(ctx context.Context, asked *NodeId) (id.Node, error) {
	node, err := s.nodeOrCounty(ctx, asked)
	if err != nil {
		return 0, err
	}
	return node, s.requireReads(ctx, node)
}

// GetNeedPdf answers with the form of a need.
func (s *server) GetNeedPdf(ctx context.Context, r GetNeedPdfRequestObject) (GetNeedPdfResponseObject, error) {
	pdf, err := s.Needs.OpenPaper(ctx, me(ctx), r.NeedId)
	return GetNeedPdf200ApplicationpdfResponse{Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf))}, err
}

// GetVisitPdf answers with what was heard at a visit.
func (s *server) GetVisitPdf(ctx context.Context, r GetVisitPdfRequestObject) (GetVisitPdfResponseObject, error) {
	pdf, err := s.Visits.OpenPaper(ctx, me(ctx), r.VisitId)
	return GetVisitPdf200ApplicationpdfResponse{Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf))}, err
}

// GetAssignmentPdf answers with an assignment to print, which says of a need what who goes there has to know.
func (s *server) GetAssignmentPdf(ctx context.Context, r GetAssignmentPdfRequestObject) (
	GetAssignmentPdfResponseObject, error) {
	v, err := s.Assignments.Get(ctx, me(ctx), r.AssignmentId)
	if err != nil {
		return nil, err
	}
	var of assignment.Matter
	if v.OriginNoun == state.Need.Noun {
		n, err := s.Needs.GetForWorkers(ctx, id.Need(v.OriginID))
		if err != nil {
			return nil, err
		}
		of = assignment.Matter{Place: n.Place, Text: n.Text}
	}
	pdf, err := v.Paper(of, s.DB.Now())
	return GetAssignmentPdf200ApplicationpdfResponse{Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf))}, err
}

// ExportAssignments writes what is overdue as a table.
func (s *server) ExportAssignments(ctx context.Context, r ExportAssignmentsRequestObject) (
	ExportAssignmentsResponseObject, error) {
	node, err := s.nodeToRead(ctx, r.Params.NodeId)
	if err != nil {
		return nil, err
	}
	place, err := s.Tree.GetNode(ctx, node)
	if err != nil {
		return nil, err
	}
	all, err := s.Assignments.ListOverdue(ctx, node)
	if err != nil {
		return nil, err
	}
	sheet, err := assignment.OverdueSheet(place.Name, all, s.DB.Now())
	return ExportAssignments200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		Body: bytes.NewReader(sheet), ContentLength: int64(len(sheet)),
	}, err
}

// ExportNeeds writes what became of the needs of a month, to be published.
func (s *server) ExportNeeds(ctx context.Context, r ExportNeedsRequestObject) (ExportNeedsResponseObject, error) {
	node, err := s.nodeToRead(ctx, r.Params.NodeId)
	if err != nil {
		return nil, err
	}
	d, err := s.Reports.GetDisclosure(ctx, node, r.Params.Month)
	if err != nil {
		return nil, err
	}
	sheet, err := d.Sheet()
	return ExportNeeds200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		Body: bytes.NewReader(sheet), ContentLength: int64(len(sheet)),
	}, err
}
