package account

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/subscription"
)

// belongings are the ids of what has words of a person.
type belongings struct {
	people []id.User // the person, and whom staff wrote down and joined to the account

	wishes, claims, asked, memberships, certificates, complaints, objections, records, joins, undone []int64
	// needs are what they said, and sent what bodies were asked to do for it.
	needs, sent []int64
	visits      []int64 // that they asked for
}

// find reads the ids, inside a transaction or outside.
func (b *belongings) find(ctx context.Context, from mysql.Reader, who id.User) error {
	*b = belongings{}
	if err := from.Read(ctx, mysql.Many(&b.people, "account.people", mysql.Args{"user": who})); err != nil {
		return err
	}
	b.people = append(b.people, who)
	args := mysql.Args{"user": who, "people": b.people}
	return from.Read(ctx,
		mysql.Many(&b.wishes, "account.wishes", args), mysql.Many(&b.claims, "account.claims", args),
		mysql.Many(&b.asked, "account.claims_of_wishes", args), mysql.Many(&b.memberships, "account.memberships", args),
		mysql.Many(&b.certificates, "account.certificates", args), mysql.Many(&b.complaints, "account.complaints", args),
		mysql.Many(&b.objections, "account.objections", args), mysql.Many(&b.records, "account.records", args),
		mysql.Many(&b.joins, "account.joins", args),
		mysql.Many(&b.undone, "account.undone_joins", args), mysql.Many(&b.needs, "account.needs", args),
		mysql.Many(&b.sent, "account.assignments", args), mysql.Many(&b.visits, "account.visits", args))
}

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

// perNeedle is how many ids are looked for at once.
const perNeedle = 200

// needles are what an answer has in it that tells of the person, for REGEXP.
func (b belongings) needles() (all []string) {
	var ids []string
	for _, p := range b.people {
		ids = append(ids, p.String())
	}
	for _, some := range [][]int64{
		b.wishes, b.claims, b.asked, b.memberships, b.certificates, b.complaints, b.objections, b.records,
		b.needs, b.sent, b.visits,
	} {
		for _, one := range some {
			ids = append(ids, strconv.FormatInt(one, 10))
		}
	}
	for len(ids) > 0 {
		n := min(perNeedle, len(ids))
		all, ids = append(all, `"(`+strings.Join(ids[:n], "|")+`)"`), ids[n:]
	}
	return all
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
		matter.ForgetTextsBy(tx, b.people, wordless), matter.ForgetTexts(tx, state.User.Noun, b.people, wordless),
		matter.EmptyInbox(tx, []id.User{who}), subscription.Forget(tx, []id.User{who}))
}

// wordless stands instead of a text that staff still has to look at.
const wordless = "（已注销）"

// service is what a record is called whose title its person wrote.
const service = "志愿服务"

func (s *Service) eraseMatters(_ context.Context, tx *mysql.Tx, b belongings, _ id.User) error {
	var err error
	erase := func(noun string, ids []int64, queries ...string) {
		for _, query := range queries {
			if len(ids) > 0 {
				err = errors.Join(err, tx.Add(query, mysql.Args{"ids": ids, "name": Name, "noun": noun, "title": service}))
			}
		}
	}
	erase(state.Wish.Noun, b.wishes, "account.erase_wishes", "account.erase_words", "account.erase_contacts",
		"account.erase_readings")
	erase(state.Claim.Noun, b.claims, "account.erase_notes")
	erase(state.Claim.Noun, b.asked, "account.erase_comments")
	erase(state.Complaint.Noun, b.complaints, "account.erase_complaints")
	erase(state.Objection.Noun, b.objections, "account.erase_objections")
	erase(state.Need.Noun, b.needs, "account.erase_needs", "account.erase_contacts", "account.erase_readings")
	erase(state.Assignment.Noun, b.sent, "account.erase_assignments")
	erase(state.Visit.Noun, b.visits, "account.erase_visits")
	erase(state.Record.Noun, b.records, "account.erase_records", "account.erase_items")
	erase(state.Certificate.Noun, b.certificates, "account.erase_codes")
	for _, of := range b.worded() {
		err = errors.Join(err, matter.ForgetOriginals(tx, of.noun, of.ids), matter.ForgetTexts(tx, of.noun, of.ids, wordless))
	}
	return err
}

// kind are matters of one noun, as originals call it and as people do.
type kind struct {
	noun, name string
	ids        []int64
}

// worded are the matters in whose texts numbers may have been hidden.
func (b belongings) worded() []kind {
	return []kind{
		{state.Wish.Noun, "心愿", b.wishes}, {state.Claim.Noun, "办理", append(slices.Clone(b.claims), b.asked...)},
		{state.Complaint.Noun, "投诉建议", b.complaints}, {state.Objection.Noun, "异议", b.objections},
		{"record", "服务记录", b.records}, {state.Need.Noun, "说的事", b.needs},
		{state.Assignment.Noun, "派出的单子", b.sent}, {state.Visit.Noun, "请领导来坐坐", b.visits},
	}
}

// eraseNames seals another name where a person's own was sealed, so that whoever may
// open it reads that the person has left.
func (s *Service) eraseNames(_ context.Context, tx *mysql.Tx, b belongings, _ id.User) error {
	var err error
	for _, m := range b.memberships {
		name, failed := s.sealer.Seal(seal.Place{Table: "memberships", Column: "real_name", Row: m}, Name)
		args := mysql.Args{"id": m, "real_name": name, "name": Name}
		err = errors.Join(err, failed, tx.Add("account.erase_membership", args))
	}
	for _, c := range b.certificates {
		name, failed := s.sealer.Seal(seal.Place{Table: "certificates", Column: "holder_name", Row: c}, Name)
		args := mysql.Args{"id": c, "holder_name": name, "name": Name}
		err = errors.Join(err, failed, tx.Add("account.erase_certificate", args))
	}
	return err
}

func eraseHistory(ctx context.Context, tx *mysql.Tx, b belongings, _ id.User) error {
	for _, f := range []matter.Forgetting{
		{Noun: state.Wish.Noun, IDs: b.wishes, Title: Name, Whole: true},
		{Noun: state.Claim.Noun, IDs: b.asked, Whole: true},
		{Noun: state.Claim.Noun, IDs: b.claims},
		{Noun: state.Membership.Noun, IDs: b.memberships, Whole: true},
		{Noun: state.Certificate.Noun, IDs: b.certificates, Whole: true},
		{Noun: state.Complaint.Noun, IDs: b.complaints, Whole: true},
		{Noun: state.Objection.Noun, IDs: b.objections, Whole: true},
		{Noun: state.Need.Noun, IDs: b.needs, Title: Name, Whole: true},
		{Noun: state.Assignment.Noun, IDs: b.sent, Title: Name, Whole: true},
		{Noun: state.Visit.Noun, IDs: b.visits, Title: Name, Whole: true},
		{Noun: state.Join.Noun, IDs: b.joins, Title: Name, Whole: true},
		{Noun: state.Join.Noun, IDs: b.undone, Whole: true},
		{Noun: state.Record.Noun, IDs: b.records},
	} {
		f.People, f.Name = b.people, wordless
		if err := matter.Forget(ctx, tx, f); err != nil {
			return err
		}
	}
	return matter.TitleRecords(tx, b.records)
}

// erasePictures takes the pictures of the person away, and those of how their wishes
// were fulfilled, the files before the rows.
func (s *Service) erasePictures(ctx context.Context, who id.User) error {
	var b belongings
	if err := b.find(ctx, s.db, who); err != nil {
		return err
	}
	return s.Photos.RemoveAll(ctx, b.people, state.Claim.Noun, b.asked)
}
