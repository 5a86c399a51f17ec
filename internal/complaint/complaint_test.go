package complaint

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

func staff(role id.Role) Actor {
	return Actor{ID: 2, Grants: grant.Grants{{ID: 9, Role: role, From: noon}}, Parties: []id.User{7}}
}

func TestWhoAnswers(t *testing.T) {
	party := staff(id.RoleStreet)
	party.ID = 7
	author := staff(id.RoleStreet)
	author.ID = 1
	early := staff(id.RoleStreet)
	early.Grants[0].From = noon.Add(time.Hour)
	for name, c := range map[string]struct {
		by   Actor
		want fault.Reason
	}{
		"street":             {staff(id.RoleStreet), ""},
		"whom it is about":   {party, fault.ReasonNotFound},
		"the author":         {author, fault.ReasonPartyToMatter},
		"the auditor":        {staff(id.RoleAuditor), fault.ReasonNotYourCommunity},
		"a grid worker":      {staff(id.RoleGridWorker), fault.ReasonNotFound},
		"before the grant":   {early, fault.ReasonNotFound},
		"nobody in the tree": {Actor{ID: 3}, fault.ReasonNotFound},
	} {
		k := Complaint{AuthorID: 1, Status: state.ComplaintOpen}
		g, err := k.Reply(c.by, noon)
		switch {
		case c.want != "" && (!fault.Has(err, c.want) || k.Status != state.ComplaintOpen):
			t.Errorf("%s: %v, %s", name, err, k.Status)
		case c.want == "" && (err != nil || g.ID != 9 || k.Status != state.ComplaintAnswered):
			t.Errorf("%s: %v, grant %d, %s", name, err, g.ID, k.Status)
		}
	}
}

func TestDesk(t *testing.T) {
	above := id.Node(10)
	community, county := org.Node{ID: 11, ParentID: &above}, org.Node{ID: 1}
	for _, c := range []struct {
		kind Kind
		node org.Node
		want id.Node
	}{
		{KindComplaint, community, 10}, {KindSuggestion, community, 11}, {KindComplaint, county, 1},
	} {
		if got, _ := deskOf(c.kind, c.node); got != c.want {
			t.Errorf("a %s about %d is answered at %d, want %d", c.kind, c.node.ID, got, c.want)
		}
	}
}

func TestAskedOnceMore(t *testing.T) {
	author := Actor{ID: 1}
	k := Complaint{AuthorID: 1, DeskID: 10, Status: state.ComplaintAnswered, EscalatedAt: &noon}
	later := noon.Add(time.Hour)
	if err := k.Reopen(author, 20, later); err != nil || k.DeskID != 20 || !k.AskedAt.Equal(later) || k.EscalatedAt != nil {
		t.Fatalf("%v: %+v", err, k)
	}
	if err := k.Escalate(later.Add(EscalateAfter)); err != nil || k.EscalatedAt == nil {
		t.Errorf("it waits anew, and the next level is not told: %v", err)
	}
	if err := k.Escalate(later.Add(2 * EscalateAfter)); !fault.Has(err, fault.ReasonComplaintState) {
		t.Errorf("the next level is told twice: %v", err)
	}
	k.Status = state.ComplaintAnswered
	if err := k.Reopen(author, 20, later); !fault.Has(err, fault.ReasonComplaintState) {
		t.Errorf("asked a third time: %v", err)
	}
	if err := k.Close(Actor{ID: 3}, later); !fault.Has(err, fault.ReasonNotFound) {
		t.Errorf("closed by a stranger: %v", err)
	}
	if err := k.Close(author, later); err != nil || k.Status != state.ComplaintClosed {
		t.Errorf("%v: %s", err, k.Status)
	}
}
