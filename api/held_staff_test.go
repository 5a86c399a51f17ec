package api_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/content"
	"xinyuan/internal/id"
)

const spam = "代开发票加V信"

// passCase has whoever may decide about the only open case let everybody see its text.
func passCase(t *testing.T, w *apptest.Town, persona string) {
	t.Helper()
	w.CheckTexts()
	all := w.Call(persona, "GET", "/api/v1/approvals?kind=case", nil).Want(200)
	if all.Len("items") != 1 {
		t.Fatalf("%s decides about %s", persona, all.Raw)
	}
	w.Call(persona, "POST", "/api/v1/cases/"+all.Text("items", 0, "id")+"/review", doc{"decision": "keep"}).Want(200)
}

// What staff writes for others to read is looked at by the list before they do, and is in its place at once where the
// list finds nothing.
func TestWhatStaffWritesWaitsForTheList(t *testing.T) {
	t.Parallel()
	w := checked(t)
	w.Grant("county", id.RoleCounty, w.County)
	w.Grant("member-2", id.RoleResponder, w.Unit)
	w.EnrollAt("leader", w.Home, w.Unit)
	w.Grant("leader", id.RoleAreaLeader, w.Street)
	for _, c := range []struct {
		name, decides string
		write         func(text string) (reader, path string, at []any)
	}{
		{"what a unit is asked to do", "street", func(text string) (string, string, []any) {
			a := w.Call("secretary", "POST", "/api/v1/assignments", doc{
				"needId": handled(w), "to": []doc{{"nodeId": w.Unit, "kind": "lead"}}, "what": text, "clause": "第 41 项", "term": "ordinary",
			}).Want(201)
			return "member-2", "/api/v1/assignments/" + a.Text("items", 0, "id"), []any{"assignment", "what"}
		}},
		{"where a leader comes", "secretary", func(text string) (string, string, []any) {
			body := evening(w, 2)
			body["nodeId"], body["place"] = w.Home, text
			a := w.Call("leader", "POST", "/api/v1/visits", body).Want(201)
			return "resident", "/api/v1/visits/" + a.Text("id"), []any{"visit", "place"}
		}},
		{"the clause by which a unit is asked", "street", func(text string) (string, string, []any) {
			a := w.Call("secretary", "POST", "/api/v1/assignments", doc{
				"needId": handled(w), "to": []doc{{"nodeId": w.Unit, "kind": "lead"}}, "what": "看看路灯", "clause": text, "term": "ordinary",
			}).Want(201)
			return "member-2", "/api/v1/assignments/" + a.Text("items", 0, "id"), []any{"assignment", "clause"}
		}},
		{"what a visit is about", "secretary", func(text string) (string, string, []any) {
			body := evening(w, 3)
			body["nodeId"], body["subject"] = w.Home, text
			a := w.Call("leader", "POST", "/api/v1/visits", body).Want(201)
			return "resident", "/api/v1/visits/" + a.Text("id"), []any{"visit", "subject"}
		}},
		{"who was at a visit", "secretary", func(text string) (string, string, []any) {
			one := planned(w)
			w.Clocks.Business.Advance(49 * time.Hour)
			onVisit(w, "leader", one, "holding", doc{"withWhom": text, "lines": []doc{}}).Want(200)
			return "resident", "/api/v1/visits/" + one, []any{"visit", "withWhom"}
		}},
		{"what a leader promises", "secretary", func(text string) (string, string, []any) {
			one := planned(w)
			w.Clocks.Business.Advance(49 * time.Hour)
			line := doc{"category": "roads", "place": "3 号楼下", "text": "路灯不亮", "promise": text}
			onVisit(w, "leader", one, "holding", doc{"lines": []doc{line}}).Want(200)
			path := "/api/v1/visits/" + one
			need := w.Call("leader", "GET", path, nil).Want(200).Text("needs", 0, "needId")
			stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Want(200)
			return "resident", path, []any{"needs", 0, "promise"}
		}},
		{"what a department asks for", "county", func(text string) (string, string, []any) {
			body := permit(w, w.Unit)
			body["what"], body["from"] = text, w.Clocks.Business.Now().AddDate(0, 0, 60).Format(time.DateOnly)
			one := w.Call("member-2", "POST", "/api/v1/admissions", body).Want(201).Text("id")
			w.Call("county", "POST", "/api/v1/admissions/"+one+"/decision", doc{"decision": "admit"}).Want(200)
			return "secretary", "/api/v1/admissions/" + one, []any{"admission", "what"}
		}},
		{"why staff read a contact", "street", func(text string) (string, string, []any) {
			wish := w.Post()
			w.Call("secretary", "GET", "/api/v1/wishes/"+wish+"/contact?reason="+text, nil).Want(200)
			return "resident", "/api/v1/wishes/" + wish + "/contact-reads", []any{"items", 0, "reason"}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			read := func(text string) string {
				reader, path, at := c.write(text)
				return w.Call(reader, "GET", path, nil).Want(200).Text(at...)
			}
			if got := read("请来看一看"); got != "请来看一看" {
				t.Errorf("what the list has nothing against is %q", got)
			}
			reader, path, at := c.write(spam)
			shown := func() string { return w.Call(reader, "GET", path, nil).Want(200).Text(at...) }
			if got := shown(); got != content.Placeholder {
				t.Errorf("before anybody has looked it is %q", got)
			}
			passCase(t, w, c.decides)
			if got := shown(); got != spam {
				t.Errorf("once it is passed it is %q", got)
			}
			must(t, w.App.Sweep(t.Context()))
			w.Healthy()
		})
	}
}

// What a resident would like to talk about is read by the leader once it is checked; where the leader has written another
// subject meanwhile, or none, it does not come.
func TestWhatAResidentInvitesToIsChecked(t *testing.T) {
	t.Parallel()
	w := checked(t)
	w.EnrollAt("leader", w.Home, w.Unit)
	w.Grant("leader", id.RoleAreaLeader, w.Street)
	asked, taken := invited(w, "resident").Want(201).Text("id"), invited(w, "resident-2").Want(201).Text("id")
	onVisit(w, "leader", taken, "schedule", evening(w, 2)).Want(200)
	subject := func(one string) string {
		return w.Call("leader", "GET", "/api/v1/visits/"+one, nil).Want(200).Text("visit", "subject")
	}
	if got := subject(asked); got != content.Placeholder {
		t.Errorf("before the check the leader reads %q", got)
	}
	w.CheckTexts()
	if got := subject(asked); !strings.HasPrefix(got, "想说说停车的事") {
		t.Errorf("after it %q", got)
	}
	if got := subject(taken); got != "" {
		t.Errorf("what the leader has taken away came back: %q", got)
	}
	w.Healthy()
}

// What a leader writes of people, who acts by no grant, is read by others once it is checked: a name, and why hours differ.
func TestWhatALeaderWritesOfPeopleIsChecked(t *testing.T) {
	t.Parallel()
	w := checked(t)
	team := w.Squad("member-1")
	made := w.Call("member-1", "POST", "/api/v1/teams/"+team+"/members", doc{"displayName": "修伞的老赵"}).Want(201)
	name := func() string {
		all := w.Call("secretary", "GET", "/api/v1/teams/"+team+"/members", nil).Want(200)
		for i := range all.Len("items") {
			if all.Text("items", i, "userId") == made.Text("userId") {
				return all.Text("items", i, "displayName")
			}
		}
		return ""
	}
	if got := name(); got != content.Placeholder {
		t.Errorf("before the check the name is %q", got)
	}
	w.CheckTexts()
	if got := name(); got != "修伞的老赵" {
		t.Errorf("after the check it is %q", got)
	}
	w.Healthy()
}

func TestWhyHoursDifferIsChecked(t *testing.T) {
	t.Parallel()
	m := newMeeting(checked(t), []string{"resident"})
	m.served(0, 60, "resident")
	m.at(125)
	done := m.settle("member-1", m.about("resident", "minutes", 40, "reason", "早走了一会儿")).Want(200)
	if got := m.outcome(done)["resident"]; !strings.HasPrefix(got, "true 40") {
		t.Fatalf("settled: %s", done.Raw)
	}
	note := func() string {
		return m.Call("resident", "GET", "/api/v1/service-records?mine=true", nil).Want(200).Text("items", 0, "note")
	}
	if got := note(); got != content.Placeholder {
		t.Errorf("before the check the volunteer reads %q", got)
	}
	m.CheckTexts()
	if got := note(); got != "早走了一会儿" {
		t.Errorf("after it %q", got)
	}
	m.Healthy()
}
