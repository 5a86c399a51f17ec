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
