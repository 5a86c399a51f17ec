package hours

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// RollActivity is an activity as staff look at its unseen people.
type RollActivity struct {
	ID        id.Activity          `db:"id"`
	NodeID    id.Node              `db:"node_id"`
	Title     string               `db:"title"`
	StartsAt  time.Time            `db:"starts_at"`
	EndsAt    time.Time            `db:"ends_at"`
	Status    state.ActivityStatus `db:"status"`
	SettledBy string               `db:"settled_by"` // the name; empty before the settlement
	Came      int                  `db:"came"`       // all who came

	People []UnseenPerson `db:"-"`
}

// UnseenPerson is somebody without a phone and without a live check-in, with what
// was recorded of them.
type UnseenPerson struct {
	UserID    id.User
	Name      string
	Minutes   int64
	MayReview bool // their hours wait for who asks
	Records   []Record
}

// waits tells whether somebody has still to decide about the record.
func (r Record) waits() bool {
	return r.Status == state.RecordRecorded || r.Status == state.RecordConfirmed
}

// rollActivity reads the activity with the actor's grants there. Errors:
// fault.ReasonNotFound, fault.ReasonNotYourCommunity.
func (s *Service) rollActivity(ctx context.Context, from mysql.Reader, actor id.User, activity id.Activity) (
	RollActivity, grant.Grants, error) {
	var g RollActivity
	var grants grant.Grants
	err := from.Read(ctx, mysql.One(&g, "hours.roll_activity", mysql.Args{"activity": activity}),
		grant.CoveringMatter(&grants, actor, state.Activity.Noun, activity))
	reads := grants.Reads(s.db.Now())
	switch {
	case err != nil:
		return g, nil, mysql.NotFound(err)
	case !reads && g.Status == state.ActivityDraft:
		return g, nil, fault.New(fault.ReasonNotFound)
	case !reads:
		return g, nil, fault.New(fault.ReasonNotYourCommunity)
	}
	return g, grants, nil
}

// reviewed is who has confirmed a record.
type reviewed struct {
	RecordID   id.Record `db:"record_id"`
	ReviewerID id.User   `db:"reviewer_id"`
}

// GetUnseen shows the people of an activity whom nobody but who leads the team has
// seen, where they are too many for the leader's word: to staff that sees all,
// those who wait first. Errors: fault.ReasonNotFound,
// fault.ReasonNotYourCommunity.
func (s *Service) GetUnseen(ctx context.Context, actor id.User, activity id.Activity) (RollActivity, error) {
	g, grants, err := s.rollActivity(ctx, s.db, actor, activity)
	if err != nil {
		return g, err
	}
	var (
		records []Record
		looked  []reviewed
		path    []id.Node
		args    = mysql.Args{"activity": activity}
	)
	err = s.db.Read(ctx, mysql.Many(&records, "hours.unseen", args),
		mysql.Many(&looked, "hours.unseen_reviewers", args),
		org.WantAncestors(&path, g.NodeID))
	for _, r := range records {
		m := scene{Record: r, surroundings: surroundings{Path: path}, Grants: grants}
		for _, l := range looked {
			if l.RecordID == r.ID {
				m.Reviewers = append(m.Reviewers, l.ReviewerID)
			}
		}
		_, refused := m.reviewer(actor, s.db.Now())
		if last := len(g.People) - 1; last < 0 || g.People[last].UserID != r.UserID {
			g.People = append(g.People, UnseenPerson{UserID: r.UserID, Name: r.UserName})
		}
		p := &g.People[len(g.People)-1]
		p.Records, p.Minutes, p.MayReview = append(p.Records, r), p.Minutes+r.Minutes, p.MayReview || refused == nil
	}
	slices.SortStableFunc(g.People, func(a, b UnseenPerson) int { return cmp.Compare(a.rank(), b.rank()) })
	return g, err
}

// rank puts those first who wait.
func (p UnseenPerson) rank() int {
	if slices.ContainsFunc(p.Records, Record.waits) {
		return 0
	}
	return 1
}

// Verdict is a decision about all that was recorded of a person in an activity.
type Verdict struct {
	User id.User
	Decision
}

// checkVerdicts refuses a person twice and reasons that are none. Error:
// fault.ReasonInvalidInput.
func checkVerdicts(all []Verdict) error {
	known := map[id.User]bool{}
	for i := range all {
		path := fmt.Sprintf("decisions.%d.", i)
		if known[all[i].User] {
			return fault.BadField(path+"userId", "这个人写了两次，请留下一条。")
		}
		known[all[i].User] = true
		if err := fault.CheckText(&all[i].Reason, path+"reason", "原因", maxReason); err != nil {
			return err
		}
	}
	return nil
}

// ReviewUnseen decides about the unseen people of an activity together: about all
// of them or, where one decision is refused, about none. Errors:
// fault.ReasonNotFound, fault.ReasonNotYourCommunity, fault.ReasonRecordState for
// a person of whom nothing waits, and those of Review.
func (s *Service) ReviewUnseen(ctx context.Context, actor id.User, activity id.Activity, all []Verdict,
	onCommit mysql.OnCommit[[]Record]) ([]Record, error) {
	if err := checkVerdicts(all); err != nil {
		return nil, err
	}
	var after []Record
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		after = nil
		g, grants, err := s.rollActivity(ctx, tx, actor, activity)
		if err != nil {
			return err
		}
		if _, err := grant.Eligible(grants, grant.Parties{}, tx.Now()); err != nil {
			return err
		}
		chosen, said, err := s.waiting(ctx, tx, activity, all)
		if err != nil {
			return err
		}
		// The minutes of all people are locked in their order before the first record is.
		if _, err := s.look(ctx, tx, g.NodeID, chosen); err != nil {
			return err
		}
		for _, known := range chosen {
			m, err := s.lock(ctx, tx, actor, known)
			if err != nil {
				return err
			}
			r, err := s.review(ctx, tx, actor, m, said[known.UserID])
			if err != nil {
				return err
			}
			after = append(after, known.with(r))
		}
		return onCommit.Do(tx, after, nil)
	})
	return after, err
}

// waiting are the records of these people that wait, by people, and what is said of
// them. Error: fault.ReasonRecordState.
func (s *Service) waiting(ctx context.Context, tx *mysql.Tx, activity id.Activity, all []Verdict) (
	[]Record, map[id.User]Decision, error) {
	var records, chosen []Record
	if err := tx.Select(ctx, &records, "hours.unseen", mysql.Args{"activity": activity}); err != nil {
		return nil, nil, err
	}
	said := map[id.User]Decision{}
	for _, v := range all {
		said[v.User] = v.Decision
		if !slices.ContainsFunc(records, func(r Record) bool { return r.UserID == v.User && r.waits() }) {
			return nil, nil, fault.New(fault.ReasonRecordState)
		}
	}
	for _, r := range records {
		if _, known := said[r.UserID]; known && r.waits() {
			chosen = append(chosen, r)
		}
	}
	return chosen, said, nil
}
