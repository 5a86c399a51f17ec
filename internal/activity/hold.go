package activity

import (
	"errors"

	"xinyuan/internal/content"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// CheckedBy has texts looked at before others see them.
func (s *Service) CheckedBy(texts *content.Service) { s.texts = texts }

// held is the activity as it is stored until its new texts are passed: who wrote them
// reads them, everybody else what was there before. An old title names the activity
// meanwhile; an old place would send people to the wrong one.
func (s *Service) held(tx *mysql.Tx, before, after Activity, writer id.User) (Activity, error) {
	if s.texts == nil {
		return after, nil
	}
	var failed error
	stored := after
	for _, one := range []struct {
		name             string
		was, now, stored *string
		former           string
	}{
		{"title", &before.Title, &after.Title, &stored.Title, before.Title},
		{"description", &before.Description, &after.Description, &stored.Description, ""},
		{"place_name", &before.PlaceName, &after.PlaceName, &stored.PlaceName, ""},
		{"skills", &before.Skills, &after.Skills, &stored.Skills, ""},
		{"health", &before.Health, &after.Health, &stored.Health, ""},
	} {
		if *one.was == *one.now {
			continue
		}
		var err error
		*one.stored, err = s.texts.Hold(tx, content.Writing{
			Field:  matter.Field{Noun: state.Activity.Noun, Subject: int64(after.ID), Name: one.name},
			Writer: writer, Text: *one.now, Former: one.former,
		})
		failed = errors.Join(failed, err)
	}
	return stored, failed
}

// write puts the texts that wait in their places, for who leads the team and wrote them.
func (a *Activity) write(waiting []content.Text) {
	for _, t := range waiting {
		switch t.Field {
		case "title":
			a.Title = t.Body
		case "description":
			a.Description = t.Body
		case "place_name":
			a.PlaceName = t.Body
		case "skills":
			a.Skills = t.Body
		case "health":
			a.Health = t.Body
		}
	}
}
