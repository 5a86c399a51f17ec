package activity

import (
	"fmt"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// Activity is one occasion on which a team serves.
type Activity struct {
	ID           id.Activity          `db:"id"`
	TeamID       id.Team              `db:"team_id"`
	TeamName     string               `db:"team_name"`
	NodeID       id.Node              `db:"node_id"`
	NodeName     string               `db:"node_name"`
	SeriesID     *id.Series           `db:"series_id"`
	Title        string               `db:"title"`
	Description  string               `db:"description"`
	PlaceName    string               `db:"place_name"`
	Lat          *float64             `db:"lat"` // degrees, GCJ-02 as on maps in China; nil: nobody marked it
	Lng          *float64             `db:"lng"`
	RadiusMeters *int                 `db:"radius_meters"` // how far away still counts as there
	StartsAt     time.Time            `db:"starts_at"`
	EndsAt       time.Time            `db:"ends_at"`
	SignupUntil  time.Time            `db:"signup_until"`
	Quota        int                  `db:"quota"`
	Skills       string               `db:"skills"` // what one should be able to do; "": anybody
	Health       string               `db:"health"` // what one's health must allow
	Insured      bool                 `db:"is_insured"`
	Status       state.ActivityStatus `db:"status"`
	Confirmed    int                  `db:"confirmed"` // places taken
	Waiting      int                  `db:"waiting"`
	LastPlace    int                  `db:"last_place"` // the number of the last who came
	CreatedBy    id.User              `db:"created_by"`
	CreatedAt    time.Time            `db:"created_at"`
	PublishedAt  *time.Time           `db:"published_at"`
	SettledAt    *time.Time           `db:"settled_at"`
	SettledBy    *id.User             `db:"settled_by"`
	Version      int                  `db:"version"`
}

// Own is what an activity is to one person.
type Own struct {
	SignupID     id.Signup          `db:"own_id"` // 0: has not signed up
	SignupStatus state.SignupStatus `db:"own_status"`
	SignupPlace  int                `db:"own_place"`
	SignupAhead  int                `db:"own_ahead"` // how many wait before them; known only to Get
	Role         state.TeamRole     `db:"own_role"`  // in its team
	// PassedFor is for what other activity somebody behind them moved up before them,
	// while they wait and have a place there; known only to Get.
	PassedFor *Elsewhere `db:"-"`
	// Presence is known only to Get and of the person's own activities.
	Presence Presence `db:"own_presence"`
}

// Presence is how far somebody's attendance has come: not there yet, there, or
// gone.
type Presence string

// How far it has come; the zero value is nobody who has checked in.
const (
	PresenceInside Presence = "inside"
	PresenceGone   Presence = "gone"
)

// Seen is an activity as one person sees it.
type Seen struct {
	Activity
	Own
	Decides bool // about matters at the node; known only to Get
}

// Actor is who does something about an activity.
type Actor struct {
	ID     id.User
	Grants grant.Grants   // at the activity's node
	Role   state.TeamRole // in its team, "" for who is not in it
}

// Settle closes the activity, of which people have a place or wait for one.
// Errors: fault.ReasonNotFound for whom it does not exist,
// fault.ReasonNotTeamLeader, fault.ReasonPartyToMatter for staff who had a part in
// it, fault.ReasonActivityState, fault.ReasonActivityNotOver.
func (a *Activity) Settle(by Actor, people []id.User, now time.Time) (*id.Grant, error) {
	var parties grant.Parties
	for _, p := range people {
		parties = parties.With(p)
	}
	g, refused := grant.Eligible(by.Grants, parties, now)
	var right *id.Grant
	switch {
	case by.Role.Leads():
	case refused == nil && a.sees(by, now):
		right = &g.ID
	case fault.Has(refused, fault.ReasonPartyToMatter):
		return nil, refused
	default:
		return nil, a.requireLeader(by, now)
	}
	if err := a.move(state.EventSettle); err != nil {
		return nil, err
	}
	if now.Before(a.EndsAt) {
		return nil, fault.New(fault.ReasonActivityNotOver)
	}
	a.SettledAt, a.SettledBy, a.Waiting = &now, &by.ID, 0
	return right, nil
}

// IsPublic tells whether everybody may see it.
func (a Activity) IsPublic() bool {
	switch a.Status {
	case state.ActivityPublished, state.ActivitySettled, state.ActivityCancelled:
		return true
	case state.ActivityDraft:
		return false
	}
	return false
}

// sees tells whether the activity exists for the actor.
func (a Activity) sees(by Actor, now time.Time) bool {
	return a.IsPublic() || by.Role.Leads() || by.Grants.Reads(now)
}

func (a *Activity) move(e state.Event) error {
	next, ok := state.Activity.Next(a.Status, e)
	if !ok {
		return fault.New(fault.ReasonActivityState)
	}
	a.Status = next
	return nil
}

// requireLeader refuses who does not lead the team. Errors: fault.ReasonNotFound for
// whom the activity does not exist, fault.ReasonNotTeamLeader.
func (a Activity) requireLeader(by Actor, now time.Time) error {
	switch {
	case !a.sees(by, now):
		return fault.New(fault.ReasonNotFound)
	case !by.Role.Leads():
		return fault.New(fault.ReasonNotTeamLeader)
	}
	return nil
}

// Publish opens the sign-up. Errors: those of requireLeader, fault.ReasonActivityState,
// fault.ReasonActivityStarted: what has begun is not made up afterwards.
func (a *Activity) Publish(by Actor, now time.Time) error {
	if err := a.requireLeader(by, now); err != nil {
		return err
	}
	return a.publish(now)
}

func (a *Activity) publish(now time.Time) error {
	if err := a.move(state.EventPublish); err != nil {
		return err
	}
	if !now.Before(a.StartsAt) {
		return fault.New(fault.ReasonActivityStarted).Saying("活动的时间已经过了，请先改成以后的时间再发布。")
	}
	a.PublishedAt = &now
	return nil
}

// Edit takes a checked draft into the activity, published only before it starts.
// Errors: those of requireLeader,
// fault.ReasonActivityState, fault.ReasonActivityStarted,
// fault.ReasonInvalidInput for a quota below the places that are taken.
func (a *Activity) Edit(by Actor, d Draft, now time.Time) error {
	if err := a.requireLeader(by, now); err != nil {
		return err
	}
	if err := a.move(state.EventEdit); err != nil {
		return err
	}
	published := a.Status == state.ActivityPublished
	switch {
	case published && !now.Before(a.StartsAt):
		return fault.New(fault.ReasonActivityStarted).Saying("活动已经开始了，不能再改。")
	case published && !now.Before(d.StartsAt):
		return fault.BadField("startsAt", "开始时间要在现在以后。")
	case d.Quota < a.Confirmed:
		return fault.BadField("quota", fmt.Sprintf("已经有 %d 个人有名额了，名额不能比这更少。", a.Confirmed))
	}
	a.fill(d)
	return nil
}

// Cancel calls it off: by who leads, published also by who decides at the node,
// whose grant is returned. Errors: those of requireLeader, fault.ReasonReasonRequired
// once it is published, fault.ReasonActivityState.
func (a *Activity) Cancel(by Actor, reason string, now time.Time) (*id.Grant, error) {
	g, refused := grant.Eligible(by.Grants, grant.Parties{}, now)
	var right *id.Grant
	switch {
	case by.Role.Leads():
	case a.Status != state.ActivityDraft && refused == nil:
		right = &g.ID
	default:
		return nil, a.requireLeader(by, now)
	}
	if a.Status == state.ActivityPublished && reason == "" {
		return nil, fault.New(fault.ReasonReasonRequired)
	}
	if err := a.move(state.EventCancel); err != nil {
		return nil, err
	}
	a.Confirmed, a.Waiting = 0, 0
	return right, nil
}
