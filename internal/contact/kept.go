package contact

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Kept is a person's own contact for the next wish, and when they agreed that
// helpers see it.
type Kept struct {
	Contact
	ConsentedAt time.Time
}

// GetKept reads one's own contact; nil where none is kept. Nobody else reads it, so no
// log tells of it.
func (b *Book) GetKept(ctx context.Context, person id.User) (*Kept, error) {
	var r row
	of := personal(person)
	err := b.db.Read(ctx, of.want(&r))
	if errors.Is(err, mysql.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c, err := b.open(of, r)
	return &Kept{c, r.SavedAt}, err
}

// Keep keeps one's own contact, with the moment of the consent. Error:
// fault.ReasonInvalidInput.
func (b *Book) Keep(ctx context.Context, person id.User, c Contact,
	onCommit mysql.OnCommit[Kept]) (kept Kept, err error) {
	if fields := append(c.Check(""), c.CheckHelper("", person)...); fields != nil {
		wrong := fault.New(fault.ReasonInvalidInput)
		wrong.Fields = fields
		return Kept{}, wrong
	}
	err = b.db.Tx(ctx, func(tx *mysql.Tx) error {
		kept = Kept{c, tx.Now()}
		err := b.Save(tx, personal(person), c)
		return errors.Join(err, onCommit.Do(tx, kept, err))
	})
	return kept, err
}

// Forget takes the consent back, and deletes what was kept. What is in matters stays
// with them.
func (b *Book) Forget(ctx context.Context, person id.User, onCommit mysql.OnCommit[struct{}]) error {
	return b.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := tx.Add("contact.forget", personal(person).args())
		return errors.Join(err, onCommit.Do(tx, struct{}{}, err))
	})
}

// Own is a contact of a person's own, and of which matter.
type Own struct {
	Contact
	Of      Of
	SavedAt time.Time
}

// ListOwn lists the contacts of owners that matters of a noun have, or of people, for
// whom the noun is that of a user. It is for the owners alone, so no log tells of it.
func (b *Book) ListOwn(ctx context.Context, noun string, ids []int64) ([]Own, error) {
	var rows []row
	err := b.db.Select(ctx, &rows, "contact.own", mysql.Args{"noun": noun, "ids": ids})
	all := make([]Own, len(rows))
	for i, r := range rows {
		of := Of{Noun: r.Noun, ID: r.ID, Part: r.Part}
		c, failed := b.open(of, r)
		all[i], err = Own{c, of, r.SavedAt}, errors.Join(err, failed)
	}
	return all, err
}
