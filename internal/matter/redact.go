package matter

import (
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

// Field names one text of a matter, among all texts that it ever had.
type Field struct {
	Noun    string
	Subject int64
	Name    string
}

// Redact takes numbers out of a text that others will read, and queues the
// sealed original when there was one. Without a sealer the original is lost.
func Redact(tx *mysql.Tx, s *seal.Sealer, f Field, text string) (string, error) {
	clean, found := seal.Redact(text)
	if !found || s == nil {
		return clean, nil
	}
	original, err := s.Seal(seal.Place{Table: "originals", Column: f.Noun + "." + f.Name, Row: f.Subject}, text)
	if err != nil {
		return "", err
	}
	return clean, tx.Add("matter.add_original", mysql.Args{
		"noun": f.Noun, "subject_id": f.Subject, "field": f.Name, "sealed": original,
	})
}
