// Package leaderboard keeps boards of members by points. The ledger's postings
// come through the outbox, are summed in board_totals, and from there go to
// Redis, which answers while it is whole. A board in Redis is trusted only while
// its ready marker stands, so that an emptied Redis is noticed; without it the
// answer comes from board_totals, slower and the same.
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

// MetricPoints is points earned, corrections taken off.
const MetricPoints Metric = "points"

// Subject is who stands on a board.
type Subject string

// SubjectMember is a person with a report-in.
const SubjectMember Subject = "member"

// Period is a business month, "2026-03", or all time, "all".
type Period string

// PeriodAll is all time.
const PeriodAll Period = "all"

var month = regexp.MustCompile(`^20[0-9]{2}-(0[1-9]|1[0-2])$`)

// Valid tells whether it is a period that boards are kept for.
func (p Period) Valid() bool { return p == PeriodAll || month.MatchString(string(p)) }

// MonthOf is the period of the business month that the time falls in.
func MonthOf(at time.Time) Period { return Period(at.In(clock.Shanghai).Format("2006-01")) }

// Board is one leaderboard.
type Board struct {
	Metric  Metric
	Subject Subject
	Node    id.Node // members of this node and everything below
	Period  Period
}

// key is the board's name in board_totals and in Redis.
func (b Board) key() string { return fmt.Sprintf("%s:%s:%s:%s", b.Metric, b.Subject, b.Node, b.Period) }

// boardsOf lists the boards that a posting counts for: those of its month and
// of all time, at the member's community and everything above it.
func boardsOf(p points.Posting, above []id.Node) []Board {
	var all []Board
	for _, node := range above {
		for _, period := range []Period{MonthOf(p.DeedAt), PeriodAll} {
			all = append(all, Board{MetricPoints, SubjectMember, node, period})
		}
	}
	return all
}

// total is a row of board_totals. Its version rises with each change, so that
// Redis takes the newest whatever order they arrive in.
type total struct {
	Board   string  `db:"board"`
	Subject id.User `db:"subject_id"`
	Score   int64   `db:"score"`
	Version int64   `db:"version"`
}

// member is a person's name in a sorted set: of fixed width, so that equal
// scores are in the order of ids, as in MySQL.
func member(person id.User) string { return fmt.Sprintf("%019d", int64(person)) }

func person(member string) (id.User, error) {
	n, err := strconv.ParseInt(member, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("leaderboard: %q is no member", member)
	}
	return id.User(n), nil
}

// Cursor is the place of the last entry seen.
type Cursor struct {
	Score int64
	User  id.User
}

// String is the cursor as clients carry it.
func (c Cursor) String() string { return fmt.Sprintf("%d-%s", c.Score, c.User) }

// ParseCursor reads what String wrote.
func ParseCursor(text string) (Cursor, bool) {
	score, user, found := strings.Cut(text, "-")
	var c Cursor
	var err error
	if c.Score, err = strconv.ParseInt(score, 10, 64); !found || err != nil || c.Score <= 0 {
		return c, false
	}
	return c, c.User.UnmarshalText([]byte(user)) == nil
}
