package activity

import (
	"fmt"
	"strings"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
)

// Place is where an activity is. Lat and Lng are there both or neither.
type Place struct {
	Name         string
	Lat, Lng     *float64 // degrees
	RadiusMeters *int
}

// Draft is an activity as who leads the team writes it.
type Draft struct {
	TeamID      id.Team
	Title       string
	Description string
	Place       Place
	StartsAt    time.Time
	EndsAt      time.Time
	SignupUntil *time.Time // nil: until it starts
	Quota       int
	Skills      string
	Health      string
	Insured     bool
	Repeat      *Repeat // nil: once
}

// The longest texts, in characters.
const (
	MaxTitle       = letters.ActivityTitle
	MaxDescription = letters.ActivityDescription
	MaxPlace       = letters.Place
	MaxNeed        = letters.Need
	MaxReason      = letters.Reason
)

// MaxQuota is the most people for one activity, MaxSpan the longest it lasts.
const (
	MaxQuota = 2000
	MaxSpan  = 24 * time.Hour
)

// The nearest and farthest that counts as there, in metres.
const (
	minRadius = 20
	maxRadius = 5000
)

// DefaultRadius is how far from the marked place still counts as there.
const DefaultRadius = 200

// check trims the draft and says what is wrong with it, all fields at once.
func (d *Draft) check(now time.Time) error {
	var fields []fault.Field
	bad := func(path, message string) {
		if message != "" {
			fields = append(fields, fault.Field{Path: path, Message: message})
		}
	}
	for _, t := range []struct {
		path, what string
		text       *string
		longest    int
		optional   bool
	}{
		{"title", "活动名称", &d.Title, MaxTitle, false},
		{"description", "活动内容", &d.Description, MaxDescription, false},
		{"place.name", "地点", &d.Place.Name, MaxPlace, false},
		{"skills", "技能要求", &d.Skills, MaxNeed, true},
		{"health", "健康要求", &d.Health, MaxNeed, true},
	} {
		if *t.text = strings.TrimSpace(*t.text); t.optional && fault.IsBlank(*t.text) {
			*t.text = ""
			continue
		}
		bad(t.path, fault.WrongText(*t.text, t.what, t.longest))
	}
	bad("place", d.Place.wrong())
	d.StartsAt, d.EndsAt = d.StartsAt.UTC().Truncate(time.Millisecond), d.EndsAt.UTC().Truncate(time.Millisecond)
	until := d.StartsAt
	if d.SignupUntil != nil {
		until = d.SignupUntil.UTC().Truncate(time.Millisecond)
	}
	d.SignupUntil = &until
	if d.StartsAt.Sub(now) > MaxAhead {
		bad("startsAt", "活动最多提前一年安排，请选近一些的日子。")
	}
	switch span := d.EndsAt.Sub(d.StartsAt); {
	case span <= 0:
		bad("endsAt", "结束时间要晚于开始时间。")
	case span > MaxSpan:
		bad("endsAt", "一场活动最多 24 小时，更长的请分成几场。")
	}
	if until.After(d.StartsAt) {
		bad("signupUntil", "报名截止不能晚于活动开始。")
	}
	if d.Quota < 1 || d.Quota > MaxQuota {
		bad("quota", fmt.Sprintf("名额请填 1 到 %d。", MaxQuota))
	}
	if fields == nil {
		return nil
	}
	e := fault.New(fault.ReasonInvalidInput)
	e.Fields = fields
	return e
}

// wrong says what is wrong with where it is on the map, and fills in the radius.
func (p *Place) wrong() string {
	switch {
	case p.Lat == nil && p.Lng == nil:
		p.RadiusMeters = nil
		return ""
	case p.Lat == nil || p.Lng == nil, *p.Lat < -90 || *p.Lat > 90, *p.Lng < -180 || *p.Lng > 180:
		return "地图上的位置不对，请重新选。"
	case p.RadiusMeters == nil:
		radius := DefaultRadius
		p.RadiusMeters = &radius
	case *p.RadiusMeters < minRadius || *p.RadiusMeters > maxRadius:
		return fmt.Sprintf("签到范围请填 %d 到 %d 米。", minRadius, maxRadius)
	}
	return ""
}

// fill takes the draft into the activity.
func (a *Activity) fill(d Draft) {
	a.Title, a.Description = d.Title, d.Description
	a.PlaceName, a.Lat, a.Lng, a.RadiusMeters = d.Place.Name, d.Place.Lat, d.Place.Lng, d.Place.RadiusMeters
	a.StartsAt, a.EndsAt, a.SignupUntil = d.StartsAt, d.EndsAt, *d.SignupUntil
	a.Quota, a.Skills, a.Health, a.Insured = d.Quota, d.Skills, d.Health, d.Insured
}
