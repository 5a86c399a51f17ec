package certificate

import (
	"context"
	"errors"
	"strings"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
)

// Service issues certificates and reads what they rest on.
type Service struct {
	db     *mysql.DB
	grants *grant.Service
	sealer *seal.Sealer
	about  Installation
	plain  sweep.Backlog // codes that are not sealed
}

// Installation is what is true of all its papers.
type Installation struct {
	PublicURL string // where everybody reaches the server; empty: papers have no code to scan
	Connected bool   // to the national volunteer system
}

// New returns the service.
func New(db *mysql.DB, grants *grant.Service, sealer *seal.Sealer, about Installation) *Service {
	about.PublicURL = strings.TrimRight(about.PublicURL, "/")
	return &Service{db: db, grants: grants, sealer: sealer, about: about}
}

// matter is the certificate as the register has it, named by its number.
func (c Certificate) matter() matter.Matter {
	return matter.Matter{
		Noun: state.Certificate.Noun, ID: int64(c.ID), Number: c.Serial, Title: c.Serial, Node: c.NodeID,
		Status: string(c.Status), Version: c.Version, Parties: matter.As(state.PartyOwner, c.UserID),
	}
}

// MaxReason is the longest reason for a revocation, in characters.
const MaxReason = letters.Reason

// Revoke makes the certificate worthless, for who checks it too. Errors:
// fault.ReasonReasonRequired, fault.ReasonInvalidInput, fault.ReasonNotFound,
// fault.ReasonNotYourCommunity, fault.ReasonCertificateState.
func (s *Service) Revoke(
	ctx context.Context, actor id.User, certificate id.Certificate, reason string, onCommit mysql.OnCommit[Certificate],
) (Certificate, error) {
	if err := fault.CheckText(&reason, "reason", "原因", MaxReason); err != nil {
		return Certificate{}, err
	}
	if reason == "" {
		return Certificate{}, fault.New(fault.ReasonReasonRequired)
	}
	var c Certificate
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := s.step(ctx, tx, &c, change{actor, certificate, state.EventRevoke, reason})
		return errors.Join(err, onCommit.Do(tx, c, err))
	})
	return c, err
}

// change is what somebody does with a certificate.
type change struct {
	actor       id.User
	certificate id.Certificate
	name        state.Event
	reason      string
}

// step locks the certificate, takes it on and writes the event.
func (s *Service) step(ctx context.Context, tx *mysql.Tx, c *Certificate, ch change) error {
	var grants grant.Grants
	*c = Certificate{}
	args := mysql.Args{"certificate": ch.certificate}
	err := tx.Read(ctx, mysql.One(c, "certificate.lock", args),
		grant.CoveringMatter(&grants, ch.actor, state.Certificate.Noun, ch.certificate))
	if err != nil {
		return mysql.NotFound(err)
	}
	if err := s.openCodes(c); err != nil {
		return err
	}
	g, err := c.opens(ch.actor, grants, tx.Now())
	if err != nil {
		return err
	}
	before := *c
	if err := c.move(ch.name, tx.Now()); err != nil {
		return err
	}
	after := c.matter()
	after.Version++
	by := matter.Step{Actor: ch.actor, Grant: g, Name: ch.name, Reason: ch.reason, From: string(before.Status)}
	if c.IssuedBy != nil && ch.name == state.EventRevoke {
		by.Undoes = []id.User{*c.IssuedBy}
	}
	_, err = matter.Save(tx, s.sealer, after, by)
	return errors.Join(err, tx.Add("certificate.save", *c))
}

// open is the certificate with its code, for whoever may have the paper. When staff
// opens it, the holder is told. Errors: those of Paper.
func (s *Service) open(ctx context.Context, actor id.User, certificate id.Certificate) (Certificate, []Item, error) {
	var (
		c      Certificate
		grants grant.Grants
		items  []Item
		args   = mysql.Args{"certificate": certificate, "user": actor}
	)
	err := s.db.Read(ctx, mysql.One(&c, "certificate.by_id", args),
		grant.CoveringMatter(&grants, actor, state.Certificate.Noun, certificate),
		mysql.Many(&items, "certificate.items", args))
	if err != nil {
		return c, nil, mysql.NotFound(err)
	}
	g, err := c.opens(actor, grants, s.db.Now())
	if err != nil {
		return c, nil, err
	}
	if c.Status != state.CertificateIssued {
		return c, nil, fault.New(fault.ReasonCertificateState)
	}
	if g != nil {
		err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
			var locked Certificate
			return s.step(ctx, tx, &locked, change{actor, certificate, state.EventOpen, ""})
		})
		if err != nil {
			return c, nil, err
		}
	}
	return c, items, s.openCodes(&c)
}

// OpenCode is the code by which the certificate is checked, for whoever may have the paper.
// Errors: those of Paper.
func (s *Service) OpenCode(ctx context.Context, actor id.User, certificate id.Certificate) (string, error) {
	c, _, err := s.open(ctx, actor, certificate)
	return c.Code, err
}

// OpenPaper is the certificate as a PDF, with the real name: for its holder, and for
// staff who decide in the community, of whom the holder is told. Errors:
// fault.ReasonNotFound, fault.ReasonNotYourCommunity, fault.ReasonCertificateState
// for a revoked one.
func (s *Service) OpenPaper(ctx context.Context, actor id.User, certificate id.Certificate) (
	[]byte, Certificate, error) {
	c, items, err := s.open(ctx, actor, certificate)
	if err != nil {
		return nil, c, err
	}
	name, err := s.sealer.Open(namePlace(c.ID), c.HolderName)
	if err != nil {
		return nil, c, err
	}
	pdf, err := s.draw(c, name, items)
	return pdf, c, err
}

// Check is what anyone learns who has the certificate's code: what its holder
// chose, and no items where those are hidden. Error: fault.ReasonNotFound.
func (s *Service) Check(ctx context.Context, code string) (Certificate, []Item, error) {
	var (
		c     Certificate
		items []Item
		codes = s.sealer.LookupAll(seal.PurposeCertificate, code)
	)
	if !IsCode(code) { // what a thief reads in the database is no code
		return c, nil, fault.New(fault.ReasonNotFound)
	}
	var (
		args = mysql.Args{"codes": append(codes, code)} // the code itself: those that are not sealed yet
	)
	err := s.db.Read(ctx, mysql.One(&c, "certificate.by_code", args),
		mysql.Many(&items, "certificate.items_of_code", args))
	if err != nil {
		return c, nil, mysql.NotFound(err)
	}
	if !c.Shows.Has(FieldContent) {
		items = nil
	}
	return c, items, nil
}

// Page is a page of a list: what comes before the id, 0 meaning the newest.
type Page struct {
	Before id.Certificate
	Limit  int
}

func (p Page) args(more mysql.Args) mysql.Args {
	p.Before = id.OrLatest(p.Before)
	more["before"], more["limit"] = p.Before, p.Limit
	return more
}

// ListMine lists a person's certificates, the newest first.
func (s *Service) ListMine(ctx context.Context, person id.User, p Page) ([]Certificate, error) {
	var all []Certificate
	err := s.db.Select(ctx, &all, "certificate.mine", p.args(mysql.Args{"user": person}))
	return all, errors.Join(err, s.openAll(all))
}

// ListAt lists those that were issued where the person sees what is not public.
// Error: fault.ReasonForbidden for who sees nowhere.
func (s *Service) ListAt(ctx context.Context, person id.User, p Page) ([]Certificate, error) {
	o, err := s.grants.ListOverseen(ctx, person)
	switch {
	case err != nil:
		return nil, err
	case len(o.Communities) == 0:
		return nil, fault.New(fault.ReasonForbidden)
	}
	var all []Certificate
	err = s.db.Select(ctx, &all, "certificate.at", p.args(mysql.Args{"nodes": o.Communities}))
	return all, errors.Join(err, s.openAll(all))
}
