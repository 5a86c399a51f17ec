package attendance

import (
	"context"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Roll (名册) is who has a place in one activity and how they came and went, as its leader reads it.
type Roll struct {
	Lines []Line
	// CanSettle tells whether it is time to say who served how long.
	CanSettle bool
}

// Line is a person on the roll.
type Line struct {
	Present
	Inside bool // checked in and not yet out
	Open   bool // a check-out is missing
	Unsure bool // some of it was sent later, from elsewhere, or has no check-out: the leader must name the person
	// Suggested are the minutes that all check-ins say, the unsure ones included.
	Suggested int
	// Recorded are the minutes that a settlement has recorded; nil before it.
	Recorded *int
}

// recorded is how many minutes of an activity a person has on record.
type recorded struct {
	UserID  id.User `db:"user_id"`
	Minutes int     `db:"minutes"`
}

// GetRoll shows the roll to the team's leaders and to staff. Errors:
// fault.ReasonNotFound, fault.ReasonNotTeamLeader.
func (r *Service) GetRoll(ctx context.Context, actor id.User, activity id.Activity) (Roll, error) {
	var (
		g      rollActivity
		grants grant.Grants
		people []Present
		pairs  []Attendance
		counts []recorded
	)
	args := mysql.Args{"activity": activity, "user": actor}
	err := r.db.Read(ctx, mysql.One(&g, "attendance.activity", args),
		grant.CoveringMatter(&grants, actor, state.Activity.Noun, activity),
		mysql.Many(&people, "attendance.people", args), mysql.Many(&pairs, "attendance.pairs", args),
		mysql.Many(&counts, "attendance.minutes", args))
	if err != nil {
		return Roll{}, mysql.NotFound(err)
	}
	now := r.db.Now()
	switch sees := g.Role.Leads() || grants.Reads(now); {
	case !sees && g.Status == state.ActivityDraft:
		return Roll{}, fault.New(fault.ReasonNotFound)
	case !sees:
		return Roll{}, fault.New(fault.ReasonNotTeamLeader)
	}
	pairCheckIns(people, pairs, nil, g.span())
	s := Roll{CanSettle: g.Status == state.ActivityPublished && !now.Before(g.EndsAt)}
	for _, p := range people {
		if p.Status == state.SignupCancelled { // whatever check-ins say from before
			s.Lines = append(s.Lines, Line{Present: p})
			continue
		}
		all := serve(p.Pairs, g.span(), true)
		l := Line{Present: p, Open: all.Open && !now.Before(g.EndsAt), Suggested: all.Minutes()}
		l.Unsure = all.Offline || all.Far || l.Open
		l.Inside = all.Open && now.Before(r.rules.Window(g.span()).Until)
		if g.Status == state.ActivitySettled {
			l.Recorded = minutesOf(counts, p.UserID)
		}
		s.Lines = append(s.Lines, l)
	}
	return s, nil
}

// occupied is time for which somebody has service on another record.
type occupied struct {
	UserID id.User `db:"user_id"`
	Span
}

// pairCheckIns gives each person their check-ins with check-outs, and their time
// on other records.
func pairCheckIns(people []Present, pairs []Attendance, busy []occupied, span Span) {
	of, elsewhere := map[id.User][]Attendance{}, map[id.User][]Span{}
	for _, p := range pairs {
		p.span = span
		of[p.UserID] = append(of[p.UserID], p)
	}
	for _, b := range busy {
		elsewhere[b.UserID] = append(elsewhere[b.UserID], b.Span)
	}
	for i := range people {
		people[i].Pairs, people[i].Busy = of[people[i].UserID], elsewhere[people[i].UserID]
	}
}

func minutesOf(counts []recorded, person id.User) *int {
	minutes := 0
	for _, c := range counts {
		if c.UserID == person {
			minutes = c.Minutes
		}
	}
	return &minutes
}

// ListMine are the person's own check-ins. Error: fault.ReasonNotFound.
func (r *Service) ListMine(ctx context.Context, person id.User, activity id.Activity) ([]Attendance, error) {
	var g rollActivity
	var all []Attendance
	args := mysql.Args{"activity": activity, "user": person, "person": person}
	err := r.db.Read(ctx, mysql.One(&g, "attendance.activity", args), mysql.Many(&all, "attendance.pairs_of", args))
	if err != nil {
		return nil, mysql.NotFound(err)
	}
	if g.Status == state.ActivityDraft && !g.Role.Leads() {
		return nil, fault.New(fault.ReasonNotFound)
	}
	for i := range all {
		all[i].span = g.span()
	}
	return all, nil
}
