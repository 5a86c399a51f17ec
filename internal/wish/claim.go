package wish

import (
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/media"
	"xinyuan/internal/membership"
	"xinyuan/internal/state"
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
	DecidedAt    *time.Time        `db:"decided_at"`  // when staff or the resident last said how it goes on
	ApprovedBy   id.User           `db:"approved_by"` // 0: nobody yet; lists do not read it, nor the grant
	ApprovedWith id.Grant          `db:"approval_grant_id"`
	DeliveredAt  *time.Time        `db:"delivered_at"`
	ConfirmedAt  *time.Time        `db:"confirmed_at"`
	ConfirmEvent id.Event          `db:"confirm_event_id"` // the confirmation that stands and paid; lists do not read it
	OwnUndoneAt  *time.Time        `db:"owner_undone_at"`  // when the owner took the own confirmation back, once
	DeliveryNote string            `db:"delivery_note"`
	Returns      int               `db:"returns"`      // how often the owner said "not yet"
	DisputedAt   *time.Time        `db:"disputed_at"`  // staff has to decide; nil: nothing to decide
	AskedBy      id.User           `db:"asked_by"`     // recorded the yes that another person asks about again; 0: nobody
	AskedAt      *time.Time        `db:"asked_at"`     // nil: nobody is to ask again
	MissedCalls  int               `db:"missed_calls"` // how often staff asked in vain
	MissedCallAt *time.Time        `db:"missed_call_at"`
	EscalatedAt  *time.Time        `db:"escalated_at"` // when more people were told that it still waits
	Rating       *int              `db:"rating"`       // 1 to 5 stars
	Comment      string            `db:"comment"`
	Waiting      []string          `db:"-"` // the names of its texts that others do not read yet
	Version      int               `db:"version"`

	Participants []Participant `db:"-"`
	Photos       []media.Photo `db:"-"` // of its deliveries, where the answer shows them
}

// Participant is a member whom the claimant asked to fulfil the wish together.
type Participant struct {
	ClaimID      id.Claim      `db:"claim_id"`
	UserID       id.User       `db:"user_id"`
	DisplayName  string        `db:"display_name"`
	MembershipID id.Membership `db:"membership_id"`
	MemberNodeID id.Node       `db:"member_node_id"`
	UnitID       id.Node       `db:"unit_id"`
	AcceptedAt   *time.Time    `db:"accepted_at"` // nil: only invited
}

// The limits of claims.
const (
	MaxUndelivered  = 3                    // claims of a member that are requested or approved
	MaxParticipants = letters.Participants // beside the claimant
	// MaxReturns is how often "not yet" sends a claim back by itself.
	MaxReturns = 1
)

// The deadlines of claims and wishes.
const (
	EscalateAfter = 3 * 24 * time.Hour  // undecided: announced one level up; unanswered: staff is to ask
	LapseAfter    = 7 * 24 * time.Hour  // undecided
	DeliverWithin = 30 * 24 * time.Hour // approved and not delivered
	ExpireAfter   = 90 * 24 * time.Hour // open and not claimed
)

// hasParticipant tells whether the person is the claimant or an accepted participant.
func (c Claim) hasParticipant(person id.User) bool {
	if c.ClaimantID == person {
		return true
	}
	for _, p := range c.Participants {
		if p.UserID == person && p.AcceptedAt != nil {
			return true
		}
	}
	return false
}

// people are all whom the claim concerns, the invited included.
func (c Claim) people() []id.User {
	all := []id.User{c.ClaimantID}
	for _, p := range c.Participants {
		all = append(all, p.UserID)
	}
	return all
}

// isApproved tells whether staff has said yes to the claim and it has not ended
// without its deed.
func (c Claim) isApproved() bool {
	switch c.Status {
	case state.ClaimApproved, state.ClaimDelivered, state.ClaimConfirmed:
		return true
	case state.ClaimRequested, state.ClaimDeclined, state.ClaimReleased, state.ClaimCancelled,
		state.ClaimLapsed:
		return false
	}
	return false
}

// opensContact tells whether those who fulfil it may read the contact data now.
func (c Claim) opensContact() bool {
	return c.Status == state.ClaimApproved || c.Status == state.ClaimDelivered
}

func (c *Claim) move(e state.Event) error {
	next, ok := state.Claim.Next(c.Status, e)
	if !ok {
		return fault.New(fault.ReasonClaimState)
	}
	if e != state.EventAccept && e != state.EventMissCall { // which change nothing about waiting
		c.EscalatedAt = nil
	}
	c.Status = next
	return nil
}

// Candidate is who wants to claim.
type Candidate struct {
	ID         id.User
	Membership membership.Membership
	Member     bool      // has an active report-in: Membership
	Approvers  []id.User // who approved earlier claims of the wish
	// Undelivered counts the claims that are requested or approved already. A
	// delivered claim waits for the resident, and keeps nobody from the next.
	Undelivered int
}

// Claim takes the wish for the member. Errors: fault.ReasonNotFound,
// fault.ReasonWishTaken, fault.ReasonWishState, fault.ReasonOwnWish,
// fault.ReasonNotMember, fault.ReasonTooManyClaims.
func (w *Wish) Claim(by Candidate, now time.Time) (Claim, error) {
	if err := w.checkClaimable(by.ID); err != nil {
		return Claim{}, err
	}
	switch {
	case slices.Contains(by.Approvers, by.ID):
		return Claim{}, errWorkedOnIt()
	case !by.Member:
		return Claim{}, fault.New(fault.ReasonNotMember)
	case by.Undelivered >= MaxUndelivered:
		return Claim{}, fault.New(fault.ReasonTooManyClaims)
	}
	if err := w.move(state.EventClaim); err != nil {
		return Claim{}, err
	}
	m := by.Membership
	return Claim{
		WishID: w.ID, ClaimantID: by.ID, MembershipID: m.ID, MemberNodeID: m.NodeID, UnitID: m.UnitID,
		Status: state.Claim.Initial, RequestedAt: now,
	}, nil
}

// checkClaimable refuses what a plain look at the wish can refuse: the losers of a
// race are answered by it without a transaction.
func (w Wish) checkClaimable(by id.User) error {
	switch {
	case w.OwnerID == by:
		return fault.New(fault.ReasonOwnWish)
	case w.RecorderID == by:
		return fault.New(fault.ReasonOwnWish).Saying("这个心愿是您替居民记的，请留给别的党员来办。")
	case w.BeneficiaryID == by:
		return fault.New(fault.ReasonOwnWish).Saying("这件心愿留的是您的电话，请留给别的党员来办。")
	case !w.IsPublic():
		return fault.New(fault.ReasonNotFound)
	case w.PublishedBy == by && w.Status == state.WishOpen:
		return errWorkedOnIt()
	case w.Status == state.WishTaken:
		return fault.New(fault.ReasonWishTaken)
	case w.Status != state.WishOpen:
		return fault.New(fault.ReasonWishState)
	}
	return nil
}

// errWorkedOnIt refuses whoever published the wish, or approved a claim of it, as
// claimant or participant.
func errWorkedOnIt() error {
	return fault.New(fault.ReasonPartyToMatter).Saying("这个心愿是您审核的，请让别的党员来认领。")
}

// Matter is a claim and its wish, locked together.
type Matter struct {
	Wish  Wish
	Claim Claim
}

// Opened is a claim and its wish as one person may see them.
type Opened struct {
	Matter
	ToStaff  bool      // the person reads it by a grant
	Recorded *Recorded // for staff, where another person is to ask the resident again
}

// sees tells whether the actor may know of the claim.
func (m Matter) sees(a Actor, now time.Time) bool {
	return slices.Contains(m.Claim.people(), a.ID) || m.Wish.OwnerID == a.ID || m.Wish.RecorderID == a.ID ||
		a.Grants.Reads(now)
}

// showsDeed tells whether the actor may see the pictures of the deed: the
// resident's side, those who did it, and staff. It shows a home, so it never
// becomes public with the wish.
func (m Matter) showsDeed(to Actor, now time.Time) bool {
	return m.Claim.hasParticipant(to.ID) || m.Wish.OwnerID == to.ID || m.Wish.RecorderID == to.ID || to.Grants.Reads(now)
}

// Approve lets the claimant begin. Errors: fault.ReasonNotFound, those of
// Actor.decides, fault.ReasonClaimState.
func (m *Matter) Approve(by Actor, now time.Time) (grant.Grant, error) {
	g, err := m.decide(by, now)
	if err != nil {
		return g, err
	}
	m.Claim.DecidedAt, m.Claim.ApprovedBy, m.Claim.ApprovedWith = &now, by.ID, g.ID
	return g, m.Claim.move(state.EventApprove)
}

// Decline ends the claim and reopens the wish; a delivered claim only while it
// is disputed. Errors: as Approve, and fault.ReasonReasonRequired.
func (m *Matter) Decline(by Actor, reason string, now time.Time) (grant.Grant, error) {
	g, err := m.decide(by, now)
	switch {
	case err != nil:
		return g, err
	case reason == "":
		return g, fault.New(fault.ReasonReasonRequired)
	case m.Claim.Status == state.ClaimDelivered && m.Claim.DisputedAt == nil:
		return g, fault.New(fault.ReasonClaimState)
	}
	m.Claim.DecidedAt, m.Claim.DisputedAt = &now, nil
	return g, m.end(state.EventDecline)
}

// Release gives the wish back. Errors: those of requireClaimant, fault.ReasonClaimState.
func (m *Matter) Release(by Actor, now time.Time) error {
	if err := m.requireClaimant(by, now); err != nil {
		return err
	}
	return m.end(state.EventRelease)
}

// Deliver says that the deed is done. Errors: those of requireClaimant, fault.ReasonClaimState.
func (m *Matter) Deliver(by Actor, note string, now time.Time) error {
	if err := m.requireClaimant(by, now); err != nil {
		return err
	}
	m.Claim.DeliveryNote, m.Claim.DeliveredAt = note, &now
	return m.Claim.move(state.EventDeliver)
}

// requireClaimant refuses others than the claimant. Errors: fault.ReasonNotFound,
// fault.ReasonForbidden.
func (m *Matter) requireClaimant(by Actor, now time.Time) error {
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

// Lapse ends a claim that waited too long: undecided, or undelivered. Error:
// fault.ReasonClaimState when somebody was faster.
func (m *Matter) Lapse(now time.Time) error {
	c := m.Claim
	switch {
	case c.Status == state.ClaimRequested && now.Sub(c.RequestedAt) >= LapseAfter:
	case c.Status == state.ClaimApproved && c.DecidedAt != nil && now.Sub(*c.DecidedAt) >= DeliverWithin:
	default:
		return fault.New(fault.ReasonClaimState)
	}
	return m.end(state.EventLapse)
}

// Escalate says that the claim still waits: to the next level for a decision,
// or to staff for a call back to a resident who does not answer, or who has no
// phone. The event tells which. Error: fault.ReasonClaimState when somebody was
// faster.
func (m *Matter) Escalate(now time.Time) (state.Event, error) {
	c, since := &m.Claim, func(t *time.Time) bool { return t != nil && now.Sub(*t) >= EscalateAfter }
	var e state.Event
	switch {
	case c.EscalatedAt != nil:
	case c.Status == state.ClaimRequested && since(&c.RequestedAt):
		e = state.EventEscalate
	case c.Status == state.ClaimDelivered && c.DisputedAt != nil && since(c.DisputedAt):
		e = state.EventEscalate
	case c.Status == state.ClaimDelivered && c.DisputedAt == nil && m.isUnasked(now):
		e = state.EventCallBack
	}
	if err := c.move(e); err != nil {
		return "", err
	}
	c.EscalatedAt = &now
	return e, nil
}

// Escalate tells the next level that the wish still waits for a decision. Error:
// fault.ReasonWishState when somebody was faster.
func (w *Wish) Escalate(now time.Time) error {
	if w.EscalatedAt != nil || now.Sub(w.SubmittedAt) < EscalateAfter {
		return fault.New(fault.ReasonWishState)
	}
	if err := w.move(state.EventEscalate); err != nil {
		return err
	}
	w.EscalatedAt = &now
	return nil
}

// Expire closes a wish that nobody claimed for long. Error:
// fault.ReasonWishState when somebody was faster.
func (w *Wish) Expire(now time.Time) error {
	if w.PublishedAt == nil || now.Sub(*w.PublishedAt) < ExpireAfter {
		return fault.New(fault.ReasonWishState)
	}
	return w.move(state.EventExpire)
}

// Accept joins the claimant: a member of the claimant's unit or community who
// neither published the wish nor approved a claim of it. Errors:
// fault.ReasonNotFound for a person who is not invited, fault.ReasonClaimState
// once delivered, or when accepted already, fault.ReasonNotMember,
// fault.ReasonNotMembers for a member of elsewhere, fault.ReasonPartyToMatter.
func (m *Matter) Accept(by Candidate, now time.Time) error {
	at := slices.IndexFunc(m.Claim.Participants, func(p Participant) bool { return p.UserID == by.ID })
	switch {
	case at < 0:
		return fault.New(fault.ReasonNotFound)
	case m.Claim.Participants[at].AcceptedAt != nil:
		return fault.New(fault.ReasonClaimState)
	}
	if err := m.Claim.move(state.EventAccept); err != nil {
		return err
	}
	switch {
	case !by.Member:
		return fault.New(fault.ReasonNotMember)
	case by.Membership.UnitID != m.Claim.UnitID && by.Membership.NodeID != m.Claim.MemberNodeID:
		return fault.New(fault.ReasonNotMembers).Saying("您报到的单位和社区与认领人的都不同，不能一起办。")
	case m.Wish.PublishedBy == by.ID || slices.Contains(by.Approvers, by.ID):
		return errWorkedOnIt()
	}
	m.Claim.Participants = slices.Clone(m.Claim.Participants) // those of before stay as they were
	p := &m.Claim.Participants[at]
	p.AcceptedAt, p.MembershipID = &now, by.Membership.ID
	p.MemberNodeID, p.UnitID = by.Membership.NodeID, by.Membership.UnitID
	return nil
}
