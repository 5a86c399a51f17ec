package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// canaries are what a person leaves behind with us, each a text that nothing else has.
const (
	canaryName  = "金丝雀甲"
	canaryPhone = "13712345678"
)

// planted is a person whose every text is a canary.
func planted(t *testing.T, w *apptest.Town) (token, person string) {
	t.Helper()
	a := w.Send("", "POST", "/api/v1/sessions", doc{"code": w.WeChat.NewCode("canary"), "device": "金丝雀手机"}).Want(201)
	token, person = a.Text("token"), a.Text("user", "id")
	send := func(method, path string, body any) apptest.Answer {
		t.Helper()
		a := w.Send(token, method, "/api/v1"+path, body)
		if a.Status >= 300 {
			t.Fatalf("%s %s: %d %s", method, path, a.Status, a.Raw)
		}
		return a
	}
	send("PATCH", "/me", doc{"displayName": "金丝雀称呼", "homeNodeId": w.Home, "showOnBoards": true})
	send("POST", "/me/phone", doc{"code": w.WeChat.NewPhoneCode(canaryPhone)})
	contact := doc{"name": canaryName, "phone": canaryPhone, "address": "金丝雀路 9 号"}
	send("POST", "/me/contact", contact)
	send("GET", "/me/calendar", nil)
	send("GET", "/me/number", nil)
	wish := func(title string) string {
		d := apptest.Draft(w.Home)
		d["title"], d["description"], d["contact"] = title, "金丝雀的说明，打 "+canaryPhone, contact
		d["photoIds"] = []string{send("POST", "/media", apptest.Picture(9)).Text("id")}
		return send("POST", "/wishes", d).Text("id")
	}
	wish("金丝雀待核实")
	open := wish("金丝雀开放着")
	w.Call("secretary", "POST", "/api/v1/wishes/"+open+"/review", doc{"decision": "publish"}).Want(200)
	done := wish("金丝雀圆了")
	w.Call("secretary", "POST", "/api/v1/wishes/"+done+"/review", doc{"decision": "publish"}).Want(200)
	claim := "/claims/" + w.Call("member-1", "POST", "/api/v1/wishes/"+done+"/claims", nil).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1"+claim+"/review", doc{"decision": "approve"}).Want(200)
	w.Call("member-1", "GET", "/api/v1/wishes/"+done+"/contact", nil).Want(200)
	w.Call("member-1", "POST", "/api/v1"+claim+"/delivery", doc{"note": "办好了", "photoIds": []string{w.Upload("member-1")}}).Want(200)
	send("POST", claim+"/confirmation", doc{"accepted": false, "comment": "金丝雀说没好，打 " + canaryPhone})
	w.Call("member-1", "POST", "/api/v1"+claim+"/delivery", doc{"note": "又办好了"}).Want(200)
	send("POST", claim+"/confirmation", doc{"accepted": true, "rating": 5, "comment": "金丝雀谢谢，打 " + canaryPhone})
	send("POST", "/complaints", doc{"kind": "complaint", "nodeId": w.Home, "text": "金丝雀投诉，打 " + canaryPhone})
	said := needDraft(w.Home)
	said["text"], said["place"], said["contact"] = "金丝雀说的事，打 "+canaryPhone, "金丝雀路", doc{"name": canaryName, "phone": canaryPhone, "address": "金丝雀的井盖边"}
	need := send("POST", "/needs", said).Text("id")
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Want(200)
	w.Grant("member-1", id.RoleResponder, w.Unit)
	w.Call("secretary", "POST", "/api/v1/assignments", doc{
		"needId": need, "to": []doc{{"nodeId": w.Unit, "kind": "lead"}}, "what": "金丝雀路的井盖", "term": "ordinary",
	}).Want(201)
	w.Grant("leader", id.RoleAreaLeader, w.Home)
	for _, subject := range []string{"金丝雀想说的事，打 " + canaryPhone, "金丝雀还想说"} {
		asked := send("POST", "/visit-invitations", doc{"nodeId": w.Home, "place": "金丝雀路", "subject": subject}).Text("id")
		if subject != "金丝雀还想说" {
			onVisit(w, "leader", asked, "cancellation", doc{"reason": "金丝雀路太远"}).Want(200)
		}
	}
	list(w, canaryName)
	send("POST", "/memberships", doc{"nodeId": w.Home, "unitId": w.Unit, "realName": canaryName})
	other := w.Open()
	own := "/claims/" + send("POST", "/wishes/"+other+"/claims", nil).Text("id")
	w.Call("secretary", "POST", "/api/v1"+own+"/review", doc{"decision": "approve"}).Want(200)
	send("POST", own+"/delivery", doc{"note": "金丝雀办好了，打 " + canaryPhone, "photoIds": []string{send("POST", "/media", apptest.Picture(8)).Text("id")}})
	w.Call("resident", "POST", "/api/v1"+own+"/confirmation", doc{"accepted": true}).Want(200)
	send("POST", "/wishes/"+w.Open()+"/claims", nil)
	report := service(w, "resident", 8, 1)
	_ = report
	team, activity := w.Announced("leader", 3)
	send("POST", "/teams/"+team+"/members", nil)
	send("POST", "/activities/"+activity+"/signups", nil)
	return token, person
}

// traces are the places in the database where a canary still stands.
func traces(t *testing.T, w *apptest.Town) (found []string) {
	t.Helper()
	names := cells(t, w, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'")
	for _, table := range names {
		for _, row := range cells(t, w, "SELECT * FROM `"+table[0]+"`") {
			line := strings.Join(row, " | ")
			for _, canary := range []string{"金丝雀", canaryPhone, "137****5678", "金*甲", "金**甲"} {
				if strings.Contains(line, canary) {
					found = append(found, table[0]+": "+line)
					break
				}
			}
		}
	}
	return found
}

func cells(t *testing.T, w *apptest.Town, query string) (all [][]string) {
	t.Helper()
	r, err := w.App.DB.Pool().QueryContext(t.Context(), query)
	must(t, err)
	defer func() { must(t, r.Close()) }()
	columns, err := r.Columns()
	must(t, err)
	for r.Next() {
		into := make([]any, len(columns))
		texts := make([]*string, len(columns))
		for i := range into {
			into[i] = &texts[i]
		}
		must(t, r.Scan(into...))
		row := make([]string, len(columns))
		for i, text := range texts {
			if text != nil {
				row[i] = *text
			}
		}
		all = append(all, row)
	}
	must(t, r.Err())
	return all
}

func TestDeletedAccountLeavesNoTrace(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	token, _ := planted(t, w)
	if len(traces(t, w)) < 10 {
		t.Fatal("the canaries are not where people leave their texts")
	}
	w.Send(token, "DELETE", "/api/v1/me", nil).Want(204)
	for _, trace := range traces(t, w) {
		t.Error("left behind: ", trace)
	}
	w.Send(token, "GET", "/api/v1/me", nil).Want(401)
	w.Healthy()
}

// What is exported has everything that was planted, in words, and the pictures.
func TestExportHasAllThatIsKept(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	token, _ := planted(t, w)
	a := w.Send(token, "GET", "/api/v1/me/export?format=zip", nil).Want(200)
	z, err := zip.NewReader(bytes.NewReader(a.Raw), int64(len(a.Raw)))
	must(t, err)
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		files[f.Name], err = io.ReadAll(r)
		must(t, errors.Join(err, r.Close()))
	}
	text := string(files["我的资料.json"])
	var sheets map[string][]map[string]string
	must(t, json.Unmarshal(files["我的资料.json"], &sheets))
	for _, want := range []string{
		"金丝雀称呼", "金丝雀路 9 号", "金丝雀待核实", "金丝雀的说明", "金丝雀说没好", "金丝雀谢谢", "金丝雀投诉", "金丝雀办好了",
		"金丝雀说的事", "金丝雀的井盖边", "金丝雀想说的事", "没去成", "等领导定时间",
		canaryName, canaryPhone, "金丝雀手机",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the export has no %s", want)
		}
	}
	for name, rows := range sheets {
		if len(rows) == 0 {
			t.Logf("nothing under %s", name)
		}
	}
	if len(files["图片/4.jpg"]) == 0 || len(files["我的资料.xlsx"]) == 0 {
		t.Errorf("the files are %d", len(files))
	}
}
