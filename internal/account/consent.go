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

// ListDue lists the documents to which the person has not agreed in the version in force.
func (s *Service) ListDue(ctx context.Context, who id.User) ([]Document, error) {
	all, err := s.ListConsents(ctx, who)
	return slices.DeleteFunc(Documents(), func(d Document) bool {
		return slices.ContainsFunc(all, func(c Consent) bool { return c.Document == d && c.Version == d.Version() })
	}), err
}

// ListConsents lists what the person agreed to, the oldest first.
func (s *Service) ListConsents(ctx context.Context, who id.User) ([]Consent, error) {
	var all []Consent
	return all, s.db.Select(ctx, &all, "account.agreed", mysql.Args{"user": who})
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
