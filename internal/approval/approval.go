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
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
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
)

// Kinds lists every kind, in the order in which people see them.
func Kinds() []Kind {
	return []Kind{
		KindWish, KindClaim, KindMembership, KindDispute, KindCallback, KindComplaint, KindService, KindObjection,
	}
}

// Item is a matter that waits.
type Item struct {
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

// task is a turn at a desk, as the register has it.
type task struct {
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

// kind is what is to be done.
func (t task) kind() Kind {
	switch t.Noun {
	case state.Wish.Noun:
		return KindWish
	case state.Membership.Noun:
		return KindMembership
	case state.Complaint.Noun:
		return KindComplaint
	case state.Record.Noun:
		return KindService
	case state.Objection.Noun:
		return KindObjection
	}
	switch {
	case t.Part == state.PartyRecorder:
		return KindCallback
	case t.Status == string(state.ClaimRequested):
		return KindClaim
	}
	return KindDispute
}

func (t task) item() Item {
	return Item{
		Kind: t.kind(), ID: t.ID, Title: t.Title, NodeID: t.NodeID, NodeName: t.NodeName, Since: t.Since, noun: t.Noun,
		decides: t.Decides,
	}
}

// Approvals reads.
type Approvals struct {
	db    *mysql.DB
	shows map[string]matter.Show
}

// New returns the approvals of the database, with what each noun has a list show.
func New(db *mysql.DB, shows map[string]matter.Show) *Approvals { return &Approvals{db, shows} }

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
	now := a.db.Now()
	old := now.Add(-wish.EscalateAfter)
	var all []task
	var grants grant.Grants
	err := a.db.Read(ctx, grant.WantOf(&grants, person), mysql.Many(&all, "approval.tasks", mysql.Args{
		"me": person, "roles": id.Deciders(), "posts": id.Posts(), "at": now, "old": old, "node": f.Node, "limit": most,
	}))
	if err != nil {
		return Page{}, err
	}
	if !slices.ContainsFunc(grants, func(g grant.Grant) bool { return g.InForce(now) && g.Role.Records() }) {
		return Page{}, fault.New(fault.ReasonForbidden)
	}
	var page Page
	for _, kind := range Kinds() {
		page.Counts = append(page.Counts, Count{Kind: kind})
	}
	late := clock.NextDay(now).Add(-wish.EscalateAfter)
	for i, one := range all {
		if i > 0 && one.Noun == all[i-1].Noun && one.ID == all[i-1].ID { // by another grant
			continue
		}
		item := one.item()
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
	if len(page.Items) == 0 {
		return page, nil
	}
	if err := a.show(ctx, page.Items); err != nil {
		return page, err
	}
	return page, errors.Join(a.showPhotos(ctx, page.Items), a.showClaimants(ctx, page.Items),
		a.showEarlier(ctx, page.Items), a.showRecorded(ctx, page.Items))
}

// show puts to the items what their nouns have a list show: a query a noun, all in
// one round trip.
func (a *Approvals) show(ctx context.Context, items []Item) error {
	ids, shown := map[string][]int64{}, map[string]*[]matter.Shown{}
	var wants []mysql.Want
	for _, item := range items {
		ids[item.noun] = append(ids[item.noun], item.ID)
	}
	for noun, some := range ids {
		shown[noun] = new([]matter.Shown)
		wants = append(wants, a.shows[noun](shown[noun], some))
	}
	err := a.db.Read(ctx, wants...)
	for i := range items {
		for _, s := range *shown[items[i].noun] {
			if s.ID == items[i].ID {
				items[i].take(s)
			}
		}
	}
	return err
}

func (i *Item) take(s matter.Shown) {
	if s.Title != "" {
		i.Title = s.Title
	}
	i.Who, i.WishID, i.OneByOne, i.UnseenAt = s.Who, s.WishID, Caution(s.Caution), s.UnseenAt
	i.EarlierID = s.EarlierID
	switch i.Kind {
	case KindClaim:
		i.ClaimantID = s.ClaimantID
	case KindCallback:
		i.MissedCalls, i.MissedCallAt = s.MissedCalls, s.MissedCallAt
	case KindWish, KindMembership, KindDispute, KindComplaint, KindService, KindObjection:
	}
}

func (f Filter) takes(item Item) bool {
	return item.ID > f.After && (f.Kind == "" || f.Kind == item.Kind) && (!f.Late || item.Late)
}
