package wish

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/contact"
	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/flight"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/points"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions. Each write is one transaction: a trip
// that locks and reads, the rule, and a trip that writes and commits.
type Service struct {
	db       *mysql.DB
	grants   *grant.Service
	sealer   *seal.Sealer
	contacts *contact.Book
	ledger   *points.Ledger

	communities sync.Map                       // by id.Node: those that are known to be one by themselves
	looks       *flight.Reads[id.Wish, Wish]   // before claims
	wanted      wanted                         // by claimants
	pages       *flight.Reads[pageKey, []Wish] // of the hall
	texts       *content.Service               // nil: nobody looks at texts
}

// CheckedBy has the texts of claims looked at before others see them.
func (s *Service) CheckedBy(texts *content.Service) { s.texts = texts }

// longestRead bounds a read that several callers wait for.
const longestRead = 10 * time.Second

// New returns the service over its parts.
func New(db *mysql.DB, grants *grant.Service, sealer *seal.Sealer, ledger *points.Ledger) *Service {
	s := &Service{db: db, grants: grants, sealer: sealer, contacts: contact.New(db, sealer), ledger: ledger}
	s.looks, s.pages = flight.NewReads[id.Wish, Wish](longestRead), flight.NewReads[pageKey, []Wish](longestRead)
	return s
}

// Submit posts a wish, one's own or on behalf of a resident without a phone.
// Phone and ID-card numbers in its text are hidden. Errors:
// fault.ReasonInvalidInput, fault.ReasonNotACommunity, those of
// media.Choice.To, and on behalf fault.ReasonNotYourCommunity for who has no
// post there.
func (s *Service) Submit(ctx context.Context, actor id.User, d Draft, onCommit mysql.OnCommit[Wish]) (Wish, error) {
	var (
		node         org.Node
		kind         CategoryInfo
		placed, sort bool
	)
	err := s.db.Read(ctx, org.WantNode(ctx, &node, &placed, d.NodeID), wantCategory(&kind, &sort, d.Category))
	if err != nil {
		return Wish{}, err
	}
	if err := d.check(sort); err != nil {
		return Wish{}, err
	}
	if !node.Kind.TakesWishes() {
		return Wish{}, fault.New(fault.ReasonNotACommunity)
	}
	var w Wish
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		if w, err = s.submit(ctx, tx, actor, d, kind); err != nil {
			return err
		}
		w.NodeName = node.Name
		return onCommit.Do(tx, w, nil)
	})
	return w, err
}

// Receive writes the wish that a need becomes, in the transaction that ends that. The draft names the need. Error:
// fault.ReasonInvalidInput.
func (s *Service) Receive(ctx context.Context, tx *mysql.Tx, actor id.User, d Draft) (Wish, error) {
	var (
		node        org.Node
		kind        CategoryInfo
		found, sort bool
	)
	err := tx.Read(ctx, org.WantNode(ctx, &node, &found, d.NodeID), wantCategory(&kind, &sort, d.Category))
	if err == nil {
		err = d.check(sort)
	}
	if err != nil {
		return Wish{}, err
	}
	w, err := s.submit(ctx, tx, actor, d, kind)
	w.NodeName = node.Name
	return w, err
}

// submit writes a checked draft.
func (s *Service) submit(ctx context.Context, tx *mysql.Tx, actor id.User, d Draft, kind CategoryInfo) (Wish, error) {
	w := Wish{
		NodeID: d.NodeID, Year: clock.Year(tx.Now()), OwnerID: actor,
		Status: state.Wish.Initial, CreatedAt: tx.Now(), SubmittedAt: tx.Now(), Version: 1,
	}
	var grants grant.Grants
	number, err := matter.NextNumber(tx, &w.Serial, matter.Numbering{Kind: state.Wish.Noun, Node: w.NodeID, Year: w.Year})
	if err != nil {
		return w, err
	}
	photos := media.Choose(actor, d.Photos)
	err = tx.Read(ctx, append(photos.Wants(), number, grant.Covering(&grants, actor, d.NodeID))...)
	if err != nil {
		return w, err
	}
	by := matter.Step{Actor: actor, Name: state.EventCreate}
	switch {
	case d.From != nil:
		by.Grant = &d.From.Grant
		w.NeedID, w.OwnerID, w.RecorderID = d.From.Need, d.From.Owner, d.From.Recorder
		if w.OwnerID == 0 {
			w.Consent = &d.OnBehalf.Consent
		}
	case d.OnBehalf != nil:
		g, err := grant.EligibleRecorder(grants, grant.Parties{}, tx.Now())
		if err != nil {
			return w, err
		}
		by.Grant = &g.ID
		w.OwnerID, w.RecorderID, w.Consent = 0, actor, &d.OnBehalf.Consent
	}
	if err := invalid(d.Contact.CheckHelper("contact.", w.OwnerID)); err != nil {
		return w, err
	}
	w.ID = mysql.NewID[id.Wish](tx)
	if w.ConsentNote, err = redact(tx, s.sealer, field{"wish", int64(w.ID), "consent_note"}, d.note()); err != nil {
		return w, err
	}
	if err := s.fill(tx, &w, d, kind); err != nil {
		return w, err
	}
	_, err = matter.Save(tx, s.sealer, w.matter(), by)
	return w, errors.Join(err, tx.Add("wish.add", w), photos.To(tx, state.Wish.Noun, int64(w.ID)))
}

// fill takes the draft's text into the wish, redacted, and queues its contact.
func (s *Service) fill(tx *mysql.Tx, w *Wish, d Draft, kind CategoryInfo) error {
	w.Category, w.Sensitive, w.OwnerLabel = kind.Code, kind.Sensitive, seal.MaskName(d.Contact.Name)
	if w.Practical = d.Practical; w.Sensitive {
		w.Estate = ""
	}
	var wrong [4]error
	text := func(name string) field { return field{"wish", int64(w.ID), fmt.Sprintf("%s.%d", name, w.Version)} }
	w.Title, wrong[0] = redact(tx, s.sealer, text("title"), d.Title)
	w.Description, wrong[1] = redact(tx, s.sealer, text("description"), d.Description)
	w.Estate, wrong[2] = redact(tx, s.sealer, text("estate"), w.Estate)
	if w.OwnerID == 0 {
		w.BeneficiaryPhone = s.sealer.Lookup(seal.PurposePhone, d.Contact.Phone)
	}
	wrong[3] = s.contacts.Save(tx, contact.Owner(state.Wish.Noun, w.ID), d.Contact)
	return errors.Join(errors.Join(wrong[:]...), index(tx, *w))
}

// index writes the words by which the wish is found: those that its card and its page show. Those of a sensitive
// description are none of them.
func index(tx *mysql.Tx, w Wish) error {
	text := w.Title + "\n" + w.shown()
	if !w.Sensitive {
		text += "\n" + w.Description
	}
	text = strings.ReplaceAll(text, content.Removed, "")
	var rows []mysql.Args
	for _, word := range words(text) {
		rows = append(rows, mysql.Args{"word": word, "wish": w.ID})
	}
	err := tx.Add("wish.forget_words", mysql.Args{"wish": w.ID})
	if len(rows) == 0 {
		return err
	}
	return errors.Join(err, tx.Add("wish.add_words", rows))
}

// Edit changes a wish that waits, or asks anew with one that was rejected. The
// community stays. Errors: those of Wish.Edit and media.Choice.To,
// fault.ReasonInvalidInput.
func (s *Service) Edit(ctx context.Context, actor id.User, wish id.Wish, d Draft,
	onCommit mysql.OnCommit[Wish]) (Wish, error) {
	var kind CategoryInfo
	var sort bool
	if err := s.db.Read(ctx, wantCategory(&kind, &sort, d.Category)); err != nil {
		return Wish{}, err
	}
	if err := d.check(sort); err != nil {
		return Wish{}, err
	}
	var w Wish
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by, photos := Actor{ID: actor}, media.Choose(actor, d.Photos)
		wants := append(lockWish(&w, wish), grant.CoveringMatter(&by.Grants, actor, state.Wish.Noun, wish))
		if d.Photos != nil {
			wants = append(wants, photos.WantsInstead(state.Wish.Noun, int64(wish))...)
		}
		if err := tx.Read(ctx, wants...); err != nil {
			return mysql.NotFound(err)
		}
		before := w
		if err := w.Edit(by, tx.Now()); err != nil {
			return err
		}
		if err := invalid(d.Contact.CheckHelper("contact.", w.OwnerID)); err != nil {
			return err
		}
		w.Version++ // of the originals that fill keeps
		err := s.fill(tx, &w, d, kind)
		w.Version--
		if err != nil {
			return err
		}
		err = errors.Join(s.saveStep(tx, before, w, matter.Step{Actor: actor, Name: state.EventEdit}),
			tx.Add("wish.edit", w), photos.To(tx, state.Wish.Noun, int64(w.ID)))
		return errors.Join(err, onCommit.Do(tx, w, err))
	})
	return w, err
}

// Review is a decision about a submitted wish.
type Review struct {
	Publish bool
	Reason  string // to the owner; needed to reject
	Points  *int64 // only to publish; nil: the rule's own
	InBatch bool   // with others, without looking at each
}

// Review publishes or rejects. Errors: fault.ReasonNotFound, those of
// Wish.Publish and Wish.Reject, fault.ReasonOneByOne in a batch for a sensitive
// wish, and for one whose texts were not passed.
func (s *Service) Review(ctx context.Context, actor id.User, wish id.Wish, r Review, onCommit mysql.OnCommit[Wish]) (
	Wish, error) {
	if err := fault.CheckText(&r.Reason, "reason", "原因", MaxReason); err != nil {
		return Wish{}, err
	}
	var w Wish
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		var rules []points.Rule
		var flagged bool
		err := tx.Read(ctx, append(lockWish(&w, wish), mysql.One(&flagged, "wish.is_flagged", mysql.Args{"wish": wish}),
			grant.CoveringMatter(&by.Grants, actor, state.Wish.Noun, wish), wantRules(&rules, wish))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		before, name := w, state.EventReject
		var g grant.Grant
		if r.Publish {
			name = state.EventPublish
			rule, _ := points.InForce(rules, points.WishFulfilled, w.NodeID, tx.Now())
			g, err = w.Publish(by, r.Points, rule, tx.Now())
		} else {
			g, err = w.Reject(by, r.Reason, tx.Now())
		}
		if err == nil && r.InBatch && (w.Sensitive || r.Publish && flagged) {
			err = fault.New(fault.ReasonOneByOne)
		}
		if err != nil {
			return err
		}
		err = s.saveWish(tx, before, w, byGrant(actor, g, name, r.Reason))
		if r.Publish {
			err = errors.Join(err, media.Approve(tx, state.Wish.Noun, int64(wish)),
				content.Approve(tx, state.Wish.Noun, int64(wish)))
		}
		return errors.Join(err, onCommit.Do(tx, w, err))
	})
	return w, err
}

// Withdraw takes the owner's wish back. Errors: those of Wish.Withdraw.
func (s *Service) Withdraw(ctx context.Context, actor id.User, wish id.Wish,
	onCommit mysql.OnCommit[Wish]) (Wish, error) {
	var w Wish
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			live  Claim
			taken bool
			all   []Participant
			by    = Actor{ID: actor}
		)
		err := tx.Read(ctx, append(lockWish(&w, wish), lockLiveClaim(&live, &taken, wish), participantsOf(&all, wish),
			grant.CoveringMatter(&by.Grants, actor, state.Wish.Noun, wish))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		live.keepOwn(all)
		before, liveBefore := w, live
		var claim *Claim
		if taken {
			claim = &live
		}
		if err := w.Withdraw(by, claim, tx.Now()); err != nil {
			return err
		}
		if taken {
			cancel := matter.Step{Actor: actor, Name: state.EventCancel}
			_, err = s.saveMatter(tx, Matter{before, liveBefore}, Matter{w, live}, cancel)
		} else {
			err = s.saveWish(tx, before, w, matter.Step{Actor: actor, Name: state.EventWithdraw})
		}
		return errors.Join(err, onCommit.Do(tx, w, err))
	})
	return w, err
}
