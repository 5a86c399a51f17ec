package state

import (
	"reflect"
	"slices"
)

// lifecycles are those of all nouns. Whatever goes over every noun starts here: the
// document, the client's states, the doctor, the lists of words in the database and
// the contract.
var lifecycles = []Lifecycle{
	Wish.lifecycle(),
	Claim.lifecycle(),
	Membership.lifecycle(),
	Grant.lifecycle(),
	User.lifecycle(),
	Team.lifecycle(),
	TeamMember.lifecycle(),
	Activity.lifecycle(),
	Signup.lifecycle(),
	Record.lifecycle(),
	Join.lifecycle(),
	Objection.lifecycle(),
	Certificate.lifecycle(),
	Complaint.lifecycle(),
	Case.lifecycle(),
	Node.lifecycle(),
	Need.lifecycle(),
	Assignment.lifecycle(),
	Visit.lifecycle(),
	Admission.lifecycle(),
	Offer.lifecycle(),
	Booking.lifecycle(),
	Agreement.lifecycle(),
	Project.lifecycle(),
	Brand.lifecycle(),
}

// All lists every lifecycle, in the order of docs/lifecycles.md.
func All() []Lifecycle { return slices.Clone(lifecycles) }

// Lifecycle is a noun's Machine, whatever the type of its statuses.
type Lifecycle struct {
	Noun     string
	Table    string
	Type     string // of its statuses, as in state.WishStatus
	Statuses []string
	Arrows   []Transition[string]
	Messages []Message
	Mermaid  string

	Begins func(string) bool
	Next   func(from string, e Event) (string, bool)
}

func (m Machine[S]) lifecycle() Lifecycle {
	l := Lifecycle{
		Noun: m.Noun, Table: m.Table, Type: reflect.TypeFor[S]().String(), Messages: m.Messages, Mermaid: m.Mermaid(),
		Begins: func(s string) bool { return m.Begins(S(s)) },
		Next: func(from string, e Event) (string, bool) {
			to, ok := m.Next(S(from), e)
			return string(to), ok
		},
	}
	for _, s := range m.Statuses() {
		l.Statuses = append(l.Statuses, string(s))
	}
	for _, t := range m.Transitions {
		l.Arrows = append(l.Arrows, Transition[string]{string(t.From), t.Event, string(t.To), t.By, t.Note})
	}
	return l
}

// Events lists what can happen to the noun.
func (l Lifecycle) Events() []Event {
	all := []Event{EventCreate}
	for _, t := range l.Arrows {
		if !slices.Contains(all, t.Event) {
			all = append(all, t.Event)
		}
	}
	return all
}
