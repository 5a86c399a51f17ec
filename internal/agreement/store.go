package agreement

import (
	"errors"
	"time"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// sides are who agrees, which never change.
type sides struct {
	NodeID id.Node `db:"node_id"`
	UnitID id.Node `db:"unit_id"`
}

// wantNames wants the names of an agreement that is being written.
func wantNames(a *Agreement) mysql.Want {
	return mysql.One(a, "agreement.names_of", mysql.Args{
		"node": a.NodeID, "unit": a.UnitID, "sender": a.SenderID, "signer": a.SignerID,
	})
}

// wants reads the actor's grants at both.
func (a *Actor) wants(at sides) []mysql.Want {
	return []mysql.Want{grant.Covering(&a.Place, a.ID, at.NodeID), grant.Covering(&a.Unit, a.ID, at.UnitID)}
}

// wantSigning wants who signs for the unit.
func wantSigning(dest *[]id.User, unit id.Node, now time.Time) mysql.Want {
	return mysql.Many(dest, "agreement.signing", mysql.Args{"unit": unit, "roles": Signing(), "at": now})
}

// wantOffered wants the offers that lines name.
func wantOffered(dest *[]offered, lines []Line) mysql.Want {
	ids := []id.Offer{0} // a list is never empty
	for _, l := range lines {
		ids = append(ids, l.OfferID)
	}
	return mysql.Many(dest, "agreement.offered", mysql.Args{"offers": ids})
}

// wantBefore wants how many versions of an agreement are signed: one, or none.
func wantBefore(dest *int, a Agreement) mysql.Want {
	return mysql.One(dest, "agreement.before", mysql.Args{"unit": a.UnitID, "node": a.NodeID, "year": a.Year})
}

// wantUnitBody wants the body as which the unit has signed last; dest stays as it is where it has signed nothing.
func wantUnitBody(dest *Body, unit id.Node) mysql.Want {
	return mysql.One(dest, "agreement.unit_body", mysql.Args{"unit": unit, "none": *dest})
}

// wantLines wants the lines of agreements with what was done of them.
func wantLines(dest *[]Line, agreements ...id.Agreement) mysql.Want {
	return mysql.Many(dest, "agreement.lines", mysql.Args{"agreements": agreements})
}

// save queues the changed agreement and its step, and tells who signs for the unit.
func (s *Service) save(tx *mysql.Tx, a Agreement, step matter.Step, signing []id.User) error {
	m := a.matter()
	for _, p := range matter.As(state.PartyResponder, signing...) {
		p.Informed = true
		m.Parties = append(m.Parties, p)
	}
	_, err := matter.Save(tx, s.sealer, m, step)
	return errors.Join(err, tx.Add("agreement.save", a))
}
