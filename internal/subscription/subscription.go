// Package subscription sends messages of the inbox to the phone as well, as WeChat's
// subscription messages (订阅消息): one for each accept, once, one at a time to a person.
// Staff get one digest a day of what waits, and a word when something rises to them. The
// inbox stays the base: whoever accepts nothing misses nothing there.
package subscription

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/state"
	"xinyuan/internal/wechat"
)

// Purpose is what a template is for.
type Purpose string

// The purposes.
const (
	Progress Purpose = "progress" // what became of what a person asked for, promised or signed up for
	Work     Purpose = "work"     // what waits for staff
)

// Purposes lists them.
func Purposes() []Purpose { return []Purpose{Progress, Work} }

// Template is a template of the program on WeChat's console.
type Template struct {
	Purpose  Purpose
	ID       string
	LongTerm bool              // one accept is for all messages
	Fields   map[string]string // by WeChat's name of the field: what stands in it
}

// What may stand in a field.
const (
	fieldTitle = "title" // what it is about
	fieldText  = "text"  // what happened
	fieldPlace = "place"
	fieldTime  = "time"
	fieldCount = "count"
)

// Status is what became of a message.
type Status string

// The statuses.
const (
	Queued    Status = "queued"
	Sending   Status = "sending"
	Sent      Status = "sent"
	Read      Status = "read"      // in the inbox, before it was sent
	Empty     Status = "empty"     // of a digest: nothing waits
	Refused   Status = "refused"   // the person does not want it
	Failed    Status = "failed"    // WeChat does not take it, or did not bring it
	Uncertain Status = "uncertain" // nobody knows, and it is not sent again
)

// Statuses lists them.
func Statuses() []Status {
	return []Status{Queued, Sending, Sent, Read, Empty, Refused, Failed, Uncertain}
}

// Note is a message of the inbox as its reader reads it on the phone.
type Note struct {
	About string                   // the matter's name
	Say   func(name string) string // what happened to a matter of that name
	Place string
	Page  string // where it leads
	At    time.Time
}

// Parts are what a Service stands on.
type Parts struct {
	DB        *mysql.DB
	Box       *outbox.Box
	WeChat    *wechat.Client
	Log       *slog.Logger
	Templates []Template // those that have an id
	State     string     // of the program that a message opens: formal, trial or developer
	// DigestHour is the hour of the business day from which staff get the digest.
	DigestHour int
	// Read is the message of the inbox as the person reads it.
	Read func(ctx context.Context, person id.User, event id.Event) (Note, error)
	// Waiting is how many matters wait for the person to decide.
	Waiting func(ctx context.Context, person id.User) (int, error)
}

// Service sends.
type Service struct{ p Parts }

// New returns the service.
func New(p Parts) *Service { return &Service{p} }

// Templates are those of the program.
func (s *Service) Templates() []Template { return s.p.Templates }

func (s *Service) template(find func(Template) bool) (Template, bool) {
	for _, t := range s.p.Templates {
		if find(t) {
			return t, true
		}
	}
	return Template{}, false
}

func (s *Service) byID(template string) (Template, bool) {
	return s.template(func(t Template) bool { return t.ID == template })
}

// Setting is a template with the messages of it that the person has accepted.
type Setting struct {
	Template
	Accepts int
}

// Past is a message that went to the phone, or did not come there.
type Past struct {
	Template string    `db:"template"`
	Status   Status    `db:"status"`
	At       time.Time `db:"changed_at"`
	Purpose  Purpose   `db:"-"` // empty: of a template of before
}

// ListSettings are the templates of the program with what the person has accepted of each,
// and what went to the phone last.
func (s *Service) ListSettings(ctx context.Context, person id.User) (all []Setting, past []Past, err error) {
	var accepted []struct {
		Template string `db:"template"`
		Accepts  int    `db:"accepts"`
	}
	args := mysql.Args{"user": person}
	err = s.p.DB.Read(ctx, mysql.Many(&accepted, "subscription.mine", args), mysql.Many(&past, "subscription.sent", args))
	for _, t := range s.p.Templates {
		one := Setting{Template: t}
		for _, a := range accepted {
			if a.Template == t.ID {
				one.Accepts = a.Accepts
			}
		}
		all = append(all, one)
	}
	for i, p := range past {
		t, _ := s.byID(p.Template)
		past[i].Purpose = t.Purpose
	}
	return all, past, err
}

// Forget queues that nothing is left of what people accepted and got.
func Forget(tx *mysql.Tx, people []id.User) error {
	args := mysql.Args{"people": people}
	return errors.Join(tx.Add("subscription.forget", args), tx.Add("subscription.forget_messages", args))
}

// worth are the messages that are worth a word on the phone: those after which a person
// has something to do, or to leave undone.
var worth = map[Purpose][]string{
	Progress: words(
		said{"wish", state.PartyOwner, []state.Event{state.EventReject, state.EventExpire, state.EventAttach}},
		said{"claim", state.PartyOwner, []state.Event{
			state.EventDeliver, state.EventLapse, state.EventRelease, state.EventUndo,
		}},
		said{"claim", state.PartyClaimant, []state.Event{
			state.EventApprove, state.EventDecline, state.EventReturn, state.EventDispute, state.EventConfirm,
			state.EventLapse, state.EventCancel, state.EventThank, state.EventUndo,
		}},
		said{"claim", state.PartyInvited, []state.Event{state.EventCreate, state.EventApprove, state.EventCancel}},
		said{"membership", state.PartyMember, []state.Event{state.EventApprove, state.EventReject, state.EventEnd}},
		said{"complaint", state.PartyOwner, []state.Event{state.EventAnswer}},
		said{"objection", state.PartyVolunteer, []state.Event{state.EventUphold, state.EventDismiss}},
		said{"case", state.PartyOwner, []state.Event{state.EventTakeDown, state.EventBlur}},
		said{"activity", state.PartyVolunteer, []state.Event{state.EventEdit, state.EventCancel}},
		said{"signup", state.PartyVolunteer, []state.Event{state.EventPromote, state.EventRemind, state.EventMiss}},
		said{"team_member", state.PartyVolunteer, []state.Event{state.EventApprove, state.EventReject}},
		said{"team_member", state.PartyInvited, []state.Event{state.EventCreate}},
		said{"service_record", state.PartyVolunteer, []state.Event{state.EventReject, state.EventCorrect}},
		said{"need", state.PartyOwner, []state.Event{
			state.EventReject, state.EventSuspend, state.EventAnswer, state.EventLapse, state.EventConcede,
		}},
		said{"assignment", state.PartyResponder, []state.Event{
			state.EventCreate, state.EventReturn, state.EventRemind, state.EventEscalate, state.EventCancel,
		}},
	),
	Work: words(rises()...),
}

// rises is whatever rises to staff, of every noun.
func rises() (all []said) {
	for _, l := range state.All() {
		for _, part := range state.Recipients(l.Noun, state.EventEscalate) {
			if part == state.PartyDecider || part == state.PartyOverseer {
				all = append(all, said{l.Noun, part, []state.Event{state.EventEscalate}})
			}
		}
	}
	return all
}

// said is what is told of a noun to a party.
type said struct {
	noun   string
	part   state.Party
	events []state.Event
}

func words(all ...said) (list []string) {
	for _, s := range all {
		for _, e := range s.events {
			list = append(list, s.noun+" "+string(e)+" "+string(s.part))
		}
	}
	return list
}
