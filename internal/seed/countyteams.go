package seed

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/activity"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/user"
)

// How the hours are spread.
const (
	squadSize = 24 // of the teams beside the demo's
	// lastMinutes are written last, so that the sum is exact whatever was not
	// credited before.
	lastMinutes = 60_000
)

var squadKinds = []struct{ name, intro string }{
	{"护绿队", "护好门前这片绿，周末一起干。"}, {"助老队", "老人有事，就近有人。"},
	{"文明劝导队", "路口、校门口，有我们的红马甲。"}, {"义诊队", "量血压、讲用药，方便老街坊。"},
	{"课后托管队", "放学到下班之间，孩子有人管。"}, {"法律帮办队", "合同、纠纷、补助，帮着问明白。"},
	{"应急救援队", "大雪、停电、走失，叫得应。"}, {"文艺宣传队", "唱一段、演一段，热闹又明理。"},
	{"便民维修队", "水电家电小毛病，随叫随修。"},
}

// addCountyTeams founds the county's other teams, of members and residents who
// are each in one.
func (w *world) addCountyTeams(ctx context.Context, communities []id.Node) error {
	count := years[w.Profile].teams - len(w.squads)
	people := w.guests[48:] // those of the demo have their teams
	missing := count*squadSize - len(people)
	err := w.batches(ctx, missing, func(tx *mysql.Tx, i int) error {
		node := communities[i%len(communities)]
		person, err := w.addPerson(tx, fmt.Sprintf("volunteer-%d", i), user.User{
			DisplayName: w.name(elderGiven, i*17+4), HomeNodeID: &node, ShowOnBoards: i%3 != 0,
		})
		people = append(people, person)
		return err
	})
	if err != nil {
		return err
	}
	for i := range count {
		node := communities[i%len(communities)]
		mine := people[i*squadSize : (i+1)*squadSize]
		kind := squadKinds[i/len(communities)%len(squadKinds)]
		s, err := w.found(ctx, squad{node: node, leader: mine[0], people: mine[1:]}, kind.name, kind.intro)
		if err != nil {
			return err
		}
		s.deeds = deeds
		w.squads = append(w.squads, s)
	}
	return nil
}

// planCountyTeams spreads the county's hours over the year.
func (w *world) planCountyTeams() {
	squads := w.squads[len(w.squads)-(years[w.Profile].teams-demoTeams):]
	left := years[w.Profile].minutes - lastMinutes - 150_000 // what the demo's teams serve is counted when all is done
	for i := 0; left > 0; i++ {
		s, d := squads[i%len(squads)], deeds[(i+i/len(squads))%len(deeds)]
		minutes := int64(240 + 30*w.rand.IntN(7))
		came := min(int64(len(s.people)-w.rand.IntN(5)), left/minutes+1)
		left -= came * minutes
		ago := w.days - 6 - float64(i/len(squads))*15 - w.rand.Float64()*12
		if ago < 4 {
			ago = 4 + w.rand.Float64()*300
		}
		w.planPast(s, d, minutes, int(came), int(ago))
	}
	w.at(w.Now.Add(-day(1)), func(ctx context.Context) error { return w.complete(ctx, squads) })
}

// planPast is an activity of the county's past.
func (w *world) planPast(s squad, d deed, minutes int64, came, daysAgo int) {
	draft := w.draft(s, d, -daysAgo)
	draft.EndsAt = draft.StartsAt.Add(time.Duration(minutes) * time.Minute)
	draft.Quota = max(draft.Quota, came)
	w.at(draft.EndsAt.Add(2*time.Hour), func(ctx context.Context) error {
		return w.addPast(ctx, s, draft, came, minutes)
	})
}

// addPast writes an activity to which so many of the team came. No two are planned or
// settled in the same millisecond, of which identifiers are made.
func (w *world) addPast(ctx context.Context, s squad, draft activity.Draft, came int, minutes int64) error {
	w.planned++
	later := time.Hour + time.Duration(w.planned*7919%3_600_000)*time.Millisecond
	return w.unsampled.AddPast(ctx, s.leader, activity.Past{
		Draft: draft, Planned: draft.StartsAt.UTC().Add(-later), Settled: draft.EndsAt.UTC().Add(later),
		People: s.people[:came], Minutes: minutes,
	})
}

// complete adds what is left to the county's figure, on a day on which these
// teams did nothing else.
func (w *world) complete(ctx context.Context, squads []squad) error {
	var done int64
	all := years[w.Profile].minutes
	if err := w.db.Get(ctx, &done, "seed.minutes", nil); err != nil {
		return err
	}
	for i := 0; done < all; i++ {
		s, d := squads[i], deeds[i%len(deeds)]
		minutes := min(int64(300), all-done)
		came := min(int64(len(s.people)), (all-done)/minutes)
		done += came * minutes
		draft := w.draft(s, d, -2)
		draft.EndsAt = draft.StartsAt.Add(time.Duration(minutes) * time.Minute)
		draft.Quota = max(draft.Quota, int(came))
		if err := w.addPast(ctx, s, draft, int(came), minutes); err != nil {
			return err
		}
	}
	return nil
}
