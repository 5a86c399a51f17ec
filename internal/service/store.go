package service

import (
	"context"
	"errors"

	"xinyuan/internal/event"
	"xinyuan/internal/id"
	"xinyuan/internal/inbox"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
	"xinyuan/internal/state"
)

// Locks are taken in one order everywhere: the activity, the people's minutes in
// the order of people, records, the people's points.

// writing is what a decision changes, collected so that it is written at once.
type writing struct {
	actor     id.User // 0: the system
	grant     *id.Grant
	reason    string
	reviewers []id.User // who decided about the record before
	told      bool      // the volunteers hear of it by another message of the same transaction

	steps []step
}

// step is one event of a record.
type step struct {
	record Record // as it is after it
	from   state.RecordStatus
	name   state.Event
	quiet  bool // nobody is told: it goes on in the same moment
}

// begin notes that the record is made; quiet where it goes on at once.
func (w *writing) begin(r Record, quiet bool) {
	w.steps = append(w.steps, step{record: r, name: state.EventCreate, quiet: quiet})
}

// went notes that the record, which was in the status, has gone on.
func (w *writing) went(r *Record, from state.RecordStatus, name state.Event) {
	r.Version++
	w.steps = append(w.steps, step{record: *r, from: from, name: name})
}

// concerned is whom a step concerns, and who is not asked to decide next.
func (w *writing) concerned(r Record) inbox.Matter {
	volunteer := inbox.Party{Part: state.PartyVolunteer, Person: r.UserID, Personal: true}
	if w.told {
		volunteer.Part = ""
	}
	m := inbox.Matter{Node: r.StageNodeID, Parties: []inbox.Party{
		volunteer, {Part: state.PartyRecorder, Person: r.RecorderID}, {Person: w.actor},
	}}
	for _, p := range w.reviewers {
		m.Parties = append(m.Parties, inbox.Party{Person: p})
	}
	return m
}

// write queues the events of all steps, tells whom they concern, and has the
// ledger pay what was credited. It returns the events in the order of the steps.
func (s *Service) write(ctx context.Context, tx *mysql.Tx, w *writing) ([]event.Entry, error) {
	events := make([]event.Entry, len(w.steps))
	var news []inbox.News
	var awards []points.Award
	var bad error
	for i, st := range w.steps {
		e := event.Entry{
			ID: mysql.NewID[id.Event](tx), Noun: state.Record.Noun, SubjectID: int64(st.record.ID),
			Version: st.record.Version, Name: st.name, GrantID: w.grant, From: string(st.from),
			To: string(st.record.Status),
		}
		if w.actor != 0 {
			e.ActorID = &w.actor
		}
		if st.name != state.EventCreate {
			var err error
			text := event.Field{Noun: "event", Subject: int64(e.ID), Name: "reason"}
			e.Reason, err = event.Redact(tx, s.sealer, text, w.reason)
			bad = errors.Join(bad, err)
		}
		events[i] = e
		if !st.quiet {
			news = append(news, inbox.News{Event: e, Matter: w.concerned(st.record)})
		}
		if st.name == state.EventCredit {
			awards = append(awards, st.record.awards(e.ID)...)
		}
	}
	if err := errors.Join(bad, event.AddAll(tx, events), inbox.TellAll(tx, news)); err != nil {
		return nil, err
	}
	return events, s.ledger.PostAll(ctx, tx, awards)
}

// add queues new records.
func add(tx *mysql.Tx, records []Record) error { return tx.Add("service.add", records) }
