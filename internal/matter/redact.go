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

// Writer is the person who writes a text: 0 is the system, whose words are read by all at once.
type Writer struct {
	ID    id.User
	Staff bool // by a grant
}

// HoldBack holds a text back until it is checked, and returns what others read meanwhile. An empty text only takes the
// place of one that waits.
type HoldBack func(tx *mysql.Tx, f Field, by Writer, clean string) (string, error)

// HoldTexts has the reasons of all steps held back, and what goes through HoldText.
func HoldTexts(db *mysql.DB, hold HoldBack) { db.Carry(hold) }

// HoldText is Redact for a text that others read without anybody deciding before that it is shown: it returns what they
// read until the text is checked.
func HoldText(tx *mysql.Tx, s *seal.Sealer, f Field, by Writer, text string) (string, error) {
	hold, held := tx.Carried().(HoldBack)
	f.Withheld = held || by.ID == 0
	clean, err := Redact(tx, s, f, text)
	if err != nil || !held || by.ID == 0 {
		return clean, err
	}
	return hold(tx, f, by, clean)
}

// reason is what others read of the reason that somebody gives for a step; the system's own is read by all at once.
func reason(tx *mysql.Tx, s *seal.Sealer, event id.Event, by Step) (string, error) {
	f := Field{Noun: "event", Subject: int64(event), Name: "reason"}
	return HoldText(tx, s, f, Writer{ID: by.Actor, Staff: by.Grant != nil}, by.Reason)
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
