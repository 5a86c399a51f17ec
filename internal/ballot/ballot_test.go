package ballot

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

// A paper counts once two people have entered the same; the first corrects themself, and nobody enters their own.
func TestAPaperIsEnteredTwice(t *testing.T) {
	empty, once := Voice{UserID: 1}, Voice{UserID: 1, Choice: ChoiceYes, RecorderID: 2}
	twice, phone := Voice{UserID: 1, Choice: ChoiceYes, RecorderID: 2, ConfirmerID: 3}, Voice{UserID: 1, Choice: ChoiceYes}
	for name, c := range map[string]struct {
		before Voice
		by     id.User
		choice Choice
		want   fault.Reason
		counts bool
	}{
		"the first":          {empty, 2, ChoiceYes, "", false},
		"one's own":          {empty, 1, ChoiceYes, fault.ReasonPartyToMatter, false},
		"the first again":    {once, 2, ChoiceYes, "", false},
		"corrected":          {once, 2, ChoiceNo, "", false},
		"the second":         {once, 3, ChoiceYes, "", true},
		"something else":     {once, 3, ChoiceNo, fault.ReasonInvalidInput, false},
		"the second again":   {twice, 3, ChoiceYes, "", true},
		"a third":            {twice, 4, ChoiceYes, fault.ReasonVoted, true},
		"who voted by phone": {phone, 2, ChoiceYes, fault.ReasonVoted, true},
	} {
		t.Run(name, func(t *testing.T) {
			v := c.before
			err := v.enter(c.by, c.choice, noon)
			if c.want == "" && err != nil || c.want != "" && !fault.Has(err, c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if counts := v.Choice != "" && v.Counts(); counts != c.counts && (v.RecorderID != 0 || c.counts) {
				t.Errorf("it counts: %v, want %v", counts, c.counts)
			}
		})
	}
}

// A vote is counted when it is over, once; five voices are one, and more yes than no carries it.
func TestAVoteIsCountedOnce(t *testing.T) {
	b := Ballot{ClosesAt: noon}
	if err := b.count(3, 2, noon.Add(-1)); !fault.Has(err, fault.ReasonBallotState) || b.IsCarried() {
		t.Errorf("before it closes: %v", err)
	}
	if err := b.count(3, 2, noon); err != nil || !b.IsCarried() {
		t.Errorf("once it closes: %v", err)
	}
	if err := b.count(9, 0, noon); !fault.Has(err, fault.ReasonBallotState) || *b.Yes != 3 {
		t.Errorf("once more: %v", err)
	}
	for _, c := range []struct {
		yes, no        int
		valid, carried bool
	}{{4, 0, false, false}, {5, 0, true, true}, {2, 3, true, false}, {3, 3, true, false}, {0, 0, false, false}} {
		b := Ballot{CountedAt: &noon, Yes: &c.yes, No: &c.no}
		if b.IsValid() != c.valid || b.IsCarried() != c.carried {
			t.Errorf("%d yes, %d no: valid %v, carried %v", c.yes, c.no, b.IsValid(), b.IsCarried())
		}
	}
}
