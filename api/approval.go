package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"xinyuan/internal/fault"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/idempotency"
	"xinyuan/internal/membership"
	"xinyuan/internal/moderation"
	"xinyuan/internal/seal"
	"xinyuan/internal/task"
	"xinyuan/internal/wish"
)

// ListApprovals shows what waits for me.
func (s *server) ListApprovals(ctx context.Context, r ListApprovalsRequestObject) (ListApprovalsResponseObject, error) {
	f := task.Filter{Late: value(r.Params.Late), Kind: value(r.Params.Kind), Node: value(r.Params.NodeId)}
	counts := []ApprovalCount{}
	p := paging[task.Cursor]{r.Params.Cursor, r.Params.Limit, task.ParseCursor}
	items, next, err := pageFrom(p, func(after task.Cursor, n int) ([]task.Task, error) {
		f.After, f.Limit = after, n
		all, err := s.Tasks.List(ctx, me(ctx), f)
		for _, c := range all.Counts {
			counts = append(counts, ApprovalCount{Kind: c.Kind, Count: c.N, Late: c.Late})
		}
		return all.Items, err
	}, func(t task.Task) string { return t.Cursor().String() }, s.approvalJSON)
	return ListApprovals200JSONResponse{Items: items, NextCursor: next, Counts: counts}, err
}

func (s *server) approvalJSON(t task.Task) Approval {
	return Approval{
		Kind: t.Kind, Id: strconv.FormatInt(t.ID, 10), WishId: some(t.WishID), Title: t.Title, Who: t.Who,
		NodeId: t.NodeID, NodeName: t.NodeName, Since: t.Since, Escalated: t.Escalated, Late: t.Late,
		OneByOne: some(t.OneByOne),
		Photos:   s.photosJSON(t.Photos, viewer{staff: true}),
		Claimant: claimantJSON(t.Claimant), Earlier: earlierJSON(t.Earlier),
		Recorded: recordedJSON(t.Recorded), UnseenAt: some(t.UnseenAt),
		MissedCalls: some(t.MissedCalls), MissedCallAt: t.MissedCallAt,
	}
}

func claimantJSON(c *task.Claimant) *ApprovalClaimant {
	if c == nil {
		return nil
	}
	return &ApprovalClaimant{UnitName: c.UnitName, InHand: c.InHand, Fulfilled: c.Fulfilled}
}

// DecideApprovals decides one matter after the other, each for itself. Where none is decided, who has nothing to decide
// is refused as one: what was decided under the key before a role ended is told again.
func (s *server) DecideApprovals(ctx context.Context, r DecideApprovalsRequestObject) (
	DecideApprovalsResponseObject, error) {
	answer := DecideApprovals200JSONResponse{Results: make([]ApprovalResult, len(r.Body.Items))}
	done := false
	for i, item := range r.Body.Items {
		result, err := s.decideOnce(ctx, item)
		if err != nil {
			refused, known := fault.Of(err)
			if !known || refused.Kind == fault.Internal || refused.Kind == fault.Unavailable {
				return nil, err // the items before it are done, and a repetition says so
			}
			result = ApprovalResult{Kind: item.Kind, Id: item.Id, Reason: &refused.Reason, Message: &refused.Message}
			if len(refused.Fields) > 0 {
				result.Message = &refused.Fields[0].Message
			}
		}
		answer.Results[i] = result
		done = done || result.Done
	}
	if !done {
		return answer, s.Tasks.RequireStaff(ctx, me(ctx))
	}
	return answer, nil
}

// decideOnce decides a matter, under the request's key once.
func (s *server) decideOnce(ctx context.Context, d ApprovalDecision) (ApprovalResult, error) {
	k, keyed := ctx.Value(keyedKey{}).(idempotency.Request)
	if keyed {
		k.Operation = "batch " + string(d.Kind) + " " + d.Id
		k.Hash = s.Sealer.Lookup(seal.PurposeRequest, string(d.Decision)+" "+value(d.Reason))
		ctx = context.WithValue(ctx, keyedKey{}, k)
	}
	result, err := s.decide(ctx, d)
	if err == nil || !keyed {
		return result, err
	}
	kept, found, problem := s.Requests.Find(ctx, k)
	switch {
	case problem != nil:
		return result, unknownTwin(err, problem)
	case !found:
		return result, err
	case kept.Hash != k.Hash:
		return result, fault.New(fault.ReasonKeyReused)
	}
	return result, json.Unmarshal(kept.Body, &result)
}

// answers are the two decisions that a kind takes; empty where it takes none.
func answers(k task.Kind) (yes, no ApprovalDecisionDecision) {
	switch k {
	case task.KindWish:
		return ApprovalDecisionDecisionPublish, ApprovalDecisionDecisionReject
	case task.KindMembership:
		return ApprovalDecisionDecisionApprove, ApprovalDecisionDecisionReject
	case task.KindService:
		return ApprovalDecisionDecisionConfirm, ApprovalDecisionDecisionReject
	case task.KindClaim, task.KindDispute:
		return ApprovalDecisionDecisionApprove, ApprovalDecisionDecisionDecline
	case task.KindCase:
		return ApprovalDecisionDecisionKeep, ApprovalDecisionDecisionRemove
	case task.KindCallback, task.KindComplaint, task.KindObjection, task.KindNeed, task.KindAssignment,
		task.KindAdmission, task.KindProject, task.KindBrand:
	}
	return "", ""
}

func (s *server) decide(ctx context.Context, d ApprovalDecision) (ApprovalResult, error) {
	positive, negative := answers(d.Kind)
	switch {
	case positive == "":
		return ApprovalResult{}, fault.BadField("kind", "回访和答复要一件一件来，不能批量办理。")
	case d.Decision != positive && d.Decision != negative:
		return ApprovalResult{}, fault.BadField("decision", "请从给出的选项里选。")
	}
	n, err := strconv.ParseInt(d.Id, 10, 64)
	if err != nil {
		return ApprovalResult{}, fault.New(fault.ReasonNotFound)
	}
	yes, reason := d.Decision == positive, value(d.Reason)
	var status string
	switch d.Kind {
	case task.KindWish:
		var w wish.Wish
		w, err = s.Wishes.Review(ctx, me(ctx), id.Wish(n), wish.Review{Publish: yes, Reason: reason, InBatch: true},
			keep(ctx, s, http.StatusOK, func(w wish.Wish) ApprovalResult { return decided(d, string(w.Status)) }))
		status = string(w.Status)
	case task.KindMembership:
		var m membership.Membership
		review := membership.Decision{Approve: yes, Reason: reason, InBatch: true}
		m, err = s.Memberships.Review(ctx, me(ctx), id.Membership(n), review,
			keep(ctx, s, http.StatusOK, func(m membership.Membership) ApprovalResult { return decided(d, string(m.Status)) }))
		status = string(m.Status)
	case task.KindService:
		var r hours.Record
		review := hours.Decision{Confirm: yes, Reason: reason, InBatch: true}
		r, err = s.Records.Review(ctx, me(ctx), id.Record(n), review,
			keep(ctx, s, http.StatusOK, func(r hours.Record) ApprovalResult { return decided(d, string(r.Status)) }))
		status = string(r.Status)
	case task.KindCallback, task.KindComplaint, task.KindObjection, task.KindNeed, task.KindAssignment,
		task.KindAdmission, task.KindProject, task.KindBrand:
		// refused above: answers has none for them
	case task.KindCase:
		var one moderation.View
		word := moderation.Remove
		if yes {
			word = moderation.Keep
		}
		one, err = s.Cases.Review(ctx, me(ctx), id.Case(n), moderation.Decision{Is: word, Reason: reason},
			keep(ctx, s, http.StatusOK, func(v moderation.View) ApprovalResult { return decided(d, string(v.Status)) }))
		status = string(one.Status)
	case task.KindClaim, task.KindDispute:
		var c wish.Claim
		c, err = s.Wishes.ReviewClaim(ctx, me(ctx), id.Claim(n), wish.Decision{Approve: yes, Reason: reason, InBatch: true},
			keep(ctx, s, http.StatusOK, func(c wish.Claim) ApprovalResult { return decided(d, string(c.Status)) }))
		status = string(c.Status)
	}
	return decided(d, status), err
}

func decided(d ApprovalDecision, status string) ApprovalResult {
	return ApprovalResult{Kind: d.Kind, Id: d.Id, Done: true, Status: &status}
}
