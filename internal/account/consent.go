package account

import (
	"context"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Document is what people agree to.
type Document string

// The documents.
const (
	Agreement Document = "agreement" // the user agreement (用户协议)
	Privacy   Document = "privacy"   // the privacy guide (隐私说明)
)

// Documents lists them.
func Documents() []Document { return []Document{Agreement, Privacy} }

// Version is the one in force, the day from which it holds. Whoever changes what a
// document says changes its version, so that everybody is asked again.
func (d Document) Version() string {
	switch d {
	case Agreement, Privacy:
		return "2026-11-26"
	}
	return ""
}

// Consent is that a person agreed to a version of a document.
type Consent struct {
	Document Document  `db:"document"`
	Version  string    `db:"version"`
	At       time.Time `db:"agreed_at"`
}

// Agree keeps that the person agrees to the version in force. Error:
// fault.ReasonPolicyChanged for another one, which the person has read instead.
func (s *Service) Agree(ctx context.Context, who id.User, d Document, version string) error {
	if version != d.Version() {
		return fault.New(fault.ReasonPolicyChanged)
	}
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("account.agree", mysql.Args{"user": who, "document": d, "version": version, "at": tx.Now()})
	})
}

// due lists the documents to which nobody who agreed to these has agreed in the version in force.
func due(agreed []Consent) []Document {
	return slices.DeleteFunc(Documents(), func(d Document) bool {
		return slices.ContainsFunc(agreed, func(c Consent) bool { return c.Document == d && c.Version == d.Version() })
	})
}

// ListConsents lists what the person agreed to, the oldest first, and the documents to
// which they have not agreed in the version in force.
func (s *Service) ListConsents(ctx context.Context, who id.User) (agreed []Consent, missing []Document, err error) {
	err = s.db.Read(ctx, wantConsents(&agreed, who))
	return agreed, due(agreed), err
}

func wantConsents(dest *[]Consent, who id.User) mysql.Want {
	return mysql.Many(dest, "account.agreed", mysql.Args{"user": who})
}

// AgreeAll keeps that everybody who has an account agrees to what is in force, each since
// they came: for people of a demo, who were never asked.
func AgreeAll(ctx context.Context, db *mysql.DB) error {
	return db.Tx(ctx, func(tx *mysql.Tx) error {
		for _, d := range Documents() {
			if err := tx.Add("account.agree_all", mysql.Args{"document": d, "version": d.Version()}); err != nil {
				return err
			}
		}
		return nil
	})
}
