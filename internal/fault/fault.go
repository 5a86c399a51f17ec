// Package fault is the one vocabulary of errors: what kind of error it is, a
// stable reason for machines, and a Chinese sentence that tells a person what
// to do. Every other error is unknown, and unknown means internal and opaque.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind groups reasons by what the caller can do about them. Package api maps
// each kind to one HTTP status.
type Kind string

// The kinds of errors.
const (
	Invalid         Kind = "invalid"         // the input is wrong: correct it
	Unauthenticated Kind = "unauthenticated" // nobody is logged in
	Forbidden       Kind = "forbidden"       // known, but not allowed
	NotFound        Kind = "not_found"       // not there, or not for this person to know of
	Conflict        Kind = "conflict"        // lost a race, or the state has moved on
	TooMany         Kind = "too_many"        // slow down, see RetryAfter
	Unavailable     Kind = "unavailable"     // a server we need is out of reach: try again
	Internal        Kind = "internal"        // our fault
)

// Field says what is wrong with one field of the input.
type Field struct {
	// Path names the field as the client wrote it, for instance "contact.phone".
	Path string
	// Message is a Chinese sentence for the person who filled the field in.
	Message string
}

// Error is an error that a person may see.
type Error struct {
	Kind       Kind
	Reason     Reason
	Message    string
	Fields     []Field
	RetryAfter time.Duration // with TooMany: how long to wait
	ExistingID string        // with ReasonCertificateExists: of the one that there is
	cause      error
}

// New returns an error of the reason's kind, with the reason's own sentence.
func New(reason Reason) *Error {
	entry, ok := catalogue[reason]
	if !ok {
		entry = catalogue[ReasonInternal]
	}
	return &Error{Kind: entry.kind, Reason: reason, Message: entry.message}
}

// Because is New with the underlying error, which is logged and never shown.
func Because(reason Reason, cause error) *Error {
	e := New(reason)
	e.cause = cause
	return e
}

// BadField returns ReasonInvalidInput for a single field.
func BadField(path, message string) *Error {
	e := New(ReasonInvalidInput)
	e.Fields = []Field{{Path: path, Message: message}}
	return e
}

// Below puts the path of what the fields of an error belong to before their paths: a line of a list, for example. Other
// errors stay as they are.
func Below(path string, err error) error {
	var e *Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return err
	}
	c := *e
	c.Fields = nil
	for _, f := range e.Fields {
		c.Fields = append(c.Fields, Field{path + f.Path, f.Message})
	}
	return &c
}

// Saying returns a copy of e with another sentence for the person.
func (e *Error) Saying(format string, args ...any) *Error {
	c := *e
	c.Message = fmt.Sprintf(format, args...)
	return &c
}

// Error is for logs: the reason and the cause, never a person's data.
func (e *Error) Error() string {
	if e.cause != nil {
		return string(e.Reason) + ": " + e.cause.Error()
	}
	return string(e.Reason)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is makes errors.Is(err, fault.New(reason)) compare reasons.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Reason == e.Reason
}

// Of returns the error that the caller is told. Where several are joined, a failure outranks a refusal: a refusal ends
// what the caller wants, and a failure may hide that it has happened already. ok is false where any of them is unknown.
func Of(err error) (found *Error, ok bool) {
	for _, e := range leaves(err) {
		var known *Error
		if known, ok = e.(*Error); !ok { //nolint:errorlint // leaves has taken the wrapping off
			return nil, false
		}
		if found == nil || known.isFailure() && !found.isFailure() {
			found = known
		}
	}
	return found, found != nil
}

// isFailure tells whether it is no answer to what the caller asked.
func (e *Error) isFailure() bool { return e.Kind == Unavailable || e.Kind == Internal }

// leaves are the errors that err is joined and wrapped of. The cause of an Error belongs to it.
func leaves(err error) []error {
	switch e := err.(type) { //nolint:errorlint // it takes the wrapping off
	case nil:
		return nil
	case *Error:
		return []error{e}
	case interface{ Unwrap() []error }:
		var all []error
		for _, one := range e.Unwrap() {
			all = append(all, leaves(one)...)
		}
		return all
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			return leaves(inner)
		}
	}
	return []error{err}
}

// Has tells whether the caller is to be found the reason: see Of.
func Has(err error, reason Reason) bool {
	e, ok := Of(err)
	return ok && e.Reason == reason
}

// Trial returns what tells whether a rule allows a step of one that stays as it is now: each rule has a copy.
func Trial[T any](one T) func(rule func(*T) error) bool {
	return func(rule func(*T) error) bool {
		copied := one
		return rule(&copied) == nil
	}
}
