package activity

import (
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/words"
)

// Elsewhere is another activity at the same time, in which a person has a place.
type Elsewhere struct {
	UserID   id.User     `db:"user_id"`
	ID       id.Activity `db:"id"`
	Title    string      `db:"title"`
	StartsAt time.Time   `db:"starts_at"`
	EndsAt   time.Time   `db:"ends_at"`
}

// lockPerson wants the person's row, held: of two sign-ups of one person at once
// the later sees the earlier.
func lockPerson(tx *mysql.Tx, person id.User) mysql.Want {
	return org.HoldPeople(tx, new([]id.User), person)
}

// wantElsewhere wants the first activity in which the person has a place while
// this one lasts. It is read after lockPerson where somebody is about to get one.
func wantElsewhere(dest *[]Elsewhere, activity id.Activity, person id.User) mysql.Want {
	return mysql.Many(dest, "activity.elsewhere", mysql.Args{"activity": activity, "user": person})
}

// refusal names the other activity and its time to who signs up.
func (e Elsewhere) refusal() *fault.Error {
	err := fault.New(fault.ReasonSignupOverlap).Saying(
		"您已经报名了“%s”，%s，时间重叠。两个都要报，请再点一次。", e.Title, e.span())
	err.ExistingID = e.ID.String()
	return err
}

// inTheWay says to who waits why somebody else moved up.
func (e Elsewhere) inTheWay() string {
	return fmt.Sprintf("您报名了“%s”，%s。取消那一个，名额再空出来就轮到您。", e.Title, e.span())
}

// span tells when it is, for people.
func (e Elsewhere) span() string {
	return words.Span(e.StartsAt.In(clock.Shanghai), e.EndsAt.In(clock.Shanghai))
}
