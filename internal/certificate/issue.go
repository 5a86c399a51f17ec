package certificate

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	letters "xinyuan/internal/words"
)

// Issue issues a certificate of the person's credited service; the first gives
// them their volunteer number, once and for all. Errors: fault.ReasonInvalidInput,
// fault.ReasonNoService, fault.ReasonCertificateExists.
func (s *Service) Issue(ctx context.Context, person id.User, r Request, onCommit mysql.OnCommit[Certificate]) (
	Certificate, error) {
	return s.make(ctx, Certificate{UserID: person}, r, onCommit)
}

// IssueFor is Issue for somebody else, by staff who decides in the community that
// answers for them and has seen their ID document. More errors:
// fault.ReasonPartyToMatter for oneself, fault.ReasonNotFound,
// fault.ReasonNotYourCommunity.
func (s *Service) IssueFor(ctx context.Context, actor, person id.User, r Request,
	onCommit mysql.OnCommit[Certificate]) (Certificate, error) {
	if actor == person {
		return Certificate{}, fault.New(fault.ReasonPartyToMatter)
	}
	return s.make(ctx, Certificate{UserID: person, IssuedBy: &actor}, r, onCommit)
}

func (s *Service) make(ctx context.Context, of Certificate, r Request, onCommit mysql.OnCommit[Certificate]) (
	Certificate, error) {
	var err error
	if of.From, of.Until, err = r.span(s.db.Now()); err != nil {
		return of, err
	}
	of.Shows, of.Connected = shown(r.Show), s.about.Connected
	of.Status, of.Version = state.Certificate.Initial, 1
	var c Certificate
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		c = of
		err := s.issue(ctx, tx, &c, r.Name)
		return errors.Join(err, onCommit.Do(tx, c, err))
	})
	return c, err
}

func (s *Service) issue(ctx context.Context, tx *mysql.Tx, c *Certificate, typed string) error {
	h, err := readHolder(ctx, tx, *c)
	if err != nil {
		return err
	}
	c.NodeID, c.Number = h.NodeID, h.Number
	by := matter.Step{Actor: c.UserID, Name: state.EventCreate}
	if c.IssuedBy != nil {
		by.Actor = *c.IssuedBy
		if by.Grant, err = issuingGrant(ctx, tx, *c); err != nil {
			return err
		}
	}
	if err := c.cover(h.items); err != nil {
		return err
	}
	name, err := s.nameOf(c, h, typed)
	if err != nil {
		return err
	}
	if err := s.checkDiffers(*c, h.last, name); err != nil {
		return err
	}
	c.ID, c.Code, c.IssuedAt = mysql.NewID[id.Certificate](tx), strings.ToLower(rand.Text()), tx.Now()
	if err := s.sealCode(c); err != nil {
		return err
	}
	if err := numbers(ctx, tx, c); err != nil {
		return err
	}
	c.HolderLabel = seal.MaskName(name)
	if c.HolderName, err = s.sealer.Seal(namePlace(c.ID), name); err != nil {
		return err
	}
	_, err = matter.Save(tx, s.sealer, c.matter(), by)
	return errors.Join(err, save(tx, *c, h.Number == "", h.items))
}

// issuingGrant is the grant by which staff issues a certificate for somebody.
func issuingGrant(ctx context.Context, tx *mysql.Tx, c Certificate) (*id.Grant, error) {
	var grants grant.Grants
	if err := tx.Read(ctx, grant.Covering(&grants, *c.IssuedBy, c.NodeID)); err != nil {
		return nil, err
	}
	return c.opens(*c.IssuedBy, grants, tx.Now())
}

// nameOf is the name for the paper, and notes where it comes from: the real one of
// the report-in, or what was typed. It, checkDiffers and Paper are the only readers of
// real names here.
func (s *Service) nameOf(c *Certificate, h holder, typed string) (string, error) {
	if h.MembershipID != 0 {
		if c.NameSource = NameByCommunity; h.ByRoster {
			c.NameSource = NameByRoster
		}
		return s.sealer.Open(seal.Place{Table: "memberships", Column: "real_name", Row: int64(h.MembershipID)}, h.RealName)
	}
	if c.NameSource = NameBySelf; c.IssuedBy != nil {
		c.NameSource = NameByCommunity
	}
	typed = letters.Fold(strings.TrimSpace(typed))
	return typed, checkName(typed)
}

// checkDiffers refuses a certificate that would say the same as the last one of its
// span. Error: fault.ReasonCertificateExists, naming that one.
func (s *Service) checkDiffers(c Certificate, last *Certificate, name string) error {
	if last == nil || last.NodeID != c.NodeID || last.NameSource != c.NameSource {
		return nil
	}
	before, err := s.sealer.Open(namePlace(last.ID), last.HolderName)
	if err != nil || letters.Fold(before) != letters.Fold(name) {
		return err
	}
	e := fault.New(fault.ReasonCertificateExists).Saying(
		"这段时间的证明已经开过了，编号 %s，%s开的。里面的记录没有变，用那一份就行。", last.Serial,
		strings.TrimSpace(longDay(last.IssuedAt)))
	e.ExistingID = fmt.Sprint(last.ID)
	return e
}
