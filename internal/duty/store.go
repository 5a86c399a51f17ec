package duty

import (
	"errors"
	"time"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// ends are where an admission is asked for, decided and used, which never change.
type ends struct {
	UnitID id.Node `db:"unit_id"`
	NodeID id.Node `db:"node_id"`
	DeskID id.Node `db:"desk_id"`

	UnitName string `db:"unit_name"`
	NodeName string `db:"node_name"`
}

// wants reads the actor's grants at all three.
func (a *Actor) wants(at ends) []mysql.Want {
	return []mysql.Want{
		grant.Covering(&a.Desk, a.ID, at.DeskID), grant.Covering(&a.Unit, a.ID, at.UnitID),
		grant.Covering(&a.Place, a.ID, at.NodeID),
	}
}

// wantReached wants who answers for the place that it reaches.
func wantReached(dest *[]id.User, node id.Node, now time.Time) mysql.Want {
	return mysql.Many(dest, "duty.reached", mysql.Args{"node": node, "roles": id.Deciders(), "at": now})
}

// matter is the admission as the register has it.
func (a Admission) matter() matter.Matter {
	m := matter.Matter{
		Noun: state.Admission.Noun, ID: int64(a.ID), Title: matter.TitleOf(a.What), Node: a.NodeID, Desk: a.DeskID,
		Status: string(a.Status), Version: a.Version, Turns: []matter.Turn{},
		Parties: matter.As(state.PartySender, a.AskerID),
	}
	if a.Status == state.AdmissionAsked {
		m.Turns = append(m.Turns, matter.Decide(a.DeskID, a.AskedAt))
	}
	return m
}

// save queues the changed admission and its step, and tells whom it reaches.
func (s *Service) save(tx *mysql.Tx, before, after Admission, by matter.Step, reached []id.User) error {
	by.From = string(before.Status)
	next := after
	next.Version++
	m := next.matter().After(before.matter())
	for _, p := range matter.As(state.PartyResponder, reached...) {
		p.Informed = true
		m.Parties = append(m.Parties, p)
	}
	_, err := matter.Save(tx, s.sealer, m, by)
	return errors.Join(err, tx.Add("duty.save", next))
}

// Show wants what a list of tasks shows of admissions.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "duty.show", mysql.Args{"ids": ids})
}
