package account

import (
	"context"
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

// Consents lists what the person agreed to, the oldest first.
func (s *Service) Consents(ctx context.Context, who id.User) ([]Consent, error) {
	var all []Consent
	return all, s.db.Select(ctx, &all, "account.agreed", mysql.Args{"user": who})
}
