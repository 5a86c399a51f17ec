package leaderboard

import (
	"context"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/flight"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// called is whose name is kept.
type called struct {
	subject Subject
	id      id.Subject
}

// names keeps what subjects are called for a moment. Reads of one kind come one at a time: who asks while one is under
// way shares the next one, so that the neighbours of many members are one query.
type names struct {
	*flight.Shelf[called, string]
	machine *clock.Clock
	life    time.Duration
	reads   *flight.Joined[Subject, []id.Subject, map[id.Subject]string]
}

func newNames(machine *clock.Clock, life time.Duration,
	ask func(context.Context, Subject, []id.Subject) (map[id.Subject]string, error)) *names {
	join := func(all, more []id.Subject) []id.Subject { return append(all, more...) }
	do := func(ctx context.Context, subject Subject, of []id.Subject) (map[id.Subject]string, error) {
		of = slices.Clone(of) // which is the first asker's
		slices.Sort(of)
		return ask(ctx, subject, slices.Compact(of))
	}
	return &names{
		flight.NewShelf[called, string](machine, mostNames), machine, life, flight.NewJoined(longestRead, join, do),
	}
}

// longestRead bounds a read that several callers wait for.
const longestRead = 10 * time.Second

// mostNames is how many names are kept at once.
const mostNames = 10_000

// namesOf are what the subjects are called; an empty name stands for a person who has
// not agreed to be named.
func (s *Service) namesOf(ctx context.Context, subject Subject, of []id.Subject) (map[id.Subject]string, error) {
	if s.names == nil {
		return readNames(ctx, s.db, subject, of)
	}
	until := s.names.machine.Exact().Add(s.names.life)
	found, missing := make(map[id.Subject]string, len(of)), make([]id.Subject, 0, len(of))
	for _, one := range of {
		if name, ok := s.names.Find(called{subject, one}); ok {
			found[one] = name
		} else {
			missing = append(missing, one)
		}
	}
	if len(missing) == 0 {
		return found, nil
	}
	more, err := s.names.reads.Get(ctx, subject, missing)
	if err != nil {
		return nil, err
	}
	for _, one := range missing {
		found[one] = more[one]
		s.names.Put(called{subject, one}, more[one], until)
	}
	return found, nil
}

func readNames(ctx context.Context, db *mysql.DB, subject Subject, subjects []id.Subject) (
	map[id.Subject]string, error) {
	query := "leaderboard.places"
	switch subject {
	case SubjectMember:
		query = "leaderboard.people"
	case SubjectTeam:
		query = "leaderboard.teams"
	case SubjectUnit, SubjectCommunity:
	}
	var rows []struct {
		ID   id.Subject `db:"id"`
		Name string     `db:"name"`
	}
	if err := db.Select(ctx, &rows, query, mysql.Args{"subjects": subjects}); err != nil {
		return nil, err
	}
	found := make(map[id.Subject]string, len(rows))
	for _, r := range rows {
		found[r.ID] = r.Name
	}
	return found, nil
}
