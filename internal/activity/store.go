package activity

import (
	"cmp"
	"errors"
	"time"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Locks are taken in one order everywhere: series, activities by id, sign-ups by
// place, people by id.

// Lock wants the activity, locked, and what the actor is to it.
func Lock(a *Activity, by *Actor, activity id.Activity) []mysql.Want {
	return append([]mysql.Want{mysql.One(a, "activity.lock", mysql.Args{"activity": activity})},
		wantActor(by, activity)...)
}

func wantActor(by *Actor, activity id.Activity) []mysql.Want {
	var in bool
	return []mysql.Want{
		mysql.Maybe(&by.Role, &in, "activity.role_by_activity", mysql.Args{"activity": activity, "user": by.ID}),
		grant.CoveringMatter(&by.Grants, by.ID, state.Activity.Noun, activity),
	}
}

// WantLeading wants who leads the activity's team.
func WantLeading(dest *[]id.User, activity id.Activity) mysql.Want {
	return mysql.Many(dest, "activity.leading", mysql.Args{"activity": activity})
}

func lockSignupOf(dest *Signup, found *bool, activity id.Activity, person id.User) mysql.Want {
	return mysql.Maybe(dest, found, "activity.lock_signup_of", mysql.Args{"activity": activity, "user": person})
}

// matter is the activity as the register has it, with whom the step concerns.
func (a Activity) matter(parties ...matter.Party) matter.Matter {
	return matter.Matter{
		Noun: state.Activity.Noun, ID: int64(a.ID), Title: a.Title, Node: a.NodeID, Status: string(a.Status),
		Version: a.Version, Parties: parties, Turns: a.turns(),
	}
}

// opensEarly is how long before an activity who leads it shows its code.
const opensEarly = 30 * time.Minute

// turns are those of who leads the team: to show the code, and once the activity is
// over to say who served how long.
func (a Activity) turns() []matter.Turn {
	if a.Status != state.ActivityPublished {
		return []matter.Turn{}
	}
	return []matter.Turn{{
		Part: state.PartyLeader, Team: a.TeamID, Since: a.StartsAt, OpensAt: a.StartsAt.Add(-opensEarly), Due: &a.EndsAt,
	}}
}

// Matter is the sign-up as the register has it: named by its activity, and there.
func (s Signup) Matter(leading ...id.User) matter.Matter {
	return matter.Matter{
		Noun: state.Signup.Noun, ID: int64(s.ID), OfNoun: state.Activity.Noun, OfID: int64(s.ActivityID),
		Status: string(s.Status), Version: s.Version,
		Parties: append(matter.As(state.PartyVolunteer, s.UserID), matter.As(state.PartyLeader, leading...)...),
	}
}

// addActivity queues a new activity with its first step, and for one that is
// published already the second.
func (s *Service) addActivity(tx *mysql.Tx, a Activity, by matter.Step) error {
	a, held := s.held(tx, Activity{}, a, cmp.Or(by.Actor, a.CreatedBy))
	created, published := a.matter(), a.matter()
	created.Status, created.Version, created.Turns = string(state.Activity.Initial), 1, nil
	by.Name = state.EventCreate
	steps := []matter.Saved{{Matter: created, Step: by}}
	if a.Status != state.Activity.Initial {
		by.Name, by.From = state.EventPublish, created.Status
		steps = append(steps, matter.Saved{Matter: published, Step: by})
	}
	_, err := matter.SaveAll(tx, s.sealer, steps)
	return errors.Join(held, err, tx.Add("activity.add", a))
}

// Save queues the changed activity and its step, with whom it concerns.
func (s *Service) Save(tx *mysql.Tx, before, after Activity, by matter.Step, parties ...matter.Party) error {
	after, held := s.held(tx, before, after, by.Actor)
	saved := tx.Add("activity.save", after)
	by.From = string(before.Status)
	after.Version++
	_, err := matter.Save(tx, s.sealer, after.matter(parties...), by)
	return errors.Join(held, err, saved)
}

// addSignups queues new sign-ups with their first steps, which the actor takes; 0: each
// person themself.
func (s *Service) addSignups(tx *mysql.Tx, actor id.User, all ...Signup) error {
	steps := make([]matter.Saved, len(all))
	for i, one := range all {
		steps[i] = matter.Saved{Matter: one.Matter(), Step: matter.Step{
			Actor: cmp.Or(actor, one.UserID), Name: state.EventCreate,
		}}
	}
	_, err := matter.SaveAll(tx, s.sealer, steps)
	return errors.Join(err, tx.Add("activity.add_signup", all))
}

// saveSignup queues the changed sign-up and its step, of which who leads may
// have to know.
func (s *Service) saveSignup(tx *mysql.Tx, before, after Signup, by matter.Step, leading ...id.User) error {
	saved := tx.Add("activity.save_signup", after)
	by.From = string(before.Status)
	after.Version++
	_, err := matter.Save(tx, s.sealer, after.Matter(leading...), by)
	return errors.Join(err, saved)
}

// saveSignups queues one step of many sign-ups, as they are after it; their rows
// are written by who calls.
func (s *Service) saveSignups(tx *mysql.Tx, from map[id.Signup]state.SignupStatus, after []Signup,
	by matter.Step) error {
	steps := make([]matter.Saved, len(after))
	for i, one := range after {
		by.From = string(from[one.ID])
		one.Version++
		steps[i] = matter.Saved{Matter: one.Matter(), Step: by}
	}
	_, err := matter.SaveAll(tx, s.sealer, steps)
	return err
}

// MarkSignups queues what became of sign-ups; their steps are the caller's.
func MarkSignups(tx *mysql.Tx, status state.SignupStatus, signups ...id.Signup) error {
	return tx.Add("activity.mark", mysql.Args{"status": status, "signups": signups, "at": tx.Now()})
}

// saveCounters queues the numbers of the activity's sign-ups.
func saveCounters(tx *mysql.Tx, a Activity) error { return tx.Add("activity.save_counters", a) }
