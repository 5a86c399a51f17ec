package api

import (
	"context"
	"fmt"
	"strings"

	"xinyuan/internal/report"
	"xinyuan/internal/words"
)

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
			ByPhone: one.ByPhone, Checked: one.Checked, Denied: one.Denied, Signs: one.Signs, Text: unusualYeses(one),
		})
	}
	for _, one := range all.OfHours {
		answer.Items = append(answer.Items, ServiceRecorder{
			UserId: one.UserID, DisplayName: one.Name, Records: one.Records, People: one.People, Minutes: one.Minutes,
			FullLength: one.Full, Late: one.Late, Credited: one.Credited, Unseen: one.Unseen,
			Signs: one.Signs, Text: unusual(one),
		})
	}
	return answer, nil
}

// unusual says what is unusual about a recorder.
func unusual(r report.RecorderOfHours) string {
	var parts []string
	for _, sign := range r.Signs {
		switch sign {
		case report.SignManyHours:
			parts = append(parts, fmt.Sprintf("一个人就记下了 %s", words.Duration(r.Minutes)))
		case report.SignAlwaysFull:
			parts = append(parts, fmt.Sprintf("%d 条里有 %d 条都按活动全程记", r.Records, r.Full))
		case report.SignEnteredLate:
			parts = append(parts, fmt.Sprintf("%d 条里有 %d 条是事后很久才记的", r.Records, r.Late))
		case report.SignMostlyUnseen:
			parts = append(parts, fmt.Sprintf("记了时长的 %d 个人里，有 %d 个没有手机，也没有当场签到", r.Credited, r.Unseen))
		}
	}
	return strings.Join(parts, "；") + "。"
}

// unusualYeses says what is unusual about the yeses that somebody recorded.
func unusualYeses(r report.RecorderOfYeses) string {
	var parts []string
	for _, sign := range r.Signs {
		switch sign {
		case report.SignDenied:
			parts = append(parts, fmt.Sprintf("再问过的 %d 件里有 %d 件不作数", r.Checked, r.Denied))
		case report.SignOneClaimant:
			parts = append(parts, fmt.Sprintf("%d 件里有 %d 件是同一位党员办的", r.Yeses, r.Most))
		case report.SignByPhone:
			parts = append(parts, fmt.Sprintf("%d 件里有 %d 件是打电话问的", r.Yeses, r.ByPhone))
		}
	}
	return strings.Join(parts, "；") + "。"
}
