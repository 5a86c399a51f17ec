package mysql

// OnCommit is called last in the transaction of a write, with its outcome: what it
// adds is there exactly when the outcome is. nil keeps nothing.
type OnCommit[T any] func(tx *Tx, outcome T) error

// Do calls it unless the write has failed, whose error the caller has.
func (f OnCommit[T]) Do(tx *Tx, outcome T, failed error) error {
	if f == nil || failed != nil {
		return nil //nolint:nilerr // see above
	}
	return f(tx, outcome)
}
