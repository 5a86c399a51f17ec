package seed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/clock"
	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
	"xinyuan/internal/visit"
)

// needsOf is what residents needed in the year of a profile. Of those that were closed as solved it is said how they
// came; of all, how many whistles were needed.
type needsOf struct {
	visited, met, hotline, phones, behalf int // closed as solved, by origin
	conceded, working, answered           int
	whistled, twice, bound                int // needed an assignment, a second one, a binding decision
	visits                                int
}

// countyLeaders is how many leaders of the county answer for places.
const countyLeaders = 8

// trouble is a need of the county's year as it is planned.
type trouble struct {
	at       int // of the communities
	origin   need.Origin
	ends     state.NeedStatus
	whistles int // how many assignments
	bound    bool
	text     saying
	from     time.Time

	own  id.Need
	sent assignment.Assignment // the last
	to   int                   // of the departments
}

// countyNeeds is who takes part in the needs of the county's year.
type countyNeeds struct {
	*world
	communities []id.Node
	departments []department
	leaders     []id.User
}

// department is a unit with who answers for it.
type department struct {
	unit   id.Node
	person id.User
}

// addCountyNeeds gives departments and places those who answer for them, and plans the year's needs and visits.
func (w *world) addCountyNeeds(ctx context.Context, communities, places []id.Node) error {
	c := &countyNeeds{world: w, communities: communities}
	c.departments = []department{{w.works(), w.people["responder"]}}
	c.leaders = []id.User{w.people["area-leader"]}
	err := w.db.Tx(ctx, func(tx *mysql.Tx) error {
		for i := range 9 {
			persona, name := fmt.Sprintf("responder-of-%d", i), w.name(memberGiven, i*17+2)
			person, err := w.addHolder(tx, persona, name, id.RoleResponder, places[i])
			if err != nil {
				return err
			}
			c.departments = append(c.departments, department{places[i], person})
		}
		for i := range communities {
			persona := fmt.Sprintf("area-leader-%d", i%countyLeaders)
			if i < countyLeaders && i > 0 {
				person, err := w.addHolder(tx, persona, w.name(memberGiven, i*23+4), id.RoleAreaLeader, communities[i])
				if err != nil {
					return err
				}
				c.leaders = append(c.leaders, person)
			} else if err := w.giveLeader(tx, c.leaders[i%countyLeaders], communities[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.plan(years[w.Profile].needs)
	return nil
}

// isShare tells whether the i-th of all is one of some that are spread evenly.
func isShare(i, some, all int) bool { return (i+1)*some/all > i*some/all }

// plan writes the year.
func (c *countyNeeds) plan(n needsOf) {
	var brought []*trouble // by visits
	twice, bound := 0, 0
	ends := c.endings(n)
	for i, one := range ends {
		one.at, one.text = i%len(c.communities), sayings[i%len(sayings)]
		one.text.place = fmt.Sprintf("%d 号楼", 1+c.rand.IntN(18))
		one.to = c.rand.IntN(len(c.departments))
		if isShare(i, n.whistled, len(ends)) {
			one.whistles = 1
			if isShare(twice, n.twice, n.whistled) {
				one.whistles = 2
				one.bound = isShare(bound, n.bound, n.twice)
				bound++
			}
			twice++
		}
		if one.origin == need.OriginVisit {
			brought = append(brought, one)
			continue
		}
		one.from = c.begins(one)
		c.at(one.from, func(ctx context.Context) error { return c.say(ctx, one) })
	}
	c.planVisits(n.visits, brought)
}

// endings are the needs, mixed, with how each came and how it ends.
func (c *countyNeeds) endings(n needsOf) []*trouble {
	var all []*trouble
	add := func(count int, origin need.Origin, ends state.NeedStatus) {
		for range count {
			all = append(all, &trouble{origin: origin, ends: ends})
		}
	}
	add(n.visited, need.OriginVisit, state.NeedClosed)
	add(n.met, need.OriginMeeting, state.NeedClosed)
	add(n.hotline, need.OriginHotline, state.NeedClosed)
	add(n.phones, need.OriginResident, state.NeedClosed)
	add(n.behalf, need.OriginBehalf, state.NeedClosed)
	add(n.conceded, need.OriginResident, state.NeedUnsolved)
	add(n.working, need.OriginResident, state.NeedHandling)
	add(n.answered, need.OriginResident, state.NeedAnswered)
	c.rand.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	return all
}

// begins is when somebody says it: so that it has come as far today as it has.
func (c *countyNeeds) begins(one *trouble) time.Time {
	ago := 14 + c.rand.Float64()*(c.days-20)
	//exhaustive:ignore
	switch one.ends {
	case state.NeedUnsolved:
		ago = 16 + c.rand.Float64()*40 // it is looked at again within ninety days
	case state.NeedHandling:
		ago = 3 + c.rand.Float64()*2
		if one.whistles > 0 { // said, and with a department
			ago = 2.2 + c.rand.Float64()
		}
	case state.NeedAnswered: // and nobody has said how it was: less than three days ago
		ago = 3.5 + float64(one.whistles)*3
	}
	return c.later(c.Now.Add(-day(ago)), 0, 0.2)
}

// say writes it down and has it led.
func (c *countyNeeds) say(ctx context.Context, one *trouble) error {
	node := c.communities[one.at]
	owner := pick(c.world, c.owners[node])
	d := need.Draft{NodeID: node, Category: one.text.category, Place: one.text.place, Text: one.text.text}
	author := owner.id
	if one.origin != need.OriginResident {
		author = c.post("grid_worker", one.at)
		d.Contact = &contact.Contact{Name: owner.contact.Name, Phone: owner.contact.Phone, Address: owner.contact.Address}
		d.OnBehalf = &need.Behalf{Consent: need.ConsentOral, Origin: one.origin}
	}
	if one.origin == need.OriginHotline {
		d.OnBehalf.Hotline = fmt.Sprintf("TH12345-%s-%03d", one.from.In(clock.Shanghai).Format("060102"), c.rand.IntN(1000))
	}
	said, err := c.needs.Submit(ctx, author, d, nil)
	one.own = said.ID
	c.lead(one, author, one.from)
	return err
}

// post is who holds the post in a grid of the community.
func (c *countyNeeds) post(role id.Role, at int) id.User {
	return c.people[fmt.Sprintf("%s-%d", role, at)]
}

// lead has the secretary accept it an hour later, whistle where it takes others, and answer.
func (c *countyNeeds) lead(one *trouble, author id.User, from time.Time) {
	secretary := c.staff[c.communities[one.at]]
	next := from.Add(time.Hour)
	c.at(next, func(ctx context.Context) error {
		_, err := c.needs.Review(ctx, secretary, one.own, need.Review{Accept: true}, nil)
		return err
	})
	for i := range one.whistles {
		next = c.whistle(one, next.Add(time.Hour), i)
	}
	if one.ends == state.NeedHandling {
		return
	}
	next = next.Add(16 * time.Hour)
	c.at(next, func(ctx context.Context) error {
		_, err := c.needs.Answer(ctx, secretary, one.own, need.Reply{
			Result: need.ResultSolved, Text: "去看过了，已经办好，有不合适的请再说一声。",
		}, nil)
		return err
	})
	c.end(one, author, next.Add(20*time.Hour))
}

// end is the resident's word, or the street's that it cannot be done now.
func (c *countyNeeds) end(one *trouble, author id.User, at time.Time) {
	satisfied := c.rand.IntN(12) > 0
	c.at(at, func(ctx context.Context) error {
		var err error
		word := need.Word{Solved: need.SolvedYes}
		switch {
		case one.ends == state.NeedAnswered:
		case one.ends == state.NeedUnsolved:
			_, err = c.needs.Concede(ctx, c.people["county"], one.own, need.Later{
				At: c.clock.Now().Add(day(80)), Reason: "要等明年的改造计划，今年没有这笔钱。",
			}, nil)
		case one.origin == need.OriginResident:
			if c.rand.IntN(3) > 0 {
				word.Satisfied = &satisfied
			}
			_, err = c.needs.Confirm(ctx, author, one.own, word, nil)
		default:
			word.OnBehalf, word.How = true, "上门问的"
			_, err = c.needs.Confirm(ctx, c.post("grid_leader", one.at), one.own, word, nil)
		}
		return err
	})
}

// whistle asks a department, which does it, unless the need is still in work then. Where it is to be bound, the first
// one refuses and the county settles that the second does it. It returns when the work is verified.
func (c *countyNeeds) whistle(one *trouble, at time.Time, turn int) time.Time {
	secretary := c.staff[c.communities[one.at]]
	to := func() department { return c.departments[(one.to+turn)%len(c.departments)] }
	c.at(at, func(ctx context.Context) error {
		all, err := c.needs.Dispatch(ctx, secretary, one.own, assignment.Sending{
			To: []assignment.Receiver{{Node: to().unit, Kind: assignment.KindLead}}, Term: term.CodeOrdinary,
			What: one.text.place + "：" + one.text.text, Clause: "街道自己办不了，要专业队伍",
		}, nil)
		if err == nil {
			one.sent = all[0]
		}
		return err
	})
	step := func(after time.Duration, do func(ctx context.Context) error) { at = at.Add(after); c.at(at, do) }
	switch {
	case one.bound && turn == 0:
		step(2*time.Hour, func(ctx context.Context) error {
			_, err := c.sent.Refuse(ctx, to().person, one.sent.ID, assignment.Refusal{
				Clause: "职责清单第 12 项", Instead: "牵头的部门",
			}, nil)
			return err
		})
		return at
	case one.bound:
		step(2*time.Hour, func(ctx context.Context) error {
			_, err := c.sent.Bind(ctx, c.people["county"], one.sent.ID, assignment.Binding{
				Reason: "按职责清单由这个部门办，今后同类事都这样派。",
			}, nil)
			return err
		})
	default:
		step(2*time.Hour, func(ctx context.Context) error {
			_, err := c.sent.Accept(ctx, to().person, one.sent.ID, nil)
			return err
		})
	}
	if one.ends == state.NeedHandling && turn == one.whistles-1 {
		return at
	}
	step(30*time.Hour, func(ctx context.Context) error {
		_, err := c.sent.Report(ctx, to().person, one.sent.ID, "到现场看过，已经修好。", nil)
		return err
	})
	step(6*time.Hour, func(ctx context.Context) error {
		_, err := c.sent.Verify(ctx, c.post("grid_leader", one.at), one.sent.ID, nil)
		return err
	})
	return at
}

// heardAt is how many things are said in the evenings, in turn: in some none.
var heardAt = []int{2, 0, 1, 1, 1, 2, 0, 0}

// planVisits spreads the evenings of the leaders over the year; what is said in each is some of the needs.
func (c *countyNeeds) planVisits(visits int, brought []*trouble) {
	const last = 21 // days ago: what it brought has an end by today
	for i := range visits {
		count := min(heardAt[i%len(heardAt)], len(brought))
		if i == visits-1 {
			count = len(brought)
		}
		lines := brought[:count]
		brought = brought[count:]
		leader, round := c.leaders[i%countyLeaders], i/countyLeaders%(len(c.communities)/countyLeaders)
		at := i%countyLeaders + countyLeaders*round
		evening := clock.Day(c.Now.Add(-day(last + float64(visits-1-i)*(c.days-last-6)/float64(visits)))).Add(19 * time.Hour)
		one := new(id.Visit)
		c.at(evening.Add(-day(3)), func(ctx context.Context) error {
			v, err := c.visits.Plan(ctx, leader, c.communities[at], visit.Meeting{
				Place: "邻里驿站", StartsAt: evening, EndsAt: evening.Add(90 * time.Minute),
			}, nil)
			*one = v.ID
			return err
		})
		c.at(evening.Add(2*time.Hour), func(ctx context.Context) error {
			return c.hold(ctx, leader, *one, at, lines)
		})
	}
	for ago := 350.0; ago > 0; ago -= 25 {
		c.at(c.Now.Add(-day(ago)), c.sweepVisits)
	}
	c.at(c.Now.Add(-time.Hour), c.sweepVisits)
}

func (c *countyNeeds) hold(ctx context.Context, leader id.User, one id.Visit, at int, brought []*trouble) error {
	notes := visit.Notes{WithWhom: "楼下乘凉的几位居民"}
	for _, t := range brought {
		notes.Lines = append(notes.Lines, visit.Line{
			Draft:   need.Draft{Category: t.text.category, Place: t.text.place, Text: t.text.text},
			Promise: "这周请人来看",
		})
	}
	if _, err := c.visits.Hold(ctx, leader, one, notes, nil); err != nil || len(brought) == 0 {
		return err
	}
	v, err := c.visits.Get(ctx, leader, one)
	if err == nil && len(v.Brought) != len(brought) {
		err = fault.New(fault.ReasonNotFound)
	}
	for i := range brought {
		if err != nil {
			break
		}
		brought[i].own, brought[i].at = v.Brought[i].NeedID, at
		c.lead(brought[i], leader, c.clock.Now().Add(12*time.Hour)) // the next morning
	}
	return errors.Join(err)
}
