package hours

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Correction is what really was.
type Correction struct {
	Start, End *time.Time // nil: as the record says
	Minutes    int64      // 0: there was no service
	Reason     string
	Announced  bool // the volunteer hears of it already, by the answer to an objection
}

// Correct puts a new record in the place of a credited one: what that one paid
// is taken back, and the new one pays by the usual rules. It stays within the
// record's business day and its activity. Errors: fault.ReasonNotFound,
// fault.ReasonRecordState for one that is not credited,
// fault.ReasonNotYourCommunity, fault.ReasonPartyToMatter for volunteer and
// recorder, fault.ReasonReasonRequired, fault.ReasonInvalidInput,
// fault.ReasonServiceOverlap.
func (s *Service) Correct(ctx context.Context, actor id.User, record id.Record, c Correction,
	onCommit mysql.OnCommit[Record]) (Record, error) {
	var made Record
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var err error
		made, err = s.CorrectIn(ctx, tx, actor, record, c)
		return errors.Join(err, onCommit.Do(tx, made, err))
	})
	return made, err
}

// CorrectIn is Correct in the transaction of a decision that asks for it, such
// as an objection that is upheld.
func (s *Service) CorrectIn(ctx context.Context, tx *mysql.Tx, actor id.User, record id.Record, c Correction) (
	Record, error) {
	if err := fault.CheckText(&c.Reason, "reason", "原因", maxReason); err != nil {
		return Record{}, err
	}
	known, err := plain(ctx, tx, record)
	if err != nil {
		return known, err
	}
	m, err := s.lock(ctx, tx, actor, known)
	if err != nil {
		return known, err
	}
	grant, err := m.corrector(actor, tx.Now())
	switch {
	case err != nil:
		return known, err
	case c.Reason == "":
		return known, fault.New(fault.ReasonReasonRequired)
	}
	made, err := m.corrected(c, known)
	if err != nil {
		return known, err
	}
	w := writing{tx: tx, actor: actor, grant: &grant, reason: c.Reason, announced: c.Announced, undoes: m.Confirmed}
	if err := s.takeBack(ctx, w, m.Record); err != nil {
		return known, err
	}
	w.announced = true // by the correction
	made.ID, made.RecorderID, made.RecordedAt = mysql.NewID[id.Record](tx), actor, tx.Now()
	made.needs(m.Taken, m.Path, false)
	w.begin(made, true)
	from := made.Status
	name, err := made.reviewed(m.Path, false, tx.Now())
	if err != nil {
		return known, err
	}
	w.went(&made, from, name)
	if err := add(tx, []Record{made}); err != nil {
		return known, err
	}
	known.Recorder = m.Actor
	return known.with(made), s.write(ctx, &w)
}

// corrected is the record that stands in the place of this one, with its stamps.
// known is it with what was read of its activity.
func (m scene) corrected(c Correction, known Record) (Record, error) {
	made := m.Record
	made.Source, made.CorrectsID, made.Status, made.Version = state.SourceCorrection, m.ID, state.Record.Initial, 1
	made.Reviews, made.StageNodeID, made.CreditedAt, made.Sample, made.Unseen = 0, m.NodeID, nil, false, false
	made.CreditEvent = 0
	if c.Start != nil {
		made.StartedAt = c.Start.UTC().Truncate(time.Millisecond)
	}
	if c.End != nil {
		made.EndedAt = c.End.UTC().Truncate(time.Millisecond)
	}
	made.Minutes = c.Minutes
	midnight := clock.NextDay(m.day())
	switch {
	case !clock.Day(made.StartedAt).Equal(m.day()) || made.EndedAt.After(midnight):
		return made, fault.BadField("startedAt", "更正要在原来那一天之内。")
	case !made.EndedAt.After(made.StartedAt):
		return made, fault.BadField("endedAt", "结束要晚于开始。")
	case known.isOutside(made):
		return made, fault.BadField("startedAt", "时间要在活动的开始和结束之间。")
	case made.Minutes < 0 || made.Minutes > mostMinutes(made.StartedAt, made.EndedAt):
		return made, fault.BadField("minutes", "时长不能超过这段时间本身；没有服务请写 0。")
	case made.Minutes == m.Minutes && made.StartedAt.Equal(m.StartedAt) && made.EndedAt.Equal(m.EndedAt):
		return made, fault.BadField("minutes", "和原来的记录一样，不用更正。")
	}
	made.UserName = known.UserName
	taken := m.Taken[:0:0]
	for _, t := range m.Taken {
		if t.ID != m.ID {
			taken = append(taken, t)
		}
	}
	return made, checkOverlaps([]Record{made}, taken)
}

// isOutside tells whether the other record leaves this one's activity.
func (r Record) isOutside(other Record) bool {
	return r.ActivityStarts != nil && r.ActivityEnds != nil &&
		(other.StartedAt.Before(*r.ActivityStarts) || other.EndedAt.After(*r.ActivityEnds))
}

// takeBack marks the record as corrected and posts the opposite of what it paid.
func (s *Service) takeBack(ctx context.Context, w writing, r Record) error {
	from := r.Status
	if err := r.move(state.EventCorrect); err != nil {
		return err
	}
	w.went(&r, from, state.EventCorrect)
	if err := w.tx.Add("hours.save", r); err != nil {
		return err
	}
	if err := s.write(ctx, &w); err != nil {
		return err
	}
	return s.ledger.Undo(ctx, w.tx, r.CreditEvent, w.steps[0].event)
}
