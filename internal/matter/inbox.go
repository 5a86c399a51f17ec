package matter

import (
	"context"
	"errors"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// tell queues a message about each event, in its transaction, for each person whom
// it concerns: everybody once, and never who caused it. Whom an event concerns is
// data (state.Recipients), and the words are made by the reader.
func tell(tx *mysql.Tx, entries []Entry, steps []Saved) error {
	var rows []mysql.Args
	var all error
	for i, e := range entries {
		if steps[i].Step.Silent {
			continue
		}
		done := []id.User{0} // nobody
		if e.ActorID != nil {
			done = append(done, *e.ActorID)
		}
		for _, part := range state.Recipients(e.Noun, e.Name) {
			if part == state.PartyDecider && e.Name == state.EventEscalate {
				all = errors.Join(all, tellNextLevel(tx, e, steps[i].Matter, done))
				continue
			}
			for _, person := range recipientsAs(part, steps[i]) {
				if !slices.Contains(done, person) {
					done = append(done, person)
					rows = append(rows, mysql.Args{"user": person, "event": e.ID, "part": part})
				}
			}
		}
	}
	if len(rows) == 0 {
		return all
	}
	return errors.Join(all, tx.Add("matter.tell", rows))
}

// recipientsAs are who is told of the step in the part.
func recipientsAs(part state.Party, s Saved) (all []id.User) {
	if part == state.PartyDecider {
		return s.Step.Undoes
	}
	for _, p := range s.Matter.Parties {
		if p.Part == part {
			all = append(all, p.Person)
		}
	}
	return all
}

// tellNextLevel tells the staff above the nearest who are eligible and did not decide
// in time, but for those who are told in another part already.
func tellNextLevel(tx *mysql.Tx, e Entry, m Matter, done []id.User) error {
	parties, personal := []id.User{0}, []id.User{0}
	for _, p := range m.Parties {
		if p.Informed { // and decides like anybody
			continue
		}
		parties = append(parties, p.Person)
		if p.isPersonal() {
			personal = append(personal, p.Person)
		}
	}
	return tx.Add("matter.tell_next_level", mysql.Args{
		"event": e.ID, "node": m.Desk, "roles": id.Deciders(), "at": tx.Now(), "parties": parties, "personal": personal,
		"done": done,
	})
}

// Addition adds to a page of a person's messages what the register does not have, of the nouns that it knows.
type Addition func(ctx context.Context, person id.User, page []Message) error

// Inbox is what people were told.
type Inbox struct {
	db        *mysql.DB
	additions []Addition
}

// New returns the inbox of the database, which asks each addition once a page.
func New(db *mysql.DB, additions ...Addition) *Inbox { return &Inbox{db, additions} }

// Message is an event as one person is told of it.
type Message struct {
	EventID   id.Event    `db:"event_id"`
	Part      state.Party `db:"part"` // what the person is in the matter
	ReadAt    *time.Time  `db:"read_at"`
	Noun      string      `db:"noun"`
	SubjectID int64       `db:"subject_id"`
	OfNoun    string      `db:"of_noun"` // what the matter belongs to; empty: nothing
	OfID      int64       `db:"of_id"`
	Name      state.Event `db:"name"`
	Reason    string      `db:"reason"`
	At        time.Time   `db:"at"`
	Title     string      `db:"title"`
	NodeName  string      `db:"node_name"`
	Minutes   int64       `db:"-"` // that it credited; 0: none, or they wait
}

// Filter chooses messages.
type Filter struct {
	Unread bool
	Before id.Event
	Limit  int
}

// List returns a person's messages, the latest first, and how many they have
// not read.
func (i *Inbox) List(ctx context.Context, person id.User, f Filter) (all []Message, unread int, err error) {
	f.Before = id.OrLatest(f.Before)
	err = i.db.Read(ctx,
		mysql.Many(&all, "matter.page", mysql.Args{
			"user": person, "unread": f.Unread, "before": f.Before, "limit": f.Limit,
		}),
		mysql.One(&unread, "matter.unread", mysql.Args{"user": person}))
	for _, add := range i.additions {
		if err == nil {
			err = add(ctx, person, all)
		}
	}
	return all, unread, err
}

// Get is one of the person's messages. Error: fault.ReasonNotFound.
func (i *Inbox) Get(ctx context.Context, person id.User, event id.Event) (Message, error) {
	all, _, err := i.List(ctx, person, Filter{Before: event + 1, Limit: 1})
	if err == nil && (len(all) == 0 || all[0].EventID != event) {
		err = fault.New(fault.ReasonNotFound)
	}
	if err != nil {
		return Message{}, err
	}
	return all[0], nil
}

// MarkRead marks the message and all before it as read: those that came meanwhile
// stay unread. It returns how many are left.
func (i *Inbox) MarkRead(ctx context.Context, person id.User, upTo id.Event,
	onCommit mysql.OnCommit[int]) (unread int, err error) {
	err = i.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := errors.Join(
			tx.Add("matter.read", mysql.Args{"user": person, "up_to": upTo, "at": tx.Now()}),
			tx.Read(ctx, mysql.One(&unread, "matter.unread", mysql.Args{"user": person})))
		return errors.Join(err, onCommit.Do(tx, unread, err))
	})
	return unread, err
}
