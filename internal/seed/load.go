package seed

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"xinyuan/internal/activity"
	"xinyuan/internal/attendance"
	"xinyuan/internal/clock"
	"xinyuan/internal/contact"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/wish"
)

// The load profile has as many members, wishes and sign-ups as one likes, and ten
// transfers for each member. A small cell of people lives through its weeks by the
// same services as all seeds; then its rows are copied, with other ids, names and
// numbers, until there are enough. So the rows are what the program writes, whatever
// it writes.

const (
	// cellSize is how many members a cell has; what is left over is a smaller one.
	// A small profile has smallCell of them.
	cellSize, smallCell = 50, 10
	// small is the scale below which a profile is small.
	small = 1000
	// loadDays is how long the history of a cell is.
	loadDays = 45
	// reportsEach is how many services each member reports: a transfer of minutes and
	// one of points each, as is the activity of the team.
	reportsEach = 4
)

// cellOf is how many members each cell of the profile has.
func cellOf(scale int) int {
	if scale < small {
		return smallCell
	}
	return cellSize
}

// loadMember begins the personas of members.
const loadMember = "load-member-"

func teamName(first int) string { return "互助队" + strconv.Itoa(first) }

// cell is people of the load profile who have to do with each other and with staff
// alone.
type cell struct {
	first   int // the number of its first member
	members []id.User
	homes   []id.Node // where each reports in
}

// loadPleas are short: every two letters of a wish are a row of the index by words.
var loadPleas = []plea{
	{"repair", "修楼道灯", "夜里看不清路。", "换好了。", "亮了。"},
	{"goods", "要一根拐杖", "出门走不稳。", "送到了。", "好用。"},
	{"errand", "取一趟药", "雪天路滑。", "取回来了。", "谢谢。"},
	{"company", "陪着下棋", "家里没有人。", "下了三盘。", "高兴。"},
	{"phone", "学视频", "孙女在外地。", "教会了。", "看见了。"},
}

// fillLoad writes the load profile.
func (w *world) fillLoad(ctx context.Context) error {
	if err := w.addOffices(ctx); err != nil {
		return err
	}
	size := cellOf(w.Scale)
	copies := w.Scale / size
	if copies > 0 {
		first := w.start.Add(time.Hour)
		if err := w.live(ctx, 1, size, first); err != nil {
			return err
		}
		if err := w.copyCell(ctx, id.First[int64](first), copies); err != nil {
			return err
		}
	}
	if rest := w.Scale % size; rest > 0 {
		w.spaced.Turn(int64(copies))
		if err := w.live(ctx, copies*size+1, rest, w.start.Add(time.Hour)); err != nil {
			return err
		}
	}
	return w.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("seed.forget", mysql.Args{"topic": outbox.TopicBoard})
	})
}

// live has a cell of people come at the time and live until now.
func (w *world) live(ctx context.Context, first, size int, from time.Time) error {
	w.clock.SetOffset(from.Sub(w.start))
	c := cell{first: first}
	err := w.batches(ctx, size, func(tx *mysql.Tx, i int) error {
		node := w.nodes[homeCode]
		if i%2 == 1 {
			node = w.nodes[others[i/2%len(others)]]
		}
		name, number := w.name(memberGiven, first+i), first+i
		person, err := w.addMember(tx, loadMember+strconv.Itoa(number), name, i%5 != 0,
			membership.Membership{NodeID: node, UnitID: w.units[i%len(w.units)]})
		c.members, c.homes = append(c.members, person), append(c.homes, node)
		return err
	})
	if err != nil {
		return err
	}
	founded, err := w.found(ctx, squad{node: c.homes[0], leader: c.members[0], people: c.members[1:]},
		teamName(first), "邻里有事，搭把手。")
	if err != nil {
		return err
	}
	w.planService(c, founded)
	w.planWishes(c)
	if err := w.play(ctx); err != nil {
		return err
	}
	return w.examineAll(ctx)
}

// planService has each member serve: with the team once, and alone. The leader, whose
// own hours others would have to confirm, reports once more instead.
func (w *world) planService(c cell, s squad) {
	d := deed{"清理楼道", "自带手套。", "社区门口", 9, 120, cellSize, "", "", false}
	draft := w.draft(s, d, -16)
	written := draft.StartsAt.Add(-day(3))
	w.at(written, func(ctx context.Context) error {
		a, err := w.activities.Create(ctx, s.leader, draft, nil)
		if err != nil {
			return err
		}
		if _, err := w.activities.Publish(ctx, s.leader, a.ID, false, nil); err != nil {
			return err
		}
		for i, person := range s.people {
			w.at(written.Add(time.Duration(i+1)*time.Minute), func(ctx context.Context) error {
				_, err := w.activities.SignUp(ctx, person, activity.Coming{Activity: a.ID, Person: person, Overlap: true}, nil)
				return err
			})
			w.at(a.StartsAt.Add(time.Duration(i)*time.Second), func(ctx context.Context) error {
				_, err := w.attendance.CheckIn(ctx, s.leader, a.ID, attendance.Arrival{Person: person}, nil)
				return err
			})
			w.at(a.EndsAt.Add(time.Duration(i)*time.Second), func(ctx context.Context) error {
				_, err := w.attendance.CheckOut(ctx, s.leader, a.ID, attendance.Arrival{Person: person}, nil)
				return err
			})
		}
		w.at(a.EndsAt.Add(3*time.Hour), func(ctx context.Context) error {
			_, err := w.unsampled.Settle(ctx, s.leader, a.ID, nil, nil)
			return err
		})
		return nil
	})
	for i := range c.members {
		n := reportsEach
		if i == 0 {
			n++
		}
		for r := range n {
			w.planReport(c, i, r)
		}
	}
}

// planReport has a member report an hour or more, which the secretary confirms.
func (w *world) planReport(c cell, i, r int) {
	person, node := c.members[i], c.homes[i]
	starts := clock.Day(w.Now).AddDate(0, 0, -36+8*r).Add(10*time.Hour + time.Duration(i)*time.Minute)
	ends := starts.Add(time.Duration(60+15*((i+r)%9)) * time.Minute)
	w.at(ends.Add(time.Hour), func(ctx context.Context) error {
		made, err := w.records.SelfReport(ctx, person, hours.Draft{
			NodeID: node, Title: "上门看望老人", Start: starts, End: ends, Note: "都好。",
		}, nil)
		if err != nil {
			return err
		}
		w.at(ends.Add(day(1)), func(ctx context.Context) error {
			_, err := w.records.Review(ctx, w.staff[node], made[0].ID, hours.Decision{Confirm: true}, nil)
			return err
		})
		return nil
	})
}

// planWishes has each member wish for something of which another takes care: of ten
// wishes five are open, and one each waits, is claimed, approved, delivered, and
// fulfilled for somebody who asked for no points. None is late yet, so that no sweep has a million matters to pass on.
func (w *world) planWishes(c cell) {
	for i, owner := range c.members {
		node, helper, p := c.homes[i], c.members[(i+1)%len(c.members)], loadPleas[i%len(loadPleas)]
		posted := w.Now.Add(-day(3) + 12*time.Hour + time.Duration(i)*time.Minute)
		w.at(posted, func(ctx context.Context) error {
			wished, err := w.wishes.Submit(ctx, owner, wish.Draft{
				NodeID: node, Category: p.category, Title: p.title, Description: p.text,
				Contact: contact.Contact{Name: "刘桂兰", Phone: fmt.Sprintf("138%08d", 43_500_000+i), Address: "振兴路12号"},
			}, nil)
			if err != nil || i%10 == 5 {
				return err
			}
			w.at(posted.Add(6*time.Hour), func(ctx context.Context) error {
				_, err := w.wishes.Review(ctx, w.staff[node], wished.ID, wish.Review{Publish: true}, nil)
				return err
			})
			if i%10 > 5 && len(c.members) > 1 {
				w.planClaim(wished, helper, p, i%10, posted.Add(day(1)))
			}
			return nil
		})
	}
}

// planClaim takes a claim as far as the number of the wish says.
func (w *world) planClaim(wished wish.Wish, helper id.User, p plea, far int, from time.Time) {
	w.at(from, func(ctx context.Context) error {
		claimed, err := w.wishes.Claim(ctx, helper, wished.ID, nil, nil)
		if err != nil || far == 6 {
			return err
		}
		w.at(from.Add(6*time.Hour), func(ctx context.Context) error {
			_, err := w.wishes.ReviewClaim(ctx, w.staff[wished.NodeID], claimed.ID, wish.Decision{Approve: true}, nil)
			return err
		})
		if far == 7 {
			return nil
		}
		w.at(from.Add(day(1)), func(ctx context.Context) error {
			_, err := w.wishes.Deliver(ctx, helper, claimed.ID, wish.Delivery{Note: p.done}, nil)
			return err
		})
		return nil
	})
}
