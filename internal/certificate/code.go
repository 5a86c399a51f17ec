package certificate

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/sweep"
)

func codePlace(c id.Certificate) seal.Place {
	return seal.Place{Table: "certificates", Column: "code_sealed", Row: int64(c)}
}

// sealCode keeps the certificate's code so that the database does not tell it.
func (s *Service) sealCode(c *Certificate) (err error) {
	c.Lookup = s.sealer.Lookup(seal.PurposeCertificate, c.Code)
	c.Sealed, err = s.sealer.Seal(codePlace(c.ID), c.Code)
	return err
}

// openCodes finds out the codes of certificates that were read.
func (s *Service) openCodes(all ...*Certificate) (err error) {
	for _, c := range all {
		if c.Code = c.Lookup; c.Sealed == nil { // from before codes were sealed
			continue
		}
		if c.Code, err = s.sealer.Open(codePlace(c.ID), c.Sealed); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) openAll(all []Certificate) error {
	for i := range all {
		if err := s.openCodes(&all[i]); err != nil {
			return err
		}
	}
	return nil
}

// Address is where the certificate is checked; empty where the installation has
// no address that everybody reaches.
func (s *Service) Address(c Certificate) string {
	if s.about.PublicURL == "" {
		return ""
	}
	return s.about.PublicURL + "/verify/" + c.Code
}

// Sweep seals the codes of certificates from before codes were sealed.
func (s *Service) Sweep(ctx context.Context) error {
	find := func() (plain []Certificate, err error) {
		err = s.db.Select(ctx, &plain, "certificate.plain_codes", nil)
		return plain, err
	}
	return sweep.EachOf(ctx, &s.plain, "codes of certificates", find, s.sweepCode)
}

func (s *Service) sweepCode(ctx context.Context, c Certificate) error {
	c.Code = c.Lookup
	if err := s.sealCode(&c); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("certificate.seal_code", mysql.Args{"id": c.ID, "code": c.Lookup, "sealed": c.Sealed})
	})
}
