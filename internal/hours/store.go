package hours

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
	"xinyuan/internal/state"
)

// Locks are taken in one order everywhere: the activity, the people's minutes in
// the order of people, records, the people's points.

// writing is what a decision changes, collected so that it is written at once.
type writing struct {
	tx        *mysql.Tx
	actor     id.User // 0: the system
	grant     *id.Grant
	reason    string
	reviewers []id.User // who decided about the record before
	undoes    []id.User // the staff among them whose decision is corrected
	announced bool      // the volunteers hear of it by another message of the same transaction

	steps []step
}

// step is one event of a record.
type step struct {
	event  id.Event
	record Record // as it is after it
	from   state.RecordStatus
	name   state.Event
	silent bool // nobody is announced: it goes on in the same moment
}

// begin notes that the record is made; silent where it goes on at once.
func (w *writing) begin(r Record, silent bool) {
	w.steps = append(w.steps, step{event: mysql.NewID[id.Event](w.tx), record: r, name: state.EventCreate, silent: silent})
}

// went notes that the record, which was in the status, has gone on.
func (w *writing) went(r *Record, from state.RecordStatus, name state.Event) {
	event := mysql.NewID[id.Event](w.tx)
	if r.Version++; name == state.EventCredit {
		r.CreditEvent = event
	}
	w.steps = append(w.steps, step{event: event, record: *r, from: from, name: name})
}

// turns are staff's to confirm or to reject the record. To tell the next level of it
// changes nothing about waiting.
func (st step) turns(now time.Time) []matter.Turn {
	before := Record{Status: st.from}
	switch {
	case st.name == state.EventEscalate:
		return nil
	case st.record.waits():
		return []matter.Turn{matter.Decide(st.record.StageNodeID, now)}
	case before.waits():
		return []matter.Turn{}
	}
	return nil
}

// matter is the record as the register has it, and who is not asked to decide next.
func (w *writing) matter(st step, now time.Time) matter.Matter {
	r := st.record
	volunteer := matter.Party{Part: state.PartyVolunteer, Person: r.UserID, Personal: true}
	if w.announced {
		volunteer.Part = ""
	}
	parties := []matter.Party{volunteer, {Part: state.PartyRecorder, Person: r.RecorderID}}
	if st.name == state.EventConfirm {
		parties = append(parties, matter.Party{Person: w.actor})
	}
	return matter.Matter{
		Noun: state.Record.Noun, ID: int64(r.ID), Title: r.Title, Node: r.NodeID, Desk: r.StageNodeID,
		Status: string(r.Status), Version: r.Version, Parties: append(parties, matter.As("", w.reviewers...)...),
		Turns: st.turns(now),
	}
}

// reviews are those of the steps that are one.
func (w *writing) reviews() (all []mysql.Args) {
	for _, st := range w.steps {
		if st.name == state.EventConfirm || st.name == state.EventCredit {
			all = append(all, mysql.Args{"record": st.record.ID, "event": st.event, "reviewer": w.actor, "grant": w.grant})
		}
	}
	return all
}

// write queues all steps, and has the ledger pay what was credited.
func (s *Service) write(ctx context.Context, w *writing) error {
	saved := make([]matter.Saved, len(w.steps))
	var awards []points.Award
	for i, st := range w.steps {
		by := matter.Step{
			Actor: w.actor, Grant: w.grant, Name: st.name, From: string(st.from), Event: st.event, Silent: st.silent,
		}
		if st.name != state.EventCreate {
			by.Reason = w.reason
		}
		if st.name == state.EventCorrect {
			by.Undoes = w.undoes
		}
		if st.name == state.EventCredit {
			awards = append(awards, st.record.awards()...)
		}
		saved[i] = matter.Saved{Matter: w.matter(st, w.tx.Now()), Step: by}
	}
	_, err := matter.SaveAll(w.tx, s.sealer, saved)
	if reviews := w.reviews(); len(reviews) > 0 {
		err = errors.Join(err, w.tx.Add("hours.add_reviews", reviews))
	}
	if err != nil {
		return err
	}
	return s.ledger.PostAll(ctx, w.tx, awards)
}

// add queues new records.
func add(tx *mysql.Tx, records []Record) error { return tx.Add("hours.add", records) }
