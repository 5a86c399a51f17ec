package need

import (
	"context"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// contactRight is the right by which the actor reads the contact of the need: who decides at its desk, levels above
// with a reason, who wrote it down, posts that may ask the resident, and who works on a live assignment for it.
// Errors: fault.ReasonNotFound, fault.ReasonContactNotAllowed, fault.ReasonReasonRequired.
func (n Need) contactRight(by Actor, all []assignment.Assignment, reason string, now time.Time) (contact.Right, error) {
	if n.OwnerID == by.ID {
		return contact.Right{}, nil
	}
	for _, a := range all {
		if a.WorkerID == by.ID && a.Status.IsLive() {
			return contact.Right{Noun: state.Assignment.Noun, ID: int64(a.ID)}, nil
		}
	}
	g, refused := grant.Eligible(by.Grants, grant.Parties{Personal: by.Subject}, now)
	grants := by.grants(n)
	if n.RecorderID == by.ID {
		grants = by.Grants
	}
	if refused != nil && (n.RecorderID == by.ID || n.Status == state.NeedAnswered) {
		g, refused = grant.EligibleRecorder(grants, grant.Parties{Personal: by.Subject}, now)
	}
	switch {
	case refused != nil && !by.Sees(n, now):
		return contact.Right{}, fault.New(fault.ReasonNotFound)
	case refused != nil:
		return contact.Right{}, fault.New(fault.ReasonContactNotAllowed).Saying("只有办这件事的人才能看联系方式。")
	case g.Distance > 0 && reason == "":
		return contact.Right{}, fault.New(fault.ReasonReasonRequired).Saying("请写明查看联系方式的原因，说这件事的人会看到。")
	}
	return contact.Right{Grant: &g.ID}, nil
}

// ReadContact opens the contact of a need. The reading is in the log, which the owner can open, before it returns.
// Errors: those of contactRight and contact.Book.Read.
func (s *Service) ReadContact(ctx context.Context, actorID id.User, need id.Need, reason string) (
	contact.Contact, error) {
	return s.contacts.Read(ctx, contact.Reading{
		Of: contact.Owner(state.Need.Noun, need), Reader: actorID, Reason: reason, Owner: "说这件事的人",
	}, func(*mysql.Tx) ([]mysql.Want, func(string, time.Time) (contact.Right, error)) {
		var (
			n   Need
			all []assignment.Assignment
			by  = Actor{ID: actorID}
		)
		wants := append(lock(&n, &by, need), assignment.LockLive(&all, state.Need.Noun, int64(need)))
		return wants, func(reason string, now time.Time) (contact.Right, error) {
			return n.contactRight(by, all, reason, now)
		}
	})
}

// ListContactReads lists a page of who read the contact, for the need's owner. Error: fault.ReasonNotFound,
// fault.ReasonForbidden.
func (s *Service) ListContactReads(ctx context.Context, actorID id.User, need id.Need, before id.ContactRead,
	limit int) (
	[]contact.Read, error) {
	var (
		n     Need
		reads []contact.Read
		by    = Actor{ID: actorID}
	)
	err := s.db.Read(ctx, append(actorOf(&by, need), mysql.One(&n, "need.get", mysql.Args{"need": need}),
		contact.Reads(&reads, contact.Owner(state.Need.Noun, need), before, limit))...)
	switch {
	case err != nil:
		return nil, mysql.NotFound(err)
	case n.OwnerID == actorID:
		return reads, nil
	case by.Sees(n, s.db.Now()):
		return nil, fault.New(fault.ReasonForbidden).Saying("只有说这件事的人自己可以看谁查过联系方式。")
	}
	return nil, fault.New(fault.ReasonNotFound)
}

// RecordSpoken writes that staff who decides about the need has spoken to the person whose contact it is: the number is
// right. Errors: those of Actor.decides, fault.ReasonNotFound where no contact is kept.
func (s *Service) RecordSpoken(ctx context.Context, actorID id.User, need id.Need, how contact.Way,
	onCommit mysql.OnCommit[struct{}]) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var n Need
		by := Actor{ID: actorID}
		if err := tx.Read(ctx, lock(&n, &by, need)...); err != nil {
			return mysql.NotFound(err)
		}
		g, err := by.decides(n, 0, tx.Now())
		if err == nil {
			err = contact.Speak(ctx, tx, contact.Owner(state.Need.Noun, need), how, g.ID)
		}
		if err != nil {
			return err
		}
		return onCommit.Do(tx, struct{}{}, nil)
	})
}
