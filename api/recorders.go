package api

import "context"

// ListServiceRecorders shows whose records are unusual.
func (s *server) ListServiceRecorders(ctx context.Context, r ListServiceRecordersRequestObject) (
	ListServiceRecordersResponseObject, error) {
	node, err := s.nodeOrCounty(ctx, r.Params.NodeId)
	if err != nil {
		return nil, err
	}
	all, err := s.Reports.ListRecorders(ctx, me(ctx), node)
	if err != nil {
		return nil, err
	}
	answer := ListServiceRecorders200JSONResponse{Items: []ServiceRecorder{}, Yeses: []YesRecorder{}}
	for _, one := range all.OfYeses {
		answer.Yeses = append(answer.Yeses, YesRecorder{
			UserId: one.UserID, DisplayName: one.Name, Yeses: one.Yeses, Claimants: one.Claimants, Most: one.Most,
			ByPhone: one.ByPhone, Checked: one.Checked, Denied: one.Denied, Signs: one.Signs, Text: one.Words(),
		})
	}
	for _, one := range all.OfHours {
		answer.Items = append(answer.Items, ServiceRecorder{
			UserId: one.UserID, DisplayName: one.Name, Records: one.Records, People: one.People, Minutes: one.Minutes,
			FullLength: one.Full, Late: one.Late, Credited: one.Credited, Unseen: one.Unseen,
			Signs: one.Signs, Text: one.Words(),
		})
	}
	return answer, nil
}
