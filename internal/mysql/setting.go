package mysql

import (
	"context"
	"errors"
)

// Setting reads what the installation remembers about itself under the name; ""
// if nothing.
func (d *DB) Setting(ctx context.Context, name string) (string, error) {
	return readSetting(ctx, d, name)
}

// Setting reads it in the transaction.
func (t *Tx) Setting(ctx context.Context, name string) (string, error) {
	return readSetting(ctx, t, name)
}

func readSetting(ctx context.Context, r Reader, name string) (string, error) {
	var value string
	err := r.Get(ctx, &value, "mysql.setting", Args{"name": name})
	if errors.Is(err, ErrNone) {
		return "", nil
	}
	return value, err
}

// SaveSetting writes it in the transaction.
func (t *Tx) SaveSetting(name, value string) error {
	return t.Add("mysql.save_setting", Args{"name": name, "value": value})
}
