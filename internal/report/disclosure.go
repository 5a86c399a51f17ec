package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/org"
	"xinyuan/internal/paper"
	"xinyuan/internal/state"
)

// Disclosure is what became of the needs that a place received in a month (办理情况公示). Small numbers are hidden, also
// where they could be reckoned from what is shown of the place, of the place above it or of those beside it.
type Disclosure struct {
	Place      org.Node
	Span       Span
	At         time.Time
	Received   int
	Shown      bool  // nothing else is where it is false
	Outcomes   []int // as outcomeNames
	Hidden     []bool
	Categories []int // as need.Categories
	HiddenOf   []bool
	MedianDays int // from the saying to the resident's word that it is solved; 0: not shown
}

// The outcomes, in the order in which they are shown.
const (
	outcomeSolved = iota
	outcomePartly
	outcomeNot
	outcomeUnreached
	outcomeConceded
	outcomeOpen
	outcomeElsewhere
	outcomeMerged
	outcomeHanded
	outcomeWithdrawn
	outcomes // how many there are
)

var outcomeNames = [outcomes]string{
	"办好了（居民说的）", "办好一部分（居民说的）", "没有解决（居民说的）", "没联系上居民", "暂时办不了", "还在办", "不在这里办", "并到同一件", "转成微心愿",
	"居民撤回",
}

// outcomeOf is what became of a need, by the resident's word where there is one.
func outcomeOf(status state.NeedStatus, solved need.Solved) int {
	switch status {
	case state.NeedClosed:
		return map[need.Solved]int{
			need.SolvedYes: outcomeSolved, need.SolvedPartly: outcomePartly, need.SolvedNo: outcomeNot,
			need.SolvedUnknown: outcomeUnreached,
		}[solved]
	case state.NeedUnsolved:
		return outcomeConceded
	case state.NeedRejected:
		return outcomeElsewhere
	case state.NeedMerged:
		return outcomeMerged
	case state.NeedHanded:
		return outcomeHanded
	case state.NeedWithdrawn:
		return outcomeWithdrawn
	case state.NeedSubmitted, state.NeedHandling, state.NeedWaiting, state.NeedAnswered:
	}
	return outcomeOpen
}

// counted is how many needs of a place came to the same.
type counted struct {
	Node     id.Node          `db:"node_id"`
	Category need.Category    `db:"category"`
	Status   state.NeedStatus `db:"status"`
	Solved   need.Solved      `db:"solved"`
	Count    int              `db:"count"`
}

// tally is what a place received, by outcome and by category.
type tally struct{ outcomes, categories []int }

// GetDisclosure counts what became of the needs that the place received in the month. The caller has checked that the
// reader sees all of it. Errors: fault.ReasonNotFound, fault.ReasonInvalidInput for a place that receives none, and for
// a month that is not over.
func (r *Reports) GetDisclosure(ctx context.Context, node id.Node, month string) (Disclosure, error) {
	d := Disclosure{At: r.db.Now(), Hidden: make([]bool, outcomes), HiddenOf: make([]bool, len(need.Categories()))}
	var err error
	if d.Span, err = ParseSpan(month); err != nil || len(month) != len("2026-03") {
		return d, fault.BadField("month", "月份请写成“2026-03”。")
	}
	if d.Span.Until.After(d.At) {
		return d, fault.BadField("month", "这个月还没有过完，下个月再公示。")
	}
	var there bool
	var above []id.Node // the place, and what is above it, the county last
	err = r.db.Read(ctx, org.WantNode(ctx, &d.Place, &there, node), org.WantAncestors(&above, node))
	switch {
	case err != nil:
		return d, err
	case !there:
		return d, fault.New(fault.ReasonNotFound)
	case d.Place.Kind != org.KindCounty && d.Place.Kind != org.KindStreet && !d.Place.Kind.TakesWishes():
		return d, fault.BadField("nodeId", "请选社区、村、街道，或者全县。")
	}
	slices.Reverse(above)
	return d, r.count(ctx, &d, above)
}

// count fills the disclosure in, level by level from the county down to the place.
func (r *Reports) count(ctx context.Context, d *Disclosure, path []id.Node) error {
	levels := make([][]org.Node, len(path)) // the places of each level that are beside the path
	wants := make([]mysql.Want, 0, len(path)+1)
	for i := range path[1:] {
		wants = append(wants, org.WantChildren(&levels[i+1], path[i]))
	}
	args := mysql.Args{"node": path[0], "from": d.Span.From, "until": d.Span.Until, "place": d.Place.ID}
	var all []counted
	var hours []int
	err := r.db.Read(ctx, append(wants, mysql.Many(&all, "report.needs_of_month", args),
		mysql.Many(&hours, "report.hours_to_solve", args))...)
	if err != nil {
		return err
	}
	levels[0] = []org.Node{{ID: path[0], Kind: org.KindCounty}}
	of := tallies(all)
	d.Shown = true
	for _, level := range levels {
		var byOutcome, byCategory [][]int
		for _, n := range level {
			if n.Kind != org.KindCounty && n.Kind != org.KindStreet && !n.Kind.TakesWishes() {
				continue
			}
			t := of.at(n.ID)
			byOutcome, byCategory = append(byOutcome, t.outcomes), append(byCategory, t.categories)
		}
		d.Shown = d.Shown && showsSums(byOutcome)
		d.Hidden, d.HiddenOf = protect(byOutcome, d.Hidden), protect(byCategory, d.HiddenOf)
	}
	mine := of.at(d.Place.ID)
	d.Outcomes, d.Categories = mine.outcomes, mine.categories
	for _, n := range mine.outcomes {
		d.Received += n
	}
	if n := len(hours); n >= MinCell && !d.Hidden[outcomeSolved] {
		d.MedianDays = (hours[n/2] + 23) / 24
	}
	return nil
}

type tallyOf map[id.Node]tally

// at is the tally of a place, of zeros where it received nothing.
func (t tallyOf) at(node id.Node) tally {
	one, there := t[node]
	if !there {
		one = tally{make([]int, outcomes), make([]int, len(need.Categories()))}
		t[node] = one
	}
	return one
}

func tallies(all []counted) tallyOf {
	of := tallyOf{}
	for _, c := range all {
		one := of.at(c.Node)
		one.outcomes[outcomeOf(c.Status, c.Solved)] += c.Count
		one.categories[slices.Index(need.Categories(), c.Category)] += c.Count
	}
	return of
}

// hiddenCell stands for a number that is not shown.
const hiddenCell = "太少，不单独显示"

// Sheet is the disclosure as a spreadsheet of two tables: by outcome and by category.
func (d Disclosure) Sheet() ([]byte, error) {
	above := []string{
		d.Place.Name + "　诉求办理情况", d.Span.Name + "收到的诉求，" + paper.Day(d.At) + "制表",
		"办好没有，只看居民自己说的；没联系上的不算解决，暂时办不了的照实写。",
		fmt.Sprintf("少于 %d 件的数不单独显示，能倒推出来的也不显示，免得让人猜出是谁。", MinCell),
	}
	if !d.Shown {
		return paper.Sheet(paper.Table{
			Name: "办理结果", Above: append(above, "这个月有的地方收到的太少，这一级不单独公示，请看上一级的。"), Head: []any{"结果", "件数"},
		})
	}
	table := func(name, first string, names []string, numbers []int, hidden []bool) paper.Table {
		t := paper.Table{Name: name, Above: slices.Clone(above), Head: []any{first, "件数"}, Foot: []any{"一共收到", d.Received}}
		for i, n := range numbers {
			row := []any{names[i], n}
			if hidden[i] {
				row[1] = hiddenCell
			}
			t.Rows = append(t.Rows, row)
		}
		return t
	}
	categories := make([]string, 0, len(d.Categories))
	for _, c := range need.Categories() {
		categories = append(categories, c.Name())
	}
	results := table("办理结果", "结果", outcomeNames[:], d.Outcomes, d.Hidden)
	results.Above = append(results.Above, d.shares()...)
	return paper.Sheets([]paper.Table{results, table("按类别", "类别", categories, d.Categories, d.HiddenOf)})
}

// shares are the share that residents call solved and the median days, where what they are reckoned from is shown.
func (d Disclosure) shares() (lines []string) {
	said := d.Outcomes[outcomeSolved] + d.Outcomes[outcomePartly] + d.Outcomes[outcomeNot]
	if said > 0 && !d.Hidden[outcomeSolved] && !d.Hidden[outcomePartly] && !d.Hidden[outcomeNot] {
		lines = append(lines, fmt.Sprintf("居民回了话的 %d 件里，说办好了的占 %d%%。", said,
			(d.Outcomes[outcomeSolved]*100+said/2)/said))
	}
	if d.MedianDays > 0 {
		lines = append(lines, fmt.Sprintf("办好的，从说到居民说办好，一半在 %d 天以内。", d.MedianDays))
	}
	return lines
}
