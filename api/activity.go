package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"xinyuan/internal/activity"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Activity.Noun, func(m *Message, subject int64) {
	m.ActivityId = some(id.Activity(subject))
})
var _ = messagesName(state.Signup.Noun, func(m *Message, subject int64) { m.SignupId = some(id.Signup(subject)) })

func activityJSON(a activity.Seen) Activity {
	answer := Activity{
		Id: a.ID, TeamId: a.TeamID, TeamName: a.TeamName, NodeId: a.NodeID, NodeName: a.NodeName, SeriesId: a.SeriesID,
		Title: a.Title, Description: a.Description,
		Place:    Place{Name: a.PlaceName, Lat: a.Lat, Lng: a.Lng, RadiusMeters: a.RadiusMeters},
		StartsAt: a.StartsAt, EndsAt: a.EndsAt, SignupUntil: a.SignupUntil, Quota: a.Quota, Confirmed: a.Confirmed,
		Waiting: a.Waiting, Skills: a.Skills, Health: a.Health, Insured: a.Insured, Status: a.Status,
		Leads: a.Role.Leads(), MayDecide: a.Decides,
	}
	if a.SignupID != 0 {
		answer.MySignup = &MySignup{
			Id: a.SignupID, Status: a.SignupStatus, Place: a.SignupPlace, Ahead: some(a.SignupAhead),
			Presence: some(MySignupPresence(a.Presence)),
		}
		if o := a.PassedFor; o != nil {
			answer.MySignup.PassedFor = &OtherActivity{ActivityId: o.ID, Title: o.Title, StartsAt: o.StartsAt, EndsAt: o.EndsAt}
		}
	}
	return answer
}

// ledJSON is an activity as who has just changed it sees it, who leads its team.
func ledJSON(a activity.Activity) Activity {
	answer := activityJSON(activity.Seen{Activity: a})
	answer.Leads = true
	return answer
}

func signupJSON(one activity.Signup) Signup {
	return Signup{
		Id: one.ID, ActivityId: one.ActivityID, UserId: one.UserID, DisplayName: one.DisplayName, Status: one.Status,
		Place: one.Place, WrittenDown: some(one.RecorderID != nil),
	}
}

// keepActivity keeps the answer to a keyed request.
func (s *server) keepActivity(ctx context.Context, status int) mysql.OnCommit[activity.Activity] {
	return keep(ctx, s, status, ledJSON)
}

func activityDraft(b ActivityDraft) activity.Draft {
	return activity.Draft{
		TeamID: b.TeamId, Title: b.Title, Description: b.Description, Place: placeOf(b.Place),
		StartsAt: b.StartsAt, EndsAt: b.EndsAt, SignupUntil: b.SignupUntil, Quota: b.Quota,
		Skills: value(b.Skills), Health: value(b.Health), Insured: b.Insured != nil && *b.Insured, Repeat: repeatOf(b),
	}
}

func repeatOf(b ActivityDraft) *activity.Repeat {
	if b.Repeat == nil {
		return nil
	}
	return &activity.Repeat{Every: b.Repeat.Every, Until: b.Repeat.Until}
}

func placeOf(p Place) activity.Place {
	return activity.Place{Name: p.Name, Lat: p.Lat, Lng: p.Lng, RadiusMeters: p.RadiusMeters}
}

// CreateActivity writes a draft.
func (s *server) CreateActivity(ctx context.Context, r CreateActivityRequestObject) (
	CreateActivityResponseObject, error) {
	a, err := s.Activities.Create(ctx, me(ctx), activityDraft(*r.Body), s.keepActivity(ctx, http.StatusCreated))
	return CreateActivity201JSONResponse(ledJSON(a)), err
}

// activityPlace is the place of an activity in the list: its start and its id. As a
// cursor it tells the start in milliseconds.
type activityPlace struct {
	since time.Time
	after id.Activity
}

// String writes the cursor.
func (p activityPlace) String() string { return fmt.Sprintf("%d-%d", p.since.UnixMilli(), p.after) }

func parseActivityPlace(text string) (p activityPlace, ok bool) {
	var since int64
	n, err := fmt.Sscanf(text, "%d-%d", &since, &p.after)
	p.since = time.UnixMilli(since).UTC()
	return p, err == nil && n == 2 && p.after > 0
}

// ListActivities shows a page of activities.
func (s *server) ListActivities(ctx context.Context, r ListActivitiesRequestObject) (
	ListActivitiesResponseObject, error) {
	f := activity.Filter{
		Mine: value(r.Params.Mine), From: r.Params.From, To: r.Params.To, NodeID: value(r.Params.NodeId),
		TeamID: value(r.Params.TeamId), Status: value(r.Params.Status),
	}
	p := paging[activityPlace]{r.Params.Cursor, r.Params.Limit, parseActivityPlace}
	items, next, err := pageFrom(p, func(from activityPlace, n int) ([]activity.Seen, error) {
		f.Since, f.After, f.Limit = from.since, from.after, n
		return s.Activities.List(ctx, me(ctx), f)
	}, func(a activity.Seen) string { return activityPlace{a.StartsAt, a.ID}.String() }, activityJSON)
	return ListActivities200JSONResponse{Items: items, NextCursor: next}, err
}

// GetActivity shows an activity.
func (s *server) GetActivity(ctx context.Context, r GetActivityRequestObject) (GetActivityResponseObject, error) {
	a, err := s.Activities.Get(ctx, me(ctx), r.ActivityId)
	return GetActivity200JSONResponse(activityJSON(a)), err
}

// PublishActivity opens the sign-up.
func (s *server) PublishActivity(ctx context.Context, r PublishActivityRequestObject) (
	PublishActivityResponseObject, error) {
	later := r.Body != nil && value(r.Body.AndLater)
	a, err := s.Activities.Publish(ctx, me(ctx), r.ActivityId, later, s.keepActivity(ctx, http.StatusOK))
	return PublishActivity200JSONResponse(ledJSON(a)), err
}

// UpdateActivity changes an activity.
func (s *server) UpdateActivity(ctx context.Context, r UpdateActivityRequestObject) (
	UpdateActivityResponseObject, error) {
	b := r.Body
	c := activity.Change{
		Title: b.Title, Description: b.Description, StartsAt: b.StartsAt, EndsAt: b.EndsAt, SignupUntil: b.SignupUntil,
		Quota: b.Quota, Skills: b.Skills, Health: b.Health, Insured: b.Insured,
		AndLater: b.AndLater != nil && *b.AndLater,
	}
	if b.Place != nil {
		place := placeOf(*b.Place)
		c.Place = &place
	}
	a, err := s.Activities.Edit(ctx, me(ctx), r.ActivityId, c, s.keepActivity(ctx, http.StatusOK))
	return UpdateActivity200JSONResponse(ledJSON(a)), err
}

// CancelActivity calls an activity off.
func (s *server) CancelActivity(ctx context.Context, r CancelActivityRequestObject) (
	CancelActivityResponseObject, error) {
	var body CancelActivityJSONRequestBody
	if r.Body != nil {
		body = *r.Body
	}
	a, err := s.Activities.Cancel(ctx, me(ctx), r.ActivityId, activity.Call{
		Reason: value(body.Reason), AndLater: value(body.AndLater),
	}, s.keepActivity(ctx, http.StatusOK))
	return CancelActivity200JSONResponse(ledJSON(a)), err
}

// SignUp gives me a place, or as leader somebody.
func (s *server) SignUp(ctx context.Context, r SignUpRequestObject) (SignUpResponseObject, error) {
	coming := activity.Coming{Activity: r.ActivityId, Person: me(ctx)}
	if r.Body != nil {
		coming.Overlap = value(r.Body.Overlap)
		if r.Body.UserId != nil {
			coming.Person = *r.Body.UserId
		}
	}
	one, err := s.Activities.SignUp(ctx, me(ctx), coming, keep(ctx, s, http.StatusCreated, signupJSON))
	return SignUp201JSONResponse(signupJSON(one)), err
}

// CancelSignup gives a place back.
func (s *server) CancelSignup(ctx context.Context, r CancelSignupRequestObject) (CancelSignupResponseObject, error) {
	person, err := personOf(ctx, r.Person)
	if err != nil {
		return nil, err
	}
	return CancelSignup204Response{}, s.Activities.CancelSignup(ctx, me(ctx), r.ActivityId, person, keepDone(ctx, s))
}
