package report

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/offer"
	"xinyuan/internal/org"
	"xinyuan/internal/paper"
)

// List is one of the lists of co-building (四项清单). Each is read from what there is, so that none can disagree with it,
// and has only what everybody may read.
type List string

// The lists.
const (
	ListResources List = "resources" // what bodies open to people
	ListNeeds     List = "needs"     // what residents said in public and is not done
	ListProjects  List = "projects"  // what units are to do for many people, until it is accepted
	ListResults   List = "results"   // what those whom it is for have accepted
)

// Lists lists every list.
func Lists() []List { return []List{ListResources, ListNeeds, ListProjects, ListResults} }

// listNames are what people call the lists.
var listNames = map[List]string{
	ListResources: "资源清单", ListNeeds: "需求清单", ListProjects: "项目清单", ListResults: "成果清单",
}

// listQueries read the lists.
var listQueries = map[List]string{
	ListResources: "report.list_resources", ListNeeds: "report.list_needs", ListProjects: "report.list_projects",
	ListResults: "report.list_results",
}

// ListItem is a line of a list.
type ListItem struct {
	ID       int64     `db:"id"`
	Title    string    `db:"title"`
	Place    string    `db:"place"`
	NodeID   id.Node   `db:"node_id"`
	NodeName string    `db:"node_name"`
	UnitName string    `db:"unit_name"` // who opens it; empty: a need
	Kind     string    `db:"kind"`      // offer.Kind or need.Category; empty: a project
	Status   string    `db:"status"`    // of its noun
	Since    time.Time `db:"since"`     // when it was opened or said
}

// ListLines lists a page of a list at and below a node, the latest first; before 0: the first page.
func (r *Reports) ListLines(ctx context.Context, list List, node id.Node, before int64, limit int) ([]ListItem, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var all []ListItem
	err := r.db.Read(ctx, wantList(&all, list, node, before, limit))
	return all, err
}

func wantList(dest *[]ListItem, list List, node id.Node, before int64, limit int) mysql.Want {
	return mysql.Many(dest, listQueries[list], mysql.Args{"node": node, "before": before, "limit": limit})
}

// PlaceLists are all lists of a place, to take along.
type PlaceLists struct {
	Place org.Node
	At    time.Time
	Of    map[List][]ListItem
	IsCut map[List]bool // there is more than is taken along
}

// maxListed is how many lines of a list are taken along, and maxPrinted how many are printed.
const (
	maxListed  = 5000
	maxPrinted = 200
)

// GetLists reads all lists of a place. The caller has checked that the reader sees all of it. Error:
// fault.ReasonNotFound.
func (r *Reports) GetLists(ctx context.Context, node id.Node) (PlaceLists, error) {
	p := PlaceLists{At: r.db.Now(), Of: make(map[List][]ListItem), IsCut: make(map[List]bool)}
	var there bool
	all := make([][]ListItem, len(Lists()))
	wants := []mysql.Want{org.WantNode(ctx, &p.Place, &there, node)}
	for i, list := range Lists() {
		wants = append(wants, wantList(&all[i], list, node, math.MaxInt64, maxListed+1))
	}
	if err := r.db.Read(ctx, wants...); err != nil {
		return p, err
	}
	if !there {
		return p, fault.New(fault.ReasonNotFound)
	}
	for i, list := range Lists() {
		p.put(list, all[i])
	}
	return p, nil
}

// put has the lines of a list, as many as are taken along, and says whether there are more.
func (p PlaceLists) put(list List, lines []ListItem) {
	p.Of[list], p.IsCut[list] = lines[:min(len(lines), maxListed)], len(lines) > maxListed
}

// projectNames are where a project of the lists stands.
var projectNames = map[string]string{
	"open": "等单位来认", "matched": "有单位了", "running": "在办", "delivered": "等居民看", "accepted": "居民认可",
}

// kindName is what people call what a line is, or where it stands.
func (l ListItem) kindName(list List) string {
	switch list {
	case ListResources:
		return offer.Kind(l.Kind).Name()
	case ListNeeds:
		return need.Category(l.Kind).Name()
	case ListProjects, ListResults:
	}
	return projectNames[l.Status]
}

// heads are the columns of a list.
var heads = map[List][]any{
	ListResources: {"序号", "名称", "地点", "哪一种", "谁开放的", "社区", "什么时候开放的"},
	ListNeeds:     {"序号", "要办的事", "在哪里", "类别", "社区", "什么时候说的"},
	ListProjects:  {"序号", "项目", "现在", "哪个单位", "社区", "什么时候公布的"},
	ListResults:   {"序号", "项目", "现在", "哪个单位", "社区", "居民什么时候认可的"},
}

func (l ListItem) cells(list List, n int) []any {
	cells := []any{n, l.Title}
	if list == ListResources || list == ListNeeds {
		cells = append(cells, l.Place)
	}
	cells = append(cells, l.kindName(list))
	if list != ListNeeds {
		cells = append(cells, l.UnitName)
	}
	return append(cells, l.NodeName, paper.Day(l.Since))
}

// Sheet is the lists as a spreadsheet, a sheet each.
func (p PlaceLists) Sheet() ([]byte, error) {
	var all []paper.Table
	for _, list := range Lists() {
		t := paper.Table{
			Name: listNames[list], Head: heads[list],
			Above: []string{p.Place.Name + "　" + listNames[list], p.about(list)},
		}
		for i, l := range p.Of[list] {
			t.Rows = append(t.Rows, l.cells(list, i+1))
		}
		all = append(all, t)
	}
	return paper.Sheets(all)
}

func (p PlaceLists) about(list List) string {
	text := fmt.Sprintf("%s，%s制表。由系统从现有的事里取，没有人填写。", p.count(list), paper.Day(p.At))
	if list == ListNeeds {
		text += onlyPublic
	}
	return text
}

// onlyPublic says what is not among the needs.
const onlyPublic = "只列居民愿意公开的。"

// count says how many lines a list has, and that there are more than it shows.
func (p PlaceLists) count(list List) string {
	if p.IsCut[list] {
		return fmt.Sprintf("不止 %d 项，只列最近的这些", maxListed)
	}
	return fmt.Sprintf("%d 项", len(p.Of[list]))
}

// PDF is the lists to print. Error: that of a font.
func (p PlaceLists) PDF() ([]byte, error) {
	f := paper.Form{
		Info:  paper.Info{Title: "共建清单 " + p.Place.Name, Author: p.Place.Name, At: p.At},
		Title: "共建清单", About: p.Place.Name, Number: paper.Day(p.At) + "打印",
		Notes: []string{"清单由系统从现有的事里取，没有人填写。需求" + onlyPublic},
	}
	for _, list := range Lists() {
		lines := p.Of[list]
		f.Rows = append(f.Rows, paper.FormRow{Head: listNames[list] + "　" + p.count(list)})
		if len(lines) > maxPrinted {
			f.Notes = append(f.Notes, fmt.Sprintf("%s只印最近 %d 项，全部的请下载表格。", listNames[list], maxPrinted))
			lines = lines[:maxPrinted]
		}
		for _, l := range lines {
			who := l.NodeName
			if l.UnitName != "" && l.UnitName != l.NodeName {
				who += "　" + l.UnitName
			}
			f.Rows = append(f.Rows, paper.Row(l.kindName(list), l.Title+"\n"+strings.TrimSpace(l.Place+"　"+who)))
		}
		if len(lines) == 0 {
			f.Rows = append(f.Rows, paper.Row("", "现在没有。"))
		}
	}
	return f.PDF()
}
