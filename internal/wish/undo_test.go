package wish

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// The owner takes the own yes back once, within a day; staff's record of it not.
func TestOwnersUndo(t *testing.T) {
	own := confirmation{By: owner}
	for name, c := range map[string]struct {
		yes   confirmation
		after time.Duration
		want  fault.Reason
	}{
		"at once":               {own, time.Minute, ""},
		"almost a day later":    {own, UndoWithin - time.Millisecond, ""},
		"a day later":           {own, UndoWithin, fault.ReasonForbidden},
		"a second time":         {own, time.Minute, fault.ReasonForbidden},
		"what staff recorded":   {confirmation{RecordedBy: stranger}, time.Minute, fault.ReasonForbidden},
		"what another has said": {confirmation{By: stranger}, time.Minute, fault.ReasonForbidden},
	} {
		m := matterIn(state.ClaimConfirmed)
		m.Claim.ConfirmedAt, m.Claim.ConfirmEvent, m.Wish.Status = &noon, 5, state.WishFulfilled
		if name == "a second time" {
			m.Claim.OwnUndoneAt = &noon
		}
		grant, err := m.Undo(Actor{ID: owner}, c.yes, "点错了", noon.Add(c.after))
		if !faulttest.IsRefused(err, c.want) || grant != nil {
			t.Errorf("%s: %v", name, err)
		}
		if undone := m.Claim.Status == state.ClaimDelivered && m.Wish.Status == state.WishTaken; undone != (c.want == "") {
			t.Errorf("%s: undone is %t", name, undone)
		}
		if c.want == "" && (m.Claim.ConfirmEvent != 0 || m.Claim.OwnUndoneAt == nil) {
			t.Errorf("%s: the confirmation stands: %+v", name, m.Claim)
		}
	}
}

// Who says that nobody came contradicts the delivery: staff decides at once.
func TestNobodyCame(t *testing.T) {
	m := matterIn(state.ClaimDelivered)
	m.Claim.DeliveredAt = &noon
	e, _, err := m.Confirm(Actor{ID: owner}, Answer{NobodyCame: true, Comment: "没有人来过。"}, lot{}, noon.Add(time.Hour))
	if err != nil || e != state.EventDispute || m.Claim.DisputedAt == nil || m.Claim.Status != state.ClaimDelivered {
		t.Errorf("%s %v: %+v", e, err, m.Claim)
	}
}

// Thanks come once, from the owner, for what is fulfilled.
func TestThanks(t *testing.T) {
	five := 5
	for name, c := range map[string]struct {
		by     id.User
		status state.ClaimStatus
		rated  *int
		want   fault.Reason
	}{
		"the owner":          {owner, state.ClaimConfirmed, nil, ""},
		"a second time":      {owner, state.ClaimConfirmed, &five, fault.ReasonClaimState},
		"before it is done":  {owner, state.ClaimDelivered, nil, fault.ReasonClaimState},
		"who helped":         {claimant, state.ClaimConfirmed, nil, fault.ReasonForbidden},
		"who has no part in": {stranger, state.ClaimConfirmed, nil, fault.ReasonNotFound},
	} {
		m := matterIn(c.status)
		m.Claim.Rating = c.rated
		if err := m.Thank(Actor{ID: c.by}, Thanks{Rating: &five, Comment: "谢谢"}); !faulttest.IsRefused(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
