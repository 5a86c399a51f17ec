package seed

import (
	"context"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/activity"
	"xinyuan/internal/attendance"
	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
	"xinyuan/internal/team"
)

// squad is a volunteer team with who is in it.
type squad struct {
	id      id.Team
	node    id.Node
	leader  id.User
	people  []id.User // without the leader
	deeds   []deed    // what it does
	elderly id.User   // somebody without a phone; 0: nobody
	late    id.User   // who has yet to come; 0: nobody
	inOrder bool      // its people sign up from the first on, and not from anybody
}

// deed is something that a team does again and again.
type deed struct {
	title, text, place string
	from               int // the hour at which it begins
	minutes            int
	quota              int
	skills, health     string
	insured            bool
}

var deeds = []deed{
	{"清理滨河步道", "从河边亭子起，往东捡到桥头。社区备手套和垃圾袋，穿防滑的鞋。", "滨河公园东门", 9, 150, 16, "", "", false},
	{"陪独居老人说说话", "两人一组上门，聊聊天，帮着收拾屋子、换换灯泡。名单在队长那里。", "社区活动室集合", 14, 120, 10, "", "", false},
	{"给老人理发", "楼里腿脚不便的老人由别的队员接下来。推子、围布社区都有。", "社区活动室", 9, 180, 8, "会理发，或者愿意打下手", "", false},
	{"路口文明劝导", "放学时段在路口劝行人走斑马线，帮孩子和老人过街。发马甲和哨子。", "振兴路与同德路路口", 16, 90, 12, "", "", false},
	{"量血压、测血糖", "早上给晨练的老人量血压、测血糖，记在各人的小本上。", "人民广场西侧", 8, 150, 8, "护士、医生或者会用血压计", "", false},
	{"楼道清杂物", "三个单元的楼道清旧家具、纸箱，腾出逃生通道。活重，两人抬一件。", "茂山新村 3 栋楼下", 9, 210, 14, "", "能搬得动重东西", true},
	{"孩子课后托管", "陪一到四年级的孩子写作业、下棋、读绘本，等家长来接。", "社区图书角", 16, 120, 10, "有耐心，不收礼", "", false},
	{"反诈宣传进楼栋", "一户一户发明白纸，帮老人在手机上打开防骗提醒。", "社区服务大厅", 10, 120, 12, "会用智能手机", "", false},
	{"扫雪除冰", "大路、坡道和台阶先扫，撒融雪剂。铁锹社区备。", "茂山街道办门前", 7, 150, 20, "", "心脏不好的请别来", true},
	{"义务修家电", "电饭锅、电扇、收音机拿来就修，修不好的帮忙送到店里。", "社区活动室", 9, 180, 8, "会修小家电", "", true},
}

// demoTeams is how many teams the demo has.
const demoTeams = 8

// elders have no phone, each of another team.
var elders = []string{"孙桂芝", "马玉珍", "郭振山"}

// addTeams founds the demo's teams, whose members join by invitation.
func (w *world) addTeams(ctx context.Context) error {
	home := w.nodes[homeCode]
	for i, t := range []struct {
		name, intro string
		node        id.Node
		leader      id.User
		people      []id.User
	}{
		{"邻里一家亲志愿服务队", "高永刚带头，管的都是楼里的小事：清楼道、看孩子、陪老人。", home, w.people["leader"], w.members[:26]},
		{"银发互助队", "六十岁上下的老党员帮八十岁以上的老街坊。", home, w.members[29], w.members[30:46]},
		{"白衣天使义诊队", "县医院和卫生院的党员，周末给老人量血压、讲用药。", home, w.members[49], w.members[50:62]},
		{"红马甲劝导队", "路口、校门口、小区门口都有我们的红马甲。", w.nodes[others[0]], w.guests[0], w.guestsOf(0)},
		{"助老敬老服务队", "一位老人两个人记挂，每周至少上门一次。", w.nodes[others[1]], w.guests[1], w.guestsOf(1)},
		{"暖心手艺队", "理发、修家电、磨菜刀，手艺人集合。", w.nodes[others[2]], w.guests[2], w.guestsOf(2)},
		{"护河护绿队", "守着河边这片绿。", w.nodes[others[3]], w.guests[3], w.guestsOf(3)},
		{"四点半课堂志愿队", "放学到下班之间，孩子有人管。", w.nodes[others[4]], w.guests[4], w.guestsOf(4)},
	} {
		s, err := w.found(ctx, squad{node: t.node, leader: t.leader, people: slices.Clone(t.people)}, t.name, t.intro)
		if err != nil {
			return err
		}
		for j := range 4 {
			s.deeds = append(s.deeds, deeds[(i*3+j)%len(deeds)])
		}
		if i == 0 {
			for _, p := range []string{"resident", "resident-2"} {
				if err := w.join(ctx, s, w.people[p]); err != nil {
					return err
				}
				s.people = append(s.people, w.people[p])
			}
			if _, err := w.teams.Join(ctx, w.members[70], s.id, "", nil); err != nil {
				return err
			}
		}
		if i == 1 { // a colleague of the leader has yet to answer
			guest := team.Guest{UserID: w.members[29+5*len(w.units)]}
			if _, err := w.teams.Invite(ctx, s.leader, s.id, guest, nil); err != nil {
				return err
			}
		}
		if i < len(elders) {
			elder, err := w.teams.AddWithoutPhone(ctx, s.leader, s.id, elders[i], nil)
			if err != nil {
				return err
			}
			s.elderly = elder.UserID
		}
		w.squads = append(w.squads, s)
	}
	return nil
}

// guestsOf are the guests of one community beside the first, who leads.
func (w *world) guestsOf(i int) []id.User {
	var all []id.User
	for j := i + len(others); j < len(w.guests) && len(all) < 7; j += len(others) {
		all = append(all, w.guests[j])
	}
	return all
}

// found founds a team and lets its people join.
func (w *world) found(ctx context.Context, s squad, name, intro string) (squad, error) {
	founded, err := w.teams.Create(ctx, w.staff[s.node],
		team.Draft{NodeID: s.node, Name: name, Intro: intro, LeaderID: s.leader}, nil)
	if err != nil {
		return s, err
	}
	s.id = founded.ID
	for _, person := range s.people {
		if err := w.join(ctx, s, person); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (w *world) join(ctx context.Context, s squad, person id.User) error {
	code, err := w.teams.GetInvitation(ctx, s.leader, s.id)
	if err != nil {
		return err
	}
	_, err = w.teams.Join(ctx, person, s.id, code, nil)
	return err
}

// on is a time of a day so many days from now, in Shanghai.
func (w *world) on(days, hour int) time.Time {
	return clock.Day(w.Now).AddDate(0, 0, days).Add(time.Duration(hour) * time.Hour).UTC()
}

// planTeams writes what the demo's teams have done and what comes next.
func (w *world) planTeams() {
	for i, s := range w.squads {
		for n, ago := 0, 8+i; ago < demoDays-8; n, ago = n+1, ago+6+i%3 {
			s.inOrder = n == 0 // whoever comes first has served
			w.occasion(s, s.deeds[n%len(s.deeds)], -ago, true)
		}
	}
	home := w.squads[0]
	w.occasion(home, deeds[1], -1, false) // over, and waits for its leader
	w.occasion(home, deeds[0], 1, false)
	w.occasion(home, deeds[6], 3, false)
	crowded := deeds[2]
	crowded.quota = 5
	w.occasion(home, crowded, 4, false) // full, with people who wait
	w.occasion(w.squads[1], deeds[1], 2, false)
	w.occasion(w.squads[2], deeds[4], 5, false)
	w.occasion(w.squads[3], deeds[3], 2, false)
	w.underWay(home, deeds[5])
	w.at(w.Now.Add(-2*time.Hour), func(ctx context.Context) error { // still a draft
		_, err := w.activities.Create(ctx, home.leader, w.draft(home, deeds[9], 9), nil)
		return err
	})
}

func (w *world) draft(s squad, d deed, days int) activity.Draft {
	starts := w.on(days, d.from)
	return activity.Draft{
		TeamID: s.id, Title: d.title, Description: d.text, Place: activity.Place{Name: d.place}, StartsAt: starts,
		EndsAt: starts.Add(time.Duration(d.minutes) * time.Minute), Quota: d.quota, Skills: d.skills, Health: d.health,
		Insured: d.insured,
	}
}

// underWay is an activity that goes on while the history ends: its leader has a
// code to show, and the first of its people has yet to come.
func (w *world) underWay(s squad, d deed) {
	s.people, s.late, s.inOrder = w.members[:14], w.members[0], true
	draft := w.draft(s, d, 0)
	draft.StartsAt = w.Now.Add(-20 * time.Minute).Truncate(10 * time.Minute)
	draft.EndsAt = draft.StartsAt.Add(time.Duration(d.minutes) * time.Minute)
	w.run(s, draft, false)
}

// occasion takes an activity through its days, each step when its time comes.
func (w *world) occasion(s squad, d deed, days int, settle bool) {
	w.run(s, w.draft(s, d, days), settle)
}

func (w *world) run(s squad, draft activity.Draft, settle bool) {
	written := draft.StartsAt.Add(-day(6))
	if latest := w.Now.Add(-day(1)); written.After(latest) {
		written = latest
	}
	w.at(written, func(ctx context.Context) error {
		a, err := w.activities.Create(ctx, s.leader, draft, nil)
		if err != nil {
			return err
		}
		if _, err := w.activities.Publish(ctx, s.leader, a.ID, false, nil); err != nil {
			return err
		}
		w.at(written.Add(3*time.Hour), func(ctx context.Context) error { return w.signUps(ctx, s, a) })
		if settle {
			w.at(a.EndsAt.Add(3*time.Hour), func(ctx context.Context) error { return w.settle(ctx, s, a) })
		}
		return nil
	})
}

// signUps writes down who has no phone, and signs up as many as there are places
// and a few more where the team is large enough.
func (w *world) signUps(ctx context.Context, s squad, a activity.Activity) error {
	from := w.rand.IntN(len(s.people))
	if s.inOrder {
		from = 0
	}
	var there []id.User
	if s.elderly != 0 {
		if _, err := w.activities.SignUp(ctx, s.leader, activity.Coming{Activity: a.ID, Person: s.elderly}, nil); err != nil {
			return err
		}
		there = append(there, s.elderly)
	}
	for i := range min(a.Quota+2, len(s.people)-len(s.people)/6) {
		person := s.people[(from+i)%len(s.people)]
		one, err := w.activities.SignUp(ctx, person, activity.Coming{Activity: a.ID, Person: person, Overlap: true}, nil)
		if err != nil {
			return err
		}
		if one.Status == state.SignupConfirmed {
			there = append(there, person)
		}
	}
	for i, person := range there {
		if (i+from)%9 == 4 || person == s.late {
			continue // does not come
		}
		came := a.StartsAt.Add(time.Duration(w.rand.IntN(12)-6) * time.Minute)
		w.at(came, func(ctx context.Context) error {
			_, err := w.attendance.CheckIn(ctx, s.leader, a.ID, attendance.Arrival{Person: person}, nil)
			return err
		})
		w.at(a.EndsAt.Add(time.Duration(w.rand.IntN(15)-10)*time.Minute), func(ctx context.Context) error {
			_, err := w.attendance.CheckOut(ctx, s.leader, a.ID, attendance.Arrival{Person: person}, nil)
			return err
		})
	}
	return nil
}

func (w *world) settle(ctx context.Context, s squad, a activity.Activity) error {
	_, err := w.attendance.Settle(ctx, s.leader, a.ID, nil, nil)
	if err != nil {
		return fmt.Errorf("%s of %s: %w", a.Title, a.TeamName, err)
	}
	return nil
}
