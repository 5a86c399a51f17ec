package leaderboard

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/points"
)

// month says where something counts: somebody's points or minutes of a business month,
// at a community. A posting changes three or four of them; the boards are their sums
// over months, and over what lies below a place.
type month struct {
	Subject Subject    `db:"subject"`
	ID      id.Subject `db:"subject_id"`
	Metric  Metric     `db:"metric"`
	Month   Period     `db:"month"`   // 2026-03
	Node    id.Node    `db:"node_id"` // it counts there and above
	Unit    id.Node    `db:"unit_id"` // of a member, whose unit has a board, too; 0: none
}

// kind is where the month counts, whoever's it is.
func (m month) kind() month {
	m.ID = 0
	return m
}

// score is a month with what it has. Its version rises with each change.
type score struct {
	month
	Score   int64 `db:"score"`
	Version int64 `db:"version"`
}

// monthsOf are what the posting changes: the member and the unit at the member's
// community, the community of the deed, and the team there.
func monthsOf(p points.BoardChange) []month {
	m := month{Metric: metricOf(p), Month: MonthOf(p.DeedAt)}
	var all []month
	add := func(subject Subject, who id.Subject, node, unit id.Node) {
		if node != 0 && who != 0 {
			m.Subject, m.ID, m.Node, m.Unit = subject, who, node, unit
			all = append(all, m)
		}
	}
	add(SubjectMember, id.Subject(p.User), p.MemberNode, p.MemberUnit)
	add(SubjectUnit, id.Subject(p.MemberUnit), p.MemberNode, 0)
	add(SubjectCommunity, id.Subject(p.Node), p.Node, 0)
	add(SubjectTeam, id.Subject(p.Team), p.Node, 0)
	return all
}

// periods are those of the month: itself, the quarter, the year, and all time.
func (m month) periods() []Period {
	year, number, _ := strings.Cut(string(m.Month), "-")
	n, err := strconv.Atoi(number)
	if err != nil {
		return nil
	}
	return []Period{m.Month, Period(fmt.Sprintf("%sQ%d", year, (n+2)/3)), Period(year), PeriodAll}
}

// boards are those that the month is summed into, given the node with all above it. A
// community does not stand on its own board.
func (m month) boards(above []id.Node) []Board {
	var all []Board
	for _, period := range m.periods() {
		if m.Subject == SubjectMember && m.Unit != 0 {
			all = append(all, Board{m.Metric, m.Subject, m.Unit, period})
		}
		for _, node := range above {
			if m.Subject != SubjectCommunity || node != m.Node {
				all = append(all, Board{m.Metric, m.Subject, node, period})
			}
		}
	}
	return all
}

// months are the first and the last month of the period.
func (p Period) months() (from, until Period) {
	year, quarter, is := strings.Cut(string(p), "Q")
	switch {
	case p == PeriodAll:
		return "", "9"
	case is:
		n, _ := strconv.Atoi(quarter)
		return Period(fmt.Sprintf("%s-%02d", year, 3*n-2)), Period(fmt.Sprintf("%s-%02d", year, 3*n))
	case len(p) == len("2026"):
		return p + "-01", p + "-12"
	}
	return p, p
}

// args are those of the query for the whole board.
func (b Board) args() mysql.Args {
	from, until := b.Period.months()
	distance := 0
	if b.Subject == SubjectCommunity {
		distance = 1
	}
	return mysql.Args{
		"subject": b.Subject, "metric": b.Metric, "node": b.Node, "from": from, "until": until, "distance": distance,
	}
}

// parseBoard reads what key wrote.
func parseBoard(key string) (Board, error) {
	parts := strings.Split(key, ":")
	if len(parts) != 4 {
		return Board{}, fmt.Errorf("leaderboard: %q is no board", key)
	}
	node, err := strconv.ParseInt(parts[2], 10, 64)
	return Board{Metric(parts[0]), Subject(parts[1]), id.Node(node), Period(parts[3])}, err
}

// each sums a whole board from board_months, in no order.
func (s *Service) each(ctx context.Context, board string, do func(total) error) error {
	b, err := parseBoard(board)
	if err != nil {
		return err
	}
	above, err := s.above(ctx, s.db, b.Node)
	if err != nil {
		return err
	}
	query := "leaderboard.board"
	if b.Subject == SubjectMember && len(above) == 1 {
		query = "leaderboard.board_of_most" // nothing is above: everybody is on it
	}
	return mysql.Each(ctx, s.db, query, b.args(), do)
}

// turn is the setting whose row everybody writes first who changes the months. So one
// changes them at a time, and whoever reads later reads no lower version.
const turn = "boards.changed"

// takeTurn waits until nobody else changes the months, and queues nothing before that.
func (s *Service) takeTurn(tx *mysql.Tx) error {
	return tx.SaveSetting(turn, s.db.Now().Format(time.RFC3339))
}

// atOnce is how many rows one statement adds.
const atOnce = 500

// addMonths queues the changes, in the order of their keys.
func addMonths(tx *mysql.Tx, deltas map[month]int64) error {
	keys := slices.SortedFunc(maps.Keys(deltas), func(a, b month) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Metric, b.Metric),
			cmp.Compare(a.Month, b.Month), cmp.Compare(a.Node, b.Node), cmp.Compare(a.Unit, b.Unit))
	})
	rows := make([]score, 0, len(keys))
	for _, m := range keys {
		if deltas[m] != 0 {
			rows = append(rows, score{month: m, Score: deltas[m]})
		}
	}
	for part := range slices.Chunk(rows, atOnce) {
		if err := tx.Add("leaderboard.add", part); err != nil {
			return err
		}
	}
	return nil
}

// above lists the node and its ancestors.
func (s *Service) above(ctx context.Context, r mysql.Reader, node id.Node) ([]id.Node, error) {
	s.mu.Lock()
	known, ok := s.ancestors[node]
	s.mu.Unlock()
	if ok {
		return known, nil
	}
	err := r.Read(ctx, org.WantAncestors(&known, node))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.ancestors[node] = known
	s.mu.Unlock()
	return known, nil
}

// line is somebody on a board.
type line struct {
	board   Board
	subject id.Subject
}

// rollUp sums the months into lines of boards.
func (s *Service) rollUp(ctx context.Context, r mysql.Reader, all []score) (map[line]total, error) {
	lines := make(map[line]total, 16*len(all))
	for _, m := range all {
		above, err := s.above(ctx, r, m.Node)
		if err != nil {
			return nil, err
		}
		for _, b := range m.boards(above) {
			l := line{b, m.ID}
			t := lines[l]
			t.Score, t.Version = t.Score+m.Score, t.Version+m.Version
			lines[l] = t
		}
	}
	return lines, nil
}
