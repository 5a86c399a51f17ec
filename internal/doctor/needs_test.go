package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
	"xinyuan/internal/importer"
)

// A violation of what needs and assignments promise is planted, and doctor finds it.
func TestPlantedNeeds(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	w.Grant("member-1", id.RoleResponder, w.Unit)
	type doc = map[string]any
	say := func() string {
		return w.Call("resident", "POST", "/api/v1/needs", doc{
			"nodeId": w.Home, "category": "roads", "place": "3 号楼下", "text": "井盖松了",
			"contact": doc{"name": apptest.Name, "phone": apptest.Phone, "address": apptest.Address},
		}).Want(201).Text("id")
	}
	step := func(persona, noun, one, step string, body any) {
		t.Helper()
		w.Call(persona, "POST", "/api/v1/"+noun+"/"+one+"/"+step, body).Want(200)
	}
	closed, open, other, given := say(), say(), say(), say()
	for _, n := range []string{closed, open, other} {
		step("secretary", "needs", n, "review", doc{"decision": "accept"})
	}
	w.Call("secretary", "GET", "/api/v1/needs/"+closed+"/contact", nil).Want(200)
	w.Call("secretary", "POST", "/api/v1/needs/"+given+"/handover", doc{
		"category": "repair", "title": "想要一把椅子", "agreed": "电话里问的",
	}).Want(201)
	send := func(need string) string {
		return w.Call("secretary", "POST", "/api/v1/assignments", doc{
			"needId": need, "to": []doc{{"nodeId": w.Unit, "kind": "lead"}}, "what": "换井盖", "term": "ordinary",
		}).Want(201).Text("items", 0, "id")
	}
	done, sent := send(closed), send(open)
	step("member-1", "assignments", done, "acceptance", nil)
	step("member-1", "assignments", done, "report", doc{"answer": "换好了"})
	step("grid", "assignments", done, "verification", nil)
	step("secretary", "needs", closed, "answer", doc{"result": "solved", "answer": "换好了"})
	step("resident", "needs", closed, "confirmation", doc{"solved": "yes"})
	step("street", "needs", other, "suspension", doc{
		"reviewAt": w.Clocks.Business.Now().Add(20 * 24 * time.Hour), "reason": "等化冻",
	})
	from, until := w.Clocks.Business.Now().AddDate(0, 0, 60), w.Clocks.Business.Now().AddDate(0, 0, 200)
	leave := w.Call("member-1", "POST", "/api/v1/admissions", doc{
		"unitId": w.Unit, "nodeId": w.Home, "what": "劝导夜市", "reason": "人手不够", "from": from.Format(time.DateOnly),
		"until": until.Format(time.DateOnly),
	}).Want(201).Text("id")
	step("county", "admissions", leave, "decision", doc{"decision": "admit"})
	ask := w.Call("member-1", "POST", "/api/v1/admissions", doc{
		"unitId": w.Unit, "nodeId": w.Home, "what": "冬天扫雪", "reason": "人手不够", "from": from.Format(time.DateOnly),
		"until": until.Format(time.DateOnly),
	}).Want(201).Text("id")
	_, err := importer.Duties(t.Context(), w.App.DB, strings.NewReader("编号,板块,职能,事项,承担方式\n1,民生,养老,助餐,主体\n"),
		importer.Options{Commit: true})
	if err != nil {
		t.Fatal(err)
	}
	w.Healthy()
	fill := strings.NewReplacer("{leave}", leave,
		"{ask}", ask, "{closed}", closed, "{given}", given, "{open}", open, "{other}", other, "{done}", done, "{sent}", sent)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	findsEach(t, w.World, copies, fill, []violation{
		{"history", "UPDATE needs SET status = 'handling' WHERE id = {other}", "need {other}"},
		{"history", "UPDATE assignments SET status = 'working' WHERE id = {sent}", "assignment {sent}"},
		{"register", "UPDATE needs SET text = '别的事' WHERE id = {open}", "need {open}"},
		{"register", "UPDATE needs SET due_at = due_at + INTERVAL 1 DAY WHERE id = {open}", "need {open}"},
		{"register", "UPDATE assignments SET what = '别的事' WHERE id = {sent}", "assignment {sent}"},
		{"needs", "UPDATE needs SET solved = 'unknown' WHERE id = {closed}", "need {closed} is closed"},
		{"needs", "UPDATE needs SET handler_id = owner_id, asker_id = owner_id WHERE id = {closed}", "need {closed} is closed"},
		{"needs", "UPDATE assignments SET status = 'working' WHERE id = {done}", "need {closed} has ended"},
		{"needs", "UPDATE needs SET review_at = review_at + INTERVAL 100 DAY WHERE id = {other}", "need {other} waits"},
		{"needs", "UPDATE needs SET review_at = review_at - INTERVAL 30 DAY WHERE id = {other}", "need {other} waits"},
		{"needs", "UPDATE needs SET status = 'merged', merged_into = id, solved = NULL WHERE id = {open}", "need {open} is merged"},
		{"needs", "UPDATE needs SET status = IF(id = {open}, 'merged', 'withdrawn'), merged_into = IF(id = {open}, {other}, NULL) WHERE id IN ({open}, {other})", "need {open} is merged"},
		{"needs", "UPDATE needs SET status = 'handed' WHERE id = {open}", "need {open} goes on"},
		{"needs", "UPDATE wishes SET need_id = {open} LIMIT 1", "need {open} goes on"},
		{"needs", "UPDATE wishes SET node_id = (SELECT n.id FROM nodes n WHERE n.kind = 'street' LIMIT 1) WHERE need_id = {given}", "need {given} goes on"},
		{"needs", "UPDATE wishes SET owner_id = 7 WHERE need_id = {given}", "need {given} goes on"},
		{"needs", "UPDATE needs SET returns = 2 WHERE id = {open}", "need {open} is led"},
		{"needs", "UPDATE needs SET came_back_at = created_at WHERE id = {open}", "need {open} came back"},
		{"needs", "UPDATE needs SET due_at = due_at + INTERVAL 1 DAY WHERE id = {open}", "need {open} is due"},
		{"needs", "UPDATE contact_reads SET reader_id = 7 WHERE noun = 'need'", "reading"},
		{"needs", "UPDATE needs SET number = number + 7 WHERE id = {open}", "numbers of needs"},
		{"inbox", "DELETE FROM inbox WHERE part = 'owner'", "was not told"},
		{"assignments", "UPDATE assignments SET to_id = from_id WHERE id = {sent}", "assignment {sent} goes"},
		{"assignments", "UPDATE assignments SET to_id = (SELECT n.id FROM nodes n WHERE n.kind = 'street' LIMIT 1) WHERE id = {sent}", "assignment {sent} goes"},
		{"assignments", "UPDATE assignments SET refusals = 1 WHERE id = {sent}", "assignment {sent} was refused"},
		{"assignments", "UPDATE assignments SET refusals = 2, is_bound = FALSE WHERE id = {sent}", "assignment {sent} was refused"},
		{"assignments", "UPDATE assignments SET worker_id = verifier_id WHERE id = {done}", "assignment {done} was verified"},
		{"assignments", "UPDATE assignments SET due_at = due_at - INTERVAL 20 DAY WHERE id = {sent}", "assignment {sent} is overdue"},
		{"assignments", "UPDATE assignments SET due_at = due_at + INTERVAL 1 HOUR WHERE id = {sent}", "assignment {sent} is due"},
		{"inbox", "DELETE FROM inbox WHERE part = 'sender'", "was not told"},
		{"assignments", "UPDATE assignments SET from_id = to_id, to_id = from_id WHERE id = {sent}", "assignment {sent} goes"},
		{"assignments", "UPDATE assignments SET origin_noun = 'admission', origin_id = {leave}, admission_id = {leave} WHERE id = {sent}", "assignment {sent} goes"},
		{"duties", "UPDATE admissions SET from_at = from_at - INTERVAL 30 DAY WHERE id = {leave}", "admission {leave} begins too soon"},
		{"duties", "UPDATE admissions SET lapse_at = lapse_at - INTERVAL 1 DAY WHERE id = {leave}", "admission {leave} waits"},
		{"duties", "UPDATE admissions SET unit_id = node_id WHERE id = {leave}", "admission {leave} was not asked for"},
		{"duties", "UPDATE admissions SET asked_at = asked_at - INTERVAL 60 DAY, lapse_at = lapse_at - INTERVAL 60 DAY WHERE id = {ask}", "admission {ask} was not"},
		{"duties", "INSERT INTO duties (id, number, board, field, kind, item, is_community, from_at, until_at) SELECT 7, number, board, field, kind, item, 0, from_at, from_at + INTERVAL 900 DAY FROM duties", "duty "},
		{"history", "UPDATE admissions SET status = 'refused' WHERE id = {leave}", "admission {leave}"},
		{"register", "UPDATE admissions SET what = '别的事' WHERE id = {leave}", "admission {leave}"},
		{"deciders", "UPDATE needs SET owner_id = (SELECT actor_id FROM events WHERE noun = 'need' AND name = 'accept' LIMIT 1)", "event"},
	})
}
