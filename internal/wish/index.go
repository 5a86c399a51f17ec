package wish

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// IndexAgain writes in the transaction the words by which the wish is found, after others see another text of it.
func IndexAgain(ctx context.Context, tx *mysql.Tx, wish int64) error {
	var w Wish
	if err := tx.Get(ctx, &w, "wish.lock_words", mysql.Args{"id": wish}); err != nil {
		return mysql.NotFound(err)
	}
	return index(tx, w)
}

// reindexSize is how many wishes Reindex reads at a time.
const reindexSize = 500

// Reindex writes anew the words by which each wish is found, after the rule has changed. It may run beside a busy
// server and be repeated. It returns how many wishes it read.
func Reindex(ctx context.Context, db *mysql.DB) (n int, err error) {
	for after := id.Wish(0); ; {
		var page []Wish
		err := db.Select(ctx, &page, "wish.after", mysql.Args{"after": after, "limit": reindexSize})
		if err != nil || len(page) == 0 {
			return n, err
		}
		for _, w := range page {
			after = w.ID
			err := db.Tx(ctx, func(tx *mysql.Tx) error {
				var now Wish // as it is once nobody else changes it
				if err := tx.Get(ctx, &now, "wish.lock_words", mysql.Args{"id": w.ID}); err != nil {
					return err
				}
				return index(tx, now)
			})
			if err != nil {
				return n, err
			}
			n++
		}
	}
}
