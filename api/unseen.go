package api

import (
	"context"
	"net/http"

	"xinyuan/internal/hours"
)

// ListUnseen shows staff the people of an activity whom only who leads the team
// has seen.
func (s *server) ListUnseen(ctx context.Context, r ListUnseenRequestObject) (ListUnseenResponseObject, error) {
	g, err := s.Records.GetUnseen(ctx, me(ctx), r.ActivityId)
	if err != nil {
		return nil, err
	}
	answer := UnseenPeople{
		ActivityId: g.ID, Title: g.Title, StartsAt: g.StartsAt, EndsAt: g.EndsAt, SettledBy: some(g.SettledBy), Came: g.Came,
		People: make([]UnseenPerson, len(g.People)),
	}
	for i, p := range g.People {
		answer.People[i] = UnseenPerson{
			UserId: p.UserID, DisplayName: p.Name, Minutes: p.Minutes, MayReview: p.MayReview,
			Records: recordsJSON(ctx, p.Records),
		}
	}
	return ListUnseen200JSONResponse(answer), nil
}

func recordsJSON(ctx context.Context, all []hours.Record) []ServiceRecord {
	items := make([]ServiceRecord, len(all))
	for i, one := range all {
		items[i] = recordJSON(one, me(ctx))
	}
	return items
}

// ReviewUnseen decides about them together.
func (s *server) ReviewUnseen(ctx context.Context, r ReviewUnseenRequestObject) (ReviewUnseenResponseObject, error) {
	all := make([]hours.Verdict, len(r.Body.Decisions))
	for i, d := range r.Body.Decisions {
		all[i] = hours.Verdict{
			User: d.UserId, Decision: hours.Decision{Confirm: string(d.Decision) == "confirm", Reason: value(d.Reason)},
		}
	}
	made, err := s.Records.ReviewUnseen(ctx, me(ctx), r.ActivityId, all, keep(ctx, s, http.StatusOK,
		func(made []hours.Record) ReviewUnseen200JSONResponse {
			return ReviewUnseen200JSONResponse{Items: recordsJSON(ctx, made)}
		}))
	return ReviewUnseen200JSONResponse{Items: recordsJSON(ctx, made)}, err
}
