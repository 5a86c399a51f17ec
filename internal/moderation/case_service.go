package moderation

import (
	"context"
	"errors"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
	"xinyuan/internal/wish"
)

// Service runs the rules in transactions.
type Service struct {
	db     *mysql.DB
	texts  *content.Service
	photos *media.Service
}

// New returns the service, and has what is not passed brought before staff.
func New(db *mysql.DB, texts *content.Service, pictures *content.Pictures, photos *media.Service) *Service {
	s := &Service{db, texts, photos}
	texts.OnFlag(s.flag)
	pictures.OnFlag(s.flagPicture)
	return s
}

// flag writes the case of a text in the transaction that marks it.
func (s *Service) flag(ctx context.Context, tx *mysql.Tx, t content.Text, p content.Place) error {
	return s.open(ctx, tx, newCase(t, p, tx.Now()))
}

// flagPicture writes the case of a picture in the transaction that marks it.
func (s *Service) flagPicture(ctx context.Context, tx *mysql.Tx, ph media.Checked, p content.Place) error {
	return s.open(ctx, tx, newPictureCase(ph, p, tx.Now()))
}

// open writes a new case.
func (s *Service) open(ctx context.Context, tx *mysql.Tx, c Case) error {
	_, err := s.openWith(ctx, tx, c)
	return err
}

// openWith is open with people who do not decide beside those whom the matter is about.
func (s *Service) openWith(ctx context.Context, tx *mysql.Tx, c Case, others ...Party) (id.Case, error) {
	c.ID = mysql.NewID[id.Case](tx)
	var people []Party
	about := mysql.Args{"noun": c.Noun, "subject": c.Subject}
	if err := tx.Select(ctx, &people, "moderation.concerned", about); err != nil {
		return 0, err
	}
	return c.ID, s.add(tx, c, append(people, others...))
}

// add queues a new case with who does not decide about it.
func (s *Service) add(tx *mysql.Tx, c Case, people []Party) error {
	err := tx.Add("moderation.add", c)
	var rows []mysql.Args
	for _, p := range people {
		if !p.Reported { // who reports is written down with the reason
			rows = append(rows, mysql.Args{"case": c.ID, "user": p.UserID})
		}
	}
	if len(rows) > 0 {
		err = errors.Join(err, tx.Add("moderation.add_parties", rows))
	}
	_, saved := matter.Save(tx, nil, c.matter(people), matter.Step{Name: state.EventCreate})
	return errors.Join(err, saved)
}

func parties(by *Actor, one id.Case) mysql.Want {
	return mysql.Many(&by.Parties, "moderation.parties", mysql.Args{"case": one})
}

// lock wants the case, held, and what the rules ask of the actor.
func lock(c *Case, by *Actor, one id.Case) []mysql.Want {
	return []mysql.Want{
		mysql.One(c, "moderation.lock", mysql.Args{"case": one}), parties(by, one),
		grant.CoveringDesk(&by.Grants, by.ID, state.Case.Noun, one),
	}
}

// save queues the changed case and its step; before is how the register has it, with who did not decide until now.
func (s *Service) save(tx *mysql.Tx, before matter.Matter, after Case, by matter.Step, people []Party) error {
	by.From = before.Status
	next := after
	next.Version++
	_, err := matter.Save(tx, nil, next.matter(people).After(before), by)
	return errors.Join(err, tx.Add("moderation.save", after))
}

// Review decides a case: what it is about is seen by everybody from now on, or by
// nobody. It returns the case as it is read from then on. Errors: fault.ReasonInvalidInput, and those of Case.Decide.
func (s *Service) Review(ctx context.Context, actor id.User, one id.Case, d Decision,
	onCommit mysql.OnCommit[View]) (View, error) {
	if err := fault.CheckText(&d.Reason, "reason", "原因", MaxReason); err != nil {
		return View{}, err
	}
	blurred, err := s.blur(ctx, actor, one, d)
	if err != nil {
		return View{}, err
	}
	var v View
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		var c Case
		if err := tx.Read(ctx, lock(&c, &by, one)...); err != nil {
			return mysql.NotFound(err)
		}
		before := c.matter(by.Parties)
		g, err := c.Decide(by, d, tx.Now())
		if err != nil {
			return err
		}
		if err := s.carryOut(ctx, tx, c, d, blurred); err != nil {
			return err
		}
		how := matter.Step{Actor: actor, Grant: &g.ID, Name: d.event(), Reason: d.Reason}
		if err := s.save(tx, before, c, how, by.Parties); err != nil {
			return err
		}
		var rows viewRows
		err = tx.Read(ctx, rows.wants(one)...)
		v = rows.view(by, tx.Now())
		return errors.Join(err, onCommit.Do(tx, v, err))
	})
	return v, err
}

// blur draws the blurred picture before the transaction that puts it in the place of the
// first: it may take a second.
func (s *Service) blur(ctx context.Context, actor id.User, one id.Case, d Decision) (drawn, error) {
	if d.Is != Blur {
		return drawn{}, nil
	}
	v, err := s.Get(ctx, actor, one)
	switch {
	case err != nil:
		return drawn{}, err
	case !v.MayDecide || v.Photo.ID == 0: // the rule says why
		return drawn{}, nil
	}
	blurred, err := s.photos.Blur(ctx, v.Photo)
	return drawn{v.Photo, blurred}, err
}

// drawn is a picture and what takes its place.
type drawn struct{ first, blurred media.Photo }

// carryOut does what is decided to what the case is about.
func (s *Service) carryOut(ctx context.Context, tx *mysql.Tx, c Case, d Decision, p drawn) error {
	switch {
	case c.TextID != 0:
		return errors.Join(s.texts.Decide(ctx, tx, c.TextID, d.Is == Keep), reindex(ctx, tx, c, d))
	case c.PhotoID == 0 && d.Is == Remove:
		return errors.Join(s.takeDown(ctx, tx, c), reindex(ctx, tx, c, d))
	case c.PhotoID == 0:
	case d.Is == Blur && p.blurred.ID == 0: // it went while it was being drawn
		return fault.New(fault.ReasonCaseState)
	case d.Is == Blur:
		return media.Replace(tx, p.first, p.blurred)
	case d.Is == Keep:
		return media.Keep(tx, c.PhotoID)
	default:
		return media.Remove(tx, c.PhotoID)
	}
	return nil
}

// reindex takes out of the search what nobody reads any more.
func reindex(ctx context.Context, tx *mysql.Tx, c Case, d Decision) error {
	if c.Noun != state.Wish.Noun || d.Is != Remove {
		return nil
	}
	return wish.IndexAgain(ctx, tx, c.Subject)
}

// Sweep ends the cases of texts that their writers have replaced, and tells the next
// level of those that still wait.
func (s *Service) Sweep(ctx context.Context) error {
	var over []id.Case
	err := s.db.Select(ctx, &over, "moderation.replaced", mysql.Args{"limit": sweep.Size})
	waiting := matter.Waiting{What: "waiting cases", Query: "moderation.waiting", After: EscalateAfter}
	return errors.Join(err, sweep.Each(ctx, "replaced texts", over, s.end),
		matter.EscalateWaiting(ctx, s.db, waiting, s.escalate))
}

func (s *Service) end(ctx context.Context, one id.Case) error {
	return s.system(ctx, one, state.EventReplace, func(c *Case, tx *mysql.Tx) error {
		now := tx.Now()
		c.DecidedAt = &now
		return nil
	})
}

func (s *Service) escalate(ctx context.Context, one id.Case) error {
	return s.system(ctx, one, state.EventEscalate, func(c *Case, tx *mysql.Tx) error {
		now := tx.Now()
		if c.EscalatedAt != nil || now.Sub(c.CreatedAt) < EscalateAfter {
			return fault.New(fault.ReasonCaseState)
		}
		c.EscalatedAt = &now
		return nil
	})
}

// system takes a step that nobody causes.
func (s *Service) system(ctx context.Context, one id.Case, e state.Event, change func(*Case, *mysql.Tx) error) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var c Case
		var nobody Actor
		if err := tx.Read(ctx, lock(&c, &nobody, one)...); err != nil {
			return err
		}
		before := c.matter(nobody.Parties)
		if err := errors.Join(change(&c, tx), c.move(e)); err != nil {
			return err
		}
		return s.save(tx, before, c, matter.Step{Name: e}, nobody.Parties)
	})
}

// Show wants what a list of tasks shows of cases.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "moderation.show", mysql.Args{"ids": ids})
}
