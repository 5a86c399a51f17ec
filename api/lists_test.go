package api_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/paper/papertest"
)

// listed is the ids of a whole list at a place, as a resident reads it.
func listed(w *apptest.Town, list string, node id.Node) (all []string) {
	w.T.Helper()
	path := "/api/v1/lists?limit=2&list=" + list + "&nodeId=" + node.String()
	for cursor := ""; ; {
		a := w.Call("resident-2", "GET", path+cursor, nil).Want(200)
		for i := range a.Len("items") {
			all = append(all, a.Text("items", i, "id"))
		}
		next, more := a.At("nextCursor").(string)
		if !more {
			return all
		}
		cursor = "&cursor=" + next
	}
}

// listRows are what each list has of the places, straight from the tables.
var listRows = map[string]string{
	"resources": "SELECT id FROM offers WHERE status = 'open' AND node_id IN (%) ORDER BY id DESC",
	"needs": "SELECT id FROM needs WHERE status IN ('handling', 'waiting') AND is_public AND NOT is_about_staff" +
		" AND node_id IN (%) ORDER BY id DESC",
	"projects": "SELECT id FROM projects WHERE status IN ('open', 'matched', 'running', 'delivered') AND node_id IN (%)" +
		" ORDER BY id DESC",
	"results": "SELECT id FROM projects WHERE status = 'accepted' AND node_id IN (%) ORDER BY id DESC",
}

func listRowsOf(t *testing.T, w *apptest.Town, list string, nodes ...id.Node) (all []string) {
	t.Helper()
	var in []string
	for _, n := range nodes {
		in = append(in, n.String())
	}
	rows, err := w.App.DB.Pool().QueryContext(t.Context(), strings.ReplaceAll(listRows[list], "%", strings.Join(in, ", ")))
	must(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var one string
		must(t, rows.Scan(&one))
		all = append(all, one)
	}
	must(t, rows.Err())
	return all
}

// Whatever is opened, paused, closed, said, worked on, answered and withdrawn, in and out of turn: the lists are the rows.
func TestListsEqualTheRows(t *testing.T) {
	t.Parallel()
	fewer(t, "rapid.checks", "6")
	w, _ := projectTown(t)
	places := map[id.Node][]id.Node{
		w.Home: {w.Home}, w.Sister: {w.Sister}, w.Street: {w.Home, w.Sister, w.Street}, w.County: {w.Home, w.Sister, w.Street},
	}
	all := []id.Node{w.Home, w.Sister, w.Street, w.County}
	var offers, needs, projects []string
	hosts := map[string]string{}
	rapid.Check(t, func(r *rapid.T) {
		for range 15 {
			switch rapid.IntRange(0, 6).Draw(r, "what") {
			case 0:
				host := rapid.SampledFrom([]string{"unit", "secretary", "street"}).Draw(r, "host")
				body := changed(hall(w), "hostId", map[string]id.Node{"unit": w.Unit, "secretary": w.Home, "street": w.Street}[host])
				one := w.Call(host, "POST", "/api/v1/offers", body).Want(201).Text("id")
				offers, hosts[one] = append(offers, one), host
			case 1, 2:
				if len(offers) > 0 {
					one := rapid.SampledFrom(offers).Draw(r, "offer")
					step := rapid.SampledFrom([]string{"opening", "opening", "suspension", "closing"}).Draw(r, "step")
					w.Call(hosts[one], "POST", "/api/v1/offers/"+one+"/"+step, doc{"reason": "检修", "instead": "社区"})
				}
			case 3:
				body := needDraft(rapid.SampledFrom([]id.Node{w.Home, w.Sister}).Draw(r, "where"))
				body["private"] = rapid.IntRange(0, 3).Draw(r, "private") == 0
				needs = append(needs, w.Call("resident", "POST", "/api/v1/needs", body).Want(201).Text("id"))
			case 5:
				projects = append(projects, rapid.SampledFrom([]func(*apptest.Town) string{proposed, openProject}).Draw(r, "project")(w))
			case 6:
				if len(projects) > 0 {
					one := rapid.SampledFrom(projects).Draw(r, "which")
					switch rapid.IntRange(0, 2).Draw(r, "how") {
					case 0:
						onProject(w, "street", one, "review", doc{"decision": "publish"})
					case 1:
						onProject(w, "unit", one, "claims", doc{"unitId": w.Unit})
					case 2:
						onProject(w, "street", one, "stop", doc{"reason": "单位搬走了"})
					}
				}
			case 4:
				if len(needs) > 0 {
					one := "/api/v1/needs/" + rapid.SampledFrom(needs).Draw(r, "need")
					switch rapid.IntRange(0, 4).Draw(r, "way") {
					case 0:
						w.Call("resident", "POST", one+"/withdrawal", nil)
					case 1:
						w.Call("street", "POST", one+"/answer", doc{"result": "solved", "answer": "看过了"})
					default:
						w.Call("street", "POST", one+"/review", doc{"decision": "accept"})
					}
				}
			}
			place := rapid.SampledFrom(all).Draw(r, "place")
			for list := range listRows {
				if got, want := listed(w, list, place), listRowsOf(t, w, list, places[place]...); !slices.Equal(got, want) {
					r.Fatalf("%s of %s are %v, want %v", list, place, got, want)
				}
			}
		}
	})
	offered(w, "unit", hall(w)) // whatever came of the others
	w.Call("secretary", "POST", "/api/v1/needs/"+say(w)+"/review", doc{"decision": "accept"}).Want(200)
	matched(w)
	if one := acceptedProject(w); !slices.Equal(listed(w, "results", w.Home), []string{one}) || slices.Contains(listed(w, "projects", w.Home), one) {
		t.Errorf("%s was accepted, and the results are %v", one, listed(w, "results", w.Home))
	}
	checkListPapers(t, w)
}

// checkListPapers looks at what is taken along: who sees all of the place takes it, with no number that residents wrote.
func checkListPapers(t *testing.T, w *apptest.Town) {
	t.Helper()
	path := "/api/v1/lists/export?nodeId=" + w.Street.String()
	for persona, status := range map[string]int{"street": 200, "county": 200, "secretary": 403, "unit": 403, "resident": 403} {
		w.Call(persona, "GET", path, nil).Want(status)
		mayExport := w.Call(persona, "GET", "/api/v1/lists?list=needs&nodeId="+w.Street.String(), nil).Want(200).At("mayExport")
		if (mayExport == true) != (status == 200) {
			t.Errorf("%s is told %v, and gets %d", persona, mayExport, status)
		}
	}
	w.Call("county", "GET", "/api/v1/lists/export?nodeId=7", nil).Refused(404, "not_found")
	w.Call("resident", "GET", "/api/v1/lists?list=needs&nodeId=7", nil).Refused(404, "not_found")
	w.Call("resident", "GET", "/api/v1/lists?list=money", nil).Refused(422, "invalid_input")
	w.Call("resident", "GET", "/api/v1/lists?list=needs&cursor=x", nil).Refused(422, "invalid_input")
	pdf := w.Call("street", "GET", path+"&format=pdf", nil).Want(200).Raw
	papertest.Save(t, "lists", pdf)
	texts := map[string]string{
		"paper": papertest.Words(t, pdf),
		"sheet": strings.Join(papertest.Cells(t, w.Call("street", "GET", path, nil).Want(200).Raw), "\n"),
	}
	for name, text := range texts {
		for _, part := range []string{"资源清单", "需求清单", "项目清单", "成果清单", "居民认可", "给楼道装灯", "供电公司会议室", "井盖松了", "没有人填写"} {
			if !strings.Contains(text, part) {
				t.Errorf("%q is not in the %s", part, name)
			}
		}
		if strings.Contains(text, apptest.Phone) || strings.Contains(text, apptest.Name) {
			t.Errorf("somebody's contact is in the %s", name)
		}
	}
}
