// Package idempotency remembers what a keyed request achieved. The row is
// written in the transaction of the effect, under a unique key: a twin cannot
// have an effect of its own.
package idempotency

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Life is how long a key is remembered.
const Life = 7 * 24 * time.Hour

// Request is a request that carries a key.
type Request struct {
	Person    id.User `db:"person"`
	Operation string  `db:"operation"`
	Key       string  `db:"key"`
	Hash      string  `db:"hash"` // of path and body: the same key with another is no twin
}

// Answer is what the first of twins was told.
type Answer struct {
	Hash   string `db:"body_hash"`
	Status int    `db:"status"`
	Body   []byte `db:"answer"`
}

// Store remembers requests.
type Store struct {
	db      *mysql.DB
	machine *clock.Clock
}

// New returns the store of the database.
func New(db *mysql.DB, machine *clock.Clock) *Store { return &Store{db, machine} }

// Keep queues the answer in the transaction of its effect.
func (s *Store) Keep(tx *mysql.Tx, r Request, status int, body []byte) error {
	return tx.Add("idempotency.keep", mysql.Args{
		"person": r.Person, "operation": r.Operation, "key": r.Key, "hash": r.Hash,
		"status": status, "answer": string(body), "at": s.machine.Now(),
	})
}

// Find returns what a twin of the request was told; false if there is none.
func (s *Store) Find(ctx context.Context, r Request) (Answer, bool, error) {
	var a Answer
	err := s.db.Get(ctx, &a, "idempotency.find", r)
	if errors.Is(err, mysql.ErrNone) {
		return a, false, nil
	}
	return a, err == nil, err
}

// Sweep forgets what is older than Life, a thousand rows at a time.
func (s *Store) Sweep(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("idempotency.forget", mysql.Args{"before": s.machine.Now().Add(-Life)})
	})
}
