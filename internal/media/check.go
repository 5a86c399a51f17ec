package media

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Checked is a picture with what is known of its check.
type Checked struct {
	Photo
	Trace      string    `db:"trace_id"` // as WeChat calls the check; empty: it was not asked
	VerdictAt  time.Time `db:"verdict_at"`
	AttachedAt time.Time `db:"attached_at"`
	Suggest    string    `db:"suggest"` // WeChat's opinion
	Label      int64     `db:"label"`
}

// Get returns a picture. Error: mysql.ErrNone.
func Get(ctx context.Context, db *mysql.DB, photo id.Photo) (Checked, error) {
	var c Checked
	return c, db.Get(ctx, &c, "media.get", mysql.Args{"id": photo})
}

// ByTrace is the picture that WeChat's check names. Error: mysql.ErrNone.
func ByTrace(ctx context.Context, db *mysql.DB, trace string) (photo id.Photo, err error) {
	return photo, db.Get(ctx, &photo, "media.by_trace", mysql.Args{"trace": trace})
}

// Unchecked lists pictures that are part of a matter and that nobody has looked at.
func Unchecked(ctx context.Context, db *mysql.DB, limit int) (all []id.Photo, err error) {
	return all, db.Select(ctx, &all, "media.unchecked", mysql.Args{"limit": limit})
}

// Overdue lists pictures whose check began before the time and has no result.
func Overdue(ctx context.Context, db *mysql.DB, before time.Time, limit int) (all []id.Photo, err error) {
	return all, db.Select(ctx, &all, "media.overdue", mysql.Args{"before": before, "limit": limit})
}

// Begin marks in the transaction that the picture is being checked, and tells whether it
// was not before.
func Begin(ctx context.Context, tx *mysql.Tx, photo id.Photo, at time.Time) (bool, error) {
	n, err := tx.Exec(ctx, "media.check", mysql.Args{"id": photo, "at": at})
	return n == 1, err
}

// SetTrace queues how WeChat calls the check of the picture.
func SetTrace(tx *mysql.Tx, photo id.Photo, trace string) error {
	return tx.Add("media.trace", mysql.Args{"id": photo, "trace": trace})
}

// Opinion is what came of a check.
type Opinion struct {
	Verdict Verdict
	Suggest string
	Label   int64
}

// Judge writes the verdict in the transaction, and tells whether the picture was still to
// be decided.
func Judge(ctx context.Context, tx *mysql.Tx, photo id.Photo, o Opinion, at time.Time) (bool, error) {
	n, err := tx.Exec(ctx, "media.judge", mysql.Args{
		"id": photo, "verdict": o.Verdict, "suggest": o.Suggest, "label": o.Label, "at": at,
	})
	return n == 1, err
}

// Keep queues that staff lets everybody see the picture.
func Keep(tx *mysql.Tx, photo id.Photo) error { return tx.Add("media.keep", mysql.Args{"id": photo}) }

// Approve queues that staff has looked at all pictures of a matter.
func Approve(tx *mysql.Tx, noun string, subject int64) error {
	return tx.Add("media.approve", mysql.Args{"noun": noun, "subject": subject})
}

// Remove queues that the picture goes: its files are taken away by the sweep.
func Remove(tx *mysql.Tx, photo id.Photo) error {
	return tx.Add("media.remove", mysql.Args{"photos": []id.Photo{photo}})
}

// Blur keeps a picture beside the first on which nobody is recognised. It waits to take
// the place of the first, and goes by itself where it does not.
func (s *Service) Blur(ctx context.Context, p Photo) (Photo, error) {
	file, err := s.store.open(ctx, p.File, SizeFull)
	if err != nil {
		return Photo{}, err
	}
	files, err := blur(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return Photo{}, err
	}
	return s.keep(ctx, p.OwnerID, files)
}

// Replace queues that the blurred picture stands where the first one was, which goes.
func Replace(tx *mysql.Tx, first, blurred Photo) error {
	return errors.Join(Remove(tx, first.ID), tx.Add("media.take_place", mysql.Args{
		"id": blurred.ID, "noun": first.Noun, "subject": first.SubjectID, "position": first.Position, "at": tx.Now(),
	}))
}
