package activity

import (
	"errors"

	"xinyuan/internal/event"
	"xinyuan/internal/id"
	"xinyuan/internal/inbox"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Locks are taken in one order everywhere: series, activities by id, sign-ups by
// place, people by id.

// lockActivity wants the activity, locked, and what the actor is to it.
func lockActivity(a *Activity, by *Actor, activity id.Activity) []mysql.Want {
	return append([]mysql.Want{mysql.One(a, "activity.lock", mysql.Args{"activity": activity})},
		wantActor(by, activity)...)
}

func wantActor(by *Actor, activity id.Activity) []mysql.Want {
	var in bool
	return []mysql.Want{
		mysql.Maybe(&by.Role, &in, "activity.role_by_activity", mysql.Args{"activity": activity, "user": by.ID}),
		org.CoveringActivity(&by.Grants, by.ID, activity),
	}
}

func lockSignupOf(dest *Signup, found *bool, activity id.Activity, person id.User) mysql.Want {
	return mysql.Maybe(dest, found, "activity.lock_signup_of", mysql.Args{"activity": activity, "user": person})
}

// A step is who takes a matter from one status to the next, by what right.
type step struct {
	actor  id.User   // 0: the system
	grant  *id.Grant // nil: by their own part in the matter
	name   state.Event
	reason string
}

// addEvent queues the event of a step, with numbers in its reason hidden, and
// tells whom it concerns.
func (s *Service) addEvent(tx *mysql.Tx, e event.Entry, by step, about inbox.Matter) error {
	e.ID, e.GrantID, e.Name = mysql.NewID[id.Event](tx), by.grant, by.name
	if by.actor != 0 {
		e.ActorID = &by.actor
	}
	var err error
	e.Reason, err = event.Redact(tx, s.sealer, event.Field{Noun: "event", Subject: int64(e.ID), Name: "reason"}, by.reason)
	return errors.Join(err, event.Add(tx, e), inbox.Tell(tx, e, about))
}

// concerned is whom the activity's events concern: who leads, and those who have
// signed up.
func (a Activity) concerned(leads []id.User, people []id.User) inbox.Matter {
	about := inbox.Matter{Node: a.NodeID}
	for _, person := range people {
		about.Parties = append(about.Parties, inbox.Party{Part: state.PartyVolunteer, Person: person})
	}
	for _, person := range leads {
		about.Parties = append(about.Parties, inbox.Party{Part: state.PartyLeader, Person: person})
	}
	return about
}

// addActivity queues a new activity with its first event, and for one that is
// published already the second.
func (s *Service) addActivity(tx *mysql.Tx, a Activity, by step) error {
	by.name = state.EventCreate
	err := errors.Join(tx.Add("activity.add", a), s.addEvent(tx, event.Entry{
		Noun: state.Activity.Noun, SubjectID: int64(a.ID), Version: 1, To: string(state.Activity.Initial),
	}, by, a.concerned(nil, nil)))
	if a.Status == state.Activity.Initial {
		return err
	}
	by.name = state.EventPublish
	return errors.Join(err, s.addEvent(tx, event.Entry{
		Noun: state.Activity.Noun, SubjectID: int64(a.ID), Version: a.Version,
		From: string(state.Activity.Initial), To: string(a.Status),
	}, by, a.concerned(nil, nil)))
}

// saveActivity queues the changed activity and its event.
func (s *Service) saveActivity(tx *mysql.Tx, before, after Activity, by step, about inbox.Matter) error {
	return errors.Join(tx.Add("activity.save", after), s.addEvent(tx, event.Entry{
		Noun: state.Activity.Noun, SubjectID: int64(after.ID), Version: after.Version + 1,
		From: string(before.Status), To: string(after.Status),
	}, by, about))
}

func (s *Service) signupEvent(tx *mysql.Tx, from state.SignupStatus, after Signup, by step, leading ...id.User) error {
	return s.addEvent(tx, event.Entry{
		Noun: state.Signup.Noun, SubjectID: int64(after.ID), Version: after.Version,
		From: string(from), To: string(after.Status),
	}, by, Activity{}.concerned(leading, []id.User{after.UserID}))
}

// addSignup queues a new sign-up with its first event.
func (s *Service) addSignup(tx *mysql.Tx, one Signup, by step) error {
	by.name = state.EventCreate
	return errors.Join(tx.Add("activity.add_signup", one), s.signupEvent(tx, "", one, by))
}

// saveSignup queues the changed sign-up and its event, of which who leads may
// have to know.
func (s *Service) saveSignup(tx *mysql.Tx, before, after Signup, by step, leading ...id.User) error {
	err := tx.Add("activity.save_signup", after)
	after.Version++
	return errors.Join(err, s.signupEvent(tx, before.Status, after, by, leading...))
}

// saveSignups queues the events of one step of many sign-ups, as they are after
// it; their rows are written by who calls.
func (s *Service) saveSignups(tx *mysql.Tx, from map[id.Signup]state.SignupStatus, after []Signup, by step) error {
	entries := make([]event.Entry, len(after))
	news := make([]inbox.News, len(after))
	for i, one := range after {
		entries[i] = event.Entry{
			ID: mysql.NewID[id.Event](tx), Noun: state.Signup.Noun, SubjectID: int64(one.ID), Version: one.Version + 1,
			Name: by.name, GrantID: by.grant, From: string(from[one.ID]), To: string(one.Status),
		}
		if by.actor != 0 {
			entries[i].ActorID = &by.actor
		}
		news[i] = inbox.News{Event: entries[i], Matter: inbox.Matter{Parties: []inbox.Party{
			{Part: state.PartyVolunteer, Person: one.UserID},
		}}}
	}
	return errors.Join(event.AddAll(tx, entries), inbox.TellAll(tx, news))
}

// saveCounters queues the numbers of the activity's sign-ups.
func saveCounters(tx *mysql.Tx, a Activity) error { return tx.Add("activity.save_counters", a) }
