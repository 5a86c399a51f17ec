package api

import (
	"context"
	"net/http"

	"xinyuan/internal/attendance"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// GetCheckInCode shows the leader the code of now.
func (s *server) GetCheckInCode(ctx context.Context, r GetCheckInCodeRequestObject) (
	GetCheckInCodeResponseObject, error) {
	c, err := s.Attendance.GetCode(ctx, me(ctx), r.ActivityId)
	return GetCheckInCode200JSONResponse{Code: c.Digits, ExpiresAt: c.ExpiresAt, Qr: c.QR}, err
}

func checkInJSON(a attendance.Attendance) CheckIn {
	return CheckIn{
		Id: a.ID, UserId: a.UserID, InAt: a.InAt, InMode: a.InMode, InDistance: a.InDistance, InAccuracy: a.InAccuracy,
		OutAt: a.OutAt, OutMode: a.OutMode, OutDistance: a.OutDistance, OutAccuracy: a.OutAccuracy,
		Minutes: a.Minutes(), Recorded: a.RecorderID != 0, Far: a.IsFar(),
	}
}

// keepCheckIn keeps the answer to a keyed request.
func (s *server) keepCheckIn(ctx context.Context, status int) mysql.OnCommit[attendance.Attendance] {
	return keep(ctx, s, status, checkInJSON)
}

func arrivalOf(a Arrival) (attendance.Arrival, error) {
	if (a.Code == nil) == (a.UserId == nil) {
		return attendance.Arrival{}, fault.BadField("code", "请输入队长手机上的八位数字，或者扫二维码。")
	}
	out := attendance.Arrival{Code: value(a.Code), At: a.At, Person: value(a.UserId)}
	if l := a.Location; l != nil {
		out.Location = &attendance.Location{Lat: l.Lat, Lng: l.Lng, Accuracy: l.Accuracy}
	}
	return out, nil
}

// CheckIn begins a time of presence.
func (s *server) CheckIn(ctx context.Context, r CheckInRequestObject) (CheckInResponseObject, error) {
	arrival, err := arrivalOf(*r.Body)
	if err != nil {
		return nil, err
	}
	a, err := s.Attendance.CheckIn(ctx, me(ctx), r.ActivityId, arrival, s.keepCheckIn(ctx, http.StatusCreated))
	return CheckIn201JSONResponse(checkInJSON(a)), err
}

// CheckOut ends it.
func (s *server) CheckOut(ctx context.Context, r CheckOutRequestObject) (CheckOutResponseObject, error) {
	arrival, err := arrivalOf(*r.Body)
	if err != nil {
		return nil, err
	}
	a, err := s.Attendance.CheckOut(ctx, me(ctx), r.ActivityId, arrival, s.keepCheckIn(ctx, http.StatusOK))
	return CheckOut200JSONResponse(checkInJSON(a)), err
}

// ListMyCheckIns shows when I came and went.
func (s *server) ListMyCheckIns(ctx context.Context, r ListMyCheckInsRequestObject) (
	ListMyCheckInsResponseObject, error) {
	all, err := s.Attendance.ListMine(ctx, me(ctx), r.ActivityId)
	return ListMyCheckIns200JSONResponse{Items: checkInsJSON(all)}, err
}

func checkInsJSON(all []attendance.Attendance) []CheckIn {
	items := make([]CheckIn, len(all))
	for i, a := range all {
		items[i] = checkInJSON(a)
	}
	return items
}

// ListSignups shows the roll.
func (s *server) ListSignups(ctx context.Context, r ListSignupsRequestObject) (ListSignupsResponseObject, error) {
	sheet, err := s.Attendance.GetRoll(ctx, me(ctx), r.ActivityId)
	if err != nil {
		return nil, err
	}
	answer := ListSignups200JSONResponse{Items: make([]RollEntry, len(sheet.Lines)), CanSettle: sheet.CanSettle}
	for i, l := range sheet.Lines {
		answer.Items[i] = RollEntry{
			SignupId: l.SignupID, UserId: l.UserID, DisplayName: l.DisplayName, Status: l.Status, Place: l.Place,
			Present: l.Inside, CheckIns: checkInsJSON(l.Pairs), SuggestedMinutes: l.Suggested, NeedsNaming: l.Unsure,
			MissingCheckOut: l.Open, Minutes: l.Recorded, CancelledAt: l.CancelledAt, Belongs: some(l.Belongs),
		}
		if l.Inside {
			answer.PresentNow++
		}
	}
	return answer, nil
}

// SettleActivity confirms who served how long.
func (s *server) SettleActivity(ctx context.Context, r SettleActivityRequestObject) (
	SettleActivityResponseObject, error) {
	said := make([]attendance.Attendee, len(r.Body.Attendees))
	for i, a := range r.Body.Attendees {
		said[i] = attendance.Attendee{
			UserID: a.UserId, Minutes: a.Minutes, Absent: a.Absent != nil && *a.Absent, Reason: value(a.Reason),
		}
	}
	out, err := s.Attendance.Settle(ctx, me(ctx), r.ActivityId, said, keep(ctx, s, http.StatusOK, settlementJSON))
	return SettleActivity200JSONResponse(settlementJSON(out)), err
}

func settlementJSON(s attendance.Settlement) Settlement {
	of := map[id.User][]SettledRecord{}
	for _, r := range s.Records {
		of[r.UserID] = append(of[r.UserID], SettledRecord{
			Id: r.ID, StartedAt: r.StartedAt, EndedAt: r.EndedAt, Minutes: r.Minutes, Status: r.Status,
		})
	}
	out := Settlement{Attendees: []SettlementAttendee{}}
	for _, o := range s.Outcomes {
		out.Attendees = append(out.Attendees, SettlementAttendee{
			UserId: o.UserID, DisplayName: o.DisplayName, Attended: o.Attended, Minutes: o.Minutes, MissingCheckOut: o.Open,
			Records: append([]SettledRecord{}, of[o.UserID]...),
		})
	}
	return out
}
