package agreement

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer) *Service { return &Service{db, sealer} }

// Create writes down what a community and a unit may agree on. Errors: fault.ReasonInvalidInput,
// fault.ReasonNotYourCommunity for who does not decide at the community.
func (s *Service) Create(ctx context.Context, actor id.User, d Draft,
	onCommit mysql.OnCommit[Agreement]) (Agreement, error) {
	if err := errors.Join(d.checkYear(s.db.Now()), checkLines(d.Lines)); err != nil {
		return Agreement{}, err
	}
	var (
		node, unit       org.Node
		hasNode, hasUnit bool
	)
	err := s.db.Read(ctx, org.WantNode(ctx, &node, &hasNode, d.NodeID), org.WantNode(ctx, &unit, &hasUnit, d.UnitID))
	switch {
	case err != nil:
		return Agreement{}, err
	case !hasNode || !node.Kind.TakesWishes():
		return Agreement{}, fault.BadField("nodeId", "请选是哪个社区。")
	case !hasUnit || unit.Kind != org.KindUnit:
		return Agreement{}, fault.BadField("unitId", "请选是哪个单位。")
	}
	var a Agreement
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			by     = Actor{ID: actor}
			open   []offered
			before int
		)
		a = Agreement{
			ID: mysql.NewID[id.Agreement](tx), NodeID: d.NodeID, UnitID: d.UnitID, Year: d.Year, CreatedAt: tx.Now(),
			NodeBody: cmp.Or(d.Body, BodyParty), UnitBody: BodyCoBuilding,
			Status: state.AgreementDraft, Version: 1, NodeName: node.Name, UnitName: unit.Name,
		}
		if err := tx.Read(ctx, append(by.wants(sides{NodeID: d.NodeID, UnitID: d.UnitID}),
			wantOffered(&open, d.Lines), wantBefore(&before, a), wantUnitBody(&a.UnitBody, a.UnitID))...); err != nil {
			return err
		}
		g, err := grant.Eligible(by.Place, grant.Parties{}, tx.Now())
		err = errors.Join(err, checkOffers(d.Lines, d.UnitID, open), a.checkDue(d.Lines, before > 0, tx.Now()))
		if err != nil {
			return err
		}
		_, err = matter.Save(tx, s.sealer, a.matter(), matter.Step{Actor: actor, Grant: &g.ID, Name: state.EventCreate})
		err = errors.Join(err, tx.Add("agreement.add", a), s.writeLines(tx, a, d.Lines, actor))
		return errors.Join(err, onCommit.Do(tx, a, err))
	})
	return a, err
}

// writeLines queues the lines of an agreement that has none, with numbers hidden in what others read.
func (s *Service) writeLines(tx *mysql.Tx, a Agreement, lines []Line, by id.User) error {
	var wrong error
	rows := make([]Line, len(lines))
	for i, l := range lines {
		f := matter.Field{Noun: state.Agreement.Noun, Subject: int64(a.ID), Name: fmt.Sprintf("line_%d.%d", i, a.Version)}
		clean, err := matter.HoldText(tx, s.sealer, f, matter.Writer{ID: by, Staff: true}, l.Text)
		wrong = errors.Join(wrong, err)
		l.AgreementID, l.Position, l.Text = a.ID, i, clean
		rows[i] = l
	}
	return errors.Join(wrong, tx.Add("agreement.add_lines", rows))
}

// act is one step: what it is called, what is said with it, the rule that allows it, and what else it changes.
type act struct {
	event  state.Event
	reason string
	rule   func(a *Agreement, by Actor, tx *mysql.Tx) (grant.Grant, error)
	then   func(tx *mysql.Tx, a *Agreement) error
}

// change locks an agreement, applies the rule, and writes the step.
func (s *Service) change(ctx context.Context, actor id.User, agreement id.Agreement,
	onCommit mysql.OnCommit[Agreement], do act) (Agreement, error) {
	var (
		a  Agreement
		at sides
	)
	if err := s.db.Get(ctx, &at, "agreement.sides", mysql.Args{"agreement": agreement}); err != nil {
		return a, mysql.NotFound(err)
	}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			by     = Actor{ID: actor}
			answer []id.User
		)
		a = Agreement{}
		if err := tx.Read(ctx, append(by.wants(at), wantSigning(&answer, at.UnitID, s.db.Now()),
			mysql.One(&a, "agreement.lock", mysql.Args{"agreement": agreement}))...); err != nil {
			return mysql.NotFound(err)
		}
		from := a.Status
		a.Version++
		g, err := do.rule(&a, by, tx)
		if err == nil {
			err = tx.Read(ctx, wantNames(&a))
		}
		if err != nil {
			return err
		}
		if do.then != nil {
			if err := do.then(tx, &a); err != nil {
				return err
			}
		}
		step := matter.Step{Actor: actor, Grant: &g.ID, Name: do.event, Reason: do.reason, From: string(from)}
		err = s.save(tx, a, step, answer)
		return errors.Join(err, onCommit.Do(tx, a, err))
	})
	if mysql.IsDuplicate(err, "agreements_signed") { // another version was signed at the same moment
		return a, fault.Because(fault.ReasonAgreementState, err)
	}
	return a, err
}

// Edit writes the lines of a draft anew, and as which body the community agrees, where it is said. Errors:
// fault.ReasonInvalidInput, and those of Agreement.Edit.
func (s *Service) Edit(ctx context.Context, actor id.User, agreement id.Agreement, d Draft,
	onCommit mysql.OnCommit[Agreement]) (Agreement, error) {
	lines := d.Lines
	if err := checkLines(lines); err != nil {
		return Agreement{}, err
	}
	return s.change(ctx, actor, agreement, onCommit, act{
		event: state.EventEdit,
		rule:  func(a *Agreement, by Actor, tx *mysql.Tx) (grant.Grant, error) { return a.Edit(by, tx.Now()) },
		then: func(tx *mysql.Tx, a *Agreement) error {
			var (
				open   []offered
				before int
			)
			a.NodeBody = cmp.Or(d.Body, a.NodeBody)
			if err := tx.Read(ctx, wantOffered(&open, lines), wantBefore(&before, *a)); err != nil {
				return err
			}
			return errors.Join(checkOffers(lines, a.UnitID, open), a.checkDue(lines, before > 0, tx.Now()),
				matter.ForgetTexts(tx, state.Agreement.Noun, []id.Agreement{a.ID}), // nobody decides about what was there
				tx.Add("agreement.drop_lines", mysql.Args{"agreement": a.ID}), s.writeLines(tx, *a, lines, actor))
		},
	})
}

// Dispatch signs it for the community, and asks the unit. Errors: those of Agreement.Dispatch.
func (s *Service) Dispatch(ctx context.Context, actor id.User, agreement id.Agreement,
	onCommit mysql.OnCommit[Agreement]) (Agreement, error) {
	return s.change(ctx, actor, agreement, onCommit, act{
		event: state.EventDispatch,
		rule:  func(a *Agreement, by Actor, tx *mysql.Tx) (grant.Grant, error) { return a.Dispatch(by, tx.Now()) },
		then:  func(tx *mysql.Tx, a *Agreement) error { return requireReady(ctx, tx, *a) },
	})
}

// Sign signs it for the unit, as the body that it says; the version before ends. Errors: those of Agreement.Sign.
func (s *Service) Sign(ctx context.Context, actor id.User, agreement id.Agreement, body Body,
	onCommit mysql.OnCommit[Agreement]) (Agreement, error) {
	return s.change(ctx, actor, agreement, onCommit, act{
		event: state.EventAccept,
		rule:  func(a *Agreement, by Actor, tx *mysql.Tx) (grant.Grant, error) { return a.Sign(by, tx.Now()) },
		then: func(tx *mysql.Tx, a *Agreement) error {
			if err := requireReady(ctx, tx, *a); err != nil {
				return err
			}
			a.UnitBody = cmp.Or(body, a.UnitBody)
			var before []Agreement
			err := tx.Select(ctx, &before, "agreement.lock_signed", mysql.Args{
				"node": a.NodeID, "unit": a.UnitID, "year": a.Year,
			})
			for _, old := range before {
				old.Version++
				err = errors.Join(err, old.Replace(a, tx.Now()), s.save(tx, old, matter.Step{
					Name: state.EventReplace, From: string(state.AgreementSigned),
				}, nil))
			}
			return err
		},
	})
}

// Return takes it back to its draft. Errors: fault.ReasonInvalidInput, and those of Agreement.Return.
func (s *Service) Return(ctx context.Context, actor id.User, agreement id.Agreement, reason string,
	onCommit mysql.OnCommit[Agreement]) (Agreement, error) {
	if err := fault.NeedText(&reason, "reason", "要改什么", letters.Reason); err != nil {
		return Agreement{}, err
	}
	return s.change(ctx, actor, agreement, onCommit, act{
		event: state.EventReturn, reason: reason,
		rule: func(a *Agreement, by Actor, tx *mysql.Tx) (grant.Grant, error) { return a.Return(by, tx.Now()) },
	})
}

// End ends it. Errors: fault.ReasonInvalidInput, and those of Agreement.End.
func (s *Service) End(ctx context.Context, actor id.User, agreement id.Agreement, reason string,
	onCommit mysql.OnCommit[Agreement]) (Agreement, error) {
	if err := fault.CheckText(&reason, "reason", "为什么结束", letters.Reason); err != nil {
		return Agreement{}, err
	}
	return s.change(ctx, actor, agreement, onCommit, act{
		event: state.EventEnd, reason: reason,
		rule: func(a *Agreement, by Actor, tx *mysql.Tx) (grant.Grant, error) { return a.End(by, reason, tx.Now()) },
	})
}

// View is an agreement as one person may see it.
type View struct {
	Agreement
	Lines   []Line
	History []matter.Entry
	Insider bool // of one of the sides
	May     May
}

// May is what the person may do with it now.
type May struct{ Edit, Offer, Sign, Return, End bool }

// Get returns an agreement with its lines and what was done of them. Error: fault.ReasonNotFound, also for whom it does
// not exist.
func (s *Service) Get(ctx context.Context, actor id.User, agreement id.Agreement) (View, error) {
	var (
		v    View
		at   sides
		by   = Actor{ID: actor}
		now  = s.db.Now()
		args = mysql.Args{"agreement": agreement}
	)
	if err := s.db.Get(ctx, &at, "agreement.sides", args); err != nil {
		return v, mysql.NotFound(err)
	}
	err := s.db.Read(ctx, append(by.wants(at), mysql.One(&v.Agreement, "agreement.get", args),
		wantLines(&v.Lines, agreement), matter.History(&v.History, state.Agreement.Noun, int64(agreement)))...)
	if err != nil {
		return v, mysql.NotFound(err)
	}
	if !by.Sees(v.Agreement, now) {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	try := fault.Trial(v.Agreement)
	_, forUnit := by.forUnit(now)
	v.Insider = forUnit || by.Place.Reads(now)
	v.May = May{
		Edit:   try(func(a *Agreement) error { _, err := a.Edit(by, now); return err }),
		Offer:  try(func(a *Agreement) error { _, err := a.Dispatch(by, now); return err }),
		Sign:   try(func(a *Agreement) error { _, err := a.Sign(by, now); return err }),
		Return: try(func(a *Agreement) error { _, err := a.Return(by, now); return err }),
		End:    try(func(a *Agreement) error { _, err := a.End(by, "-", now); return err }),
	}
	return v, nil
}

// Scope is which agreements a list is of.
type Scope string

// The scopes.
const (
	ScopeSigned Scope = "signed" // by both, of a year that may be over
	ScopeMine   Scope = "mine"   // of whatever status, of the communities and units for which the actor speaks
)

// Scopes lists every scope.
func Scopes() []Scope { return []Scope{ScopeSigned, ScopeMine} }

// Filter chooses agreements.
type Filter struct {
	Scope  Scope
	Node   id.Node      // of communities at or below it; 0: all
	Unit   id.Node      // 0: all
	Cursor id.Agreement // the last of the page before; 0: the first page
	Limit  int
}

// Listed is an agreement in a list.
type Listed struct {
	Agreement
	Lines []Line
}

// List lists agreements with their lines, the latest written first.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Listed, error) {
	query := "agreement.page_signed"
	if f.Scope == ScopeMine {
		query = "agreement.page_mine"
	}
	var all []Agreement
	err := s.db.Select(ctx, &all, query, mysql.Args{
		"user": actor, "node": f.Node, "unit": f.Unit, "before": id.OrLatest(f.Cursor), "limit": f.Limit,
		"at": s.db.Now(), "signing": Signing(), "roles": id.Deciders(),
	})
	if err != nil {
		return nil, err
	}
	return s.withLines(ctx, all)
}

// withLines reads the lines of agreements.
func (s *Service) withLines(ctx context.Context, all []Agreement) ([]Listed, error) {
	if len(all) == 0 {
		return nil, nil
	}
	var (
		lines []Line
		ids   []id.Agreement
	)
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	if err := s.db.Read(ctx, wantLines(&lines, ids...)); err != nil {
		return nil, err
	}
	listed := make([]Listed, len(all))
	for i, a := range all {
		listed[i].Agreement = a
		for _, l := range lines {
			if l.AgreementID == a.ID {
				listed[i].Lines = append(listed[i].Lines, l)
			}
		}
	}
	return listed, nil
}
