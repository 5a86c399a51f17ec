package hours

import (
	"cmp"
	"context"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/points"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions.
type Service struct {
	db     *mysql.DB
	grants *grant.Service
	sealer *seal.Sealer
	ledger *points.Ledger
}

// New returns the service over its parts.
func New(db *mysql.DB, grants *grant.Service, sealer *seal.Sealer, ledger *points.Ledger) *Service {
	return &Service{db, grants, sealer, ledger}
}

// Ledger is where the records' minutes and points are posted.
func (s *Service) Ledger() *points.Ledger { return s.ledger }

// Batch is what one decision records and confirms: the settlement of an
// activity, or an absence that was none.
type Batch struct {
	Actor     id.User      // who records and confirms
	Grant     *id.Grant    // by which staff does; nil: as the team's leader or deputy
	Source    state.Source // state.SourceActivity, or state.SourceCorrection for an absence that was none
	Activity  id.Activity
	Team      id.Team
	Node      id.Node // the activity's
	Title     string
	Reason    string    // of the events; of a correction
	Leading   []id.User // the team's leader and deputies, whose own hours staff confirms
	Announced bool      // the volunteers hear of it already, as they do of the activity's end
	Entries   []Entry
}

// Entry is the service of one person in one go. A person may have several, such
// as one for each check-in with its check-out.
type Entry struct {
	User       id.User
	Start, End time.Time
	Minutes    int64 // at least 1, at most the whole minutes between
	Note       string
	Offline    bool // by a check-in that was sent later
	Sample     bool // drawn for one more review
	Unseen     bool // one of too many whom only the leader has seen: staff confirms
}

// waits tells whether the record is only written down, and somebody else confirms
// it: what people record for themselves, and of what a team's leader records the
// hours of who leads it and of too many whom nobody else has seen.
func (b Batch) waits(r Record, unseen map[id.User]bool) bool {
	return r.UserID == b.Actor || b.Grant == nil && (unseen[r.UserID] || slices.Contains(b.Leading, r.UserID))
}

// Record writes the batch's records in the transaction that decides it, and
// credits those that need no further review: minutes for everybody, and points
// for whole hours of members. What crosses midnight becomes two records. What
// the actor may not confirm is written down and waits for staff; see Batch.waits.
// It costs
// two round trips before the commit, however many the people are; the activity
// is to be locked before. The records are in the order of people and times.
//
// Errors: fault.ReasonServiceOverlap, which names every overlap, and nothing is
// written then; fault.ReasonInvalidInput for minutes that do not fit.
func (s *Service) Record(ctx context.Context, tx *mysql.Tx, b Batch) ([]Record, error) {
	records, err := b.records()
	if err != nil || len(records) == 0 {
		return nil, err
	}
	around, err := s.look(ctx, tx, b.Node, records)
	if err != nil {
		return nil, err
	}
	for i := range records {
		around.stamp(&records[i])
	}
	if err := checkOverlaps(records, around.Taken); err != nil {
		return nil, err
	}
	w := writing{tx: tx, actor: b.Actor, grant: b.Grant, reason: b.Reason, announced: b.Announced}
	byTeam, unseen := b.Grant == nil, map[id.User]bool{}
	for _, e := range b.Entries {
		unseen[e.User] = unseen[e.User] || e.Unseen
	}
	for i := range records {
		r := &records[i]
		r.ID, r.RecordedAt, r.RecorderID = mysql.NewID[id.Record](tx), tx.Now(), b.Actor
		r.Status, r.Version, r.StageNodeID = state.Record.Initial, 1, r.NodeID
		r.Unseen = unseen[r.UserID]
		r.needs(around.Taken, around.Path, byTeam)
		if b.waits(*r, unseen) {
			w.begin(*r, false)
			continue
		}
		w.begin(*r, true)
		from := r.Status
		name, err := r.reviewed(around.Path, byTeam, tx.Now())
		if err != nil {
			return nil, err
		}
		w.went(r, from, name)
		around.Taken = append(around.Taken, *r)
	}
	if err := add(tx, records); err != nil {
		return nil, err
	}
	return records, s.write(ctx, &w)
}

// records are the batch's as they are before anybody looked at them, in the
// order of people and times, cut at midnight.
func (b Batch) records() ([]Record, error) {
	var all []Record
	for _, e := range b.Entries {
		if whole := wholeMinutes(e.Start, e.End); e.Minutes < 1 || e.Minutes > whole {
			return nil, fault.BadField(e.User.String(), "时长要在一分钟以上，也不能超过这段时间本身。")
		}
		r := Record{
			UserID: e.User, ActivityID: b.Activity, TeamID: b.Team, NodeID: b.Node, Title: b.Title, StartedAt: e.Start,
			EndedAt: e.End, Minutes: e.Minutes, Note: e.Note, Source: b.Source, Offline: e.Offline, Sample: e.Sample,
		}
		all = append(all, r.split()...)
	}
	slices.SortStableFunc(all, func(x, y Record) int {
		return cmp.Or(cmp.Compare(x.UserID, y.UserID), x.StartedAt.Compare(y.StartedAt))
	})
	return all, nil
}

// surroundings are what records are judged by.
type surroundings struct {
	Taken  []Record // confirmed and credited ones of their people on their days
	People []person
	Path   []id.Node // from their community up
}

// person is where somebody belonged, and when.
type person struct {
	UserID id.User    `db:"user_id"`
	Name   string     `db:"display_name"`
	HomeID id.Node    `db:"home_node_id"` // 0: none
	NodeID id.Node    `db:"node_id"`      // of the report-in; 0: none
	UnitID id.Node    `db:"unit_id"`
	Since  *time.Time `db:"since_at"`
	Until  *time.Time `db:"until_at"`
}

// look locks the minutes of the records' people and then reads what they are
// judged by, in one round trip with what else is wanted.
func (s *Service) look(ctx context.Context, tx *mysql.Tx, node id.Node, records []Record, more ...mysql.Want) (
	surroundings, error) {
	var around surroundings
	var users []id.User
	since, until := records[0].StartedAt, records[0].EndedAt
	for _, r := range records {
		users = append(users, r.UserID)
		if r.StartedAt.Before(since) {
			since = r.StartedAt
		}
		if r.EndedAt.After(until) {
			until = r.EndedAt
		}
	}
	slices.Sort(users)
	users = slices.Compact(users)
	if err := s.ledger.Touch(tx, users); err != nil {
		return around, err
	}
	since, until = clock.Day(since), clock.NextDay(until)
	err := tx.Read(ctx, append(more,
		mysql.Many(&around.Taken, "hours.taken", mysql.Args{"users": users, "since": since, "until": until}),
		mysql.Many(&around.People, "hours.people", mysql.Args{"users": users}),
		org.WantAncestors(&around.Path, node))...)
	return around, err
}

// stamp says where the record's person belonged at the time: in the community of
// the report-in, or else at home, or else where the service was.
func (a surroundings) stamp(r *Record) {
	r.MemberNodeID, r.UnitID = r.NodeID, 0
	for _, p := range a.People {
		if p.UserID != r.UserID {
			continue
		}
		r.UserName = p.Name
		if p.HomeID != 0 && r.UnitID == 0 {
			r.MemberNodeID = p.HomeID
		}
		if p.Since != nil && !r.StartedAt.Before(*p.Since) && (p.Until == nil || r.StartedAt.Before(*p.Until)) {
			r.MemberNodeID, r.UnitID = p.NodeID, p.UnitID
		}
	}
}

// awards are what a credited record earns: minutes, and points for a member.
func (r Record) awards() []points.Award {
	share := points.Share{
		User: r.UserID, Amount: r.Minutes, MemberNode: r.MemberNodeID, MemberUnit: r.UnitID,
		Cause: r.CreditEvent,
	}
	award := points.Award{
		Event: points.ServiceMinutes, DeedAt: r.StartedAt, Node: r.NodeID, Team: r.TeamID, Shares: []points.Share{share},
	}
	all := []points.Award{award}
	if r.UnitID != 0 {
		award.Event = points.ServiceHours
		all = append(all, award)
	}
	return all
}

// textNoun is how texts and originals call a record, which are older than the register.
const textNoun = "record"

// redact hides numbers in a text that others will read.
func (s *Service) redact(tx *mysql.Tx, record id.Record, name, text string) (string, error) {
	return matter.Redact(tx, s.sealer, matter.Field{Noun: textNoun, Subject: int64(record), Name: name}, text)
}
