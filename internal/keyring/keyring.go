// Package keyring remembers which keys have sealed something in this database, by
// a small sealed word a key. So a server notices at its start that a key was lost
// or replaced, and not when somebody opens a contact.
package keyring

import (
	"context"
	"errors"

	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

// word is what each key has sealed.
const word = "xinyuan"

var place = seal.Place{Table: "seal_keys", Column: "probe", Row: 1}

// Missing is a key that the list lacks, though something is sealed with it.
type Missing struct {
	ID      string
	Another bool // the list has a key of this id, and it is another one
}

// String tells the operator what is wrong.
func (m Missing) String() string {
	if m.Another {
		return "密钥 " + m.ID + " 和以前的不是同一个：用原来那个密封的姓名、电话、地址打不开"
	}
	return "密钥 " + m.ID + " 不在 seal.keys 里：用它密封的姓名、电话、地址打不开"
}

// Check finds the keys that are missing. It changes nothing.
func Check(ctx context.Context, db *mysql.DB, sealer *seal.Sealer) ([]Missing, error) {
	var kept []struct {
		ID    string `db:"key_id"`
		Probe []byte `db:"probe"`
	}
	if err := db.Select(ctx, &kept, "keyring.kept", nil); err != nil {
		return nil, err
	}
	var missing []Missing
	for _, k := range kept {
		text, err := sealer.Open(place, k.Probe)
		if err != nil || text != word {
			missing = append(missing, Missing{k.ID, !errors.Is(err, seal.ErrKey)})
		}
	}
	return missing, nil
}

// Remember keeps a word of the current key, with which this process seals from now
// on. Another process may do so at the same time.
func Remember(ctx context.Context, db *mysql.DB, sealer *seal.Sealer) error {
	err := db.Tx(ctx, func(tx *mysql.Tx) error {
		var there int
		if err := tx.Get(ctx, &there, "keyring.has", mysql.Args{"id": sealer.Current()}); err != nil || there > 0 {
			return err
		}
		probe, err := sealer.Seal(place, word)
		if err != nil {
			return err
		}
		return tx.Add("keyring.keep", mysql.Args{"id": sealer.Current(), "probe": probe, "at": tx.Now()})
	})
	if mysql.IsDuplicate(err, "PRIMARY") {
		return nil
	}
	return err
}
