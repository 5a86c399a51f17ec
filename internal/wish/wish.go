// Package wish is about micro-wishes and their claims: a resident asks, a
// member takes it on, the resident has the last word.
//
// This file and claim.go hold the rules, pure: they look at a person, a matter
// and a time, and answer with the changed matter or a refusal. wish_service.go
// and claim_service.go run them inside transactions; store.go reads and writes rows.
package wish

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/points"
	"xinyuan/internal/state"
)

// Wish is a micro-wish (微心愿), a numbered card of its community. Contact data
// is not part of it: see Service.Contact.
type Wish struct {
	ID          id.Wish  `db:"id"`
	NodeID      id.Node  `db:"node_id"`
	NodeName    string   `db:"node_name"`
	Year        int      `db:"year"`
	Serial      int      `db:"number"`
	OwnerID     id.User  `db:"owner_id"`    // 0: posted for somebody without a phone
	RecorderID  id.User  `db:"recorder_id"` // who posted on behalf; 0: the owner did
	Consent     *Consent `db:"consent"`     // how the resident agreed to that
	ConsentNote string   `db:"consent_note"`
	OwnerLabel  string   `db:"owner_label"` // the owner's name with its middle hidden
	Category    Category `db:"category"`
	Sensitive   bool     `db:"is_sensitive"`
	Title       string   `db:"title"`
	Description string   `db:"description"`
	Practical
	Points      *int64           `db:"points"` // what fulfilment earns; set when published
	Status      state.WishStatus `db:"status"`
	CreatedAt   time.Time        `db:"created_at"`
	SubmittedAt time.Time        `db:"submitted_at"` // since when it waits for staff, or last did
	PublishedAt *time.Time       `db:"published_at"`
	EscalatedAt *time.Time       `db:"escalated_at"` // when the next level was told that it still waits
	Version     int              `db:"version"`
	NeedID      id.Need          `db:"need_id"`      // that became it; 0: none. Lists do not read it
	PublishedBy id.User          `db:"published_by"` // 0: nobody yet; lists do not read it
	Beneficiary

	HasPhotos bool          `db:"has_photos"` // in a list
	Photos    []media.Photo `db:"-"`          // where the answer shows them
}

// Beneficiary is whose phone the contact of a wish without an owner gives. Lists do
// not read it.
type Beneficiary struct {
	BeneficiaryID id.User `db:"beneficiary_id"` // 0: nobody's
	Helped        bool    `db:"is_helped"`      // they only answer the phone for the resident
	// BeneficiaryPhone is the look-up of that phone, whosever it is; empty where the
	// wish has an owner.
	BeneficiaryPhone string `db:"beneficiary_phone"`
}

// Consent is how a resident agreed that somebody posts for them.
type Consent string

// The forms of consent.
const (
	ConsentOral  Consent = "oral"
	ConsentPaper Consent = "paper"
)

// Number is the card's number in its community, for instance "2026-0012".
func (w Wish) Number() string { return fmt.Sprintf("%d-%04d", w.Year, w.Serial) }

// IsPublic tells whether everybody may know of the wish.
func (w Wish) IsPublic() bool {
	switch w.Status {
	case state.WishOpen, state.WishTaken, state.WishFulfilled:
		return true
	case state.WishSubmitted, state.WishRejected, state.WishWithdrawn, state.WishExpired:
		return false
	}
	return false
}

// Actor is who acts, with their grants for the matter, the nearest first.
type Actor struct {
	ID     id.User
	Grants grant.Grants
	Member bool // has an active report-in; read where a contact is asked for
}

// Sees tells whether the actor may know of the wish.
func (a Actor) Sees(w Wish, now time.Time) bool {
	return w.IsPublic() || w.OwnerID == a.ID || w.RecorderID == a.ID || a.Grants.Reads(now)
}

// decides returns the grant by which the actor decides about the wish. Errors:
// fault.ReasonNotFound for whom the wish does not exist, and those of
// grant.Eligible.
func (a Actor) decides(w Wish, now time.Time) (grant.Grant, error) {
	if !a.Sees(w, now) {
		return grant.Grant{}, fault.New(fault.ReasonNotFound)
	}
	return grant.Eligible(a.Grants, w.parties(), now)
}

// parties are whose wish it is, and who recorded it.
func (w Wish) parties() grant.Parties {
	return grant.Parties{Personal: []id.User{w.OwnerID, w.BeneficiaryID}, Office: []id.User{w.RecorderID}}
}

// move takes the wish along its lifecycle. Error: fault.ReasonWishState.
func (w *Wish) move(e state.Event) error {
	next, ok := state.Wish.Next(w.Status, e)
	if !ok {
		return fault.New(fault.ReasonWishState)
	}
	if e != state.EventAttach { // which changes nothing about waiting
		w.EscalatedAt = nil
	}
	w.Status = next
	return nil
}

// Attach gives a wish that was posted on behalf to the resident who can speak
// for themself now. Errors: those of decides, fault.ReasonPartyToMatter where
// the person has another part in it, fault.ReasonWishState.
func (w *Wish) Attach(by Actor, person id.User, live *Claim, now time.Time) (grant.Grant, error) {
	g, err := w.checkAttach(by, person, live, now)
	if err != nil {
		return g, err
	}
	w.OwnerID, w.Beneficiary = person, Beneficiary{}
	return g, w.move(state.EventAttach)
}

// checkAttach refuses what Attach refuses, but for the state.
func (w *Wish) checkAttach(by Actor, person id.User, live *Claim, now time.Time) (grant.Grant, error) {
	parties := []id.User{w.RecorderID, w.PublishedBy, by.ID}
	if live != nil {
		parties = append(parties, append(live.people(), live.ApprovedBy)...)
	}
	g, err := by.decides(*w, now)
	switch {
	case err != nil:
		return g, err
	case w.OwnerID != 0:
		return g, fault.New(fault.ReasonWishState)
	case slices.Contains(parties, person):
		return g, fault.New(fault.ReasonPartyToMatter)
	case w.Helped && person == w.BeneficiaryID:
		return g, fault.New(fault.ReasonPartyToMatter).Saying("这个号码是帮忙接电话的人的，不是许愿人的。")
	}
	return g, nil
}

// Publish puts the wish into the hall for the points chosen, or the rule's own
// when none are. Error: those of decides, fault.ReasonWishState,
// fault.ReasonInvalidInput for points that the rule does not offer.
func (w *Wish) Publish(by Actor, chosen *int64, rule points.Rule, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*w, now)
	if err != nil {
		return g, err
	}
	amount := rule.Points
	if chosen != nil {
		amount = *chosen
	}
	if !rule.Allows(amount) {
		return g, fault.BadField("points", "积分请从这几档里选："+joinAmounts(rule.Offers())+"。")
	}
	w.Points, w.PublishedAt, w.PublishedBy = &amount, &now, by.ID
	return g, w.move(state.EventPublish)
}

// joinAmounts writes amounts as people do: 5、10、20.
func joinAmounts(amounts []int64) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(amounts), " ", "、"), "[]")
}

// Reject sends the wish back to its owner. Errors: those of decides,
// fault.ReasonReasonRequired, fault.ReasonWishState.
func (w *Wish) Reject(by Actor, reason string, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*w, now)
	switch {
	case err != nil:
		return g, err
	case reason == "":
		return g, fault.New(fault.ReasonReasonRequired)
	}
	return g, w.move(state.EventReject)
}

// speaksFor tells whether the actor has the owner's word: the owner, or where
// nobody owns the wish by phone, who recorded it for them.
func (w Wish) speaksFor(actor id.User) bool {
	return w.OwnerID == actor || w.OwnerID == 0 && w.RecorderID == actor
}

// Edit takes the changed draft; a rejected wish asks anew. Errors:
// fault.ReasonNotFound, fault.ReasonForbidden, fault.ReasonWishState.
func (w *Wish) Edit(by Actor, now time.Time) error {
	switch {
	case !by.Sees(*w, now):
		return fault.New(fault.ReasonNotFound)
	case !w.speaksFor(by.ID):
		return fault.New(fault.ReasonForbidden).Saying("只有许愿人自己可以修改心愿。")
	}
	w.SubmittedAt = now
	return w.move(state.EventEdit)
}

// Withdraw takes the wish back, and cancels its live claim unless that is
// delivered already. Errors: fault.ReasonNotFound, fault.ReasonForbidden for
// others than the owner, fault.ReasonWishState, fault.ReasonClaimState.
func (w *Wish) Withdraw(by Actor, live *Claim, now time.Time) error {
	switch {
	case !by.Sees(*w, now):
		return fault.New(fault.ReasonNotFound)
	case !w.speaksFor(by.ID):
		return fault.New(fault.ReasonForbidden).Saying("只有许愿人自己可以撤回心愿。")
	}
	if live != nil {
		if err := live.move(state.EventCancel); err != nil {
			return fault.New(fault.ReasonClaimState).Saying("心愿已经办完，等您确认。如果还没办好，请点“还没办好”。")
		}
	}
	return w.move(state.EventWithdraw)
}

// ShowsDescription tells whether the actor may read what a sensitive wish says,
// and see its pictures: its owner, staff, and the member whose claim was approved.
func (w Wish) ShowsDescription(to Actor, last *Claim, now time.Time) bool {
	if !w.Sensitive || w.OwnerID == to.ID || w.RecorderID == to.ID || to.Grants.Reads(now) {
		return true
	}
	return last != nil && last.hasParticipant(to.ID) && last.isApproved()
}
