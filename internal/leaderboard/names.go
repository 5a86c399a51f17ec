package leaderboard

import (
	"context"
	"sync"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// names reads what subjects are called, and keeps it for a moment.
type names struct {
	machine *clock.Clock
	life    time.Duration // 0: nothing is kept

	mu   sync.Mutex
	kept map[called]lasting[string]
}

type called struct {
	subject Subject
	id      id.Subject
}

// mostNames is how many names are kept at once; after that all begin anew.
const mostNames = 10_000

func newNames(machine *clock.Clock, life time.Duration) *names {
	return &names{machine: machine, life: life, kept: map[called]lasting[string]{}}
}

// of returns the names; an empty one for a person who has not agreed to be named.
func (n *names) of(ctx context.Context, db *mysql.DB, subject Subject, subjects []id.Subject) (
	map[id.Subject]string, error) {
	if n.life == 0 {
		return readNames(ctx, db, subject, subjects)
	}
	asked := n.machine.Now()
	found, missing := n.find(subject, subjects, asked)
	if len(missing) == 0 {
		return found, nil
	}
	more, err := readNames(ctx, db, subject, missing)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.kept) > mostNames {
		clear(n.kept)
	}
	for _, s := range missing {
		found[s] = more[s]
		n.kept[called{subject, s}] = lasting[string]{more[s], asked.Add(n.life)}
	}
	return found, nil
}

func (n *names) find(subject Subject, subjects []id.Subject, now time.Time) (
	found map[id.Subject]string, missing []id.Subject) {
	n.mu.Lock()
	defer n.mu.Unlock()
	found = make(map[id.Subject]string, len(subjects))
	for _, s := range subjects {
		if l, ok := n.kept[called{subject, s}]; ok && now.Before(l.until) {
			found[s] = l.value
		} else {
			missing = append(missing, s)
		}
	}
	return found, missing
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
