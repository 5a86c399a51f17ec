package wish

import (
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
)

// Claim (认领) is a member's promise to fulfil a wish. It keeps where the member
// belonged when it was made.
type Claim struct {
	ID           id.Claim          `db:"id"`
	WishID       id.Wish           `db:"wish_id"`
	ClaimantID   id.User           `db:"claimant_id"`
	ClaimantName string            `db:"claimant_name"` // display name; empty where only rules look
	MembershipID id.Membership     `db:"membership_id"`
	MemberNodeID id.Node           `db:"member_node_id"`
	UnitID       id.Node           `db:"unit_id"`
	Status       state.ClaimStatus `db:"status"`
	RequestedAt  time.Time         `db:"requested_at"`
	DecidedAt    *time.Time        `db:"decided_at"`
	DeliveredAt  *time.Time        `db:"delivered_at"`
	ConfirmedAt  *time.Time        `db:"confirmed_at"`
	DeliveryNote string            `db:"delivery_note"`
	Rating       *int              `db:"rating"` // 1 to 5 stars
	Comment      string            `db:"comment"`
	Version      int               `db:"version"`
}

// approved tells whether staff has said yes to the claim and it has not ended
// without its deed.
func (c Claim) approved() bool {
	switch c.Status {
	case state.ClaimApproved, state.ClaimDelivered, state.ClaimConfirmed:
		return true
	case state.ClaimRequested, state.ClaimDeclined, state.ClaimReleased, state.ClaimCancelled:
		return false
	}
	return false
}

// opensContact tells whether the claimant may read the contact data now.
func (c Claim) opensContact() bool {
	return c.Status == state.ClaimApproved || c.Status == state.ClaimDelivered
}

func (c *Claim) move(e state.Event) error {
	next, ok := state.Claim.Next(c.Status, e)
	if !ok {
		return fault.New(fault.ReasonClaimState)
	}
	c.Status = next
	return nil
}

// Claim takes the wish for the member. Errors: fault.ReasonNotFound,
// fault.ReasonWishTaken, fault.ReasonWishState, fault.ReasonOwnWish,
// fault.ReasonNotMember.
func (w *Wish) Claim(by id.User, m user.Membership, member bool, now time.Time) (Claim, error) {
	if err := w.claimable(by); err != nil {
		return Claim{}, err
	}
	if !member {
		return Claim{}, fault.New(fault.ReasonNotMember)
	}
	if err := w.move(state.EventClaim); err != nil {
		return Claim{}, err
	}
	return Claim{
		WishID: w.ID, ClaimantID: by, MembershipID: m.ID, MemberNodeID: m.NodeID, UnitID: m.UnitID,
		Status: state.Claim.Initial, RequestedAt: now,
	}, nil
}

// claimable refuses what a plain look at the wish can refuse: the losers of a
// race are answered by it without a transaction.
func (w Wish) claimable(by id.User) error {
	switch {
	case w.OwnerID == by:
		return fault.New(fault.ReasonOwnWish)
	case !w.Public():
		return fault.New(fault.ReasonNotFound)
	case w.Status == state.WishTaken:
		return fault.New(fault.ReasonWishTaken)
	case w.Status != state.WishOpen:
		return fault.New(fault.ReasonWishState)
	}
	return nil
}

// Matter is a claim and its wish, locked together.
type Matter struct {
	Wish  Wish
	Claim Claim
}

// sees tells whether the actor may know of the claim.
func (m Matter) sees(a Actor, now time.Time) bool {
	return m.Claim.ClaimantID == a.ID || m.Wish.OwnerID == a.ID || a.Grants.Reads(now)
}

// Approve lets the claimant begin. Errors: fault.ReasonNotFound, those of
// Actor.decides, fault.ReasonClaimState.
func (m *Matter) Approve(by Actor, now time.Time) (org.Grant, error) {
	grant, err := m.decide(by, now)
	if err != nil {
		return grant, err
	}
	m.Claim.DecidedAt = &now
	return grant, m.Claim.move(state.EventApprove)
}

// Decline ends the claim and reopens the wish. Errors: as Approve, and
// fault.ReasonReasonRequired.
func (m *Matter) Decline(by Actor, reason string, now time.Time) (org.Grant, error) {
	grant, err := m.decide(by, now)
	switch {
	case err != nil:
		return grant, err
	case reason == "":
		return grant, fault.New(fault.ReasonReasonRequired)
	}
	m.Claim.DecidedAt = &now
	return grant, m.end(state.EventDecline)
}

func (m *Matter) decide(by Actor, now time.Time) (org.Grant, error) {
	if !m.sees(by, now) {
		return org.Grant{}, fault.New(fault.ReasonNotFound)
	}
	return by.decides(m.Wish, now, m.Claim.ClaimantID)
}

// Release gives the wish back. Errors: those of own, fault.ReasonClaimState.
func (m *Matter) Release(by Actor, now time.Time) error {
	if err := m.own(by, now); err != nil {
		return err
	}
	return m.end(state.EventRelease)
}

// Deliver says that the deed is done. Errors: those of own, fault.ReasonClaimState.
func (m *Matter) Deliver(by Actor, note string, now time.Time) error {
	if err := m.own(by, now); err != nil {
		return err
	}
	m.Claim.DeliveryNote, m.Claim.DeliveredAt = note, &now
	return m.Claim.move(state.EventDeliver)
}

// own refuses others than the claimant. Errors: fault.ReasonNotFound,
// fault.ReasonForbidden.
func (m *Matter) own(by Actor, now time.Time) error {
	switch {
	case !m.sees(by, now):
		return fault.New(fault.ReasonNotFound)
	case m.Claim.ClaimantID != by.ID:
		return fault.New(fault.ReasonForbidden).Saying("这是别人的认领，只有认领人自己可以办理。")
	}
	return nil
}

// end closes the claim without its deed and reopens the wish.
func (m *Matter) end(e state.Event) error {
	if err := m.Claim.move(e); err != nil {
		return err
	}
	return m.Wish.move(state.EventReopen)
}

// Answer is what the resident says to a delivery.
type Answer struct {
	Accepted bool
	Rating   *int // 1 to 5 stars; only with Accepted
	Comment  string
}

// Confirm takes the resident's answer: done, or not yet. Only the owner has
// this word. Errors: fault.ReasonNotFound, fault.ReasonForbidden,
// fault.ReasonClaimState.
func (m *Matter) Confirm(by Actor, a Answer, now time.Time) error {
	switch {
	case !m.sees(by, now):
		return fault.New(fault.ReasonNotFound)
	case m.Wish.OwnerID != by.ID:
		return fault.New(fault.ReasonForbidden).Saying("办没办好，由许愿人自己说了算。")
	}
	m.Claim.Comment = a.Comment
	if !a.Accepted {
		return m.Claim.move(state.EventReturn)
	}
	m.Claim.Rating, m.Claim.ConfirmedAt = a.Rating, &now
	if err := m.Claim.move(state.EventConfirm); err != nil {
		return err
	}
	return m.Wish.move(state.EventConfirm)
}
