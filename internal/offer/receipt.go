package offer

import (
	"context"
	"fmt"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/paper"
	"xinyuan/internal/state"
	"xinyuan/internal/words"
)

// OpenReceipt draws the receipt of a booking (预约回执) for who booked, and for its host where somebody called: where,
// when, for how many, whom to ask, and the rules. Errors: fault.ReasonNotFound, fault.ReasonForbidden for whom it is
// not, fault.ReasonBookingState for what is not agreed, or not to be used any more.
func (s *Service) OpenReceipt(ctx context.Context, actor id.User, booking id.Booking) ([]byte, error) {
	v, err := s.GetBooking(ctx, actor, booking)
	switch {
	case err != nil:
		return nil, err
	case v.OwnerID != actor && !v.May.Receipt:
		return nil, fault.New(fault.ReasonForbidden).Saying("回执只给约的人。打电话约的，由开放它的单位打印。")
	case !v.May.Receipt:
		return nil, fault.New(fault.ReasonBookingState).Saying("约好了的才有回执。")
	}
	var (
		o    Offer
		all  []line
		ask  org.Line
		has  bool
		args = mysql.Args{"offer": v.OfferID}
	)
	if err := s.db.Read(ctx, mysql.One(&o, "offer.get", args), mysql.Many(&all, "offer.lines", args)); err != nil {
		return nil, err
	}
	if err := s.db.Read(ctx, org.WantLine(&ask, &has, &o.NodeID)); err != nil {
		return nil, err
	}
	at := s.db.Now()
	f := paper.Form{
		Info:  paper.Info{Title: "预约回执 " + v.OfferName, Author: v.HostName, At: at},
		Title: "预约回执", About: v.HostName, Number: fmt.Sprintf("编号 %d", v.ID),
		Rows: []paper.FormRow{
			paper.Row("哪里", v.OfferName+"\n"+v.Place),
			paper.Row("什么时候", words.Span(v.StartsAt.In(clock.Shanghai), v.EndsAt.In(clock.Shanghai))),
			paper.Row("谁来", v.who(), "几个人", fmt.Sprintf("%d 人", v.People)),
		},
		Notes: []string{"到门口报名字或出示预约码就行，不登记证件，不收钱。来不了请取消，别人好用。", paper.Moment(at) + "打印"},
	}
	if v.Purpose != "" {
		f.Rows = append(f.Rows, paper.Row("用来做什么", v.Purpose))
	}
	if v.Code != "" {
		f.Rows = append(f.Rows, paper.Row("预约码", v.Code[:4]+" "+v.Code[4:]))
	}
	if has {
		f.Rows = append(f.Rows, paper.Row("有事问", ask.Name+"　"+ask.Phone))
	}
	rules := ""
	for _, l := range all {
		if l.Kind == LineRule {
			rules += l.Text + "。\n"
		}
	}
	if rules != "" {
		f.Rows = append(f.Rows, paper.Row("规定", rules))
	}
	return f.PDF()
}

// hasReceipt tells whether the actor may print the receipt: who booked, and the host for who called, of what is agreed.
func (b *Booking) hasReceipt(isOwner, isHost bool) bool {
	return (isOwner || isHost && b.OwnerID == 0) && (b.Status == state.BookingConfirmed || b.Status == state.BookingUsed)
}
