package mysql

import (
	"context"
	"errors"
)

// Fact reads what the installation remembers about itself under the name; ""
// if nothing.
func (d *DB) Fact(ctx context.Context, name string) (string, error) {
	var value string
	err := d.Get(ctx, &value, "mysql.fact", Args{"name": name})
	if errors.Is(err, ErrNone) {
		return "", nil
	}
	return value, err
}

// SetFact writes it in the transaction.
func (t *Tx) SetFact(name, value string) error {
	return t.Add("mysql.set_fact", Args{"name": name, "value": value})
}
