package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/race"
)

// Who ask for a page of the hall at once share a read, and each sees what is theirs: only who decides
// at the place reads what a sensitive wish says.
func TestHallIsReadTogether(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	draft := apptest.Draft(w.Home)
	draft["category"] = "health"
	wish := w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", doc{"decision": "publish"}).Want(200)
	for range 20 {
		var g race.Group
		for i := range 8 {
			g.Go(func() {
				who, reads := "secretary", true
				if i%2 == 0 {
					who, reads = "member-1", false
				}
				a := w.Call(who, "GET", "/api/v1/wishes?nodeId="+w.Home.String(), nil).Want(200)
				if a.Len("items") != 1 || (a.At("items", 0, "description") != "") != reads {
					t.Errorf("%s sees %s", who, a.Raw)
				}
			})
		}
		g.Wait()
	}
}
