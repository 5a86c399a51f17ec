package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
)

// A violation of what agreements promise is planted, and doctor finds it.
func TestPlantedAgreements(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	type doc = map[string]any
	offer := w.Call("unit", "POST", "/api/v1/offers", doc{
		"hostId": w.Unit, "kind": "venue", "name": "会议室", "place": "一楼", "seats": 1, "people": 30, "slots": 4,
		"audiences": []string{"resident"}, "hours": []doc{{"weekday": 1, "fromMinute": 480, "untilMinute": 1200}},
	}).Want(201).Text("id")
	w.Call("unit", "POST", "/api/v1/offers/"+offer+"/opening", nil).Want(200)
	agree := func(kept bool) string {
		one := w.Call("secretary", "POST", "/api/v1/agreements", doc{
			"nodeId": w.Home, "unitId": w.Unit, "year": 2026,
			"lines": []doc{{"kind": "venue", "text": "借给居民开会", "quantity": 2, "quarter": 2, "offerId": offer}},
		}).Want(201).Text("id")
		w.Call("secretary", "POST", "/api/v1/agreements/"+one+"/offer", nil).Want(200)
		w.Clocks.Business.Advance(time.Minute)
		if kept {
			w.Call("unit", "POST", "/api/v1/agreements/"+one+"/signature", nil).Want(200)
		}
		return one
	}
	one, asked := agree(true), agree(false)
	w.Healthy()
	fill := strings.NewReplacer("{one}", one, "{asked}", asked, "{offer}", offer, "{home}", w.Home.String())
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	const step = "noun = 'agreement' AND subject_id = "
	findsEach(t, w.World, copies, fill, []violation{
		{"history", "UPDATE agreements SET status = 'ended', ended_at = signed_at WHERE id = {one}", "agreement {one}"},
		{"register", "UPDATE agreements SET year = 2027 WHERE id = {one}", "agreement {one}"},
		{"agreements", "UPDATE agreements SET signer_grant_id = signer_grant_id + 1 WHERE id = {one}", "agreement {one} was not signed"},
		{"agreements", "UPDATE agreements a JOIN agreements b ON b.id = a.id SET a.signer_id = b.sender_id, a.sender_id = b.signer_id WHERE a.id = {one}",
			"agreement {one} was not signed"},
		{"agreements", "UPDATE events SET grant_id = NULL WHERE " + step + "{one} AND name = 'accept'", "agreement {one} was not signed"},
		{"agreements", "UPDATE events SET grant_id = NULL WHERE " + step + "{asked} AND name = 'dispatch'", "agreement {asked} was not signed"},
		{"agreements", "DELETE FROM agreement_lines WHERE agreement_id = {asked}", "agreement {asked} has no lines"},
		{"agreements", "UPDATE offers SET host_id = {home} WHERE id = {offer}", "agreement {one} has no lines, too many, or one of what another body"},
		{"agreements", "UPDATE events SET name = 'edit' WHERE " + step + "{one} AND name = 'accept'", "agreement {one} was changed after"},
		{"inbox", "DELETE FROM inbox WHERE part = 'sender'", "was not told"},
	})
}
