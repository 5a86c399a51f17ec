package need

import (
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/assignment"
	"xinyuan/internal/clock"
	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
)

// Service runs the rules in transactions. Locks are taken in one order: need, then its assignments.
type Service struct {
	db       *mysql.DB
	sealer   *seal.Sealer
	contacts *contact.Book
	sent     *assignment.Service
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer, sent *assignment.Service) *Service {
	return &Service{db: db, sealer: sealer, contacts: contact.New(db, sealer), sent: sent}
}

// Submit says a need, one's own or on behalf of a resident. Phone and ID-card numbers in its text are hidden. Errors:
// fault.ReasonInvalidInput, fault.ReasonNotACommunity, those of media.Choice.To, and on behalf
// fault.ReasonNotYourCommunity for who has no post there.
func (s *Service) Submit(ctx context.Context, actor id.User, d Draft, onCommit mysql.OnCommit[Need]) (Need, error) {
	if err := d.check(); err != nil {
		return Need{}, err
	}
	var (
		node   org.Node
		placed bool
	)
	if err := s.db.Read(ctx, org.WantNode(ctx, &node, &placed, d.NodeID)); err != nil {
		return Need{}, err
	}
	if !node.Kind.TakesWishes() {
		return Need{}, fault.New(fault.ReasonNotACommunity)
	}
	var n Need
	err := s.db.Tx(ctx, func(tx *mysql.Tx) (err error) {
		n, err = s.submit(ctx, tx, actor, d, node)
		return errors.Join(err, onCommit.Do(tx, n, err))
	})
	return n, err
}

// Hear writes down what residents said at a visit to the place, in its transaction and order. The caller has checked
// that the recorder may. Error: fault.ReasonInvalidInput, with the line that it is about.
func (s *Service) Hear(ctx context.Context, tx *mysql.Tx, recorder id.User, at id.Node, drafts []Draft) (
	[]Need, error) {
	if len(drafts) == 0 {
		return nil, nil
	}
	var (
		node   org.Node
		placed bool
	)
	if err := tx.Read(ctx, org.WantNode(ctx, &node, &placed, at)); err != nil {
		return nil, err
	}
	all := make([]Need, len(drafts))
	for i, d := range drafts {
		d.NodeID, d.OnBehalf = at, &Behalf{Consent: ConsentOral, Origin: OriginVisit, checked: true}
		err := d.check()
		if err == nil {
			all[i], err = s.submit(ctx, tx, recorder, d, node)
		}
		if err != nil {
			return nil, fault.Below(fmt.Sprintf("lines.%d.", i), err)
		}
	}
	return all, nil
}

// origin is what is read to write a need.
type origin struct {
	serial int
	grants grant.Grants
	people []id.User // who decide at the place
	book   term.Book
}

// submit writes a checked draft.
func (s *Service) submit(ctx context.Context, tx *mysql.Tx, actor id.User, d Draft, node org.Node) (Need, error) {
	var o origin
	year := clock.Year(s.db.Now())
	number, err := matter.NextNumber(tx, &o.serial, matter.Numbering{Kind: state.Need.Noun, Year: year})
	if err != nil {
		return Need{}, err
	}
	photos := media.Choose(actor, d.Photos)
	wants := append(append(photos.Wants(), number, grant.Covering(&o.grants, actor, d.NodeID),
		mysql.Many(&o.people, "need.subject", mysql.Args{"node": d.NodeID, "roles": id.Deciders(), "at": s.db.Now()})),
		o.book.Wants()...)
	if err := tx.Read(ctx, wants...); err != nil {
		return Need{}, err
	}
	n := Need{
		ID: mysql.NewID[id.Need](tx), NodeID: d.NodeID, NodeName: node.Name, DeskID: d.NodeID, DeskName: node.Name,
		Year: year, Serial: o.serial, OwnerID: actor, Origin: OriginResident, Category: d.Category,
		Term: d.Category.term(), Lat: d.Lat, Lng: d.Lng, Public: d.isPublic(), AboutStaff: d.AboutStaff,
		CreatedAt: tx.Now(), Status: state.Need.Initial, Version: 1,
	}
	step := matter.Step{Actor: actor, Name: state.EventCreate}
	if b := d.OnBehalf; b != nil {
		if !b.checked {
			g, err := grant.EligibleRecorder(o.grants, grant.Parties{}, tx.Now())
			if err != nil {
				return n, err
			}
			step.Grant = &g.ID
		}
		n.OwnerID, n.RecorderID, n.Origin, n.Hotline, n.Consent = 0, actor, b.Origin, b.Hotline, &b.Consent
	}
	by := Actor{}
	if n.AboutStaff && node.ParentID != nil {
		n.DeskID, n.DeskName, by.Subject = *node.ParentID, node.ParentName, o.people
	}
	if err := errors.Join(n.run(&o.book, 100, tx.Now()), s.fill(tx, &n, d), s.addParties(tx, n, by)); err != nil {
		return n, err
	}
	_, err = matter.Save(tx, s.sealer, n.matter(by), step)
	n.open()
	n.Photos = photos.Attached(state.Need.Noun, int64(n.ID))
	return n, errors.Join(err, photos.To(tx, state.Need.Noun, int64(n.ID)))
}

// fill takes the draft's texts into the need, redacted, and queues the row and its contact.
func (s *Service) fill(tx *mysql.Tx, n *Need, d Draft) error {
	writer := matter.Writer{ID: max(n.OwnerID, n.RecorderID), Staff: n.RecorderID != 0} // one of the two is 0
	if err := s.write(tx, n, writer, Said{d.Text, d.Place}); err != nil {
		return err
	}
	if d.OnBehalf != nil {
		if err := s.writeNote(tx, n, d.OnBehalf.Note); err != nil {
			return err
		}
	}
	if d.Contact == nil {
		return tx.Add("need.add", *n)
	}
	if fields := d.Contact.CheckHelper("contact.", n.OwnerID); fields != nil {
		wrong := fault.New(fault.ReasonInvalidInput)
		wrong.Fields = fields
		return wrong
	}
	n.OwnerLabel = seal.MaskName(d.Contact.Name)
	return errors.Join(tx.Add("need.add", *n), s.contacts.Save(tx, contact.Owner(state.Need.Noun, n.ID), *d.Contact))
}

// writeNote takes how the resident agreed, which staff alone reads, with numbers hidden.
func (s *Service) writeNote(tx *mysql.Tx, n *Need, note string) (err error) {
	n.Note, err = matter.Redact(tx, s.sealer, n.field("consent_note"), note)
	return err
}

func (n *Need) field(name string) matter.Field {
	return matter.Field{Noun: state.Need.Noun, Subject: int64(n.ID), Name: fmt.Sprintf("%s.%d", name, n.Version)}
}

// write takes the texts that others read once they are passed, with numbers hidden.
func (s *Service) write(tx *mysql.Tx, n *Need, by matter.Writer, said Said) error {
	var wrong [2]error
	n.HeldText, _ = seal.Redact(said.Text)
	n.HeldPlace, _ = seal.Redact(said.Place)
	n.Text, wrong[0] = matter.HoldText(tx, s.sealer, n.field("text"), by, said.Text)
	n.Place, wrong[1] = matter.HoldText(tx, s.sealer, n.field("place"), by, said.Place)
	return errors.Join(wrong[:]...)
}

// addParties queues whom the need may be about.
func (s *Service) addParties(tx *mysql.Tx, n Need, by Actor) error {
	var rows []mysql.Args
	for _, person := range by.Subject {
		rows = append(rows, mysql.Args{"need": n.ID, "user": person})
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Add("need.add_parties", rows)
}

// work is a need as a step finds it.
type work struct {
	tx   *mysql.Tx
	need *Need
	by   Actor
	live []assignment.Assignment
	book term.Book
	next id.Node // the level above the desk

	followers []id.User
}

// change locks a need, applies the rule, and writes the step that it gives.
func (s *Service) change(ctx context.Context, actor id.User, need id.Need, onCommit mysql.OnCommit[Need],
	rule func(w *work) (matter.Step, error)) (Need, error) {
	var n Need
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		n = Need{}
		err := s.apply(ctx, &work{tx: tx, need: &n, by: Actor{ID: actor}}, need, rule)
		return errors.Join(err, onCommit.Do(tx, n, err))
	})
	return n, err
}

// apply is change within a transaction. A need that ended tells those who follow it.
func (s *Service) apply(ctx context.Context, w *work, need id.Need,
	rule func(w *work) (matter.Step, error)) error {
	args := mysql.Args{"need": need}
	wants := append(lock(w.need, &w.by, need), assignment.LockLive(&w.live, state.Need.Noun, int64(need)),
		mysql.One(&w.next, "need.next_desk", args), mysql.Many(&w.followers, "need.followers", args))
	if err := w.tx.Read(ctx, append(wants, w.book.Wants()...)...); err != nil {
		return mysql.NotFound(err)
	}
	n, before := w.need, *w.need
	step, err := rule(w)
	if err != nil {
		return err
	}
	step.Actor = w.by.ID
	err = errors.Join(s.save(w, before, step), n.complete(ctx, w.tx))
	n.showTo(w.by, w.tx.Now())
	return err
}
