package wish

import (
	"context"
	"errors"
	"fmt"
	"time"

	"xinyuan/internal/content"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// lot is what was drawn for a yes that staff records, 0 to 99, and below which
// number another person asks again.
type lot struct{ number, percent int }

// isDrawn tells whether another person asks again.
func (l lot) isDrawn() bool { return l.number < l.percent }

// draw draws for the next yes of the claim. Nobody can tell before, and a
// transaction that runs again draws the same; a later yes draws anew.
func (s *Service) draw(c Claim, percent int) lot {
	number := s.sealer.Numbers(seal.PurposeSample, fmt.Sprintf("yes %s %d", c.ID, c.Version))[0]
	return lot{int(number % 100), percent}
}

// Confirm takes the resident's answer; accepted pays the points in the same
// transaction, unless staff records it and another person is to ask again.
// Errors: those of Matter.Confirm, fault.ReasonInvalidInput.
func (s *Service) Confirm(ctx context.Context, actor id.User, claim id.Claim, a Answer,
	onCommit mysql.OnCommit[Claim]) (Claim, error) {
	if err := a.check(); err != nil {
		return Claim{}, err
	}
	var after Claim
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		m, err := s.answer(ctx, tx, actor, claim, a)
		if err != nil {
			return err
		}
		after = m.Claim
		return onCommit.Do(tx, after, nil)
	})
	return after, err
}

func (s *Service) answer(ctx context.Context, tx *mysql.Tx, actor id.User, claim id.Claim, a Answer) (Matter, error) {
	var rules []yesRule
	var wants []mysql.Want
	if a.recordsYes() {
		wants = append(wants, mysql.Many(&rules, "wish.yes_rules", nil))
	}
	var m Matter
	by := Actor{ID: actor}
	err := tx.Read(ctx, append(lockPair(&m, claim), wants...)...)
	if err == nil && m.Wish.OwnerID != actor { // the owner needs no grant, and the wish has no beneficiary beside them
		err = tx.Read(ctx, grant.CoveringMatter(&by.Grants, actor, state.Claim.Noun, claim),
			beneficiaryByClaim(&m.Wish, claim))
	}
	if err != nil {
		return m, mysql.NotFound(err)
	}
	before, clean := m, a // a stays as it came: a transaction may run again
	if clean.Comment, err = s.claimText(tx, m.Claim, "comment", content.Writing{
		Writer: actor, Staff: m.Wish.OwnerID != actor, Text: a.Comment,
	}); err != nil {
		return m, err
	}
	drawn := s.draw(m.Claim, percentAt(rules, tx.Now()))
	name, right, err := m.Confirm(by, clean, drawn, tx.Now())
	if err != nil {
		return m, err
	}
	how := matter.Step{Actor: actor, Grant: idOf(right), Name: name, Reason: a.tell()}
	cause, err := s.saveMatter(tx, before, m, how)
	if err == nil && name == state.EventConfirm {
		err = s.pay(ctx, tx, m, cause)
	}
	if before.Claim.AskedAt != nil {
		args := mysql.Args{"claim": claim, "stood": a.Accepted}
		err = errors.Join(err, tx.Add("wish.answer_yes", args))
	}
	if a.recordsYes() {
		yes := mysql.Args{
			"event": cause, "claim": claim, "recorder": actor, "how": a.OnBehalf.How, "at": tx.Now(),
			"lot": &drawn.number, "drawn": name == state.EventAskAgain,
		}
		if before.Claim.AskedAt != nil {
			yes["lot"] = (*int)(nil)
		}
		err = errors.Join(err, tx.Add("wish.add_yes", yes))
	}
	return m, err
}

// recordsYes tells whether staff writes down that the resident is content.
func (a Answer) recordsYes() bool { return a.Accepted && a.OnBehalf != nil }

// yesRule is how many of a hundred recorded yeses are asked again from then on.
type yesRule struct {
	Since   time.Time `db:"since"`
	Percent int       `db:"percent"`
}

// percentAt is that of the newest rule in force at the time, none before the first.
func percentAt(rules []yesRule, at time.Time) int {
	for _, r := range rules {
		if !at.Before(r.Since) {
			return r.Percent
		}
	}
	return 0
}

// AddYesRule says how many of a hundred recorded yeses are asked again from then
// on: for seeds and tests.
func AddYesRule(tx *mysql.Tx, since time.Time, percent int) error {
	return tx.Add("wish.add_yes_rule", mysql.Args{"since": since, "percent": percent})
}

// Recorded is the yes of a resident about which another person asks again.
type Recorded struct {
	ClaimID id.Claim  `db:"claim_id"`
	Name    string    `db:"display_name"` // of who recorded it
	Role    id.Role   `db:"role"`         // of the grant by which they did
	At      time.Time `db:"recorded_at"`
}

// FindRecorded reads the yeses of the claims about which another person is to ask
// again.
func FindRecorded(ctx context.Context, r mysql.Reader, claims []id.Claim) (map[id.Claim]*Recorded, error) {
	if len(claims) == 0 {
		return nil, nil
	}
	var all []Recorded
	err := r.Read(ctx, wantRecorded(&all, claims))
	known := make(map[id.Claim]*Recorded, len(all))
	for i := range all {
		known[all[i].ClaimID] = &all[i]
	}
	return known, err
}

func wantRecorded(dest *[]Recorded, claims []id.Claim) mysql.Want {
	return mysql.Many(dest, "wish.recorded", mysql.Args{"claims": claims})
}
