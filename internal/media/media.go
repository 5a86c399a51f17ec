// Package media keeps pictures: it re-encodes what people send, keeps files and
// rows together whatever is killed, and gives out addresses that soon end.
//
// A row is written before its files and deleted after them, so there is never a
// file that no row knows of. Who may see a picture is for the noun to say that
// it is attached to: an address is given only to somebody who may.
package media

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"time"

	"golang.org/x/sync/semaphore"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/sweep"
)

// Status is where a picture stands.
type Status string

// The statuses.
const (
	StatusAdding   Status = "adding"   // its files are being written
	StatusWaiting  Status = "waiting"  // its owner has not put it anywhere yet
	StatusAttached Status = "attached" // part of a matter
	StatusRemoved  Status = "removed"  // its files go next
)

// Statuses lists them.
func Statuses() []Status {
	return []Status{StatusAdding, StatusWaiting, StatusAttached, StatusRemoved}
}

// Photo is a picture (图片).
type Photo struct {
	ID        id.Photo `db:"id"`
	OwnerID   id.User  `db:"owner_id"` // who has added it
	File      string   `db:"file"`
	Status    Status   `db:"status"`
	Noun      string   `db:"noun"` // of the matter that it belongs to; empty: to none
	SubjectID int64    `db:"subject_id"`
	Position  int      `db:"position"`
	Verdict   Verdict  `db:"verdict"`
}

// Verdict is where the check of a picture stands.
type Verdict string

// The verdicts.
const (
	VerdictUnchecked Verdict = "unchecked" // nobody has been asked yet
	VerdictChecking  Verdict = "checking"  // WeChat looks at it
	VerdictWaiting   Verdict = "waiting"   // not passed: staff decides
	VerdictPassed    Verdict = "passed"    // others see it
)

// Verdicts lists them.
func Verdicts() []Verdict {
	return []Verdict{VerdictUnchecked, VerdictChecking, VerdictWaiting, VerdictPassed}
}

// Wait is how long a picture waits to be put somewhere.
const Wait = 24 * time.Hour

// Service keeps pictures in a folder and their rows in the database.
type Service struct {
	db       *mysql.DB
	sealer   *seal.Sealer
	machine  *clock.Clock
	disk     disk  // where pictures arrive
	store    store // where they are kept
	arriving arrivals
	// unpacking bounds what is in memory over all requests, pixels and files: one
	// picture of the largest size at a time, or several of a phone's.
	unpacking *semaphore.Weighted
}

// New returns the service over its folder, which is made when first needed. Pictures
// arrive there, and are kept there unless KeepIn names another store.
func New(db *mysql.DB, sealer *seal.Sealer, machine *clock.Clock, folder string) *Service {
	return &Service{
		db: db, sealer: sealer, machine: machine, disk: disk{folder}, store: disk{folder},
		unpacking: semaphore.NewWeighted(MaxPixels),
	}
}

// Add keeps a picture for its owner, who has a day to put it somewhere. Errors:
// fault.ReasonPictureTooLarge, fault.ReasonNotAPicture,
// fault.ReasonTooManyPixels, fault.ReasonPictureBroken,
// fault.ReasonMalformedBody where it ends midway, fault.ReasonUnavailable where
// the folder cannot be written or too many pictures arrive at once, and
// fault.ReasonTooManyRequests where too many of this person do.
func (s *Service) Add(ctx context.Context, owner id.User, from io.Reader) (Photo, error) {
	files, err := s.take(ctx, owner, from)
	if err != nil {
		return Photo{}, err
	}
	return s.keep(ctx, owner, files)
}

// keep keeps the files of a new picture of the owner's.
func (s *Service) keep(ctx context.Context, owner id.User, files rendered) (Photo, error) {
	var p Photo
	name := newName()
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		p = Photo{ID: mysql.NewID[id.Photo](tx), OwnerID: owner, File: name, Status: StatusWaiting}
		return tx.Add("media.add", mysql.Args{"id": p.ID, "owner": owner, "file": p.File, "at": s.machine.Now()})
	})
	if err != nil {
		return Photo{}, err
	}
	if err := s.store.write(ctx, p.File, files); err != nil { // the sweep takes away what there is of it
		return Photo{}, fault.Because(fault.ReasonUnavailable, err)
	}
	return p, s.db.Tx(ctx, func(tx *mysql.Tx) error { return tx.Add("media.whole", mysql.Args{"id": p.ID}) })
}

// take receives what the person sends and makes of it what is kept.
func (s *Service) take(ctx context.Context, owner id.User, from io.Reader) (rendered, error) {
	if err := s.arriving.begin(owner); err != nil {
		return nil, err
	}
	defer s.arriving.end(owner)
	file, size, err := s.disk.receive(from)
	if err != nil {
		return nil, err
	}
	files, err := s.render(ctx, file, size)
	return files, errors.Join(err, file.Close())
}

// newName is a random name that nobody guesses.
func newName() string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails: the program ends where no randomness is
	return hex.EncodeToString(random[:])
}

// Open opens a picture's file for who has its address, until when that holds.
// Error: fault.ReasonNotFound for a forged or old address, and for a picture
// that is gone.
func (s *Service) Open(ctx context.Context, a Address) (*File, time.Time, error) {
	until, ok := s.check(a)
	if !ok {
		return nil, until, gone()
	}
	file, err := s.store.open(ctx, a.File, a.Size)
	if errors.Is(err, os.ErrNotExist) {
		err = gone()
	}
	return file, until, err
}

func gone() error {
	return fault.New(fault.ReasonNotFound).Saying("这张图片看不到了，请刷新后再看。")
}

// IsWhole tells whether all files of the picture are there. Error: that of a store out of
// reach.
func (s *Service) IsWhole(ctx context.Context, file string) (bool, error) {
	if len(file) <= shelfLetters {
		return false, nil
	}
	return s.store.isWhole(ctx, file)
}

// Sweep takes away the pictures that nobody put anywhere in time, and the files
// of those that were removed, each file before its row. Several workers may do
// it at once, and it may be killed anywhere.
func (s *Service) Sweep(ctx context.Context) error {
	var forgotten []id.Photo
	var removed []Photo
	err := s.db.Read(ctx, mysql.Many(&removed, "media.removed", nil),
		mysql.Many(&forgotten, "media.forgotten", mysql.Args{"before": s.machine.Now().Add(-Wait)}))
	if err != nil {
		return err
	}
	return errors.Join(sweep.Each(ctx, "forgotten pictures", forgotten, s.giveUp),
		sweep.Each(ctx, "removed pictures", removed, s.remove))
}

// giveUp marks a picture as removed that nobody has put anywhere.
func (s *Service) giveUp(ctx context.Context, photo id.Photo) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("media.give_up", mysql.Args{"photo": photo})
	})
}

// remove takes away the files of a picture that was removed, and then its row.
func (s *Service) remove(ctx context.Context, p Photo) error {
	if err := s.store.remove(ctx, p.File); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *mysql.Tx) error { return tx.Add("media.forget", mysql.Args{"id": p.ID}) })
}

// OfOwners wants every picture that the people have added.
func (s *Service) OfOwners(dest *[]Photo, owners []id.User) mysql.Want {
	return mysql.Many(dest, "media.of_owners", mysql.Args{"owners": owners})
}

// Read opens the picture for its owner.
func (s *Service) Read(ctx context.Context, p Photo) (*File, error) {
	return s.store.open(ctx, p.File, SizeFull)
}
