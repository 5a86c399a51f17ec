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

// Has tells whether err carries the reason.
func Has(err error, reason Reason) bool {
	var e *Error
	return errors.As(err, &e) && e.Reason == reason
}
