package leaderboard

import (
	"context"
	"maps"
	"slices"
	"sync"

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
	*shelf[called, string]
	ask func(context.Context, Subject, []id.Subject) (map[id.Subject]string, error)

	reading sync.Mutex
	next    map[Subject]*reading // of kinds that are being read; nil: nobody waits
}

// reading is one query for names.
type reading struct {
	of    map[id.Subject]bool
	done  chan struct{}
	found map[id.Subject]string
	err   error
}

// read asks for the names, with whoever waits for the same kind. The answer may have more names than were asked for.
func (n *names) read(ctx context.Context, subject Subject, of []id.Subject) (map[id.Subject]string, error) {
	n.reading.Lock()
	mine, busy := n.next[subject]
	if mine == nil {
		mine = &reading{of: map[id.Subject]bool{}, done: make(chan struct{})}
	}
	for _, one := range of {
		mine.of[one] = true
	}
	if busy {
		n.next[subject] = mine
	} else {
		n.next[subject] = nil
		go n.readOn(context.WithoutCancel(ctx), subject, mine)
	}
	n.reading.Unlock()
	select {
	case <-mine.done:
		return mine.found, mine.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// readOn reads until nobody waits. The callers may leave; others want the answer.
func (n *names) readOn(ctx context.Context, subject Subject, now *reading) {
	for now != nil {
		n.take(ctx, subject, now)
		n.reading.Lock()
		if now = n.next[subject]; now != nil {
			n.next[subject] = nil
		} else {
			delete(n.next, subject)
		}
		n.reading.Unlock()
	}
}

func (n *names) take(ctx context.Context, subject Subject, now *reading) {
	ctx, cancel := context.WithTimeout(ctx, longestRead)
	defer cancel()
	defer close(now.done)
	now.found, now.err = n.ask(ctx, subject, slices.Sorted(maps.Keys(now.of)))
}

// mostNames is how many names are kept at once.
const mostNames = 10_000

// namesOf are what the subjects are called; an empty name stands for a person who has
// not agreed to be named.
func (s *Service) namesOf(ctx context.Context, subject Subject, subjects []id.Subject) (map[id.Subject]string, error) {
	if s.names == nil {
		return readNames(ctx, s.db, subject, subjects)
	}
	asked := s.names.machine.Now()
	found := make(map[id.Subject]string, len(subjects))
	var missing []id.Subject
	for _, one := range subjects {
		if name, ok := s.names.find(called{subject, one}); ok {
			found[one] = name
		} else {
			missing = append(missing, one)
		}
	}
	if len(missing) == 0 {
		return found, nil
	}
	more, err := s.names.read(ctx, subject, missing)
	if err != nil {
		return nil, err
	}
	for _, one := range missing {
		found[one] = more[one]
		s.names.put(called{subject, one}, more[one], asked)
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
