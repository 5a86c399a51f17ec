package assignment

import (
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// line is what an assignment names of the duty list, as it holds on the day of the sending.
type line struct {
	ID        id.Duty `db:"id"`
	Number    int     `db:"number"`
	Own       bool    `db:"is_own"`       // the street's own, and not a department's that it assists
	LeadID    id.Node `db:"lead_id"`      // the department that leads; 0: the street
	Community bool    `db:"is_community"` // communities take part
}

// covers tells whether the list names the receiver for what the sender asks: the street's own is nothing that a
// department gives, and what a department leads is only helped with.
func (l line) covers(from id.Node, sender, to Body, kind Kind) bool {
	switch {
	case l.ID == 0, to == BodyCommunity && !l.Community:
		return false
	case l.Own:
		return sender != BodyUnit
	case sender == BodyUnit:
		return l.LeadID == from && kind == KindHelp
	}
	return kind == KindHelp
}

// clause is how a line is quoted.
func (l line) clause() string { return fmt.Sprintf("职责清单第 %d 项", l.Number) }

// grounds are what a sending stands on beside its direction.
type grounds struct {
	line     line
	listed   bool      // the line named holds today
	admitted []id.Node // the receivers that the admission named reaches today
}

// wants holds the line and the admission, so that neither ends before what stands on it is sent.
func (g *grounds) wants(d Sending, now time.Time) []mysql.Want {
	var all []mysql.Want
	if d.Duty != 0 {
		all = append(all, mysql.Maybe(&g.line, &g.listed, "assignment.line", mysql.Args{"duty": d.Duty, "at": now}))
	}
	if d.Admission != 0 {
		nodes := make([]id.Node, len(d.To))
		for i, r := range d.To {
			nodes[i] = r.Node
		}
		all = append(all, mysql.Many(&g.admitted, "assignment.admitted", mysql.Args{
			"admission": d.Admission, "from": d.From, "nodes": nodes, "at": now,
		}))
	}
	return all
}

// basis is what the sending to one receiver stands on.
func (g *grounds) basis(d Sending, sender, to Body, r Receiver) Basis {
	return Basis{
		Duty: g.line.covers(d.From, sender, to, r.Kind), Admitted: slices.Contains(g.admitted, r.Node),
	}
}
