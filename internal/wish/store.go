package wish

import (
	"errors"
	"fmt"

	"xinyuan/internal/content"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Locks are taken in one order everywhere: membership, wish, claim, accounts.

func lockWish(dest *Wish, wish id.Wish) []mysql.Want {
	return []mysql.Want{lockOnly(dest, wish), beneficiaryOf(dest, wish)}
}

// lockOnly is lockWish for who asks for the beneficiary apart, where the wish has no owner.
func lockOnly(dest *Wish, wish id.Wish) mysql.Want {
	return mysql.One(dest, "wish.lock", mysql.Args{"wish": wish})
}

// lockToClaim is lockOnly for a claim, and reads no more than that needs.
func lockToClaim(dest *Wish, wish id.Wish) mysql.Want {
	return mysql.One(dest, "wish.lock_to_claim", mysql.Args{"wish": wish})
}

// readWish is lockWish for who only looks.
func readWish(dest *Wish, wish id.Wish) []mysql.Want {
	return []mysql.Want{mysql.One(dest, "wish.by_id", mysql.Args{"wish": wish}), beneficiaryOf(dest, wish)}
}

func beneficiaryOf(dest *Wish, wish id.Wish) mysql.Want {
	return beneficiary(dest, "wish.beneficiary", mysql.Args{"wish": wish})
}

// beneficiary wants whose phone the wish's contact gives. It forgets what another
// attempt of the transaction found.
func beneficiary(dest *Wish, query string, args mysql.Args) mysql.Want {
	dest.Beneficiary = Beneficiary{}
	return mysql.Maybe(&dest.Beneficiary, new(bool), query, args)
}

func lockLiveClaim(dest *Claim, found *bool, wish id.Wish) mysql.Want {
	return mysql.Maybe(dest, found, "wish.lock_live_claim", mysql.Args{"wish": wish})
}

// approvers wants who approved earlier claims of the wish.
func approvers(dest *Candidate, wish id.Wish) mysql.Want {
	return mysql.Many(&dest.Approvers, "wish.approvers", mysql.Args{"wish": wish})
}

// undeliveredOf wants how many claims of the member are requested or approved.
func undeliveredOf(dest *int, member id.User) mysql.Want {
	return mysql.One(dest, "wish.undelivered_count", mysql.Args{"claimant": member})
}

// lockMatter wants a claim's wish and the claim, locked in that order.
func lockMatter(m *Matter, claim id.Claim) []mysql.Want {
	return append(lockPair(m, claim), beneficiaryByClaim(&m.Wish, claim))
}

// lockPair is lockMatter without the beneficiary, whom only a wish without an owner has.
func lockPair(m *Matter, claim id.Claim) []mysql.Want {
	args := mysql.Args{"claim": claim}
	return []mysql.Want{
		mysql.One(&m.Wish, "wish.lock_by_claim", args), mysql.One(&m.Claim, "wish.lock_claim", args),
		mysql.Many(&m.Claim.Participants, "wish.participants", args),
	}
}

func beneficiaryByClaim(dest *Wish, claim id.Claim) mysql.Want {
	return beneficiary(dest, "wish.beneficiary_by_claim", mysql.Args{"claim": claim})
}

func wantCategory(dest *CategoryInfo, found *bool, code Category) mysql.Want {
	return mysql.Maybe(dest, found, "wish.category", mysql.Args{"code": code})
}

func lastClaim(dest *Claim, found *bool, wish id.Wish) mysql.Want {
	return mysql.Maybe(dest, found, "wish.last_claim", mysql.Args{"wish": wish})
}

// participantsOf wants those of all claims of the wish; Claim.keepOwn takes its own.
func participantsOf(dest *[]Participant, wish id.Wish) mysql.Want {
	return mysql.Many(dest, "wish.participants_of_wish", mysql.Args{"wish": wish})
}

// keepOwn takes the claim's own out of the participants.
func (c *Claim) keepOwn(all []Participant) {
	for _, p := range all {
		if p.ClaimID == c.ID {
			c.Participants = append(c.Participants, p)
		}
	}
}

// wantRules wants the points rules of the wish's community, in the order that
// points.InForce asks for. Which is in force is asked of them once the wish is locked.
func wantRules(dest *[]points.Rule, wish id.Wish) mysql.Want {
	return mysql.Many(dest, "wish.rules", mysql.Args{"event": points.WishFulfilled, "wish": wish})
}

func idOf(g *grant.Grant) *id.Grant {
	if g == nil {
		return nil
	}
	return &g.ID
}

func byGrant(actor id.User, g grant.Grant, name state.Event, reason string) matter.Step {
	return matter.Step{Actor: actor, Grant: &g.ID, Name: name, Reason: reason}
}

// matter is the wish as the register has it.
func (w Wish) matter() matter.Matter {
	return matter.Matter{
		Noun: state.Wish.Noun, ID: int64(w.ID), Number: w.Number(), Title: w.Title, Node: w.NodeID, Desk: w.NodeID,
		Status: string(w.Status), Version: w.Version,
		Parties: []matter.Party{
			{Part: state.PartyOwner, Person: w.OwnerID}, {Part: state.PartyRecorder, Person: w.RecorderID},
			{Person: w.BeneficiaryID, Phone: w.BeneficiaryPhone, Personal: true},
		},
		Turns: w.turns(),
	}
}

// turns are staff's to verify it, and the owner's to add what a rejection asks for.
func (w Wish) turns() []matter.Turn {
	switch {
	case w.Status == state.WishSubmitted:
		return []matter.Turn{matter.Decide(w.NodeID, w.SubmittedAt)}
	case w.Status == state.WishRejected && w.OwnerID != 0:
		return []matter.Turn{{Part: state.PartyOwner, Person: w.OwnerID, Since: w.SubmittedAt}}
	}
	return []matter.Turn{}
}

// matter is the claim as the register has it. Who approved it does not ask the
// resident.
func (m Matter) matter() matter.Matter {
	parties := m.Wish.matter().Parties
	if m.Claim.Status == state.ClaimDelivered && m.Claim.DisputedAt == nil {
		parties = append(parties, matter.Party{Person: m.Claim.ApprovedBy})
	}
	parties = append(parties, matter.Party{Person: m.Claim.AskedBy},
		matter.Party{Part: state.PartyClaimant, Person: m.Claim.ClaimantID})
	for _, p := range m.Claim.Participants {
		parties = append(parties, matter.Party{Part: state.PartyInvited, Person: p.UserID})
	}
	return matter.Matter{
		Noun: state.Claim.Noun, ID: int64(m.Claim.ID), OfNoun: state.Wish.Noun, OfID: int64(m.Wish.ID),
		Node: m.Wish.NodeID, Desk: m.Wish.NodeID, Status: string(m.Claim.Status), Version: m.Claim.Version, Parties: parties,
		Turns: m.turns(),
	}
}

// turns are staff's to decide and to ask, the owner's to say whether it is fulfilled,
// the claimant's to do it, and those of the invited to answer.
func (m Matter) turns() []matter.Turn {
	c, all := m.Claim, []matter.Turn{}
	switch {
	case c.Status == state.ClaimRequested:
		all = append(all, matter.Decide(m.Wish.NodeID, c.RequestedAt))
	case c.Status == state.ClaimDelivered && c.DisputedAt != nil:
		all = append(all, matter.Decide(m.Wish.NodeID, *c.DisputedAt))
	case c.Status == state.ClaimDelivered && c.AskedAt != nil:
		all = append(all, matter.Record(m.Wish.NodeID, *c.AskedAt))
	case c.Status == state.ClaimDelivered && m.Wish.OwnerID == 0:
		all = append(all, matter.Record(m.Wish.NodeID, *c.DeliveredAt))
	case c.Status == state.ClaimDelivered: // once the owner has not answered for long
		all = append(all, matter.Record(m.Wish.NodeID, c.DeliveredAt.Add(EscalateAfter)))
	}
	if c.Status == state.ClaimDelivered && c.DisputedAt == nil && m.Wish.OwnerID != 0 {
		all = append(all, matter.Turn{
			Part: state.PartyOwner, Person: m.Wish.OwnerID, Asker: c.ClaimantID, Since: *c.DeliveredAt,
		})
	}
	if c.Status == state.ClaimApproved {
		since := c.RequestedAt
		if c.DecidedAt != nil {
			since = *c.DecidedAt
		}
		all = append(all, matter.Turn{Part: state.PartyClaimant, Person: c.ClaimantID, Since: since})
	}
	for _, p := range c.Participants {
		if p.AcceptedAt == nil && (c.Status == state.ClaimRequested || c.Status == state.ClaimApproved) {
			all = append(all, matter.Turn{
				Part: state.PartyInvited, Person: p.UserID, Asker: c.ClaimantID, Since: c.RequestedAt,
			})
		}
	}
	return all
}

// stepOf is a step of the wish, which is as it is after it.
func stepOf(before, after Wish, by matter.Step) matter.Saved {
	by.From = string(before.Status)
	after.Version++
	return matter.Saved{Matter: after.matter().After(before.matter()), Step: by}
}

// stepOfClaim is a step of the claim, which is as it is after it.
func stepOfClaim(before Claim, after Matter, by matter.Step) matter.Saved {
	by.From = string(before.Status)
	after.Claim.Version++
	return matter.Saved{Matter: after.matter().After(Matter{after.Wish, before}.matter()), Step: by}
}

// saveStep queues a step of the wish, whose row the caller writes.
func (s *Service) saveStep(tx *mysql.Tx, before, after Wish, by matter.Step) error {
	_, err := matter.SaveAll(tx, s.sealer, []matter.Saved{stepOf(before, after, by)})
	return err
}

// saveWish queues the changed wish and its step.
func (s *Service) saveWish(tx *mysql.Tx, before, after Wish, by matter.Step) error {
	return errors.Join(s.saveStep(tx, before, after, by), tx.Add("wish.save", after))
}

// saveMatter queues the changed claim with its wish, where that changed, too, and the
// steps of both together. It returns the claim's event.
func (s *Service) saveMatter(tx *mysql.Tx, before, after Matter, by matter.Step) (id.Event, error) {
	by.Event = mysql.NewID[id.Event](tx)
	if by.Name == state.EventConfirm {
		after.Claim.ConfirmEvent = by.Event
	}
	steps, saved := []matter.Saved{stepOfClaim(before.Claim, after, by)}, tx.Add("wish.save_claim", after.Claim)
	if before.Wish.Status != after.Wish.Status {
		by.Reason, by.Event = "", 0
		switch {
		case after.Wish.Status == state.WishFulfilled:
			by.Name = state.EventConfirm
		case after.Wish.Status == state.WishWithdrawn:
			by.Name = state.EventWithdraw
		case before.Wish.Status != state.WishFulfilled: // an undoing has the same name for both
			by.Name = state.EventReopen
		}
		steps, saved = append(steps, stepOf(before.Wish, after.Wish, by)), errors.Join(saved, tx.Add("wish.save", after.Wish))
	}
	entries, err := matter.SaveAll(tx, s.sealer, steps)
	if err != nil {
		return 0, err
	}
	return entries[0].ID, saved
}

// claimText hides numbers in a claim's text of the name, and holds it back until it is checked: who decides reads it at
// once (Claim.show). The original is kept for each version of the claim, since a delivery may come twice.
func (s *Service) claimText(tx *mysql.Tx, c Claim, name string, w content.Writing) (string, error) {
	w.Field = matter.Field{
		Noun: state.Claim.Noun, Subject: int64(c.ID), Name: fmt.Sprintf("%s.%d", name, c.Version), Withheld: s.texts != nil,
	}
	clean, err := matter.Redact(tx, s.sealer, w.Field, w.Text)
	if err != nil || s.texts == nil {
		return clean, err
	}
	w.Text = clean
	return s.texts.Hold(tx, w)
}

// forgetComment queues that a comment which waits is not wanted any more.
func (s *Service) forgetComment(tx *mysql.Tx, c Claim) error {
	if s.texts == nil {
		return nil
	}
	return s.texts.Withdraw(tx, matter.Field{Noun: state.Claim.Noun, Subject: int64(c.ID), Name: "comment"})
}

// field is a text of a matter.
type field struct {
	noun    string
	subject int64
	name    string
}

// redact takes numbers out of a text that others will read, and queues the
// sealed original when there was one.
func redact(tx *mysql.Tx, s *seal.Sealer, f field, text string) (string, error) {
	return matter.Redact(tx, s, matter.Field{Noun: f.noun, Subject: f.subject, Name: f.name}, text)
}
