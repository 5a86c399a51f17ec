// Package ballot is the vote of people about a matter (表决), open: each voice carries who gave it.
// Those on the roll read all of them once they are counted. Whose matter it is says who may vote: the roll is computed
// there, and does not change. Nobody reads a count while the vote is open, staff neither.
//
// A secret vote is another table with random identifiers, without times and without events; nothing here may be used
// for one.
//
// This file holds the rules, pure.
package ballot

import (
	"fmt"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
)

// Least is how many people a vote takes, on its roll and in its voices: fewer would not be the word of many.
const Least = 5

// Span is how long a vote is open.
const Span = 7 * 24 * time.Hour

// Choice is what somebody says.
type Choice string

// The choices.
const (
	ChoiceYes Choice = "yes"
	ChoiceNo  Choice = "no"
)

// Choices lists every choice.
func Choices() []Choice { return []Choice{ChoiceYes, ChoiceNo} }

// Ballot is a vote about a matter.
type Ballot struct {
	ID        id.Ballot  `db:"id"`
	Noun      string     `db:"noun"`
	SubjectID int64      `db:"subject_id"`
	OnRoll    int        `db:"on_roll"` // who may vote
	OpenedAt  time.Time  `db:"opened_at"`
	ClosesAt  time.Time  `db:"closes_at"`
	CountedAt *time.Time `db:"counted_at"` // nil: nobody knows how it goes
	Yes       *int       `db:"yes"`        // nil: likewise
	No        *int       `db:"no"`

	Mine Choice `db:"mine"` // what the reader has said; empty: nothing that counts
	Asks bool   `db:"asks"` // the reader is on the roll
}

// IsValid tells whether it is counted, and enough people voted.
func (b Ballot) IsValid() bool { return b.CountedAt != nil && *b.Yes+*b.No >= Least }

// IsCarried tells whether it is valid, and more said yes than no.
func (b Ballot) IsCarried() bool { return b.IsValid() && *b.Yes > *b.No }

// Result says in words how it ended, once it is counted.
func (b Ballot) Result() string {
	if !b.IsValid() {
		return fmt.Sprintf("投票的不到 %d 个人，不算数", Least)
	}
	return fmt.Sprintf("认可 %d 人，不认可 %d 人", *b.Yes, *b.No)
}

// IsOpen tells whether voices are taken.
func (b Ballot) IsOpen(now time.Time) bool { return b.CountedAt == nil && now.Before(b.ClosesAt) }

// MayVote tells whether the reader may vote.
func (b Ballot) MayVote(now time.Time) bool { return b.Asks && b.Mine == "" && b.IsOpen(now) }

// count sets the result. Error: fault.ReasonBallotState before it closes, and once it is counted.
func (b *Ballot) count(yes, no int, now time.Time) error {
	if b.CountedAt != nil || now.Before(b.ClosesAt) {
		return fault.New(fault.ReasonBallotState)
	}
	b.Yes, b.No, b.CountedAt = &yes, &no, &now
	return nil
}

// Voice is what a person on the roll says.
type Voice struct {
	BallotID    id.Ballot `db:"ballot_id"`
	UserID      id.User   `db:"user_id"`
	Choice      Choice    `db:"choice"`
	RecorderID  id.User   `db:"recorder_id"`  // who entered what stands on paper; 0: it was said on the phone
	ConfirmerID id.User   `db:"confirmer_id"` // who entered the same after them; 0: nobody yet
	At          time.Time `db:"at"`
}

// Counts tells whether it is a voice: what stands on paper is one once two people have entered it.
func (v Voice) Counts() bool { return v.RecorderID == 0 || v.ConfirmerID != 0 }

// enter takes what the actor reads on a person's paper. The first to enter it may correct themself, and another person
// who reads the same makes it count. Errors: fault.ReasonVoted once it counts, fault.ReasonPartyToMatter for one's own
// paper, fault.ReasonInvalidInput where the second reads something else.
func (v *Voice) enter(by id.User, c Choice, now time.Time) error {
	switch {
	case by == v.UserID:
		return fault.New(fault.ReasonPartyToMatter).Saying("自己的票请在自己的手机上投，或者由别人来记。")
	case v.RecorderID != 0 && v.Counts() && v.Choice == c && (by == v.RecorderID || by == v.ConfirmerID):
		return nil // said once more
	case v.Choice != "" && v.Counts():
		return fault.New(fault.ReasonVoted).Saying("这个人已经投过了，不能再记。")
	case v.Choice == "" || v.RecorderID == by:
		v.RecorderID, v.Choice, v.At = by, c, now
		return nil
	case v.Choice != c:
		return fault.BadField("choice", "和前面一个人记的不一样，请两个人一起再看看那张票。")
	}
	v.ConfirmerID, v.At = by, now
	return nil
}

// Enters is the grant by which somebody enters papers: of whoever writes down at the matter's place what people say.
// Error: fault.ReasonNotYourCommunity.
func Enters(g grant.Grants, now time.Time) (grant.Grant, error) {
	return grant.EligibleRecorder(g, grant.Parties{}, now)
}
