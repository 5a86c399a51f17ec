package membership

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"xinyuan/internal/clock"
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
	tree   *org.Tree
	grants *grant.Service
	sealer *seal.Sealer

	beforeLeaving func(ctx context.Context, tx *mysql.Tx, person id.User) error
}

// New returns the service over its parts.
func New(db *mysql.DB, tree *org.Tree, grants *grant.Service, sealer *seal.Sealer) *Service {
	return &Service{db: db, tree: tree, grants: grants, sealer: sealer}
}

// Request is a report-in as a member writes it.
type Request struct {
	NodeID   id.Node
	UnitID   id.Node
	RealName string
}

// MaxRealName is the longest real name, in characters.
const MaxRealName = letters.RealName

// ReportIn asks a community to take the person as a member. When the unit's
// roster has the name and nobody holds its place, that is the approval. Errors: fault.ReasonInvalidInput,
// fault.ReasonNotACommunity, fault.ReasonNotAUnit, fault.ReasonMembershipPending,
// fault.ReasonTooManyReportIns.
func (p *Service) ReportIn(ctx context.Context, person id.User, r Request, onCommit mysql.OnCommit[Membership]) (
	Membership, error) {
	r.RealName = strings.TrimSpace(r.RealName)
	if utf8.RuneCountInString(r.RealName) < 2 || fault.WrongText(r.RealName, "真实姓名", MaxRealName) != "" {
		return Membership{}, fault.BadField("realName", fmt.Sprintf("请填写真实姓名，2 到 %d 个字。", MaxRealName))
	}
	node, unit, err := p.placesOf(ctx, r)
	if err != nil {
		return Membership{}, err
	}
	var m Membership
	err = p.db.Tx(ctx, func(tx *mysql.Tx) error {
		m = Membership{UserID: person, NodeID: r.NodeID, NodeName: node.Name, UnitID: r.UnitID, UnitName: unit.Name}
		err := p.request(ctx, tx, &m, r.RealName)
		return errors.Join(err, onCommit.Do(tx, m, err))
	})
	if mysql.IsDuplicate(err, "memberships_pending") {
		err = fault.New(fault.ReasonMembershipPending)
	}
	return m, err
}

func (p *Service) placesOf(ctx context.Context, r Request) (node, unit org.Node, err error) {
	node, err = p.tree.GetNode(ctx, r.NodeID)
	if err != nil && !fault.Has(err, fault.ReasonNotFound) {
		return node, unit, err
	}
	if !node.Kind.TakesWishes() {
		return node, unit, fault.New(fault.ReasonNotACommunity)
	}
	unit, err = p.tree.GetNode(ctx, r.UnitID)
	if err != nil && !fault.Has(err, fault.ReasonNotFound) {
		return node, unit, err
	}
	if unit.Kind != org.KindUnit {
		return node, unit, fault.New(fault.ReasonNotAUnit)
	}
	return node, unit, nil
}

// request writes the report-in, and its approval where the roster has the name and nobody holds its place. Who waits
// is told the same, whether the name is unknown or used. Error: fault.ReasonTooManyReportIns.
func (p *Service) request(ctx context.Context, tx *mysql.Tx, m *Membership, realName string) error {
	var (
		person  []id.User
		old     Membership
		already bool
		recent  []time.Time
		names   = nameLookups{own: p.sealer.LookupAll(seal.PurposeName, NameKey(realName))}
	)
	// The person's row comes first, so that their own attempts come one after the other.
	wants := append([]mysql.Want{
		org.HoldPeople(tx, &person, m.UserID), HoldActive(tx, &old, &already, m.UserID),
	}, names.want(m.UnitID, m.UserID)...)
	wants = append(wants, mysql.One(&names.sealed, "membership.own_phone", mysql.Args{"user": m.UserID}),
		mysql.Many(&recent, "membership.recent", mysql.Args{
			"user": m.UserID, "limit": MaxReportIns,
		}))
	if err := tx.Read(ctx, wants...); err != nil {
		return err
	}
	month := clock.MonthOf(tx.Now())
	earlier := func(t time.Time) bool { return t.Before(month.From) }
	if len(recent) == MaxReportIns && !slices.ContainsFunc(recent, earlier) {
		return fault.New(fault.ReasonTooManyReportIns)
	}
	slot, err := names.approved(p.sealer, m.UserID)
	if err != nil {
		return err
	}
	m.NameLookup, m.EarlierID = names.stored(), names.earlier()
	if err := add(tx, p.sealer, m, realName, slot == nil); err != nil || slot == nil {
		return err
	}
	now := tx.Now()
	if already {
		if err := p.leave(tx, old, matter.Step{Name: state.EventLeave, Reason: "报到到新的社区"}); err != nil {
			return err
		}
	}
	before := *m
	m.RosterSlot = slot
	if err := m.approve(nil, now); err != nil {
		return err
	}
	err = p.saveMembership(tx, before, *m, matter.Step{Name: state.EventApprove, Reason: "单位名册中有此人"})
	m.Version++
	return err
}

// add writes a requested report-in with its first event. The real
// name is sealed. Staff is told if it waits for them.
func add(tx *mysql.Tx, sealer *seal.Sealer, m *Membership, realName string, waits bool) error {
	m.ID, m.Status, m.RequestedAt, m.Version = mysql.NewID[id.Membership](tx), state.Membership.Initial, tx.Now(), 1
	m.NameLabel = seal.MaskName(realName)
	name, err := sealer.Seal(NamePlace(m.ID), realName)
	if err != nil {
		return err
	}
	create := matter.Step{Actor: m.UserID, Name: state.EventCreate, Silent: !waits}
	made := m.matter()
	if !waits {
		made.Turns = nil
	}
	_, saved := matter.Save(tx, sealer, made, create)
	return errors.Join(
		tx.Add("membership.add", struct {
			Membership
			RealName []byte `db:"real_name"`
		}{*m, name}),
		saved)
}

// matter is the report-in as the register has it.
func (m Membership) matter() matter.Matter {
	turns := []matter.Turn{}
	if m.Status == state.MembershipRequested {
		turns = append(turns, matter.Decide(m.NodeID, m.RequestedAt))
	}
	return matter.Matter{
		Noun: state.Membership.Noun, ID: int64(m.ID), Node: m.NodeID, Desk: m.NodeID, Status: string(m.Status),
		Version: m.Version, Parties: matter.As(state.PartyMember, m.UserID), Turns: turns,
	}
}

// saveMembership queues the changed report-in and its step.
func (p *Service) saveMembership(tx *mysql.Tx, before, after Membership, by matter.Step) error {
	saved := tx.Add("membership.save", after)
	by.From = string(before.Status)
	after.Version++
	_, err := matter.Save(tx, p.sealer, after.matter().After(before.matter()), by)
	return errors.Join(err, saved)
}

func (p *Service) leave(tx *mysql.Tx, m Membership, s matter.Step) error {
	before := m
	if err := m.Leave(m.UserID, tx.Now()); err != nil {
		return err
	}
	return p.saveMembership(tx, before, m, s)
}

// Decision is staff's answer to a report-in.
type Decision struct {
	Approve bool
	Reason  string // needed to reject
	InBatch bool   // with others, without looking at each
}

// Review approves or rejects. A member who was active elsewhere leaves
// there. Errors: those of Membership.Approve and Membership.Reject,
// fault.ReasonOneByOne in a batch where another person has the name.
func (p *Service) Review(ctx context.Context, actor id.User, membership id.Membership, d Decision,
	onCommit mysql.OnCommit[Membership]) (Membership, error) {
	var m Membership
	err := p.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			old     Membership
			already bool
			grants  grant.Grants
			args    = mysql.Args{"membership": membership}
		)
		err := tx.Read(ctx, mysql.Maybe(&old, &already, "membership.lock_active_of_same", args),
			mysql.One(&m, "membership.lock", args), grant.CoveringDesk(&grants, actor, state.Membership.Noun, membership))
		if err != nil {
			return mysql.NotFound(err)
		}
		before, s := m, matter.Step{Actor: actor, Name: state.EventReject, Reason: d.Reason}
		var g grant.Grant
		if d.Approve {
			s.Name = state.EventApprove
			g, err = m.Approve(actor, grants, tx.Now())
		} else {
			g, err = m.Reject(actor, grants, d.Reason, tx.Now())
		}
		if err == nil && d.InBatch && m.EarlierID != 0 {
			err = fault.New(fault.ReasonOneByOne)
		}
		if err != nil {
			return err
		}
		if d.Approve && already {
			if err := p.leave(tx, old, matter.Step{Name: state.EventLeave, Reason: "报到到新的社区"}); err != nil {
				return err
			}
		}
		s.Grant = &g.ID
		err = p.saveMembership(tx, before, m, s)
		return errors.Join(err, onCommit.Do(tx, m, err))
	})
	return m, err
}

// BeforeLeaving registers what must happen in the transaction in which somebody
// ceases to be a member: the claims' package gives back what they had claimed.
func (p *Service) BeforeLeaving(f func(ctx context.Context, tx *mysql.Tx, person id.User) error) {
	p.beforeLeaving = f
}

// Leave ends the person's report-in, or takes a request back. Errors:
// those of Membership.Leave.
func (p *Service) Leave(ctx context.Context, actor id.User, membership id.Membership,
	onCommit mysql.OnCommit[Membership]) (Membership, error) {
	var m Membership
	err := p.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := tx.Get(ctx, &m, "membership.lock", mysql.Args{"membership": membership})
		if err != nil {
			return mysql.NotFound(err)
		}
		before := m
		if err := m.Leave(actor, tx.Now()); err != nil {
			return err
		}
		if before.Status == state.MembershipActive && p.beforeLeaving != nil {
			if err := p.beforeLeaving(ctx, tx, actor); err != nil {
				return err
			}
		}
		err = p.saveMembership(tx, before, m, matter.Step{Actor: actor, Name: state.EventLeave})
		return errors.Join(err, onCommit.Do(tx, m, err))
	})
	return m, err
}

// Sweep tells the next level of report-ins that still wait.
func (p *Service) Sweep(ctx context.Context) error {
	waiting := matter.Waiting{What: "waiting report-ins", Query: "membership.waiting", After: EscalateAfter}
	return matter.EscalateWaiting(ctx, p.db, waiting, p.escalate)
}

func (p *Service) escalate(ctx context.Context, membership id.Membership) error {
	return p.db.Tx(ctx, func(tx *mysql.Tx) error {
		var m Membership
		if err := tx.Get(ctx, &m, "membership.lock", mysql.Args{"membership": membership}); err != nil {
			return err
		}
		before := m
		if err := m.Escalate(tx.Now()); err != nil {
			return err
		}
		return p.saveMembership(tx, before, m, matter.Step{Name: state.EventEscalate})
	})
}

// FindActive returns the person's active report-in; false if there is none.
func (p *Service) FindActive(ctx context.Context, person id.User) (Membership, bool, error) {
	var m Membership
	err := p.db.Get(ctx, &m, "membership.active", mysql.Args{"user": person})
	if errors.Is(err, mysql.ErrNone) {
		return m, false, nil
	}
	return m, err == nil, err
}

// Filter chooses report-ins.
type Filter struct {
	Mine   bool // one's own; otherwise those at one's own nodes and units, for staff
	Status state.MembershipStatus
	Before id.Membership
	Limit  int
}

// List lists report-ins, the newest first. Without Mine it lists one
// status, by default those that wait. Error: fault.ReasonForbidden.
func (p *Service) List(ctx context.Context, actor id.User, f Filter) ([]Membership, error) {
	f.Before = id.OrLatest(f.Before)
	var all []Membership
	if f.Mine {
		err := p.db.Select(ctx, &all, "membership.mine", mysql.Args{
			"user": actor, "before": f.Before, "limit": f.Limit,
		})
		return all, err
	}
	if f.Status == "" {
		f.Status = state.Membership.Initial
	}
	nodes, err := p.grants.ListOverseen(ctx, actor)
	if err != nil {
		return nil, err
	}
	if len(nodes.Communities)+len(nodes.Units) == 0 {
		return nil, fault.New(fault.ReasonForbidden)
	}
	err = p.db.Select(ctx, &all, "membership.at", mysql.Args{
		"status": f.Status, "nodes": append(nodes.Communities, 0), "units": append(nodes.Units, 0),
		"before": f.Before, "limit": f.Limit,
	})
	if err != nil || len(nodes.Deciding) == 0 {
		return all, err
	}
	return all, p.showDeciders(ctx, all, nodes.Deciding)
}

// Show wants what a list of tasks shows of report-ins.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "membership.show", mysql.Args{"ids": ids})
}
