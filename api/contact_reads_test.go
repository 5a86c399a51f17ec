package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/contact"
)

// Whoever reads a contact often on one day is one line with a count, so that nobody's reading is pushed off the list; the
// list goes on to its end.
func TestReadersOfAContact(t *testing.T) {
	w := apptest.NewTown(apptest.New(t), 1)
	posted, _ := w.Approved("member-1")
	contact := func(persona, reason string) apptest.Answer {
		return w.Call(persona, "GET", "/api/v1/wishes/"+posted+"/contact?reason="+reason, nil)
	}
	contact("street", "one").Want(200)
	for range 210 {
		contact("member-1", "").Want(200)
	}
	contact("street", "two").Want(200)
	w.Clocks.Business.Advance(24 * time.Hour)
	contact("member-1", "").Want(200)
	list := func(query string) apptest.Answer {
		return w.Call("resident", "GET", "/api/v1/wishes/"+posted+"/contact-reads"+query, nil).Want(200)
	}
	all := list("")
	var lines []string
	for i := range all.Len("items") {
		lines = append(lines, fmt.Sprint(all.Text("items", i, "reader"), " ", all.Number("items", i, "times"), " ", all.Text("items", i, "reason")))
	}
	if got := strings.Join(lines, ", "); got != "member-1 1 , street 2 one；two, member-1 210 " {
		t.Errorf("the list: %s", got)
	}
	seen := 0
	for query := "?limit=1"; ; {
		a := list(query)
		seen += a.Len("items")
		if a.Text("nextCursor") == "" {
			break
		}
		query = "?limit=1&cursor=" + a.Text("nextCursor")
	}
	if seen != 3 {
		t.Errorf("page by page there are %d lines, want 3", seen)
	}
	w.Healthy()
}

// Who has read many contacts on one day is asked why, and told nothing else; a reason is enough, and so is another day.
func TestManyContactsAskForAReason(t *testing.T) {
	w := apptest.NewTown(apptest.New(t), 1)
	var first string
	for i := range contact.MaxADay + 1 {
		posted := w.Post()
		a := w.Call("secretary", "GET", "/api/v1/wishes/"+posted+"/contact", nil)
		if i < contact.MaxADay {
			a.Want(200)
			first = posted
			continue
		}
		a.Refused(422, "reason_required")
		w.Call("secretary", "GET", "/api/v1/wishes/"+posted+"/contact?reason=call", nil).Want(200)
		w.Call("secretary", "GET", "/api/v1/wishes/"+first+"/contact", nil).Refused(422, "reason_required")
		w.Clocks.Business.Advance(24 * time.Hour)
		w.Call("secretary", "GET", "/api/v1/wishes/"+posted+"/contact", nil).Want(200)
	}
	w.Healthy()
}
