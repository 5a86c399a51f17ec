package importer

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"xinyuan/internal/clock"
	"xinyuan/internal/duty"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
)

// The columns of a duty list.
const (
	dutyNumber = iota
	dutyBoard
	dutyField
	dutyItem
	dutyKind
	dutyLead
	dutyCommunity
	dutyWords
)

var dutyColumns = []column{
	dutyNumber:    {names: []string{"编号", "序号", "项", "number"}},
	dutyBoard:     {names: []string{"板块", "工作板块", "类别", "board"}},
	dutyField:     {names: []string{"职能", "职责类别", "field"}},
	dutyItem:      {names: []string{"事项", "职责事项", "事项名称", "职责", "item"}},
	dutyKind:      {names: []string{"承担方式", "责任", "主体", "责任类型", "kind"}},
	dutyLead:      {optional: true, names: []string{"牵头部门", "牵头单位", "主责部门", "lead"}},
	dutyCommunity: {optional: true, names: []string{"社区参与", "社区配合", "社区协助", "community"}},
	dutyWords:     {optional: true, names: []string{"关键词", "群众说法", "words"}},
}

// listedDuty is a line of the list, in the database or in the file.
type listedDuty struct {
	duty.Duty
	Words string `db:"words"` // with commas between them, in their order
}

// Duties takes the streets' duty list: each row a line by its number. A line that says something else than the one of
// its number takes its place from now on; those not in the file stay. Errors: as Units.
func Duties(ctx context.Context, db *mysql.DB, file io.Reader, o Options) (Report, error) {
	var r Report
	t, err := readTable(file, dutyColumns)
	if err != nil {
		return r, err
	}
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r = Report{NotStored: t.notStored, Notes: t.notes}
		if o.Commit {
			// Two imports at once would both find a line missing: the second waits here.
			if err := tx.SaveSetting("import.duties", tx.Now().UTC().Format(time.RFC3339)); err != nil {
				return err
			}
		}
		var (
			all   []place
			there []listedDuty
		)
		err := tx.Read(ctx, mysql.Many(&all, "importer.places", nil), mysql.Many(&there, "importer.duties", nil))
		if err != nil {
			return err
		}
		known := knownDuties{newGazetteer(all), map[int]listedDuty{}, map[int]string{}, nil}
		for _, d := range there {
			known.byNumber[d.Number] = d
		}
		for _, row := range t.rows {
			if problem := known.judge(&r, row); problem != "" {
				r.bad(row, problem)
			}
		}
		if err := r.checkRows(); err != nil || !o.Commit {
			return err
		}
		return write(ctx, tx, o, known.changed, known.save)
	})
	return r, err
}

// knownDuties are the lines that hold, and those of the file that are new or say something else.
type knownDuties struct {
	places   gazetteer
	byNumber map[int]listedDuty
	lines    map[int]string // where the file has a number
	changed  []listedDuty
}

// judge counts what becomes of a row, or says why it cannot be taken.
func (k *knownDuties) judge(r *Report, row line) string {
	d, problem := newDuty(row)
	if problem != "" {
		return problem
	}
	if first := k.lines[d.Number]; first != "" {
		return "与" + first + "重复"
	}
	k.lines[d.Number] = row.at()
	if lead := row.cells[dutyLead]; lead != "" {
		unit, problem := k.places.find(lead, "", "单位", org.KindUnit)
		if problem != "" {
			return problem
		}
		d.LeadID = unit.ID
	}
	if d.Kind == duty.KindAssist && d.LeadID == 0 {
		return "配合的事项要写明牵头部门"
	}
	was, there := k.byNumber[d.Number]
	now := was
	now.ID, now.From, now.Until = 0, time.Time{}, nil
	switch {
	case there && now == d:
		r.Unchanged++
		return ""
	case there:
		r.Changed++
	default:
		r.New++
	}
	k.changed = append(k.changed, d)
	return ""
}

// assistance and ownership are how lists say who does it.
var (
	ownership  = []string{"主体", "主体承担", "自有", "承担", "own"}
	assistance = []string{"配合", "配合承担", "协助", "assist"}
	yeses      = []string{"是", "参与", "√", "yes"}
	noes       = []string{"", "否", "不参与", "×", "no"}
)

// longest are the longest texts of a line, in characters.
const (
	longestBoard = 20
	longestItem  = 100
	longestWord  = 20
	mostWords    = 12
)

// newDuty is what a row says, and what is wrong with its cells.
func newDuty(row line) (d listedDuty, problem string) {
	if row.problem != "" {
		return d, row.problem
	}
	number, err := strconv.Atoi(row.cells[dutyNumber])
	if err != nil || number < 1 || number > 9999 {
		return d, "编号应是 1 到 9999 的数"
	}
	d.Number, d.Board, d.Field, d.Item = number, row.cells[dutyBoard], row.cells[dutyField], row.cells[dutyItem]
	for _, text := range []struct {
		name, is string
		longest  int
	}{{"板块", d.Board, longestBoard}, {"职能", d.Field, longestBoard}, {"事项", d.Item, longestItem}} {
		switch n := utf8.RuneCountInString(text.is); {
		case n == 0 || n > text.longest:
			return d, fmt.Sprintf("%s应有 1 到 %d 个字", text.name, text.longest)
		case seal.Identifies(text.is):
			return d, text.name + "大家都看得到，里面不能有电话、证件号或者卡号"
		}
	}
	if d.Kind, problem = kindOf(row.cells[dutyKind]); problem != "" {
		return d, problem
	}
	if d.Community, problem = yesOrNo("社区参与", row.cells[dutyCommunity]); problem != "" {
		return d, problem
	}
	d.Words, problem = wordsOf(row.cells[dutyWords])
	return d, problem
}

func kindOf(cell string) (duty.Kind, string) {
	switch {
	case isOneOf(cell, ownership):
		return duty.KindOwn, ""
	case isOneOf(cell, assistance):
		return duty.KindAssist, ""
	}
	return "", fmt.Sprintf("承担方式应写“主体”或者“配合”，不是“%s”", shown(cell))
}

func yesOrNo(name, cell string) (bool, string) {
	if isOneOf(cell, yeses) || isOneOf(cell, noes) {
		return isOneOf(cell, yeses), ""
	}
	return false, fmt.Sprintf("%s应写“是”或者“否”，不是“%s”", name, shown(cell))
}

func isOneOf(cell string, all []string) bool {
	for _, one := range all {
		if strings.EqualFold(cell, one) {
			return true
		}
	}
	return false
}

// wordsOf are the words of a cell with commas between them, each once.
func wordsOf(cell string) (all, problem string) {
	seen := map[string]bool{}
	var words []string
	for _, word := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、，,；; ", r) }) {
		switch {
		case utf8.RuneCountInString(word) < 2 || utf8.RuneCountInString(word) > longestWord:
			return "", fmt.Sprintf("关键词“%s”应有 2 到 %d 个字", shown(word), longestWord)
		case seal.Identifies(word):
			return "", "关键词里不能有电话、证件号或者卡号"
		case !seen[word]:
			seen[word] = true
			words = append(words, word)
		}
	}
	if len(words) > mostWords {
		return "", fmt.Sprintf("关键词最多 %d 个", mostWords)
	}
	slices.Sort(words)
	return strings.Join(words, ","), ""
}

// save ends the line of the number that holds and begins the one of the file.
func (k *knownDuties) save(tx *mysql.Tx, d listedDuty) error {
	from := tx.Now()
	if was, there := k.byNumber[d.Number]; there {
		if err := tx.Add("importer.end_duty", mysql.Args{"id": was.ID, "at": from}); err != nil {
			return err
		}
	} else if len(k.byNumber) == 0 {
		from = clock.YearOf(from).From.UTC() // a first list is that of the year
	}
	d.ID, d.From = mysql.NewID[id.Duty](tx), from
	if err := tx.Add("importer.add_duty", d); err != nil {
		return err
	}
	for _, word := range strings.Split(d.Words, ",") {
		if word == "" {
			continue
		}
		if err := tx.Add("importer.add_duty_word", mysql.Args{"duty": d.ID, "word": word}); err != nil {
			return err
		}
	}
	return nil
}
