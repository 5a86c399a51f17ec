package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

// directionTown is a dutyTown with somebody who answers for a body of each kind, and an admission of the department's
// that reaches all of the street. The two kinds of bodies that are no places, who serves by contract and a meeting, have
// rows in TestEveryDirection only.
type directionTown struct {
	*apptest.Town
	department id.Node
	to         []id.Node // of each column of the table
	needs      map[string]string
	bases      map[byte]doc
}

// at says who sends from a body of each kind.
var at = map[string]string{"community": "secretary", "street": "street", "county": "county", "unit": "responder-2"}

func newDirectionTown(t *testing.T) *directionTown {
	t.Helper()
	w, department := dutyTown(t)
	importDuties(w, dutyList+"43,城乡建设,供水,二次供水的检查,配合,县供电公司,是,\"水泵\"\n")
	var village, street, group id.Node
	must(t, w.App.DB.Tx(t.Context(), func(tx *mysql.Tx) (err error) {
		add := func(kind org.Kind, name string, parent id.Node) id.Node {
			node, problem := org.Add(tx, org.Node{Kind: kind, Name: name, ParentID: &parent})
			if problem != nil {
				err = problem
			}
			return node
		}
		village, street = add(org.KindVillage, "湾湾川村", w.Street), add(org.KindStreet, "快大茂街道", w.County)
		group = add(org.KindGroup, "第一小区领导小组", w.Home)
		return err
	}))
	for persona, g := range map[string]struct {
		role string
		node id.Node
	}{
		"member-1": {"secretary", w.Sister}, "member-2": {"secretary", village}, "member-3": {"street", street},
		"member-4": {"responder", group},
	} {
		w.EnrollAt(persona, w.Home, w.Unit)
		give(w, "county", persona, g.role, g.node).Want(201)
	}
	d := &directionTown{
		Town: w, department: department,
		to: []id.Node{w.Home, w.Sister, village, w.Street, street, w.County, department, w.Unit, group, w.Grid},
	}
	d.prepareNeeds()
	leave := permit(w, department)
	leave["nodeId"] = w.Street
	one := w.Call("responder-2", "POST", "/api/v1/admissions", leave).Want(201).Text("id")
	w.Call("county", "POST", "/api/v1/admissions/"+one+"/decision", doc{"decision": "admit"}).Want(200)
	w.Clocks.Business.Advance(50 * aDay)
	line := func(words string) doc { return doc{"dutyId": dutyLine(w, words)} }
	d.bases = map[byte]doc{
		'-': {}, 'O': line("助餐"), 'A': line("摆摊"), 'N': line("煤气"), 'F': line("水泵"), 'M': {"admissionId": one},
	}
	return d
}

// prepareNeeds has a need at a desk of each level: one about staff is the street's, and the county's when it comes back
// twice.
func (d *directionTown) prepareNeeds() {
	d.needs = map[string]string{"community": handled(d.Town)}
	draft := needDraft(d.Home)
	draft["aboutStaff"] = true
	for _, level := range []string{"street", "county"} {
		n := d.Call("resident", "POST", "/api/v1/needs", draft).Want(201).Text("id")
		stepOf(d.Town, "street", n, "review", doc{"decision": "accept"}).Want(200)
		d.needs[level] = n
	}
	for range 2 {
		stepOf(d.Town, "street", d.needs["county"], "answer", doc{"result": "solved", "answer": "谈过了"}).Want(200)
		stepOf(d.Town, "resident", d.needs["county"], "confirmation",
			doc{"solved": "no", "again": true, "comment": "还是那样"}).Want(200)
	}
}

func (d *directionTown) send(from, kind string, to id.Node, basis byte) apptest.Answer {
	body := doc{"what": "请帮着办这一件", "term": "ordinary", "to": []doc{{"nodeId": to, "kind": kind}}}
	if body["needId"] = d.needs[from]; from == "unit" {
		delete(body, "needId")
		body["fromId"] = d.department
	}
	for key, value := range d.bases[basis] {
		body[key] = value
	}
	return d.Call(at[from], "POST", "/api/v1/assignments", body)
}

// Who gives whom work, each cell as the server says it: to lead and to help, with nothing, with a line of the duty list
// and with an admission in force. A letter is what makes it allowed: - nothing, O a line of the street's own, A one that
// the department leads and communities assist, N one without communities, F one of another department, M the admission.
func TestEveryDirectionIsKept(t *testing.T) {
	t.Parallel()
	d := newDirectionTown(t)
	const none = "/"
	lead := func(lines string) string { return "-" + lines + "/-" + lines } // with nothing, or a line that names it
	department, unit, group := lead("AN"), lead("F"), lead("")
	table := map[string][]string{
		// to: Home, sister, village, street, another street, county, department, unit, group, grid
		"community": {none, none, none, "/-OANF", "/-OANF", none, department, unit, group, none},
		"street":    {"O/OAF", "O/OAF", "O/OAF", none, none, "/-", department, unit, group, none},
		"county":    {none, none, none, "O/OANF", "O/OANF", none, department, unit, group, none},
		"unit":      {"M/AM", "M/AM", "M/AM", "M/ANM", "/AN", none, none, "/ANFM", none, none},
	}
	cells := 0
	for from, row := range table {
		for i, cell := range row {
			lead, helped, _ := strings.Cut(cell, "/")
			for kind, allowed := range map[string]string{"lead": lead, "help": helped} {
				for _, basis := range "-OANFM" {
					if from != "unit" && basis == 'M' {
						continue // an admission is a department's
					}
					cells++
					a := d.send(from, kind, d.to[i], byte(basis))
					switch {
					case strings.ContainsRune(allowed, basis):
						if a.Status != 201 {
							t.Errorf("%s to column %d (%s) by %c: %d %s", from, i, kind, basis, a.Status, a.Raw)
							continue
						}
						stepOn(d.Town, at[from], a.Text("items", 0, "id"), "cancellation", doc{"reason": "不用了"}).Want(200)
					case strings.ContainsRune(allowed, '-'): // the list does not name it
						if a.Refused(422, "invalid_input"); a.Text("fields", 0, "path") != "dutyId" {
							t.Errorf("%s to column %d (%s) by %c: %s", from, i, kind, basis, a.Raw)
						}
					case i == len(row)-1 || from == "unit" && allowed == "ANFM":
						a.Refused(422, "invalid_input") // a grid answers for nothing, and a department says what it stands on
					case a.Status != 403 || a.Text("reason") != "not_admitted":
						t.Errorf("%s to column %d (%s) by %c: %d %s", from, i, kind, basis, a.Status, a.Raw)
					}
				}
			}
		}
	}
	if a := d.send("unit", "lead", d.Home, '-'); a.Text("message") !=
		"这件事不在社区的职责清单里，也没有经过准入。社区可以不办。要让社区帮忙，请先向县里申请准入。" {
		t.Errorf("a department that whistles at a community reads %s", a.Raw)
	}
	t.Logf("%d cells", cells)
	d.Healthy()
}

// Who does not answer for a department sends nothing in its name, and nobody does for what is no department.
func TestWhoSendsForABody(t *testing.T) {
	t.Parallel()
	d := newDirectionTown(t)
	for persona, from := range map[string]id.Node{
		"responder": d.department, "secretary": d.Home, "street": d.Street, "county": d.County, "member-4": d.to[8], "resident": d.department,
	} {
		d.Call(persona, "POST", "/api/v1/assignments", doc{
			"fromId": from, "dutyId": d.bases['A']["dutyId"], "what": "请帮着劝导", "term": "ordinary",
			"to": []doc{{"nodeId": d.Sister, "kind": "help"}},
		}).Refused(403, "not_your_community")
	}
	for _, basis := range []doc{{"dutyId": "7"}, {"admissionId": "7"}} {
		d.bases['?'] = basis
		if a := d.send("unit", "help", d.Unit, '?'); a.Status != 422 {
			t.Errorf("a department that names what is not there is told %d %s", a.Status, a.Raw)
		}
	}
	d.Healthy()
}
