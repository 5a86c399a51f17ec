package media

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/sweep"
)

// RemoveAll takes away every picture that the people have added, and those of matters
// of a noun: the rows say so first, then the files go, and then the rows.
func (s *Service) RemoveAll(ctx context.Context, owners []id.User, noun string, subjects []int64) error {
	var gone []Photo
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var theirs, of []Photo
		err := tx.Read(ctx, s.OfOwners(&theirs, owners), Of(&of, noun, subjects...))
		gone = append(theirs, of...)
		ids := make([]id.Photo, len(gone))
		for i, p := range gone {
			ids[i] = p.ID
		}
		if err != nil || len(ids) == 0 {
			return err
		}
		return tx.Add("media.remove", mysql.Args{"photos": ids})
	})
	if err != nil {
		return err
	}
	return sweep.Each(ctx, "removed pictures", gone, s.remove)
}

// RemoveOf takes away the pictures of matters of a noun.
func (s *Service) RemoveOf(ctx context.Context, noun string, subjects []int64) error {
	return s.RemoveAll(ctx, []id.User{0}, noun, subjects)
}
