// Package task lists what waits for staff, and what is anybody's turn, across
// the nouns.
package task

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/membership"
	"xinyuan/internal/state"
	"xinyuan/internal/wish"
)

// Kind is what is to be done.
type Kind string

// The kinds.
const (
	KindWish       Kind = "wish"       // verify a submitted wish
	KindClaim      Kind = "claim"      // approve a claim
	KindMembership Kind = "membership" // approve a report-in
	KindDispute    Kind = "dispute"    // settle a second "not yet"
	KindCallback   Kind = "callback"   // ask a resident who does not answer
	KindComplaint  Kind = "complaint"  // answer a complaint or a suggestion
	KindService    Kind = "service"    // confirm a service record
	KindObjection  Kind = "objection"  // answer an objection to an absence or a record
	KindCase       Kind = "case"       // look at what was not passed, or is reported
	KindNeed       Kind = "need"       // lead, answer or ask about what a resident needs
	KindAssignment Kind = "assignment" // look at what a body says it has done, or send on what it refused
	KindAdmission  Kind = "admission"  // decide whether a department may give communities work
	KindBrand      Kind = "brand"      // say yes to what a unit proposes, have its next year voted about, renew it
	KindProject    Kind = "project"    // publish, begin, have voted about or accept what a unit does for many
)

// Kinds lists every kind, in the order in which people see them.
func Kinds() []Kind {
	return []Kind{
		KindWish, KindClaim, KindMembership, KindDispute, KindCallback, KindComplaint, KindService, KindObjection,
		KindCase, KindNeed, KindAssignment, KindAdmission, KindProject, KindBrand,
	}
}

// Task is a matter that waits.
type Task struct {
	Kind      Kind
	ID        int64   // of the wish, the claim, the report-in, the complaint, the record or the objection
	WishID    id.Wish // 0 where the matter is none
	Title     string
	Who       string
	NodeID    id.Node
	NodeName  string
	Since     time.Time
	Escalated bool    // has waited for wish.EscalateAfter
	Late      bool    // will have by the end of today
	OneByOne  Caution // why it is not decided in a batch

	ClaimantID id.User   // 0 where nobody claims
	Claimant   *Claimant // of a claim to approve

	EarlierID id.Membership // 0 where nobody reported in under the name before
	Earlier   *membership.Earlier

	// Recorded is the yes about which a call back asks again; nil: it asks first.
	Recorded *wish.Recorded

	// MissedCalls is how often staff asked the resident in vain before a call back,
	// MissedCallAt when last; nil: never.
	MissedCalls  int
	MissedCallAt *time.Time

	// UnseenAt is the activity whose unseen people are decided about together, for
	// a record of one of them; 0: none.
	UnseenAt id.Activity

	// Photos are what the decision is about: of the wish to verify, of the deed that
	// a resident disputes or has not answered for, or of service that is reported.
	Photos []media.Photo

	noun    string
	decides bool
}

// Cursor is where a matter stands among what waits, the oldest first.
type Cursor struct {
	Since int64 // in Unix milliseconds
	ID    int64
}

// Cursor is the place of the task.
func (t Task) Cursor() Cursor { return Cursor{t.Since.UnixMilli(), t.ID} }

func (c Cursor) compare(other Cursor) int {
	return cmp.Or(cmp.Compare(c.Since, other.Since), cmp.Compare(c.ID, other.ID))
}

// String is the cursor as clients carry it.
func (c Cursor) String() string { return fmt.Sprintf("%d-%d", c.Since, c.ID) }

// ParseCursor reads what String wrote.
func ParseCursor(text string) (c Cursor, ok bool) {
	since, matter, found := strings.Cut(text, "-")
	var of id.ID[struct{}]
	at, err := strconv.ParseUint(since, 10, 62)
	ok = found && err == nil && of.UnmarshalText([]byte(matter)) == nil
	return Cursor{int64(at), int64(of)}, ok
}

// row is a turn at a desk, as the register has it.
type row struct {
	Noun     string      `db:"noun"`
	ID       int64       `db:"id"`
	Part     state.Party `db:"part"`
	Since    time.Time   `db:"since"`
	Status   string      `db:"status"`
	OfID     int64       `db:"of_id"`
	Title    string      `db:"title"`
	NodeID   id.Node     `db:"node_id"`
	NodeName string      `db:"node_name"`
	Decides  bool        `db:"decides"` // the asker decides there, and does not only hold a post
}

// kind is what is to be done: as the noun is called, apart from hours and claims.
func (r row) kind() Kind {
	switch {
	case r.Noun == state.Record.Noun:
		return KindService
	case r.Noun != state.Claim.Noun:
		return Kind(r.Noun)
	case r.Part == state.PartyRecorder:
		return KindCallback
	case r.Status == string(state.ClaimRequested):
		return KindClaim
	}
	return KindDispute
}

func (r row) cursor() Cursor { return Cursor{r.Since.UnixMilli(), r.ID} }

func (r row) task() Task {
	return Task{
		Kind: r.kind(), ID: r.ID, Title: r.Title, NodeID: r.NodeID, NodeName: r.NodeName, Since: r.Since, noun: r.Noun,
		decides: r.Decides,
	}
}

func (t *Task) take(s matter.Shown) {
	if s.Title != "" {
		t.Title = s.Title
	}
	t.Who, t.WishID, t.OneByOne, t.UnseenAt = s.Who, s.WishID, Caution(s.Caution), s.UnseenAt
	t.EarlierID = s.EarlierID
	switch t.Kind {
	case KindClaim:
		t.ClaimantID = s.ClaimantID
	case KindCallback:
		t.MissedCalls, t.MissedCallAt = s.MissedCalls, s.MissedCallAt
	case KindWish, KindMembership, KindDispute, KindComplaint, KindService, KindObjection, KindCase, KindNeed,
		KindAssignment, KindAdmission, KindProject, KindBrand:
	}
}
