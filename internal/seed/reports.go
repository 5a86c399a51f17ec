package seed

import (
	"context"
	"maps"
	"slices"
	"time"

	"xinyuan/internal/certificate"
	"xinyuan/internal/clock"
	"xinyuan/internal/hours"
)

// report is service that somebody did without a team, and what the community
// said of it.
type report struct {
	who     string
	days    int // how long ago
	from    int // the hour
	minutes int
	title   string
	note    string
	answer  string // "": it waits; "yes", or why not
}

var reports = []report{
	{"member-7", 27, 18, 90, "给三栋老人换灯泡、修水龙头", "301 的周大爷和 502 的郑奶奶家，都试过了，好用。", "yes"},
	{"member-2", 20, 19, 60, "给社区书屋整理图书", "上架两百多册，脱了页的也粘好了。", "yes"},
	{"member-1", 12, 13, 120, "陪郑奶奶去医院复查", "一点到县医院，三点多送回家，药放在床头。", "yes"},
	{"member-1", 1, 19, 75, "帮楼上老人学用手机缴费", "教会了缴电费和挂号，写了张大字的步骤贴在墙上。", ""},
	{"resident", 6, 9, 60, "教邻居包粽子", "活动室里教了六位，包好的给独居老人送去。", "yes"},
	{"member-3", 9, 8, 240, "参加单位支部会", "上午开了半天会。", "开会不算志愿服务，办实事的时间才算。"},
	{"member-5", 2, 7, 540, "雪后连着清扫两个小区", "早上七点到下午四点，两个小区的坡道和台阶都清完了。", ""},
}

// planReports writes what people report themselves; the secretary answers the
// day after.
func (w *world) planReports() {
	home := w.nodes[homeCode]
	for _, r := range reports {
		starts := w.on(-r.days, r.from)
		ends := starts.Add(time.Duration(r.minutes) * time.Minute)
		w.at(ends.Add(40*time.Minute), func(ctx context.Context) error {
			photos, err := w.photograph(ctx, w.people[r.who], r.title, true)
			if err != nil {
				return err
			}
			made, err := w.records.SelfReport(ctx, w.people[r.who], hours.Draft{
				NodeID: home, Title: r.title, Start: starts, End: ends, Note: r.note, Photos: photos,
			}, nil)
			if err != nil || r.answer == "" {
				return err
			}
			w.at(ends.Add(day(1)), func(ctx context.Context) error {
				d := hours.Decision{Confirm: r.answer == "yes"}
				if !d.Confirm {
					d.Reason = r.answer
				}
				_, err := w.records.Review(ctx, w.staff[home], made[0].ID, d, nil)
				return err
			})
			return nil
		})
	}
}

// certified are the members with a certificate, and what it shows. Each has a
// report that is confirmed: of activities any record may be drawn for one more
// review, and a certificate of nothing is refused.
var certified = map[string][]certificate.Field{
	"member-1": certificate.Fields(),
	"member-2": {certificate.FieldHours, certificate.FieldContent}, // no name
}

// planCertificates gives the certificates.
func (w *world) planCertificates() {
	for _, persona := range slices.Sorted(maps.Keys(certified)) {
		who, show := w.people[persona], certified[persona]
		w.at(w.Now.Add(-time.Hour), func(ctx context.Context) error {
			_, err := w.papers.Issue(ctx, who, certificate.Request{
				From: clock.Day(w.Now).AddDate(0, 0, -demoDays), Until: clock.Day(w.Now).AddDate(0, 0, -1), Show: show,
			}, nil)
			return err
		})
	}
}
