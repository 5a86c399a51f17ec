// Package inbox tells people what happened in the matters that concern them. A
// row is written in the transaction of the event, once a person and event; whom
// an event concerns is data (state.Told), and the words are made by the reader.
package inbox

import (
	"context"
	"errors"
	"slices"
	"time"

	"xinyuan/internal/event"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Matter is what an event is about: where it is, and who its parties are.
// Deciders are found by the node, and never among the parties.
type Matter struct {
	Node    id.Node
	Parties []Party
}

// Party is a person and what they are in the matter; nobody where the person is 0.
type Party struct {
	Part   state.Party // empty: nothing that an event tells; only no decider
	Person id.User
	// Personal tells that it is the person's own matter though no part says so.
	Personal bool
}

// personal tells whether a deputy whom the party chose does not decide either.
func (p Party) personal() bool {
	switch p.Part {
	case state.PartyOwner, state.PartyMember, state.PartyClaimant, state.PartyInvited, state.PartyVolunteer:
		return true
	case state.PartyRecorder, state.PartyDecider, state.PartySystem, state.PartyLeader:
		return false
	}
	return p.Personal
}

// News is an event and the matter that it is about.
type News struct {
	Event  event.Entry
	Matter Matter
}

// Tell queues a message about the event, in its transaction, for each person
// whom it concerns: everybody once, and never who caused it.
func Tell(tx *mysql.Tx, e event.Entry, m Matter) error { return TellAll(tx, []News{{e, m}}) }

// TellAll is Tell for many events, in one statement but for those that deciders
// are told of.
func TellAll(tx *mysql.Tx, news []News) error {
	var rows []mysql.Args
	var all error
	for _, n := range news {
		done := []id.User{0} // nobody
		if n.Event.ActorID != nil {
			done = append(done, *n.Event.ActorID)
		}
		for _, part := range state.Told(n.Event.Noun, n.Event.Name) {
			if part == state.PartyDecider {
				all = errors.Join(all, tellDeciders(tx, n.Event, n.Matter))
				continue
			}
			for _, p := range n.Matter.Parties {
				if p.Part != part || slices.Contains(done, p.Person) {
					continue
				}
				done = append(done, p.Person)
				rows = append(rows, mysql.Args{"user": p.Person, "event": n.Event.ID, "part": part})
			}
		}
	}
	if len(rows) == 0 {
		return all
	}
	return errors.Join(all, tx.Add("inbox.tell", rows))
}

// tellDeciders tells the nearest eligible staff, or the next level above them
// when they did not decide in time. Posts call back, too.
func tellDeciders(tx *mysql.Tx, e event.Entry, m Matter) error {
	parties, personal, level := []id.User{0}, []id.User{0}, 0
	for _, p := range m.Parties {
		parties = append(parties, p.Person)
		if p.personal() {
			personal = append(personal, p.Person)
		}
	}
	if e.Name == state.EventEscalate {
		level = 1
	}
	args := mysql.Args{
		"event": e.ID, "node": m.Node, "roles": id.Deciders(), "at": tx.Now(), "parties": parties, "personal": personal,
	}
	if e.Name == state.EventCallBack || e.Name == state.EventAskAgain {
		args["posts"] = id.Posts()
		return tx.Add("inbox.tell_askers", args)
	}
	args["level"] = level
	return tx.Add("inbox.tell_deciders", args)
}

// Inbox is what people were told.
type Inbox struct{ db *mysql.DB }

// New returns the inbox of the database.
func New(db *mysql.DB) *Inbox { return &Inbox{db} }

// Message is an event as one person is told of it.
type Message struct {
	EventID      id.Event       `db:"event_id"`
	Part         state.Party    `db:"part"` // what the person is in the matter
	ReadAt       *time.Time     `db:"read_at"`
	Noun         string         `db:"noun"`
	Name         state.Event    `db:"name"`
	Reason       string         `db:"reason"`
	At           time.Time      `db:"at"`
	WishID       id.Wish        `db:"wish_id"` // 0 where the matter is none
	ClaimID      id.Claim       `db:"claim_id"`
	MembershipID id.Membership  `db:"membership_id"`
	ComplaintID  id.Complaint   `db:"complaint_id"`
	RecordID     id.Record      `db:"record_id"`
	ObjectionID  id.Objection   `db:"objection_id"`
	Certificate  id.Certificate `db:"certificate_id"`
	TeamID       id.Team        `db:"team_id"`
	TeamMember   id.TeamMember  `db:"team_member_id"` // whose place in the team it is
	ActivityID   id.Activity    `db:"activity_id"`
	SignupID     id.Signup      `db:"signup_id"` // whose place in the activity it is
	JoinID       id.Join        `db:"join_id"`
	Title        string         `db:"title"`
	NodeName     string         `db:"node_name"`
	Minutes      int64          `db:"minutes"` // that the end of the activity credited; 0: none, or they wait
	Role         id.Role        `db:"role"`    // of a grant
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
	if f.Before == 0 {
		f.Before = 1<<63 - 1
	}
	err = i.db.Read(ctx,
		mysql.Many(&all, "inbox.page", mysql.Args{
			"user": person, "unread": f.Unread, "before": f.Before, "limit": f.Limit,
		}),
		mysql.One(&unread, "inbox.unread", mysql.Args{"user": person}))
	return all, unread, err
}

// Read marks the message and all before it as read: those that came meanwhile
// stay unread. It returns how many are left.
func (i *Inbox) Read(ctx context.Context, person id.User, upTo id.Event) (unread int, err error) {
	err = i.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("inbox.read", mysql.Args{"user": person, "up_to": upTo, "at": tx.Now()})
	})
	if err != nil {
		return 0, err
	}
	return unread, i.db.Get(ctx, &unread, "inbox.unread", mysql.Args{"user": person})
}
