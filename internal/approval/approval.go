// Package approval lists what waits for staff, and what is anybody's turn, across
// the nouns.
package approval

import (
	"context"
	"errors"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
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
)

// Kinds lists every kind, in the order in which people see them.
func Kinds() []Kind {
	return []Kind{
		KindWish, KindClaim, KindMembership, KindDispute, KindCallback, KindComplaint, KindService, KindObjection,
	}
}

// Item is a matter that waits.
type Item struct {
	Kind      Kind      `db:"kind"`
	ID        int64     `db:"id"`      // of the wish, the claim, the report-in, the complaint, the record or the objection
	WishID    id.Wish   `db:"wish_id"` // 0 where the matter is none
	Title     string    `db:"title"`
	Who       string    `db:"who"`
	NodeID    id.Node   `db:"node_id"`
	NodeName  string    `db:"node_name"`
	Since     time.Time `db:"since"`
	Escalated bool      `db:"-"` // has waited for wish.EscalateAfter
	Late      bool      `db:"-"` // will have by the end of today
	OneByOne  Caution   `db:"-"` // why it is not decided in a batch

	ClaimantID id.User   `db:"claimant_id"` // 0 where nobody claims
	Claimant   *Claimant `db:"-"`           // of a claim to approve

	EarlierID id.Membership       `db:"earlier_id"` // 0 where nobody reported in under the name before
	Earlier   *membership.Earlier `db:"-"`

	// Recorded is the yes about which a call back asks again; nil: it asks first.
	Recorded *wish.Recorded `db:"-"`

	// MissedCalls is how often staff asked the resident in vain before a call back,
	// MissedCallAt when last; nil: never.
	MissedCalls  int        `db:"-"`
	MissedCallAt *time.Time `db:"-"`

	// UnseenAt is the activity whose unseen people are decided about together, for
	// a record of one of them; 0: none.
	UnseenAt id.Activity `db:"-"`

	// Photos are what the decision is about: of the wish to verify, of the deed that
	// a resident disputes or has not answered for, or of service that is reported.
	Photos []media.Photo `db:"-"`
}

// Approvals reads.
type Approvals struct {
	db   *mysql.DB
	tree *org.Tree
}

// New returns the approvals of the database.
func New(db *mysql.DB, tree *org.Tree) *Approvals { return &Approvals{db, tree} }

// Filter chooses items.
type Filter struct {
	Kind  Kind    // empty: all
	Node  id.Node // at or below it; 0: all
	Late  bool    // only what has waited for three days by the end of today
	After int64   // the last one's id
	Limit int
}

// Page is what waits for a person, the oldest first.
type Page struct {
	Items  []Item
	Counts []Count // of all that waits, whatever the filter's kind and page
}

// Count is how many matters of a kind wait.
type Count struct {
	Kind Kind
	N    int
	Late int // how many of them are late
}

// most bounds how much waits for one person; nobody works through more.
const most = 2000

// List returns what waits for the person: matters at nodes where they may
// decide, to which they are no party, and for which nobody nearer is eligible,
// or nobody nearer decided in time. Error: fault.ReasonForbidden for who has
// nothing to decide.
func (a *Approvals) List(ctx context.Context, person id.User, f Filter) (Page, error) {
	over, err := a.tree.Overseen(ctx, person)
	if err != nil {
		return Page{}, err
	}
	if len(over.Deciding)+len(over.Recording) == 0 {
		return Page{}, fault.New(fault.ReasonForbidden)
	}
	now := a.db.Now()
	old := now.Add(-wish.EscalateAfter)
	var all []Item
	err = a.db.Select(ctx, &all, "approval.waiting", mysql.Args{
		"me": person, "roles": id.Deciders(), "posts": id.Posts(), "at": now, "old": old, "node": f.Node, "limit": most,
		"deciding": append(over.Deciding, 0), "recording": append(over.Recording, 0),
	})
	var page Page
	for _, kind := range Kinds() {
		page.Counts = append(page.Counts, Count{Kind: kind})
	}
	late := clock.NextDay(now).Add(-wish.EscalateAfter)
	for _, item := range all {
		item.Escalated, item.Late = !item.Since.After(old), item.Since.Before(late)
		count := &page.Counts[slices.Index(Kinds(), item.Kind)]
		count.N++
		if item.Late {
			count.Late++
		}
		if len(page.Items) < f.Limit && f.takes(item) {
			page.Items = append(page.Items, item)
		}
	}
	return page, errors.Join(err, a.showPhotos(ctx, page.Items, over), a.showClaimants(ctx, page.Items),
		a.showEarlier(ctx, page.Items), a.showRecorded(ctx, page.Items), a.showMissed(ctx, page.Items),
		a.showCautions(ctx, page.Items), a.showUnseen(ctx, page.Items))
}

func (f Filter) takes(item Item) bool {
	return item.ID > f.After && (f.Kind == "" || f.Kind == item.Kind) && (!f.Late || item.Late)
}
