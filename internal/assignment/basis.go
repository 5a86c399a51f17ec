package assignment

import (
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/fault"
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
// department gives, and what a department leads is only helped with. A department is named as who leads, and helps
// whom the sender has chosen by the list: itself, or another of the receivers.
func (l line) covers(d Sending, sender, to Body, r Receiver) bool {
	switch to {
	case BodyUnit:
		return l.LeadID != 0 && (l.LeadID == r.Node || r.Kind == KindHelp && (l.LeadID == d.From || d.asks(l.LeadID)))
	case BodyCommunity, BodyStreet:
	case BodyCounty, BodyVendor, BodyGroup, BodyMeeting:
		return false
	}
	switch {
	case l.ID == 0, to == BodyCommunity && !l.Community:
		return false
	case l.Own:
		return sender != BodyUnit
	case sender == BodyUnit:
		return l.LeadID == d.From && r.Kind == KindHelp
	}
	return r.Kind == KindHelp
}

// asks tells whether the body is one of the receivers.
func (s Sending) asks(body id.Node) bool {
	return slices.ContainsFunc(s.To, func(r Receiver) bool { return r.Node == body })
}

// notNamed refuses a line of the duty list that does not name the receiver. Error: fault.ReasonInvalidInput.
func (l line) notNamed(receiver string) error {
	return fault.BadField("dutyId", fmt.Sprintf("职责清单第 %d 项没有写%s，请换一项，或者不选。", l.Number, receiver))
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
		Duty: g.line.covers(d, sender, to, r), Admitted: slices.Contains(g.admitted, r.Node),
	}
}
