package seed

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/complaint"
)

// addPhones publishes the numbers that people may dial: that of the county, and
// those of the demo's communities but one, which lends the county's. No line
// has such a number: none begins with a zero.
func (w *world) addPhones(ctx context.Context) error {
	for i, code := range append([]string{countyCode, homeCode}, others[:len(others)-1]...) {
		phone := fmt.Sprintf("0435-0521%03d", i)
		if _, err := w.grants.SetPhone(ctx, w.people["county"], w.nodes[code], phone, nil); err != nil {
			return err
		}
	}
	return nil
}

// pastComplaint is a complaint or a suggestion of the home community, and what came of it.
type pastComplaint struct {
	author string
	kind   complaint.Kind
	days   int // how long ago it was written
	text   string
	answer string // a day later; empty: it waits
	again  string // why the author asked once more, two days after; empty: they did not
	closed bool   // the author said that it is settled
}

var pastComplaints = []pastComplaint{
	{"resident", complaint.KindComplaint, 24, "说好周三上门修灯，等到天黑也没有人来，也没有来个电话。",
		"对不起，让您白等了一天。那天党员临时出了急事，没有说一声是我们不对。已经约好周六上午，改时间一定先打电话。", "", true},
	{"resident", complaint.KindSuggestion, 12, "楼下的活动室周末总锁着门，能不能周日下午开两个小时？",
		"这个主意好。从这个周日起，下午两点到四点开门，由楼里的志愿者轮流看门。", "", false},
	{"member-7", complaint.KindSuggestion, 9, "报到的时候要填单位全称，很多人不知道怎么写，能不能做成选的？",
		"已经改成从名单里选，找不到的再告诉社区补上。", "", true},
	{"resident-2", complaint.KindComplaint, 5, "楼道漏水登记了三次，每次都说记下了，就是没有人来看。",
		"已经请物业周五上午去看，看完给您回话。", "周五没有人来，打电话也没有人接。", false},
	{"resident-2", complaint.KindSuggestion, 1, "社区的心愿墙挂得太高，坐轮椅的看不见，能不能往下挪一挪？", "", "", false},
	{"resident", complaint.KindComplaint, 1, "大厅里问两句话就不耐烦。老人耳朵背，请慢一点说，多说一遍。", "", "", false},
}

// planComplaints writes what the home community's people complain about and suggest.
func (w *world) planComplaints() {
	for i, v := range pastComplaints {
		written := w.morning(v.days, i)
		w.at(written, func(ctx context.Context) error {
			k, err := w.complaints.Submit(ctx, w.people[v.author], complaint.Draft{
				Kind: v.kind, NodeID: w.nodes[homeCode], Text: v.text,
			}, nil)
			if err == nil && v.answer != "" {
				w.at(w.morning(v.days-1, i), func(ctx context.Context) error { return w.answerComplaint(ctx, v, k, i) })
			}
			return err
		})
	}
}

// morning is at nine o'clock or some minutes after, so many days ago.
func (w *world) morning(daysAgo, turn int) time.Time {
	nine := clock.Day(w.Now.Add(-day(float64(daysAgo)))).Add(9 * time.Hour)
	return nine.Add(time.Duration(turn*17) * time.Minute).UTC()
}

func (w *world) answerComplaint(ctx context.Context, v pastComplaint, k complaint.Complaint, turn int) error {
	by := w.people["street"]
	if v.kind == complaint.KindSuggestion {
		by = w.staff[w.nodes[homeCode]]
	}
	if _, err := w.complaints.Answer(ctx, by, k.ID, v.answer, nil); err != nil {
		return err
	}
	author := w.people[v.author]
	if v.again != "" {
		w.at(w.morning(v.days-3, turn), func(ctx context.Context) error {
			_, err := w.complaints.Reopen(ctx, author, k.ID, v.again, nil)
			return err
		})
	}
	if v.closed {
		w.at(w.morning(v.days-2, turn), func(ctx context.Context) error {
			_, err := w.complaints.Close(ctx, author, k.ID, nil)
			return err
		})
	}
	return nil
}
