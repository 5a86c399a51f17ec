package api

import (
	"context"

	"xinyuan/internal/agreement"
	"xinyuan/internal/id"
)

func promiseCounts(n agreement.Promises) PromiseCounts {
	return PromiseCounts{All: n.All, Kept: n.Kept, Owed: n.Owed, Late: n.Late}
}

func allianceMember(m agreement.Member) AllianceMember {
	return AllianceMember{
		Id: m.ID, Name: m.Name, PlaceName: m.PlaceName, IsUnit: m.IsUnit, Agreements: m.Agreements,
		Promises: promiseCounts(m.Promises), Since: m.Since,
	}
}

// ListAlliance shows a page of the bodies of a kind that have signed what is in force at a place.
func (s *server) ListAlliance(ctx context.Context, r ListAllianceRequestObject) (ListAllianceResponseObject, error) {
	node, err := s.nodeOrCounty(ctx, r.Params.NodeId)
	if err != nil {
		return nil, err
	}
	var one agreement.Alliance
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(last id.Node, limit int) ([]agreement.Member, error) {
		var err error
		one, err = s.Agreements.ListAlliance(ctx, agreement.AllianceFilter{
			Node: node, Body: r.Params.Body, Cursor: last, Limit: limit,
		})
		return one.Members, err
	}, func(m agreement.Member) id.Node { return m.ID }, allianceMember)
	answer := ListAlliance200JSONResponse{Items: items, NextCursor: next}
	answer.Sizes.Party, answer.Sizes.SelfGoverning = one.Sizes[agreement.BodyParty], one.Sizes[agreement.BodySelfGoverning]
	answer.Sizes.Mass, answer.Sizes.CoBuilding = one.Sizes[agreement.BodyMass], one.Sizes[agreement.BodyCoBuilding]
	return answer, err
}
