// Package points is the ledger: append-only double entry, and the only writer
// of its tables. A transfer moves a whole amount from one account to another
// for a cause, and a cause pays once. System accounts keep no balance, so no
// row is updated by everybody; the sum over all transfers is zero by
// construction, each member's balance is the sum of theirs.
package points

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"xinyuan/internal/id"
)

// Unit is what a transfer counts.
type Unit string

// The units: points (积分), and whole minutes of service.
const (
	UnitPoints  Unit = "points"
	UnitMinutes Unit = "minutes"
)

// RuleEvent is the deed that a rule rewards.
type RuleEvent string

// The deeds.
const (
	WishFulfilled  RuleEvent = "wish_fulfilled"  // a wish that its resident called fulfilled
	ServiceMinutes RuleEvent = "service_minutes" // a credited record's minutes, in minutes
	ServiceHours   RuleEvent = "service_hours"   // its whole hours, in points, for members
)

// Unit is what the deed is paid in.
func (e RuleEvent) Unit() Unit {
	if e == ServiceMinutes {
		return UnitMinutes
	}
	return UnitPoints
}

// Kind is why points move.
type Kind string

// The kinds of transfers.
const (
	KindEarn    Kind = "earn"
	KindCorrect Kind = "correct"
)

// The system's accounts, made by migrations 18 and 39.
const (
	AccountGrant      id.Account = 1 // where points come from
	AccountCorrection id.Account = 2 // where corrections go

	AccountMinutesGrant      id.Account = 3
	AccountMinutesCorrection id.Account = 4
)

// grant and correction are the unit's accounts of the system.
func (u Unit) grant() id.Account {
	if u == UnitMinutes {
		return AccountMinutesGrant
	}
	return AccountGrant
}

func (u Unit) correction() id.Account {
	if u == UnitMinutes {
		return AccountMinutesCorrection
	}
	return AccountCorrection
}

// Rule says what a deed earns from a date on. Rules are data: a new version
// replaces one, and a transfer keeps the version that made it.
type Rule struct {
	ID      id.Rule   `db:"id"`
	Event   RuleEvent `db:"event"`
	NodeID  *id.Node  `db:"node_id"` // only for this community; nil: for the county
	Version int       `db:"version"`
	Points  int64     `db:"points"`
	// PerMinutes is for how many whole minutes of the deed the points are, each
	// time they are full; nil: they are for the deed.
	PerMinutes *int64    `db:"per_minutes"`
	Choices    string    `db:"choices"` // amounts that staff may choose instead, with commas
	CapDay     *int64    `db:"cap_day"` // at most so many points a business day; nil: no cap
	CapMonth   *int64    `db:"cap_month"`
	CapYear    *int64    `db:"cap_year"`
	Effective  time.Time `db:"effective_from"`
}

// Allows tells whether the rule lets a deed earn the amount before caps.
func (r Rule) Allows(amount int64) bool { return slices.Contains(r.Offers(), amount) }

// Offers are the amounts that staff may choose from, the rule's own among them.
func (r Rule) Offers() []int64 {
	all := []int64{r.Points}
	for c := range strings.SplitSeq(r.Choices, ",") {
		if n, err := strconv.ParseInt(strings.TrimSpace(c), 10, 64); err == nil && n > 0 {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Earns is what the deed earns before caps: under a rule per minutes its whole
// spans of them, and otherwise the amount that was promised.
func (r Rule) Earns(amount int64) int64 {
	if r.PerMinutes == nil {
		return amount
	}
	return amount / *r.PerMinutes * r.Points
}

// covers tells whether the rule is in force for a deed in the community at the
// time, as far as later and nearer ones leave it to.
func (r Rule) covers(event RuleEvent, community id.Node, at time.Time) bool {
	return r.Event == event && (r.NodeID == nil || *r.NodeID == community) && !at.Before(r.Effective)
}

// InForce is the rule for a deed in the community at the time: the community's
// own before the county's, the newest first. The rules come in that order, those
// of communities first.
func InForce(rules []Rule, event RuleEvent, community id.Node, at time.Time) (Rule, bool) {
	for _, r := range rules {
		if r.covers(event, community, at) {
			return r, true
		}
	}
	return Rule{}, false
}

// Earned is what an account earned by one rule around a deed, in the business
// day, month and year of it.
type Earned struct {
	Account id.Account `db:"account_id"`
	Event   RuleEvent  `db:"-"`
	On      time.Time  `db:"-"` // the business day that it is seen from
	Day     int64      `db:"day"`
	Month   int64      `db:"month"`
	Year    int64      `db:"year"`
}

// Cut is what is left of the amount under the rule's caps: never below zero. A
// share that is cut goes to nobody else.
func (r Rule) Cut(amount int64, e Earned) int64 {
	for _, c := range []struct {
		limit *int64
		used  int64
	}{{r.CapDay, e.Day}, {r.CapMonth, e.Month}, {r.CapYear, e.Year}} {
		if c.limit != nil {
			amount = min(amount, max(0, *c.limit-c.used))
		}
	}
	return amount
}

// BoardChange is what leaderboards learn of a transfer: the payload of an outbox row.
type BoardChange struct {
	Transfer id.Transfer `json:"transfer"`
	Unit     Unit        `json:"unit,omitempty"` // empty: points
	User     id.User     `json:"user"`
	Amount   int64       `json:"amount"` // negative for a correction
	DeedAt   time.Time   `json:"deedAt"`
	// MemberNode and MemberUnit are where the person belonged, Node is the
	// community of the deed and Team whose deed it was, each as it was then. Unit
	// and team may be none.
	MemberNode id.Node `json:"memberNode"`
	MemberUnit id.Node `json:"memberUnit,omitempty"`
	Node       id.Node `json:"node"`
	Team       id.Team `json:"team,omitempty"`
}
