package state

import (
	"slices"
	"strings"
	"testing"
)

func TestWish(t *testing.T) {
	soundness(t, Wish, WishSubmitted, WishOpen, WishTaken, WishFulfilled, WishRejected, WishWithdrawn,
		WishExpired)
	endsIn(t, Wish, WishWithdrawn, WishExpired)
	walk(t, Wish, "publish claim reopen claim confirm", WishFulfilled)
	walk(t, Wish, "publish claim withdraw", WishWithdrawn)
	walk(t, Wish, "publish withdraw", WishWithdrawn)
	walk(t, Wish, "withdraw", WishWithdrawn)
	walk(t, Wish, "reject", WishRejected)
	walk(t, Wish, "edit reject edit publish expire", WishExpired)
	walk(t, Wish, "publish claim confirm undo confirm", WishFulfilled)
	refuses(t, Wish, WishSubmitted, EventClaim, EventConfirm, EventReopen)
	refuses(t, Wish, WishOpen, EventPublish, EventReject, EventConfirm, EventReopen)
	refuses(t, Wish, WishTaken, EventClaim, EventPublish, EventReject)
}

func TestClaim(t *testing.T) {
	soundness(t, Claim, ClaimRequested, ClaimApproved, ClaimDelivered, ClaimConfirmed, ClaimDeclined,
		ClaimReleased, ClaimCancelled, ClaimLapsed)
	endsIn(t, Claim, ClaimDeclined, ClaimReleased, ClaimCancelled, ClaimLapsed)
	walk(t, Claim, "approve deliver return deliver confirm", ClaimConfirmed)
	walk(t, Claim, "accept approve accept deliver return deliver dispute return deliver confirm undo confirm", ClaimConfirmed)
	walk(t, Claim, "approve deliver dispute decline", ClaimDeclined)
	walk(t, Claim, "lapse", ClaimLapsed)
	walk(t, Claim, "approve lapse", ClaimLapsed)
	walk(t, Claim, "approve release", ClaimReleased)
	walk(t, Claim, "approve cancel", ClaimCancelled)
	walk(t, Claim, "release", ClaimReleased)
	walk(t, Claim, "cancel", ClaimCancelled)
	walk(t, Claim, "decline", ClaimDeclined)
	refuses(t, Claim, ClaimRequested, EventDeliver, EventConfirm, EventReturn)
	refuses(t, Claim, ClaimApproved, EventApprove, EventDecline, EventConfirm)
	refuses(t, Claim, ClaimDelivered, EventCancel, EventRelease, EventDeliver)
}

func TestMembership(t *testing.T) {
	soundness(t, Membership, MembershipRequested, MembershipActive, MembershipLeft, MembershipRejected)
	endsIn(t, Membership, MembershipLeft, MembershipRejected)
	walk(t, Membership, "approve leave", MembershipLeft)
	walk(t, Membership, "reject", MembershipRejected)
	walk(t, Membership, "leave", MembershipLeft)
	refuses(t, Membership, MembershipActive, EventApprove, EventReject)
}

func TestTeam(t *testing.T) {
	soundness(t, Team, TeamActive, TeamClosed)
	endsIn(t, Team, TeamClosed)
	soundness(t, TeamMember, TeamMemberRequested, TeamMemberInvited, TeamMemberActive, TeamMemberLeft, TeamMemberRejected)
	endsIn(t, TeamMember, TeamMemberLeft, TeamMemberRejected)
	walk(t, TeamMember, "approve edit leave", TeamMemberLeft)
	walk(t, TeamMember, "leave", TeamMemberLeft)
	refuses(t, TeamMember, TeamMemberActive, EventApprove, EventReject, EventAccept, EventDecline)
	refuses(t, TeamMember, TeamMemberRequested, EventAccept, EventDecline, EventWithdraw) // nobody takes themself in
	refuses(t, TeamMember, TeamMemberInvited, EventReject, EventLeave)
	if !TeamMember.Begins(TeamMemberInvited) || TeamMember.Begins(TeamMemberLeft) {
		t.Error("a place in a team begins with an invitation, too, and never with its end")
	}
}

func TestActivity(t *testing.T) {
	soundness(t, Activity, ActivityDraft, ActivityPublished, ActivitySettled, ActivityCancelled)
	endsIn(t, Activity, ActivitySettled, ActivityCancelled)
	walk(t, Activity, "edit publish edit settle", ActivitySettled)
	walk(t, Activity, "publish cancel", ActivityCancelled)
	refuses(t, Activity, ActivityDraft, EventSettle)
	refuses(t, Activity, ActivitySettled, EventSettle, EventCancel, EventEdit, EventPublish)
}

func TestSignup(t *testing.T) {
	soundness(t, Signup, SignupConfirmed, SignupWaitlisted, SignupAttended, SignupAbsent, SignupCancelled)
	endsIn(t, Signup, SignupAttended, SignupCancelled)
	walk(t, Signup, "remind attend", SignupAttended)
	walk(t, Signup, "miss attend", SignupAttended)
	refuses(t, Signup, SignupWaitlisted, EventAttend, EventMiss, EventRemind)
	refuses(t, Signup, SignupAttended, EventCancel, EventMiss)
	if !Signup.Begins(SignupWaitlisted) || !Signup.Begins(SignupConfirmed) || Signup.Begins(SignupAttended) {
		t.Error("a sign-up begins with a place or without, and no other way")
	}
}

func TestRecord(t *testing.T) {
	soundness(t, Record, RecordRecorded, RecordConfirmed, RecordCredited, RecordRejected, RecordCorrected)
	endsIn(t, Record, RecordRejected, RecordCorrected)
	walk(t, Record, "credit correct", RecordCorrected)
	walk(t, Record, "escalate confirm confirm credit", RecordCredited)
	walk(t, Record, "confirm reject", RecordRejected)
	refuses(t, Record, RecordCredited, EventCredit, EventReject, EventConfirm)
	soundness(t, Objection, ObjectionOpen, ObjectionUpheld, ObjectionDismissed)
	endsIn(t, Objection, ObjectionUpheld, ObjectionDismissed)
}

func TestComplaint(t *testing.T) {
	soundness(t, Complaint, ComplaintOpen, ComplaintAnswered, ComplaintClosed)
	endsIn(t, Complaint, ComplaintClosed)
	walk(t, Complaint, "escalate answer reopen answer close", ComplaintClosed)
	walk(t, Complaint, "close", ComplaintClosed)
	refuses(t, Complaint, ComplaintOpen, EventReopen)
	refuses(t, Complaint, ComplaintAnswered, EventAnswer, EventEscalate)
}

// A claim is live as long as it is not over: these are the rows that the
// database lets a wish have only one of.
func TestLiveClaimsAreThoseNotOver(t *testing.T) {
	for _, s := range Claim.Statuses() {
		if over := slices.Contains(Claim.Final(), s) || s == ClaimConfirmed; s.IsLive() == over {
			t.Errorf("%s: live is %v", s, s.IsLive())
		}
	}
	if ClaimStatus("nonsense").IsLive() {
		t.Error("an unknown status is live")
	}
}

func TestMermaid(t *testing.T) {
	want := `stateDiagram-v2
    [*] --> requested
    requested --> active: approve (decider or system)
    requested --> rejected: reject (decider)
    requested --> requested: escalate (system)
    requested --> left: leave (member)
    active --> left: leave (member or system)
    active --> left: end (decider)
    rejected --> [*]
    left --> [*]
`
	if got := Membership.Mermaid(); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestReachableStopsAtIslands(t *testing.T) {
	m := Machine[string]{Initial: "a", Transitions: []Transition[string]{
		{"a", "x", "b", nil, ""}, {"c", "x", "a", nil, ""}, {"b", "y", "a", nil, ""},
	}}
	if got := m.Reachable(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("reachable: %v", got)
	}
	if got := m.Final(); len(got) != 0 {
		t.Errorf("final: %v", got)
	}
}

// soundness holds what every lifecycle promises, and that its table knows
// exactly these statuses.
func soundness[S ~string](t *testing.T, m Machine[S], statuses ...S) {
	t.Helper()
	all, reached := slices.Sorted(slices.Values(m.Statuses())), slices.Sorted(slices.Values(m.Reachable()))
	slices.Sort(statuses)
	if !slices.Equal(all, statuses) {
		t.Errorf("%s: the table has %v, not %v", m.Noun, all, statuses)
	}
	if !slices.Equal(all, reached) {
		t.Errorf("%s: of %v only %v can be reached", m.Noun, all, reached)
	}
	seen := map[string]bool{}
	for _, a := range m.Transitions {
		arrow := string(a.From) + " " + string(a.Event)
		if seen[arrow] {
			t.Errorf("%s: two ways for %q", m.Noun, arrow)
		}
		seen[arrow] = true
		if len(a.By) == 0 {
			t.Errorf("%s: nobody may %q", m.Noun, arrow)
		}
	}
}

// endsIn holds that exactly these statuses have no way out.
func endsIn[S ~string](t *testing.T, m Machine[S], want ...S) {
	t.Helper()
	got := slices.Sorted(slices.Values(m.Final()))
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: ends in %v, not in %v", m.Noun, got, want)
	}
}

func walk[S ~string](t *testing.T, m Machine[S], events string, want S) {
	t.Helper()
	at := m.Initial
	for _, e := range strings.Fields(events) {
		next, ok := m.Next(at, Event(e))
		if !ok {
			t.Fatalf("%s: no %s from %s", m.Noun, e, at)
		}
		at = next
	}
	if at != want {
		t.Errorf("%s: %s leads to %s, not to %s", m.Noun, events, at, want)
	}
}

func refuses[S ~string](t *testing.T, m Machine[S], from S, events ...Event) {
	t.Helper()
	for _, e := range events {
		if to, ok := m.Next(from, e); ok || to != from {
			t.Errorf("%s: %s leads from %s to %s", m.Noun, e, from, to)
		}
	}
}

func TestCertificate(t *testing.T) {
	soundness(t, Certificate, CertificateIssued, CertificateRevoked)
	endsIn(t, Certificate, CertificateRevoked)
	walk(t, Certificate, "open open revoke", CertificateRevoked)
	refuses(t, Certificate, CertificateRevoked, EventOpen, EventRevoke)
}
