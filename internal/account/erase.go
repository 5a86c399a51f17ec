package account

import (
	"context"
	"errors"
	"slices"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/subscription"
)

// revokeAll makes the person's certificates worthless: they carry the name.
func (s *Service) revokeAll(ctx context.Context, who id.User) error {
	var b belongings
	if err := b.find(ctx, s.db, who); err != nil {
		return err
	}
	var all []struct {
		ID     id.Certificate `db:"id"`
		Holder id.User        `db:"user_id"`
	}
	err := s.db.Select(ctx, &all, "account.live_certificates", mysql.Args{"people": b.people})
	for _, c := range all {
		_, revoked := s.Certificates.Revoke(ctx, c.Holder, c.ID, "本人注销了账号", nil)
		if fault.Has(revoked, fault.ReasonCertificateState) {
			continue
		}
		err = errors.Join(err, revoked)
	}
	return err
}

// eraseAnswers forgets what requests were answered: the person's own, and those of
// others that say something of the person's matters. A retry of them is judged anew.
func (s *Service) eraseAnswers(ctx context.Context, who id.User) error {
	var b belongings
	if err := b.find(ctx, s.db, who); err != nil {
		return err
	}
	type answer struct {
		User      id.User `db:"user_id"`
		Operation string  `db:"operation"`
		Key       string  `db:"request_key"`
	}
	var found []answer
	for _, part := range b.needles() {
		var some []answer
		if err := s.db.Select(ctx, &some, "account.answers", mysql.Args{"ids": part}); err != nil {
			return err
		}
		found = append(found, some...)
	}
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := tx.Add("account.erase_answers", mysql.Args{"user": who})
		for _, a := range found {
			err = errors.Join(err, tx.Add("account.erase_answer", a))
		}
		return err
	})
}

// eraseWords takes away all that the person wrote and what identifies them. The
// service, the ledger and the steps of the history stay, with the number.
func (s *Service) eraseWords(ctx context.Context, who id.User) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var b belongings
		if err := b.find(ctx, tx, who); err != nil {
			return err
		}
		for _, erase := range []func(context.Context, *mysql.Tx, belongings, id.User) error{
			s.eraseOwn, s.eraseMatters, s.eraseNames, eraseHistory,
		} {
			if err := erase(ctx, tx, b, who); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) eraseOwn(_ context.Context, tx *mysql.Tx, b belongings, who id.User) error {
	own := mysql.Args{"user": who, "people": b.people, "name": Name}
	return errors.Join(
		tx.Add("account.erase_people", own), tx.Add("account.erase_cases", own),
		tx.Add("account.erase_calendar", own), tx.Add("account.erase_number", own),
		tx.Add("account.erase_contacts", mysql.Args{"noun": state.User.Noun, "ids": b.people}),
		matter.ForgetTextsBy(tx, b.people), matter.ForgetTexts(tx, state.User.Noun, b.people),
		matter.EmptyInbox(tx, []id.User{who}), subscription.Forget(tx, []id.User{who}))
}

// service is what a record is called whose title its person wrote.
const service = "志愿服务"

// eraseMatters takes the words out of the person's matters, and the originals of what was
// hidden in them.
func (s *Service) eraseMatters(_ context.Context, tx *mysql.Tx, b belongings, _ id.User) error {
	return b.each(func(of Belonging, ids []int64) error {
		queries := of.Erase
		if of.Contacts {
			queries = append(slices.Clone(queries), "account.erase_contacts", "account.erase_readings")
		}
		var err error
		for _, query := range queries {
			err = errors.Join(err, tx.Add(query, mysql.Args{"ids": ids, "name": Name, "noun": of.Noun, "title": service}))
		}
		if of.Texts == "" {
			return err
		}
		noun := of.originals()
		return errors.Join(err, matter.ForgetOriginals(tx, noun, ids), matter.ForgetTexts(tx, noun, ids))
	})
}

// eraseNames seals another name where a person's own was sealed, so that whoever may
// open it reads that the person has left.
func (s *Service) eraseNames(_ context.Context, tx *mysql.Tx, b belongings, _ id.User) error {
	return b.each(func(of Belonging, ids []int64) error {
		var err error
		for _, in := range of.Names {
			for _, row := range ids {
				name, failed := s.sealer.Seal(seal.Place{Table: in.Table, Column: in.Column, Row: row}, Name)
				args := mysql.Args{"id": row, in.Column: name, "name": Name}
				err = errors.Join(err, failed, tx.Add(in.Query, args))
			}
		}
		return err
	})
}

func eraseHistory(ctx context.Context, tx *mysql.Tx, b belongings, _ id.User) error {
	err := b.each(func(of Belonging, ids []int64) error {
		return matter.Forget(ctx, tx, matter.Forgetting{
			Noun: of.Noun, IDs: ids, Title: of.Title, Whole: of.Whole, People: b.people,
		})
	})
	return errors.Join(err, matter.TitleRecords(tx, b.ids[records]))
}

// erasePictures takes the pictures of the person away, and those of how their wishes
// were fulfilled, the files before the rows.
func (s *Service) erasePictures(ctx context.Context, who id.User) error {
	var b belongings
	if err := b.find(ctx, s.db, who); err != nil {
		return err
	}
	return s.Photos.RemoveAll(ctx, b.people, state.Claim.Noun, b.ids[claimsOfWishes])
}
