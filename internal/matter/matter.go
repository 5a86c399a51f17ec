// Package matter is the register: whatever has a lifecycle is a matter, named by its
// noun and id, and each step of it goes through Save, which writes the history, tells
// whom the step concerns, and keeps the matter's row, so that lists name a matter
// without asking its noun.
package matter

import (
	"errors"
	"slices"
	"unicode/utf8"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Matter is a row of the register, and who takes part. The register is no list for
// people: each reader asks for what concerns the asker, or titles leak.
type Matter struct {
	Noun    string  `db:"noun"`
	ID      int64   `db:"id"`
	OfNoun  string  `db:"of_noun"` // what it belongs to, which names it where it has no title: a claim's wish
	OfID    int64   `db:"of_id"`   // 0: nothing
	Number  string  `db:"number"`  // for people to quote; empty: none
	Title   string  `db:"title"`   // as its noun stores it, with numbers hidden; a grant's is its role
	Node    id.Node `db:"node_id"` // 0: where what it belongs to is, or nowhere
	Desk    id.Node `db:"desk_id"` // where it is decided; 0: staff do not decide it
	Status  string  `db:"status"`
	Version int     `db:"version"`
	Parties []Party `db:"-"` // all of them: those whom a step concerns, and who does not decide
	Turns   []Turn  `db:"-"` // all of them; nil: as they were
}

// maxTitle is how many letters of a text name a matter.
const maxTitle = 60

// TitleOf is the beginning of a text that has no title of its own.
func TitleOf(text string) string {
	letters := []rune(text)
	return string(letters[:min(len(letters), maxTitle)])
}

// Party is a person and what they are in the matter; nobody where the person is 0.
type Party struct {
	Part   state.Party // empty: nothing that an event tells; only no decider
	Person id.User
	// Phone is the look-up of the phone by which alone somebody is known, who is the
	// Person as long as the phone is theirs; empty: the person themself.
	Phone string
	// Personal tells that it is the person's own matter though no part says so.
	Personal bool
	// Informed tells that the person is only told, and decides like anybody.
	Informed bool
}

// As are people who all are the same in the matter.
func As(part state.Party, people ...id.User) []Party {
	all := make([]Party, len(people))
	for i, person := range people {
		all[i] = Party{Part: part, Person: person}
	}
	return all
}

// Informed are people who are told of a step, and decide like anybody.
func Informed(part state.Party, people ...id.User) []Party {
	all := As(part, people...)
	for i := range all {
		all[i].Informed = true
	}
	return all
}

// isPersonal tells whether a deputy whom the party chose does not decide either.
func (p Party) isPersonal() bool {
	switch p.Part {
	case state.PartyOwner, state.PartyMember, state.PartyClaimant, state.PartyInvited, state.PartyVolunteer:
		return true
	case state.PartyRecorder, state.PartyDecider, state.PartySystem, state.PartyLeader, state.PartySender,
		state.PartyResponder, state.PartyOverseer, state.PartyHandler, state.PartyFollower:
		return false
	}
	return p.Personal
}

// Step is who takes a matter from one status to the next, and by what right.
type Step struct {
	Actor  id.User   // 0: the system
	Grant  *id.Grant // nil: by their own part in the matter
	Name   state.Event
	Reason string
	From   string    // the status before; empty: the matter is new
	Event  id.Event  // chosen before, where other rows name it; 0: chosen when it is saved
	Undoes []id.User // whose decision it undoes or corrects, who are told
	Silent bool      // nobody is told: the matter goes on in the same moment, or another message says it
}

// Saved is a step and the matter as it is after it.
type Saved struct {
	Matter Matter
	Step   Step
}

// maxReason is what the history has room for. Redacted texts are a little longer than
// what was written.
const maxReason = 400

// Save queues a step of a matter in the transaction that causes it and at its time:
// the event, a message to each person whom it concerns, and the matter's row. It
// returns the event, its reason with numbers hidden; the sealer keeps the original,
// without one it is lost. Error: fault.ReasonInvalidInput for a reason that is too long.
func Save(tx *mysql.Tx, s *seal.Sealer, m Matter, by Step) (Entry, error) {
	all, err := SaveAll(tx, s, []Saved{{m, by}})
	if err != nil {
		return Entry{}, err
	}
	return all[0], nil
}

// SaveAll is Save for many steps, in the order in which they happen, with one
// statement for all events, one for all rows, and one for all messages but those to
// deciders. It returns the events in the order of the steps.
func SaveAll(tx *mysql.Tx, s *seal.Sealer, steps []Saved) ([]Entry, error) {
	if len(steps) == 0 {
		return nil, nil
	}
	entries := make([]Entry, len(steps))
	for i, one := range steps {
		var err error
		if entries[i], err = entry(tx, s, one); err != nil {
			return nil, err
		}
	}
	last := outcomes(steps)
	rows := make([]Matter, len(last))
	for i, o := range last {
		rows[i] = o.Matter
	}
	return entries, errors.Join(tx.Add("matter.add_events", entries), tell(tx, entries, steps),
		tx.Add("matter.save", rows), writeTurns(tx, last), confine(tx, entries))
}

// confine writes down each step of a reviewer with the place of its matter, which the
// database refuses outside the review community. What people say of themselves is at no
// place.
func confine(tx *mysql.Tx, steps []Entry) (err error) {
	if !tx.IsConfined() {
		return nil
	}
	for _, e := range steps {
		if e.Noun != state.User.Noun {
			err = errors.Join(err, tx.Add("matter.confine", mysql.Args{"event": e.ID, "noun": e.Noun, "id": e.SubjectID}))
		}
	}
	return err
}

// outcome is a matter as it is after all steps that a transaction saves at once.
type outcome struct {
	Matter
	isNew bool
}

// outcomes are the matters of the steps, each once.
func outcomes(steps []Saved) []outcome {
	var all []outcome
	for _, one := range steps {
		at := slices.IndexFunc(all, func(o outcome) bool { return o.Noun == one.Matter.Noun && o.ID == one.Matter.ID })
		if at < 0 {
			all = append(all, outcome{one.Matter, one.Step.From == ""})
			continue
		}
		if one.Matter.Turns == nil {
			one.Matter.Turns = all[at].Turns
		}
		all[at].Matter = one.Matter
	}
	return all
}

// entry is the step's event.
func entry(tx *mysql.Tx, s *seal.Sealer, one Saved) (Entry, error) {
	m, by := one.Matter, one.Step
	e := Entry{
		ID: mysql.NewID[id.Event](tx), Noun: m.Noun, SubjectID: m.ID, Version: m.Version, Name: by.Name,
		GrantID: by.Grant, From: by.From, To: m.Status, At: tx.Now(),
	}
	if by.Event != 0 {
		e.ID = by.Event
	}
	if by.Actor != 0 {
		e.ActorID = &by.Actor
	}
	if by.Grant != nil {
		UseGrant(tx, *by.Grant)
	}
	var err error
	e.Reason, err = reason(tx, s, e.ID, by)
	if err == nil && utf8.RuneCountInString(e.Reason) > maxReason { // some caller did not look
		err = fault.BadField("reason", "写得太长了，请删减一些。")
	}
	return e, err
}
