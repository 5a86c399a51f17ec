package api_test

import (
	"slices"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// A page of a street has the wishes of all its communities, the newest first, whichever of them they are in.
func TestAStreetsPages(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Grant("member-1", id.RoleSecretary, w.Sister)
	var all, repairs []string
	for i, place := range []id.Node{w.Home, w.Home, w.Sister, w.Home, w.Sister, w.Sister, w.Home} {
		body := apptest.Draft(place)
		if i%2 == 0 {
			body["category"] = "company"
		}
		one := w.Call("resident-2", "POST", "/api/v1/wishes", body).Want(201).Text("id")
		staff := map[id.Node]string{w.Home: "secretary", w.Sister: "member-1"}[place]
		w.Call(staff, "POST", "/api/v1/wishes/"+one+"/review", map[string]any{"decision": "publish"}).Want(200)
		all = slices.Insert(all, 0, one)
		if i%2 > 0 {
			repairs = slices.Insert(repairs, 0, one)
		}
	}
	for query, want := range map[string][]string{"": all, "&category=repair": repairs} {
		var got []string
		for cursor := ""; ; {
			a := w.Call("resident", "GET", "/api/v1/wishes?limit=2&nodeId="+w.Street.String()+query+cursor, nil).Want(200)
			if a.Len("items") > 2 {
				t.Fatalf("a page of two has %d", a.Len("items"))
			}
			for i := range a.Len("items") {
				got = append(got, a.Text("items", i, "id"))
			}
			next, more := a.At("nextCursor").(string)
			if !more {
				break
			}
			cursor = "&cursor=" + next
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: the street has %v, want %v", query, got, want)
		}
	}
}
