package matter

import (
	"context"
	"strings"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

// Field names one text of a matter, among all texts that it ever had.
type Field struct {
	Noun     string
	Subject  int64
	Name     string
	Withheld bool // its noun holds it back until it is checked; otherwise it is checked where it is
}

// Redact takes numbers out of a text that others will read, and queues the
// sealed original when there was one. Without a sealer the original is lost. The text
// is queued to be checked, unless its noun sees to that.
func Redact(tx *mysql.Tx, s *seal.Sealer, f Field, text string) (string, error) {
	clean, found := seal.Redact(text)
	if err := CheckText(tx, f, clean); err != nil || !found || s == nil {
		return clean, err
	}
	original, err := s.Seal(seal.Place{Table: "originals", Column: f.Noun + "." + f.Name, Row: f.Subject}, text)
	if err != nil {
		return "", err
	}
	return clean, tx.Add("matter.add_original", mysql.Args{
		"noun": f.Noun, "subject_id": f.Subject, "field": f.Name, "sealed": original,
	})
}

// HoldBack holds a reason back until it is checked, and returns what others read meanwhile. isStaff tells that it is
// given by a grant.
type HoldBack func(tx *mysql.Tx, f Field, writer id.User, isStaff bool, clean string) (string, error)

// HoldReasons has the reasons of all steps held back.
func HoldReasons(db *mysql.DB, hold HoldBack) { db.Carry(hold) }

// reason is what others read of the reason that somebody gives for a step; the system's own is read by all at once.
func reason(tx *mysql.Tx, s *seal.Sealer, event id.Event, by Step) (string, error) {
	f := Field{Noun: "event", Subject: int64(event), Name: "reason"}
	hold, held := tx.Carried().(HoldBack)
	f.Withheld = held || by.Actor == 0
	clean, err := Redact(tx, s, f, by.Reason)
	if err != nil || clean == "" || !held || by.Actor == 0 {
		return clean, err
	}
	return hold(tx, f, by.Actor, by.Grant != nil, clean)
}

// CheckText queues that a text which others read is looked at, unless its noun sees to that.
func CheckText(tx *mysql.Tx, f Field, clean string) error {
	if f.Withheld || clean == "" {
		return nil
	}
	name, _, _ := strings.Cut(f.Name, ".") // without the version that tells originals apart
	return tx.Add("matter.add_text", mysql.Args{
		"id": mysql.NewID[id.Text](tx), "noun": f.Noun, "subject_id": f.Subject, "field": name, "body": clean, "at": tx.Now(),
	})
}

// ShowReason writes what everybody reads of the reason for a step, if the check of it is
// where it was.
func ShowReason(ctx context.Context, tx *mysql.Tx, check mysql.Args) error {
	_, err := tx.Exec(ctx, "matter.show_reason", check)
	return err
}

// Retitle queues another name of a matter, which its noun has already.
func Retitle(tx *mysql.Tx, noun string, subject int64, title string) error {
	return tx.Add("matter.retitle", mysql.Args{"noun": noun, "id": subject, "title": title})
}
