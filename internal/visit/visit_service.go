package visit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
	"xinyuan/internal/term"
)

// Service runs the rules in transactions. Locks are taken in one order: visit, then the needs that it brings.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
	needs  *need.Service
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer, needs *need.Service) *Service {
	return &Service{db, sealer, needs}
}

// Plan says that the actor comes, uninvited, and DaysBefore it at the latest. Errors: fault.ReasonInvalidInput,
// fault.ReasonNotACommunity, and fault.ReasonNotYourCommunity for who does not answer for the place.
func (s *Service) Plan(ctx context.Context, actor id.User, node id.Node, m Meeting,
	onCommit mysql.OnCommit[Visit]) (Visit, error) {
	now := s.db.Now()
	if err := errors.Join(m.trim(), m.check(now), m.checkNotice(now)); err != nil {
		return Visit{}, err
	}
	return s.create(ctx, node, onCommit, func(tx *mysql.Tx, v *Visit) (matter.Step, error) {
		by := Actor{ID: actor}
		if err := tx.Read(ctx, grant.Covering(&by.Grants, actor, node)); err != nil {
			return matter.Step{}, err
		}
		g, err := by.leads(tx.Now())
		v.Status, v.LeaderID, v.StartsAt, v.EndsAt = state.VisitPlanned, actor, &m.StartsAt, &m.EndsAt
		wrote := matter.Writer{ID: actor, Staff: true}
		return matter.Step{Actor: actor, Grant: &g.ID, Name: state.EventCreate}, errors.Join(err, s.write(tx, v, m, wrote))
	})
}

// Invite asks the leader who answers for a place to come. Errors: fault.ReasonInvalidInput, also where nobody answers
// for the place, fault.ReasonNotACommunity, fault.ReasonVisitState while an invitation of the actor waits.
func (s *Service) Invite(ctx context.Context, actor id.User, node id.Node, m Meeting,
	onCommit mysql.OnCommit[Visit]) (Visit, error) {
	if err := errors.Join(m.trim(), fault.NeedText(&m.Subject, "subject", "想说的事", letters.VisitSubject)); err != nil {
		return Visit{}, err
	}
	return s.create(ctx, node, onCommit, func(tx *mysql.Tx, v *Visit) (matter.Step, error) {
		var (
			held    []id.User
			leaders []id.User
			waiting int
			args    = mysql.Args{"node": node, "user": actor, "at": tx.Now()}
		)
		if err := tx.Read(ctx, org.HoldPeople(tx, &held, actor), mysql.Many(&leaders, "visit.leaders", args),
			mysql.One(&waiting, "visit.invitations", args)); err != nil {
			return matter.Step{}, err
		}
		switch {
		case waiting > 0:
			return matter.Step{}, fault.New(fault.ReasonVisitState).Saying("您已经请过一次，等回话就好。")
		case len(leaders) == 0:
			return matter.Step{}, fault.BadField("nodeId", "这里还没有包保领导。要说的事，可以现在就说给社区。")
		}
		v.Status, v.LeaderID, v.OwnerID = state.VisitInvited, leaders[0], actor
		return matter.Step{Actor: actor, Name: state.EventCreate}, s.write(tx, v, m, matter.Writer{ID: actor})
	})
}

// create writes a new visit as fill leaves it.
func (s *Service) create(ctx context.Context, at id.Node, onCommit mysql.OnCommit[Visit],
	fill func(*mysql.Tx, *Visit) (matter.Step, error)) (Visit, error) {
	var (
		node   org.Node
		placed bool
		v      Visit
	)
	if err := s.db.Read(ctx, org.WantNode(ctx, &node, &placed, at)); err != nil {
		return v, err
	}
	if !node.Kind.TakesWishes() {
		return v, fault.New(fault.ReasonNotACommunity)
	}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		v = Visit{ID: mysql.NewID[id.Visit](tx), NodeID: at, CreatedAt: tx.Now(), Version: 1}
		step, err := fill(tx, &v)
		if err != nil {
			return err
		}
		_, err = matter.Save(tx, s.sealer, v.matter(), step)
		err = errors.Join(err, tx.Add("visit.add", v), v.complete(ctx, tx))
		return errors.Join(err, onCommit.Do(tx, v, err))
	})
	return v, err
}

// trim checks the texts.
func (m *Meeting) trim() error {
	return errors.Join(fault.NeedText(&m.Place, "place", "地点", letters.Place),
		fault.CheckText(&m.Subject, "subject", "想听的事", letters.VisitSubject))
}

func (v *Visit) field(name string) matter.Field {
	return matter.Field{Noun: state.Visit.Noun, Subject: int64(v.ID), Name: fmt.Sprintf("%s.%d", name, v.Version)}
}

// write takes the texts that others read, with numbers hidden.
func (s *Service) write(tx *mysql.Tx, v *Visit, m Meeting, by matter.Writer) error {
	var wrong [2]error
	v.Place, wrong[0] = matter.HoldText(tx, s.sealer, v.field("place"), by, m.Place)
	v.Subject, wrong[1] = matter.HoldText(tx, s.sealer, v.field("subject"), by, m.Subject)
	return errors.Join(wrong[:]...)
}

// change locks a visit, applies the rule, and writes the step that it gives.
func (s *Service) change(ctx context.Context, actor id.User, visit id.Visit, onCommit mysql.OnCommit[Visit],
	rule func(tx *mysql.Tx, v *Visit, by Actor) (matter.Step, error)) (Visit, error) {
	var v Visit
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		v = Visit{}
		if err := tx.Read(ctx, mysql.One(&v, "visit.lock", mysql.Args{"visit": visit}),
			grant.CoveringMatter(&by.Grants, actor, state.Visit.Noun, visit)); err != nil {
			return mysql.NotFound(err)
		}
		from, before := v.Status, v.matter()
		v.Version++
		step, err := rule(tx, &v, by)
		if err != nil {
			return err
		}
		step.Actor, step.From = actor, string(from)
		_, err = matter.Save(tx, s.sealer, v.matter().After(before), step)
		err = errors.Join(err, tx.Add("visit.save", v), v.complete(ctx, tx))
		return errors.Join(err, onCommit.Do(tx, v, err))
	})
	return v, err
}

// complete reads what people are shown of a visit in the place of ids.
func (v *Visit) complete(ctx context.Context, tx *mysql.Tx) error {
	return tx.Read(ctx, mysql.One(v, "visit.names_of", mysql.Args{"node": v.NodeID, "leader": v.LeaderID}))
}

// Schedule says where and when. Errors: fault.ReasonInvalidInput, and those of Visit.Schedule.
func (s *Service) Schedule(ctx context.Context, actor id.User, visit id.Visit, m Meeting,
	onCommit mysql.OnCommit[Visit]) (Visit, error) {
	if err := m.trim(); err != nil {
		return Visit{}, err
	}
	return s.change(ctx, actor, visit, onCommit, func(tx *mysql.Tx, v *Visit, by Actor) (matter.Step, error) {
		g, event, err := v.Schedule(by, m, tx.Now())
		wrote := matter.Writer{ID: actor, Staff: true}
		return matter.Step{Grant: &g.ID, Name: event}, errors.Join(err, s.write(tx, v, m, wrote))
	})
}

// Cancel says that nobody comes. Errors: fault.ReasonInvalidInput, and those of Visit.Cancel.
func (s *Service) Cancel(ctx context.Context, actor id.User, visit id.Visit, reason string,
	onCommit mysql.OnCommit[Visit]) (Visit, error) {
	if err := fault.CheckText(&reason, "reason", "原因", letters.Reason); err != nil {
		return Visit{}, err
	}
	return s.change(ctx, actor, visit, onCommit, func(tx *mysql.Tx, v *Visit, by Actor) (matter.Step, error) {
		g, event, err := v.Cancel(by, reason, tx.Now())
		return matter.Step{Grant: g, Name: event, Reason: reason}, err
	})
}

// Withdraw takes back an invitation of the actor's. Errors: those of Visit.Cancel.
func (s *Service) Withdraw(ctx context.Context, actor id.User, visit id.Visit,
	onCommit mysql.OnCommit[Visit]) (Visit, error) {
	return s.Cancel(ctx, actor, visit, "", onCommit)
}

// Line is one thing that was heard, and what the leader promised about it.
type Line struct {
	need.Draft
	Promise string // empty: nothing
}

// Notes are what is written down of a visit.
type Notes struct {
	WithWhom string
	Lines    []Line
}

// check trims the notes; the needs are checked where they are written. Error: fault.ReasonInvalidInput.
func (n *Notes) check() error {
	err := fault.CheckText(&n.WithWhom, "withWhom", "和谁聊的", letters.VisitSubject)
	promises := 0
	for i := range n.Lines {
		err = errors.Join(err, fault.CheckText(&n.Lines[i].Promise, fmt.Sprintf("lines.%d.promise", i), "答应的话",
			letters.Promise))
		if n.Lines[i].Promise != "" {
			promises++
		}
	}
	switch {
	case err != nil:
		return err
	case len(n.Lines) > letters.VisitLines:
		return fault.BadField("lines", "一次最多记八件事。")
	case promises > letters.VisitPromises:
		return fault.BadField("lines", "一次最多答应五件事。")
	}
	return nil
}

// Hold writes down what was heard: each thing becomes a need in the same moment. Errors: fault.ReasonInvalidInput,
// those of Visit.Hold and of need.Service.Hear.
func (s *Service) Hold(ctx context.Context, actor id.User, visit id.Visit, n Notes,
	onCommit mysql.OnCommit[Visit]) (Visit, error) {
	if err := n.check(); err != nil {
		return Visit{}, err
	}
	return s.change(ctx, actor, visit, onCommit, func(tx *mysql.Tx, v *Visit, by Actor) (matter.Step, error) {
		g, err := v.Hold(by, tx.Now())
		if err != nil {
			return matter.Step{}, err
		}
		wrote := matter.Writer{ID: actor, Staff: true}
		v.WithWhom, err = matter.HoldText(tx, s.sealer, v.field("with_whom"), wrote, n.WithWhom)
		return matter.Step{Grant: &g.ID, Name: state.EventHold}, errors.Join(err, s.hear(ctx, tx, v, n.Lines))
	})
}

// hear makes a need of each line.
func (s *Service) hear(ctx context.Context, tx *mysql.Tx, v *Visit, lines []Line) error {
	drafts := make([]need.Draft, len(lines))
	for i, l := range lines {
		drafts[i] = l.Draft
	}
	needs, err := s.needs.Hear(ctx, tx, v.RecorderID, v.NodeID, drafts)
	if err != nil || len(needs) == 0 {
		return err
	}
	rows := make([]mysql.Args, len(needs))
	for i, n := range needs {
		f := v.field("promise")
		f.Name = fmt.Sprintf("promise_%d", i)
		promise, err := matter.HoldText(tx, s.sealer, f, matter.Writer{ID: v.RecorderID, Staff: true}, lines[i].Promise)
		if err != nil {
			return err
		}
		rows[i] = mysql.Args{"visit": v.ID, "position": i, "need": n.ID, "promise": promise}
	}
	return tx.Add("visit.add_needs", rows)
}

// View is a visit as one person may see it.
type View struct {
	Visit
	Brought []Brought
	History []matter.Entry
	Insider bool
	May     May
}

// Brought is a need that a visit brought.
type Brought struct {
	NeedID  id.Need `db:"need_id"`
	Year    int     `db:"year"`
	Serial  int     `db:"number"`
	Text    string  `db:"text"`
	Place   string  `db:"place"`
	Promise string  `db:"promise"`
	// HeldText and HeldPlace are what others do not read, because the check has not passed it.
	HeldText  string `db:"held_text"`
	HeldPlace string `db:"held_place"`

	Public bool             `db:"is_public"`
	Status state.NeedStatus `db:"status"`
	Solved *need.Solved     `db:"solved"` // the resident's word; nil: none yet
	Term   term.Code        `db:"term_code"`
	DueAt  time.Time        `db:"due_at"`
}

// Number is what people quote.
func (b Brought) Number() string { return need.Need{Year: b.Year, Serial: b.Serial}.Number() }

// open puts what others do not read in its place, for who held the visit and for staff.
func (b *Brought) open() { b.Text, b.Place = cmp.Or(b.HeldText, b.Text), cmp.Or(b.HeldPlace, b.Place) }

// isOpen tells whether everybody may read it.
func (b Brought) isOpen() bool {
	return need.Need{Public: b.Public, Status: b.Status}.IsOpen()
}

// May is what the person may do with it now.
type May struct{ Schedule, Cancel, Hold bool }

// Get reads a visit for a person. Error: fault.ReasonNotFound.
func (s *Service) Get(ctx context.Context, actor id.User, visit id.Visit) (View, error) {
	v, by, args := View{}, Actor{ID: actor}, mysql.Args{"visit": visit}
	err := s.db.Read(ctx, mysql.One(&v.Visit, "visit.get", args), mysql.Many(&v.Brought, "visit.brought", args),
		grant.CoveringMatter(&by.Grants, actor, state.Visit.Noun, visit),
		matter.History(&v.History, state.Visit.Noun, int64(visit)))
	if err != nil {
		return v, mysql.NotFound(err)
	}
	now := s.db.Now()
	if !by.Sees(v.Visit, now) {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	v.Insider = by.isInsider(v.Visit, now)
	if !v.Insider {
		v.Brought = slices.DeleteFunc(v.Brought, func(b Brought) bool { return !b.isOpen() })
	}
	if v.Insider && actor != v.OwnerID {
		for i := range v.Brought {
			v.Brought[i].open()
		}
	}
	try := fault.Trial(v.Visit)
	v.May.Schedule = try(func(v *Visit) error { _, _, err := v.take(by, now); return err })
	v.May.Cancel = try(func(v *Visit) error { _, _, err := v.Cancel(by, "-", now); return err })
	v.May.Hold = try(func(v *Visit) error { _, err := v.Hold(by, now); return err })
	return v, nil
}

// Scope is which visits a list is of.
type Scope string

// The scopes.
const (
	ScopeComing Scope = "coming" // that are announced, the next first
	ScopeLed    Scope = "led"    // that the actor holds, or is asked for
	ScopeMine   Scope = "mine"   // that the actor asked for
	ScopePlace  Scope = "place"  // that were held at a place
)

// Scopes lists every scope.
func Scopes() []Scope { return []Scope{ScopeComing, ScopeLed, ScopeMine, ScopePlace} }

// Filter chooses visits.
type Filter struct {
	Scope  Scope
	Node   id.Node  // at or below it; 0: all
	Cursor id.Visit // the last of the page before; 0: the first page
	Limit  int
}

// List lists visits, the latest written first. Error: fault.ReasonInvalidInput.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Visit, error) {
	query, known := map[Scope]string{
		ScopeComing: "visit.page_coming", ScopeLed: "visit.page_led", ScopeMine: "visit.page_mine",
		ScopePlace: "visit.page_place",
	}[f.Scope]
	if !known {
		return nil, fault.BadField("scope", "请从给出的范围里选。")
	}
	var all []Visit
	err := s.db.Select(ctx, &all, query, mysql.Args{
		"user": actor, "node": f.Node, "before": id.OrLatest(f.Cursor), "limit": f.Limit, "at": s.db.Now(),
	})
	return all, err
}

// Sweep closes visits whose needs all have an end.
func (s *Service) Sweep(ctx context.Context) error {
	var done []id.Visit
	if err := s.db.Select(ctx, &done, "visit.done", mysql.Args{"limit": sweep.Size}); err != nil {
		return err
	}
	return sweep.Each(ctx, "visits that are done", done, s.close)
}

func (s *Service) close(ctx context.Context, visit id.Visit) error {
	_, err := s.change(ctx, 0, visit, nil, func(tx *mysql.Tx, v *Visit, _ Actor) (matter.Step, error) {
		var open int
		if err := tx.Get(ctx, &open, "visit.open_needs", mysql.Args{"visit": visit}); err != nil {
			return matter.Step{}, err
		}
		return matter.Step{Name: state.EventClose}, v.Close(open, tx.Now())
	})
	return err
}
