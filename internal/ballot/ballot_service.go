package ballot

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/sweep"
)

// Service runs the rules in transactions. Whoever changes the matter holds that before its vote; a voice holds the vote
// shared, so that what was acknowledged is counted.
type Service struct{ db *mysql.DB }

// New returns the service.
func New(db *mysql.DB) *Service { return &Service{db} }

// Open queues a vote of the roll about a matter, whose rules have checked the rest, from now on for Span. Error:
// fault.ReasonBallotState for a roll of fewer than Least.
func (s *Service) Open(tx *mysql.Tx, noun string, subject int64, roll []id.User) (Ballot, error) {
	if len(roll) < Least {
		return Ballot{}, fault.New(fault.ReasonBallotState).
			Saying("现在能投票的居民不到 %d 个人，投不起来。请和居民一起看，需要时退回接着办。", Least)
	}
	b := Ballot{
		ID: mysql.NewID[id.Ballot](tx), Noun: noun, SubjectID: subject, OnRoll: len(roll), OpenedAt: tx.Now(),
		ClosesAt: tx.Now().Add(Span),
	}
	rows := make([]mysql.Args, len(roll))
	for i, person := range roll {
		rows[i] = mysql.Args{"ballot": b.ID, "user": person}
	}
	return b, errors.Join(tx.Add("ballot.add", b), tx.Add("ballot.add_roll", rows))
}

// Lock wants a vote, held.
func Lock(dest *Ballot, ballot id.Ballot) mysql.Want {
	return mysql.One(dest, "ballot.lock", mysql.Args{"ballot": ballot})
}

// Over wants what votes are about whose time is over, and that nobody has counted.
func Over[I ~int64](dest *[]I, noun string, now time.Time) mysql.Want {
	return mysql.Many(dest, "ballot.over", mysql.Args{"noun": noun, "at": now, "limit": sweep.Size})
}

// Count counts a vote that is held, and says in words how it ended. Error: fault.ReasonBallotState for none, before it
// closes, and once it is counted.
func (s *Service) Count(ctx context.Context, tx *mysql.Tx, b *Ballot) (string, error) {
	if b == nil {
		return "", fault.New(fault.ReasonBallotState)
	}
	var sum struct {
		Yes int `db:"yes"`
		No  int `db:"no"`
	}
	if err := tx.Get(ctx, &sum, "ballot.sum", mysql.Args{"ballot": b.ID}); err != nil {
		return "", err
	}
	if err := b.count(sum.Yes, sum.No, tx.Now()); err != nil {
		return "", err
	}
	return b.Result(), tx.Add("ballot.save", *b)
}

// Of wants a vote as the person reads it; none where the id is 0.
func Of(dest *Ballot, found *bool, ballot id.Ballot, reader id.User) mysql.Want {
	return mysql.Maybe(dest, found, "ballot.get", mysql.Args{"ballot": ballot, "user": reader})
}

// Cast takes the actor's voice, once: the same said again is the same, and so needs no key. Errors:
// fault.ReasonNotFound, fault.ReasonNotOnRoll, fault.ReasonBallotState once it is closed, fault.ReasonVoted for another
// choice than before, or one that stands on paper.
func (s *Service) Cast(ctx context.Context, actor id.User, ballot id.Ballot, c Choice) (Ballot, error) {
	return s.write(ctx, actor, ballot, actor, func(_ *mysql.Tx, _ Ballot, v *Voice, now time.Time) error {
		switch {
		case v.Choice == "":
			v.Choice, v.At = c, now
		case v.RecorderID != 0 && v.Counts(), v.RecorderID == 0 && v.Choice != c:
			return fault.New(fault.ReasonVoted).Saying("您已经投过了，不能再改。")
		case v.RecorderID != 0: // what stands on paper does not count yet: one's own word does
			v.Choice, v.RecorderID, v.At = c, 0, now
		}
		return nil
	})
}

// Enter takes what the actor reads on a person's paper; nobody of the units that do what is voted about does. Errors:
// fault.ReasonNotFound, fault.ReasonNotYourCommunity, fault.ReasonPartyToMatter, fault.ReasonNotOnRoll,
// fault.ReasonBallotState, and those of Voice.enter.
func (s *Service) Enter(ctx context.Context, actor id.User, ballot id.Ballot, person id.User, c Choice) (
	Ballot, error) {
	return s.write(ctx, actor, ballot, person, func(tx *mysql.Tx, b Ballot, v *Voice, now time.Time) error {
		var (
			by   grant.Grants
			does bool
			args = mysql.Args{"user": actor, "noun": b.Noun, "subject": b.SubjectID, "at": now}
		)
		if err := tx.Read(ctx, grant.CoveringMatter(&by, actor, b.Noun, b.SubjectID),
			mysql.One(&does, "ballot.is_doer", args)); err != nil {
			return err
		}
		if _, err := Enters(by, now); err != nil {
			return err
		}
		if does {
			return fault.New(fault.ReasonPartyToMatter).Saying("办这件事的单位的人，不能记居民的票。")
		}
		return v.enter(actor, c, now)
	})
}

// write changes the voice of a person on the roll, while the vote is open.
func (s *Service) write(ctx context.Context, actor id.User, ballot id.Ballot, person id.User,
	rule func(*mysql.Tx, Ballot, *Voice, time.Time) error) (Ballot, error) {
	var b Ballot
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			v        Voice
			on, said bool
			here     id.User
			args     = mysql.Args{"ballot": ballot, "user": person}
		)
		b = Ballot{}
		if err := tx.Read(ctx, mysql.One(&b, "ballot.share", args), mysql.Maybe(&here, &on, "ballot.hold_person", args),
			mysql.Maybe(&v, &said, "ballot.voice", args)); err != nil {
			return mysql.NotFound(err)
		}
		before := v
		v.BallotID, v.UserID = ballot, person
		err := rule(tx, b, &v, tx.Now())
		switch {
		case said && v == before:
		case err == nil && !on:
			return fault.New(fault.ReasonNotOnRoll)
		case err == nil && !b.IsOpen(tx.Now()):
			return fault.New(fault.ReasonBallotState)
		case err == nil:
			tx.Touch("ballot.use", args)
			err = tx.Add("ballot.say", v)
		}
		b.Asks = on
		if person != actor {
			b.Asks = false
		} else if v.Counts() {
			b.Mine = v.Choice
		}
		return err
	})
	return b, err
}

// Entry is a person on the roll, as who may read it reads it.
type Entry struct {
	UserID  id.User `db:"user_id"`
	Name    string  `db:"name"`
	Choice  Choice  `db:"choice"`   // empty: nothing, or it is not told yet
	OnPaper bool    `db:"on_paper"` // a paper of theirs is entered
	Waits   bool    `db:"waits"`    // for a second person, who enters the same
}

// List lists the roll by id: once counted with what each said, for those on it and for the staff of the place; before
// that without, for who enters papers. Errors: fault.ReasonNotFound for everybody else.
func (s *Service) List(ctx context.Context, actor id.User, ballot id.Ballot, after id.User, limit int) (
	[]Entry, error) {
	var (
		b     Ballot
		found bool
		by    grant.Grants
		all   []Entry
		now   = s.db.Now()
	)
	err := s.db.Read(ctx, Of(&b, &found, ballot, actor),
		mysql.Many(&all, "ballot.roll", mysql.Args{"ballot": ballot, "after": after, "limit": limit, "least": Least}))
	if err == nil {
		err = s.db.Read(ctx, grant.CoveringMatter(&by, actor, b.Noun, b.SubjectID))
	}
	if err != nil {
		return nil, err
	}
	_, refused := Enters(by, now)
	reads := refused == nil || b.CountedAt != nil && (b.Asks || by.Reads(now))
	if !found || !reads {
		return nil, fault.New(fault.ReasonNotFound)
	}
	return all, nil
}
