package leaderboard

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// called is whose name is kept.
type called struct {
	subject Subject
	id      id.Subject
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
	more, err := readNames(ctx, s.db, subject, missing)
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
