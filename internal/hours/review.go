package hours

import (
	"context"
	"errors"
	"slices"
	"time"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// scene is a record with what is needed to judge who may do what to it.
type scene struct {
	Record
	surroundings
	Grants    grant.Grants // the actor's, at the record's community and above
	Actor     string       // the actor's name
	Leads     int          // whether the actor leads its team, or is a deputy: 1
	Reviewers []id.User    // who confirmed it before
	Confirmed []id.User    // the staff among them

	Flagged []content.Text // its texts that the check did not pass
}

// sees tells whether the person may know of the record.
func (m scene) sees(person id.User, now time.Time) bool {
	return m.UserID == person || m.RecorderID == person || m.Leads > 0 || m.Grants.Reads(now)
}

// level is how far above the record's community its stage is.
func (m scene) level() int { return max(0, slices.Index(m.Path, m.StageNodeID)) }

// reviewer is by what right the person may decide about the record: a grant at
// its stage or above. Who leads its team confirms by settling the activity, and
// what waits after it is for staff. Errors: fault.ReasonNotFound, fault.ReasonRecordState,
// fault.ReasonPartyToMatter, fault.ReasonNotYourCommunity.
func (m scene) reviewer(person id.User, now time.Time) (*id.Grant, error) {
	switch {
	case !m.sees(person, now):
		return nil, fault.New(fault.ReasonNotFound)
	case m.Status != state.RecordRecorded && m.Status != state.RecordConfirmed:
		return nil, fault.New(fault.ReasonRecordState)
	case m.UserID == person || m.RecorderID == person:
		return nil, fault.New(fault.ReasonPartyToMatter)
	case slices.Contains(m.Reviewers, person):
		return nil, fault.New(fault.ReasonPartyToMatter).Saying("这条记录您已经确认过了，接下来由上一级复核。")
	}
	g, err := grant.Eligible(m.Grants.AtOrAbove(m.level()), m.parties(), now)
	if err != nil {
		return nil, err
	}
	return &g.ID, nil
}

// parties are the record's people, none of whom decides about it as staff.
func (m scene) parties() grant.Parties {
	return grant.Parties{Personal: []id.User{m.UserID}, Office: append([]id.User{m.RecorderID}, m.Reviewers...)}
}

// corrector is by what grant the person may put another record in the place of
// this one. Errors: as reviewer.
func (m scene) corrector(person id.User, now time.Time) (id.Grant, error) {
	switch {
	case !m.sees(person, now):
		return 0, fault.New(fault.ReasonNotFound)
	case m.Status != state.RecordCredited:
		return 0, fault.New(fault.ReasonRecordState)
	}
	g, err := grant.Eligible(m.Grants, grant.Parties{Personal: []id.User{m.UserID}, Office: []id.User{m.RecorderID}}, now)
	return g.ID, err
}

// wants are what the matter of the record is read by, after its lock.
func (m *scene) wants(record Record, actor id.User) []mysql.Want {
	args := mysql.Args{"record": record.ID, "user": actor}
	return []mysql.Want{
		grant.Covering(&m.Grants, actor, record.NodeID), mysql.One(&m.Leads, "hours.leads", args),
		mysql.One(&m.Actor, "hours.name", args), mysql.Many(&m.Reviewers, "hours.reviewers", args),
		mysql.Many(&m.Confirmed, "hours.confirmed_by", args), mysql.Many(&m.Flagged, "hours.flagged", args),
		org.WantAncestors(&m.Path, record.NodeID),
	}
}

// plain reads the record without locking it; what it says of person and place
// never changes.
func plain(ctx context.Context, from mysql.Reader, record id.Record) (Record, error) {
	var r Record
	return r, mysql.NotFound(from.Get(ctx, &r, "hours.record", mysql.Args{"record": record}))
}

// lock locks the minutes of the record's person and then the record, and reads
// what decisions about it are judged by, in one round trip.
func (s *Service) lock(ctx context.Context, tx *mysql.Tx, actor id.User, known Record) (scene, error) {
	var m scene
	wants := append([]mysql.Want{mysql.One(&m.Record, "hours.lock", mysql.Args{"record": known.ID})},
		m.wants(known, actor)...)
	var err error
	m.surroundings, err = s.look(ctx, tx, known.NodeID, []Record{known}, wants...)
	m.UserName = known.UserName
	return m, mysql.NotFound(err)
}

// Decision is the answer of who reviews.
type Decision struct {
	Confirm bool
	Reason  string // needed to reject
	InBatch bool   // with others, without looking at each
}

// LongReport is how many minutes that a person reports of themself are confirmed
// in a batch; who reports more is looked at.
const LongReport = 4 * 60

// isOneByOne tells whether the record is looked at before it is decided.
func (r Record) isOneByOne() bool {
	return r.Sample || r.Unseen || r.Source == state.SourceSelf && r.Minutes > LongReport
}

// Review confirms a record, which credits it when no further review is due, or
// rejects it. How many are due is counted anew by the person's day as it is now.
// Errors: fault.ReasonNotFound, fault.ReasonRecordState,
// fault.ReasonPartyToMatter for volunteer, recorder and earlier reviewers,
// fault.ReasonNotYourCommunity, fault.ReasonReasonRequired,
// fault.ReasonServiceOverlap with what is confirmed already, fault.ReasonOneByOne
// for a sample, a long report, a text that was not passed and an unseen person in a
// batch. Who confirms has read its texts with what the check found, and passes them.
func (s *Service) Review(ctx context.Context, actor id.User, record id.Record, d Decision,
	onCommit mysql.OnCommit[Record]) (Record, error) {
	if err := fault.CheckText(&d.Reason, "reason", "原因", maxReason); err != nil {
		return Record{}, err
	}
	known, err := plain(ctx, s.db, record)
	if err != nil {
		return known, err
	}
	after := known
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		m, err := s.lock(ctx, tx, actor, known)
		if err != nil {
			return err
		}
		r, err := s.review(ctx, tx, actor, m, d)
		if err != nil {
			return err
		}
		after = known.with(r)
		return onCommit.Do(tx, after, nil)
	})
	return after, err
}

func (s *Service) review(ctx context.Context, tx *mysql.Tx, actor id.User, m scene, d Decision) (Record, error) {
	g, err := m.reviewer(actor, tx.Now())
	if err != nil {
		return m.Record, err
	}
	if d.InBatch && (m.isOneByOne() || len(m.Flagged) > 0) {
		return m.Record, fault.New(fault.ReasonOneByOne)
	}
	w := writing{tx: tx, actor: actor, grant: g, reason: d.Reason, reviewers: m.Reviewers}
	r, from, name := m.Record, m.Status, state.EventReject
	if d.Confirm {
		if err := checkOverlaps([]Record{r}, m.Taken); err != nil {
			return r, err
		}
		r.needs(m.Taken, m.Path, g == nil)
		name, err = r.reviewed(m.Path, g == nil, tx.Now())
	} else {
		if d.Reason == "" {
			return r, fault.New(fault.ReasonReasonRequired)
		}
		r.EscalatedAt = nil
		err = r.move(state.EventReject)
	}
	if err != nil {
		return r, err
	}
	w.went(&r, from, name)
	err = tx.Add("hours.save", r)
	if d.Confirm {
		err = errors.Join(err, content.Approve(tx, textNoun, int64(r.ID)))
	}
	return r, errors.Join(err, s.write(ctx, &w))
}

// with is the record as it is now, with the names that were read before.
func (r Record) with(now Record) Record {
	now.UserName, now.TeamName, now.NodeName, now.Recorder = r.UserName, r.TeamName, r.NodeName, r.Recorder
	now.Moved = r.Moved
	return now
}

// The longest texts, in characters.
const (
	maxTitle  = letters.ReportTitle
	maxNote   = letters.ReportNote
	maxReason = letters.Reason
)

// Sweep tells the next level of records that have waited for EscalateAfter, each
// in a transaction of its own. Where somebody was faster, nothing happens.
func (s *Service) Sweep(ctx context.Context) error {
	waiting := matter.Waiting{What: "waiting records", Query: "hours.waiting", After: EscalateAfter}
	return matter.EscalateWaiting(ctx, s.db, waiting, s.escalate)
}

func (s *Service) escalate(ctx context.Context, record id.Record) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var r Record
		var reviewers []id.User
		args := mysql.Args{"record": record}
		err := tx.Read(ctx, mysql.One(&r, "hours.lock", args), mysql.Many(&reviewers, "hours.reviewers", args))
		if err != nil || r.EscalatedAt != nil || r.Status != state.RecordRecorded && r.Status != state.RecordConfirmed {
			return err
		}
		from, now := r.Status, tx.Now()
		if err := r.move(state.EventEscalate); err != nil {
			return err
		}
		r.EscalatedAt = &now
		w := writing{tx: tx, reviewers: reviewers}
		w.went(&r, from, state.EventEscalate)
		if err := tx.Add("hours.save", r); err != nil {
			return err
		}
		return s.write(ctx, &w)
	})
}
