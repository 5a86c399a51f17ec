package contact

import (
	"context"

	"xinyuan/internal/mysql"
)

// GetToCarry is the contact of a matter that goes on as another, which keeps it in the same transaction. Nobody reads
// it on the way, so no log tells of it. It tells whether there is one.
func (b *Book) GetToCarry(ctx context.Context, tx *mysql.Tx, of Of) (c Contact, found bool, err error) {
	var hidden row
	if err := tx.Read(ctx, mysql.Maybe(&hidden, &found, "contact.of", of.args())); err != nil || !found {
		return c, found, err
	}
	c, err = b.open(of, hidden)
	c.Mark = MarkNone
	return c, found, err
}
