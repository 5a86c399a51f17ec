package attendance

import (
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
	"xinyuan/internal/words"
)

// Attendee is what the leader says about one person when the time is confirmed.
type Attendee struct {
	UserID  id.User
	Minutes *int // nil: what the check-ins say
	Absent  bool
	Reason  string // needed for more than the check-ins say, and for an absence against them
}

// Present is a person with a place, and how they came and went.
type Present struct {
	SignupID    id.Signup          `db:"id"`
	UserID      id.User            `db:"user_id"`
	DisplayName string             `db:"display_name"`
	Status      state.SignupStatus `db:"status"`
	Place       int                `db:"place"`
	RecorderID  id.User            `db:"recorder_id"`  // the leader who wrote the sign-up down; 0: nobody
	CancelledAt *time.Time         `db:"cancelled_at"` // of a late drop-out, which stays on the roll
	Version     int                `db:"version"`
	Pairs       []Attendance       `db:"-"`
	Busy        []Span             `db:"-"` // on record elsewhere at the time
	NoPhone     bool               `db:"no_phone"`
	Belongs     string             `db:"belongs"` // what tells them from a namesake, read only for the roll
}

// Outcome is what a settlement says about a person.
type Outcome struct {
	Present
	Attended bool
	Minutes  int       // 0: no record of service comes of it
	Portions []Portion // where the minutes lie
	Offline  bool      // a check-in or check-out came later: looked at first in samples
	Far      bool      // one came from elsewhere: likewise
	Open     bool      // a check-out was missing
	Reason   string
	Unseen   bool // one of too many whom only the leader has seen
}

// unseenRule is how many people without a phone a leader may vouch for alone: so
// many, or the percentage of those who came, whichever is more.
type unseenRule struct {
	Since   time.Time `db:"since"`
	People  int       `db:"people"`
	Percent int       `db:"percent"`
}

// unseenRuleAt is the newest rule in force at the time; false before the first.
func unseenRuleAt(rules []unseenRule, at time.Time) (unseenRule, bool) {
	for _, r := range rules {
		if !at.Before(r.Since) {
			return r, true
		}
	}
	return unseenRule{}, false
}

// markUnseen marks those without a phone and without a live check-in, where they are
// more than the rule lets a leader vouch for.
func (u unseenRule) markUnseen(all []Outcome) {
	var unseen []*Outcome
	came := 0
	for i := range all {
		o := &all[i]
		if !o.Attended {
			continue
		}
		came++
		if o.NoPhone && !slices.ContainsFunc(o.Pairs, Attendance.isLive) {
			unseen = append(unseen, o)
		}
	}
	if len(unseen) <= u.People || len(unseen)*100 <= came*u.Percent {
		return
	}
	for _, o := range unseen {
		o.Unseen = true
	}
}

// problems are what is wrong with the leader's entries, each by its place.
type problems struct {
	fields  []fault.Field
	reasons int // how many of them only want for a reason
}

func (p *problems) add(i int, field, message string) {
	p.fields = append(p.fields, fault.Field{Path: fmt.Sprintf("attendees.%d.%s", i, field), Message: message})
}

// err is nil where nothing is wrong.
func (p *problems) err() error {
	if len(p.fields) == 0 {
		return nil
	}
	e := fault.New(fault.ReasonInvalidInput)
	if p.reasons == len(p.fields) {
		e = fault.New(fault.ReasonReasonRequired)
	}
	e.Fields = p.fields
	return e
}

// settle says for everybody with a place how long they served. A person whom the leader
// does not name served as the check-ins say. A person without a check-in, or with one
// that came offline or from elsewhere, was absent. The leader must name a person who
// checked in and not out. Minutes that the leader gives lie in the activity less what is
// on other records, if there is enough of it; outside of the check-ins only with a
// reason. Errors: fault.ReasonInvalidInput and fault.ReasonReasonRequired, with the
// entries that are wrong.
func settle(people []Present, activity Span, said []Attendee) ([]Outcome, error) {
	var wrong problems
	entry := map[id.User]int{}
	known := map[id.User]bool{}
	for _, p := range people {
		known[p.UserID] = true
	}
	for i, a := range said {
		_, twice := entry[a.UserID]
		switch {
		case !known[a.UserID]:
			wrong.add(i, "userId", "这个人不在名册上，请先记上名册。")
		case twice:
			wrong.add(i, "userId", "这个人写了两次，请留下一条。")
		}
		entry[a.UserID] = i
	}
	all := make([]Outcome, len(people))
	for n, p := range people {
		i, named := entry[p.UserID]
		s := serve(p.Pairs, activity, named)
		all[n] = Outcome{
			Present: p, Attended: s.Minutes() > 0, Minutes: s.Minutes(), Offline: s.Offline, Far: s.Far, Open: s.Open,
		}
		switch {
		case named:
			all[n].say(said[i], s, activity, func(field, message string) { wrong.add(i, field, message) }, &wrong.reasons)
			beside := served{Spans: subtract(s.Spans, p.Busy)}
			if said[i].Minutes != nil && (beside.Minutes() >= all[n].Minutes || said[i].Reason != "") {
				all[n].Portions = place(s.Spans, subtract([]Span{activity}, p.Busy), all[n].Minutes)
			}
		case s.Seen && s.isUnsure():
			wrong.fields = append(wrong.fields, fault.Field{
				Path: p.UserID.String(), Message: p.DisplayName + s.doubt() + "，请写明服务了多久，或者没有来。",
			})
		}
		if len(all[n].Portions) == 0 {
			all[n].Portions = place(s.Spans, []Span{activity}, all[n].Minutes)
		}
	}
	return all, wrong.err()
}

// doubt says why the leader must name somebody who was seen.
func (s served) doubt() string {
	switch {
	case s.Open:
		return "没有签退"
	case s.Far:
		return "有一次签到或签退离活动地点很远"
	}
	return "有一次签到或签退是离线补的"
}

// say takes in what the leader says about the person.
func (o *Outcome) say(a Attendee, s served, activity Span, wrong func(field, message string), reasons *int) {
	o.Reason = a.Reason
	needs := func(message string) {
		if a.Reason == "" {
			*reasons++
			wrong("reason", message)
		}
	}
	if a.Absent {
		if a.Minutes != nil {
			wrong("minutes", "没有来的人不能写时长。")
		}
		if live := serve(o.Pairs, activity, false); live.Seen {
			needs("名册上有签到，请写明为什么算没有来。")
		}
		o.Attended, o.Minutes, o.Offline, o.Far = false, 0, false, false
		return
	}
	if a.Minutes != nil {
		o.Minutes = *a.Minutes
	}
	o.Attended = true
	switch {
	case o.Minutes < 1:
		wrong("minutes", "请写明服务了多少分钟；没有来，请选“没有来”。")
	case o.Minutes > activity.Minutes():
		wrong("minutes", "时长不能超过活动本身，最多 "+words.Duration(activity.Minutes())+"。")
	case o.Minutes > s.Minutes():
		needs("比签到签退记下的时间长，请写明原因。")
	}
}
