// Package hours keeps the records of volunteer service: who served when, how
// long, who wrote it down and who confirmed it. It is the only writer of
// service_records, and the only one that has the ledger pay hours.
//
// A record lies within one business day; service across midnight makes two.
package hours

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
	"xinyuan/internal/words"
)

// Record is a service record (服务记录).
type Record struct {
	ID         id.Record          `db:"id"`
	UserID     id.User            `db:"user_id"`
	UserName   string             `db:"user_name"` // display name; empty where only rules look
	ActivityID id.Activity        `db:"activity_id"`
	TeamID     id.Team            `db:"team_id"`
	TeamName   string             `db:"team_name"`
	NodeID     id.Node            `db:"node_id"`
	NodeName   string             `db:"node_name"`
	Title      string             `db:"title"`
	StartedAt  time.Time          `db:"started_at"`
	EndedAt    time.Time          `db:"ended_at"`
	Minutes    int64              `db:"minutes"` // at most mostMinutes of the time
	Note       string             `db:"note"`
	Source     state.Source       `db:"source"`
	Status     state.RecordStatus `db:"status"`
	RecorderID id.User            `db:"recorder_id"`
	// Recorder is the recorder's display name.
	Recorder   string    `db:"recorder"`
	CorrectsID id.Record `db:"corrects_id"` // in whose place it stands; 0: none
	// OriginID is of which record the hours first were, where they have gone from one
	// person to another since; 0: they have not.
	OriginID id.Record `db:"origin_id"`
	Moved    bool      `db:"is_moved"` // the record in whose place it stands is another person's; read only
	// MemberNodeID and UnitID are where the person belonged then.
	MemberNodeID id.Node    `db:"member_node_id"`
	UnitID       id.Node    `db:"unit_id"`
	Reviews      int        `db:"reviews"` // done
	Due          int        `db:"due"`
	StageNodeID  id.Node    `db:"stage_node_id"` // where the next review is awaited
	Offline      bool       `db:"is_offline"`
	Sample       bool       `db:"is_sample"` // drawn for one more review
	Unseen       bool       `db:"is_unseen"` // one of too many whom only who leads the team has seen
	RecordedAt   time.Time  `db:"recorded_at"`
	CreditedAt   *time.Time `db:"credited_at"`
	CreditEvent  id.Event   `db:"credit_event_id"` // by which it was credited; 0: not yet
	EscalatedAt  *time.Time `db:"escalated_at"`
	Version      int        `db:"version"`

	// ActivityStarts and ActivityEnds are its activity's; read only.
	ActivityStarts *time.Time `db:"starts_at"`
	ActivityEnds   *time.Time `db:"ends_at"`
}

// The day's tiers: more than so many minutes of a person in one business day
// need a second review, and a third.
const (
	secondReviewAbove = 8 * 60
	thirdReviewAbove  = 12 * 60
)

// reviewsFor is how many reviews a record needs that brings the person's day to
// so many minutes.
func reviewsFor(minutes int64) int {
	switch {
	case minutes > thirdReviewAbove:
		return 3
	case minutes > secondReviewAbove:
		return 2
	}
	return 1
}

// EscalateAfter is how long a record waits before the next level is told.
const EscalateAfter = 3 * 24 * time.Hour

func (r *Record) move(e state.Event) error {
	next, ok := state.Record.Next(r.Status, e)
	if !ok {
		return fault.New(fault.ReasonRecordState)
	}
	r.Status = next
	return nil
}

// counts tells whether the record's time is taken: nothing else of the person
// may be confirmed over it.
func (r Record) counts() bool {
	switch r.Status {
	case state.RecordConfirmed, state.RecordCredited:
		return r.Minutes > 0
	case state.RecordRecorded, state.RecordRejected, state.RecordCorrected:
		return false
	}
	return false
}

// overlaps tells whether two records of one person share time.
func (r Record) overlaps(other Record) bool {
	return r.UserID == other.UserID && r.StartedAt.Before(other.EndedAt) && other.StartedAt.Before(r.EndedAt)
}

// day is the business day of the record.
func (r Record) day() time.Time { return clock.Day(r.StartedAt) }

// wholeMinutes are the full minutes between two times.
func wholeMinutes(start, end time.Time) int64 { return int64(end.Sub(start) / time.Minute) }

// mostMinutes are the most that a record of the time may have: its whole minutes,
// and where it begins at midnight a started one as well, whose beginning lies in
// the day before.
func mostMinutes(start, end time.Time) int64 {
	if start.Equal(clock.Day(start)) {
		end = end.Add(time.Minute - time.Millisecond)
	}
	return wholeMinutes(start, end)
}

// split cuts the record at midnight in Shanghai. All parts together have the
// record's minutes: a minute that midnight cuts in two is in the day in which it
// ends. What of the record's minutes fits into the first day is there.
func (r Record) split() []Record {
	var parts []Record
	given := int64(0)
	for start := r.StartedAt; start.Before(r.EndedAt); {
		part := r
		part.StartedAt, part.EndedAt = start, r.EndedAt
		if midnight := clock.NextDay(start).UTC(); midnight.Before(r.EndedAt) {
			part.EndedAt = midnight
		}
		part.Minutes = min(r.Minutes, wholeMinutes(r.StartedAt, part.EndedAt)) - given
		given += part.Minutes
		start = part.EndedAt
		if part.Minutes > 0 || r.Minutes == 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// span tells when it was, for people.
func (r Record) span() string {
	return words.Span(r.StartedAt.In(clock.Shanghai), r.EndedAt.In(clock.Shanghai))
}

// checkOverlaps says which of the records share time with one that is taken, or
// with one another. The error names all of them: person, both titles and times.
// Error: fault.ReasonServiceOverlap.
func checkOverlaps(records, taken []Record) error {
	var fields []fault.Field
	for i, r := range records {
		if r.Minutes == 0 {
			continue
		}
		for _, other := range slices.Concat(taken, records[:i]) {
			if other.ID == r.ID && r.ID != 0 || !r.overlaps(other) || other.Minutes == 0 {
				continue
			}
			name := cmp.Or(r.UserName, other.UserName)
			fields = append(fields, fault.Field{Path: r.UserID.String(), Message: fmt.Sprintf(
				"%s：“%s”%s，和“%s”%s 的时间重叠。", name, r.Title, r.span(), other.Title, other.span())})
		}
	}
	if len(fields) == 0 {
		return nil
	}
	e := fault.New(fault.ReasonServiceOverlap)
	e.Fields = fields
	return e
}

// dayOf is the person's minutes that are taken on the record's day, without the
// record itself and the one that it replaces.
func (r Record) dayOf(taken []Record) int64 {
	var sum int64
	for _, other := range taken {
		if other.UserID == r.UserID && other.day().Equal(r.day()) && other.counts() && other.ID != r.ID &&
			other.ID != r.CorrectsID {
			sum += other.Minutes
		}
	}
	return sum
}

// needs sets how many reviews are due, at most those that there are: what is
// done, by who leads the team, if so, and then by each level of the path from
// the record's stage up.
func (r *Record) needs(taken []Record, path []id.Node, byTeam bool) {
	r.Due = reviewsFor(r.dayOf(taken) + r.Minutes)
	if r.Sample {
		r.Due++
	}
	most := r.Reviews + len(path) - max(0, slices.Index(path, r.StageNodeID))
	if byTeam {
		most++
	}
	r.Due = max(r.Reviews+1, min(r.Due, most))
}

// reviewed counts one more review, by who leads the team or by staff, and takes
// the record on: to be credited when none is left, or to the next stage. The
// path leads from the record's community up.
func (r *Record) reviewed(path []id.Node, byTeam bool, now time.Time) (state.Event, error) {
	r.Reviews++
	r.EscalatedAt = nil
	if r.Reviews >= r.Due {
		r.CreditedAt = &now
		return state.EventCredit, r.move(state.EventCredit)
	}
	if !byTeam {
		at := slices.Index(path, r.StageNodeID)
		r.StageNodeID = path[min(at+1, len(path)-1)]
	}
	return state.EventConfirm, r.move(state.EventConfirm)
}
