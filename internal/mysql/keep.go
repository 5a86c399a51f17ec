package mysql

// Keep is called last in the transaction of a write, with its outcome: what it
// adds is there exactly when the outcome is. nil keeps nothing.
type Keep[T any] func(tx *Tx, outcome T) error

// Do calls it unless the write has failed, whose error the caller has.
func (k Keep[T]) Do(tx *Tx, outcome T, failed error) error {
	if k == nil || failed != nil {
		return nil //nolint:nilerr // see above
	}
	return k(tx, outcome)
}
