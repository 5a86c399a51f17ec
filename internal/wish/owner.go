package wish

import (
	"context"
	"errors"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Proposal is the person whose phone a wish posted on behalf gives as its
// contact: perhaps its owner, which is for staff to say.
type Proposal struct {
	ID   id.User `db:"id"`
	Name string  `db:"display_name"`
}

// Attach makes the person the owner of a wish that was posted on behalf. Errors:
// fault.ReasonNotFound for no such wish or person, and those of Wish.Attach.
func (s *Service) Attach(ctx context.Context, actor id.User, wish id.Wish, person id.User,
	onCommit mysql.OnCommit[Wish]) (Wish, error) {
	var w Wish
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			by    = Actor{ID: actor}
			live  Claim
			taken bool
			all   []Participant
			owner Proposal
			known bool
		)
		err := tx.Read(ctx, append(lockWish(&w, wish), lockLiveClaim(&live, &taken, wish), participantsOf(&all, wish),
			mysql.Maybe(&owner, &known, "wish.person", mysql.Args{"person": person}),
			grant.CoveringMatter(&by.Grants, actor, state.Wish.Noun, wish))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		var claim *Claim
		if taken {
			live.keepOwn(all)
			claim = &live
		}
		before := w
		g, err := w.Attach(by, person, claim, tx.Now())
		switch {
		case err != nil:
			return err
		case !known:
			return fault.New(fault.ReasonNotFound)
		}
		step := byGrant(actor, g, state.EventAttach, "")
		err = errors.Join(s.saveStep(tx, before, w, step), tx.Add("wish.attach", w))
		if taken { // what the claim waits for is now the new owner's
			err = errors.Join(err, matter.SetTurns(tx, Matter{w, live}.matter()))
		}
		return errors.Join(err, onCommit.Do(tx, w, err))
	})
	return w, err
}
