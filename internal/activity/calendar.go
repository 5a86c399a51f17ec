package activity

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// feedSince is how far back a person's feed goes, maxFeed how long it is.
const (
	feedSince = 90 * 24 * time.Hour
	maxFeed   = 500
)

func calendarPlace(person id.User) seal.Place {
	return seal.Place{Table: "calendars", Column: "token", Row: int64(person)}
}

// OpenCalendar is the token of the person's feed, which is made when it is first
// asked for.
func (s *Service) OpenCalendar(ctx context.Context, person id.User) (string, error) {
	sealed, found, err := s.calendar(ctx, person)
	if err != nil {
		return "", err
	}
	if found {
		return s.sealer.Open(calendarPlace(person), sealed)
	}
	token := rand.Text()
	if sealed, err = s.sealer.Seal(calendarPlace(person), token); err != nil {
		return "", err
	}
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("activity.add_calendar", mysql.Args{
			"user": person, "token": sealed, "lookup": s.sealer.Lookup(seal.PurposeCalendar, token), "at": tx.Now(),
		})
	})
	if !mysql.IsDuplicate(err, "PRIMARY") {
		return token, err
	}
	if sealed, _, err = s.calendar(ctx, person); err != nil { // two phones at once: the other's stands
		return "", err
	}
	return s.sealer.Open(calendarPlace(person), sealed)
}

func (s *Service) calendar(ctx context.Context, person id.User) (sealed []byte, found bool, err error) {
	err = s.db.Get(ctx, &sealed, "activity.calendar", mysql.Args{"user": person})
	if errors.Is(err, mysql.ErrNone) {
		return nil, false, nil
	}
	return sealed, err == nil, err
}

// EndCalendar ends the person's feed: its token is worth nothing from now on,
// and the next one is another.
func (s *Service) EndCalendar(ctx context.Context, person id.User, onCommit mysql.OnCommit[struct{}]) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := tx.Add("activity.end_calendar", mysql.Args{"user": person})
		return errors.Join(err, onCommit.Do(tx, struct{}{}, err))
	})
}

// GetFeed is what the calendar of a phone reads: the activities for which the
// owner of the token has signed up. Error: fault.ReasonNotFound for a token that
// is none, or no longer.
func (s *Service) GetFeed(ctx context.Context, token string) (string, error) {
	var person id.User
	lookups := s.sealer.LookupAll(seal.PurposeCalendar, token)
	if len(lookups) == 0 {
		return "", fault.New(fault.ReasonNotFound)
	}
	err := s.db.Get(ctx, &person, "activity.calendar_owner", mysql.Args{"lookups": lookups})
	if err != nil {
		return "", mysql.NotFound(err)
	}
	f := Filter{Limit: maxFeed}
	args := f.args(person, s.db.Now())
	args["since"] = s.db.Now().Add(-feedSince)
	var all []Seen
	if err := s.db.Select(ctx, &all, "activity.page_mine", args); err != nil {
		return "", err
	}
	return feed(all)
}

// feed writes activities as iCalendar (RFC 5545).
func feed(all []Seen) (string, error) {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Xinyuan//Volunteer activities//ZH")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName("心愿志愿服务")
	cal.SetRefreshInterval("PT1H")
	for _, a := range all {
		e := cal.AddEvent(fmt.Sprintf("activity-%s@xinyuan", a.ID))
		e.SetDtStampTime(a.CreatedAt)
		e.SetSequence(a.Version)
		e.SetStartAt(a.StartsAt)
		e.SetEndAt(a.EndsAt)
		e.SetSummary(a.Title)
		e.SetLocation(a.NodeName + " " + a.PlaceName)
		e.SetDescription(describe(a))
		if a.Lat != nil && a.Lng != nil {
			e.SetGeo(toWGS84(*a.Lat, *a.Lng)) // RFC 5545 has no other
		}
		if a.SignupStatus == state.SignupWaitlisted {
			e.SetStatus(ics.ObjectStatusTentative)
			continue
		}
		e.SetStatus(ics.ObjectStatusConfirmed)
		alarm := e.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger("-PT2H")
		alarm.SetDescription(a.Title)
	}
	var b strings.Builder
	err := cal.SerializeTo(&b, ics.WithNewLineWindows) // RFC 5545 has no other
	return b.String(), err
}

// describe is what a person should know of an activity.
func describe(a Seen) string {
	lines := []string{a.TeamName}
	if a.SignupStatus == state.SignupWaitlisted {
		lines = append(lines, "您还在候补，轮到了，打开小程序就能看到。")
	}
	lines = append(lines, a.Description)
	for _, need := range []struct{ what, text string }{{"技能要求：", a.Skills}, {"健康要求：", a.Health}} {
		if need.text != "" {
			lines = append(lines, need.what+need.text)
		}
	}
	return strings.Join(lines, "\n")
}
