// Package leaderboard keeps boards of members, units, teams and communities, by
// points and by minutes of service.
// The ledger's postings come through the outbox, are summed by month in board_months, and
// from there go to Redis, which answers while it is whole. A board in Redis is
// trusted only while its ready marker stands, so that an emptied Redis is
// noticed; without it the answer comes from board_months, slower and the same.
package leaderboard

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/points"
)

// Metric is what a board counts.
type Metric string

// The metrics, each a unit of the ledger: what was earned, corrections taken off.
const (
	MetricPoints  = Metric(points.UnitPoints)
	MetricMinutes = Metric(points.UnitMinutes)
)

// Metrics lists them.
func Metrics() []Metric { return []Metric{MetricPoints, MetricMinutes} }

// metricOf is what the posting counts.
func metricOf(p points.BoardChange) Metric {
	if p.Unit == "" {
		return MetricPoints
	}
	return Metric(p.Unit)
}

// Subject is who stands on a board.
type Subject string

// The subjects. Members and units count by where the member belonged at the
// deed, communities by where the deed was done, and teams there too. Whoever
// serves stands among the members, with a report-in or without.
const (
	SubjectMember    Subject = "member"
	SubjectUnit      Subject = "unit"
	SubjectTeam      Subject = "team"
	SubjectCommunity Subject = "community"
)

// Subjects lists them.
func Subjects() []Subject {
	return []Subject{SubjectMember, SubjectUnit, SubjectTeam, SubjectCommunity}
}

// Period is a business month, "2026-03", quarter, "2026Q1", or year, "2026", or
// all time, "all".
type Period string

// PeriodAll is all time.
const PeriodAll Period = "all"

var span = regexp.MustCompile(`^20[0-9]{2}(-(0[1-9]|1[0-2])|Q[1-4])?$`)

// IsValid tells whether it is a period that boards are kept for.
func (p Period) IsValid() bool { return p == PeriodAll || span.MatchString(string(p)) }

// MonthOf is the period of the business month that the time falls in.
func MonthOf(at time.Time) Period { return Period(at.In(clock.Shanghai).Format("2006-01")) }

// Board is one leaderboard.
type Board struct {
	Metric  Metric
	Subject Subject
	Node    id.Node // subjects of this node and everything below
	Period  Period
}

// key is the board's name in Redis.
func (b Board) key() string { return fmt.Sprintf("%s:%s:%s:%s", b.Metric, b.Subject, b.Node, b.Period) }

// total is what somebody has on a board. Its version is the sum of those of the months
// that are in it and rises with each change, so that Redis takes the newest whatever
// order they arrive in.
type total struct {
	Subject id.Subject `db:"subject_id"`
	Score   int64      `db:"score"`
	Version int64      `db:"version"`
}

// member is a subject's name in a sorted set: of fixed width, so that equal
// scores are in the order of ids, as in MySQL.
func member(subject id.Subject) string { return fmt.Sprintf("%019d", int64(subject)) }

func subjectOf(member string) (id.Subject, error) {
	n, err := strconv.ParseInt(member, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("leaderboard: %q is no member", member)
	}
	return id.Subject(n), nil
}

// Cursor is the place of the last entry seen.
type Cursor struct {
	Score   int64
	Subject id.Subject
}

// String is the cursor as clients carry it.
func (c Cursor) String() string { return fmt.Sprintf("%d-%s", c.Score, c.Subject) }

// ParseCursor reads what String wrote.
func ParseCursor(text string) (Cursor, bool) {
	score, subject, found := strings.Cut(text, "-")
	var c Cursor
	var err error
	if c.Score, err = strconv.ParseInt(score, 10, 64); !found || err != nil || c.Score <= 0 {
		return c, false
	}
	return c, c.Subject.UnmarshalText([]byte(subject)) == nil
}
