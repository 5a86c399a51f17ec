package attendance

import (
	"context"
	"errors"
	"strings"

	"xinyuan/internal/activity"
	"xinyuan/internal/fault"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Settlement is what came of confirming who served how long.
type Settlement struct {
	Outcomes []Outcome
	Records  []hours.Record
}

// Settle confirms who served how long (确认时长), once the activity is over: a leader
// of the team does it, or staff who had no part in it. A person whom no check-in shows
// and nobody names was absent, and the waitlist ends. The same transaction writes the
// records of service and credits those that need no review.
// Errors: those of activity.Activity.Settle, settle and hours.Record.
func (r *Service) Settle(ctx context.Context, actor id.User, of id.Activity, said []Attendee,
	onCommit mysql.OnCommit[Settlement]) (Settlement, error) {
	if err := checkSaid(said); err != nil {
		return Settlement{}, err
	}
	var out Settlement
	err := r.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			a      activity.Activity
			by     = activity.Actor{ID: actor}
			people []Present
			pairs  []Attendance
			leads  []id.User
			busy   []occupied
			rules  []unseenRule
			args   = mysql.Args{"activity": of}
		)
		err := tx.Read(ctx, append(activity.Lock(&a, &by, of), activity.WantLeading(&leads, of),
			mysql.Many(&people, "attendance.lock_people", args), mysql.Many(&pairs, "attendance.pairs", args),
			mysql.Many(&busy, "attendance.busy", args),
			mysql.Many(&rules, "attendance.unseen_rules", nil))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		before := a
		grant, err := a.Settle(by, peopleOf(people), tx.Now())
		if err != nil {
			return err
		}
		how := matter.Step{Actor: actor, Grant: grant, Name: state.EventSettle}
		span := Span{a.StartsAt, a.EndsAt}
		pairCheckIns(people, pairs, busy, span)
		placed, waiting := splitPlaced(people)
		out = Settlement{}
		if out.Outcomes, err = settle(placed, span, said); err != nil {
			return err
		}
		if rule, dated := unseenRuleAt(rules, tx.Now()); dated {
			rule.markUnseen(out.Outcomes)
		}
		out.Records, err = r.save(ctx, tx, settled{before, a, how, out.Outcomes, waiting, leads})
		return errors.Join(err, onCommit.Do(tx, out, err))
	})
	return out, err
}

func peopleOf(all []Present) []id.User {
	people := make([]id.User, len(all))
	for i, p := range all {
		people[i] = p.UserID
	}
	return people
}

// cameOf are who came, at least nobody.
func cameOf(all []Outcome) []id.User {
	came := []id.User{0}
	for _, o := range all {
		if o.Attended {
			came = append(came, o.UserID)
		}
	}
	return came
}

// checkSaid trims the reasons and refuses what no reason may be.
func checkSaid(said []Attendee) error {
	var wrong problems
	for i := range said {
		reason := &said[i].Reason
		if *reason = strings.TrimSpace(*reason); fault.IsBlank(*reason) {
			*reason = ""
			continue
		}
		if message := fault.WrongText(*reason, "原因", activity.MaxReason); message != "" {
			wrong.add(i, "reason", message)
		}
	}
	return wrong.err()
}

// splitPlaced separates the people with a place from those who wait for one.
func splitPlaced(people []Present) (placed, waiting []Present) {
	for _, p := range people {
		if p.Status == state.SignupWaitlisted {
			waiting = append(waiting, p)
		} else {
			placed = append(placed, p)
		}
	}
	return placed, waiting
}

// settled is an activity whose end is to be written.
type settled struct {
	before, activity activity.Activity
	how              matter.Step
	outcomes         []Outcome
	waiting          []Present // for a place, in vain
	leads            []id.User
}

// save queues all that a settlement changes: the records of service, the activity,
// its sign-ups, and check-ins without an end.
func (r *Service) save(ctx context.Context, tx *mysql.Tx, s settled) ([]hours.Record, error) {
	records, err := r.recordHours(ctx, tx, s)
	if err != nil {
		return nil, err
	}
	return records, errors.Join(r.activities.Save(tx, s.before, s.activity, s.how), r.saveSignups(tx, s),
		tx.Add("attendance.close_pairs", mysql.Args{
			"activity": s.activity.ID, "ends": s.activity.EndsAt, "mode": state.ModeList, "at": tx.Now(),
			"actor": s.how.Actor, "came": cameOf(s.outcomes),
		}))
}

// recordHours has the records of service written.
func (r *Service) recordHours(ctx context.Context, tx *mysql.Tx, s settled) ([]hours.Record, error) {
	a := s.activity
	b := hours.Batch{
		Actor: s.how.Actor, Grant: s.how.Grant, Source: state.SourceActivity, Activity: a.ID, Team: a.TeamID,
		Node: a.NodeID, Title: a.Title, Leading: s.leads, Announced: true,
	}
	for _, o := range s.outcomes {
		note, err := matter.HoldText(tx, r.sealer,
			matter.Field{Noun: state.Signup.Noun, Subject: int64(o.SignupID), Name: "attendance"},
			matter.Writer{ID: s.how.Actor, Staff: s.how.Grant != nil}, o.Reason)
		if err != nil {
			return nil, err
		}
		for _, p := range o.Portions {
			b.Entries = append(b.Entries, hours.Entry{
				User: o.UserID, Start: p.From, End: p.Until, Minutes: int64(p.Minutes), Note: note, Offline: o.Offline,
				Sample: r.isDrawn(a.ID, o), Unseen: o.Unseen,
			})
		}
	}
	return r.records.Record(ctx, tx, b)
}

// isDrawn tells whether the person's record is drawn for a second pair of eyes:
// nobody can tell before, and asking again draws the same.
func (r *Service) isDrawn(activity id.Activity, o Outcome) bool {
	percent := r.rules.Sample
	if o.Offline || o.Far {
		percent = r.rules.OfflineSample
	}
	number := r.sealer.Numbers(seal.PurposeSample, activity.String()+" "+o.UserID.String())[0]
	return number%100 < uint64(max(percent, 0))
}

// saveSignups writes what became of the sign-ups, and tells everybody.
func (r *Service) saveSignups(tx *mysql.Tx, s settled) error {
	var (
		by    = s.how
		steps []matter.Saved
		bad   error
		ids   = make(map[state.SignupStatus][]id.Signup)
	)
	note := func(p Present, name state.Event, reason string) {
		to, ok := state.Signup.Next(p.Status, name)
		if !ok {
			bad = errors.Join(bad, fault.New(fault.ReasonActivityState))
			return
		}
		by.Name, by.Reason, by.From = name, reason, string(p.Status)
		after := activity.Signup{
			ID: p.SignupID, ActivityID: s.activity.ID, UserID: p.UserID, Status: to, Version: p.Version + 1,
		}
		steps = append(steps, matter.Saved{Matter: after.Matter(), Step: by})
		ids[to] = append(ids[to], p.SignupID)
	}
	for _, o := range s.outcomes {
		if o.Attended {
			note(o.Present, state.EventAttend, o.Reason)
		} else {
			note(o.Present, state.EventMiss, o.Reason)
		}
	}
	for _, p := range s.waiting {
		note(p, state.EventCancel, "")
	}
	for status, those := range ids {
		bad = errors.Join(bad, activity.MarkSignups(tx, status, those...))
	}
	_, err := matter.SaveAll(tx, r.sealer, steps)
	return errors.Join(bad, err)
}
