package tidy

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/assignment"
	"xinyuan/internal/content"
	"xinyuan/internal/leaderboard"
	"xinyuan/internal/outbox"
	"xinyuan/internal/points"
	"xinyuan/internal/state"
	"xinyuan/internal/task"
)

// history are the events of each noun.
func history() map[string][]string {
	all := map[string][]string{}
	for _, l := range state.All() {
		all[l.Noun] = words(l.Events())
	}
	return all
}

// statuses are those of all lifecycles.
func statuses() []string {
	var all []string
	for _, l := range state.All() {
		all = append(all, words(l.Statuses)...)
	}
	return all
}

// vocabulary is what queries may compare a column with, by "table.column".
func vocabulary(t *testing.T) map[string][]string {
	t.Helper()
	deeds := words([]points.RuleEvent{points.WishFulfilled, points.ServiceMinutes, points.ServiceHours})
	known := history()
	all := map[string][]string{
		"matters.status":              statuses(),
		"events.to_status":            words(state.Claim.Statuses()), // those of others are compared nowhere
		"events.name":                 slices.Concat(slices.Collect(maps.Values(known))...),
		"points_transfers.cause_rule": deeds,
		"points_rules.event":          deeds,
		"outbox.topic":                words(outbox.Topics()),
		"board_months.subject":        words(leaderboard.Subjects()),
		"board_months.metric":         words(leaderboard.Metrics()),
		"dated_rules.rule":            {"deciders", "overlaps", "reading_members", "tasks"},
	}
	// What is kept for any noun says which, and whose part it is, in columns of one name.
	for table, columns := range columnsOf(t) {
		for _, column := range columns {
			switch column {
			case "noun", "of_noun", "by_noun", "origin_noun":
				all[table+"."+column] = slices.Collect(maps.Keys(known))
			case "part":
				all[table+"."+column] = words(state.AllRecipients())
			}
		}
	}
	all["texts.noun"] = append(all["texts.noun"], "event", "contact_read", "record") // reasons, why contacts are read, and an older name
	for _, name := range content.Shown() {
		_, field, _ := strings.Cut(name, ".")
		all["texts.field"] = append(all["texts.field"], field)
	}
	all["assignments.origin_noun"] = append(all["assignments.origin_noun"], assignment.OriginDuty)
	for name, values := range lists() {
		for table := range tables(t) {
			if column, ok := strings.CutPrefix(name, table+"_"); ok {
				all[table+"."+column] = values
			}
		}
	}
	return all
}

// more are the words that stand elsewhere in queries: not compared with a column.
func more() []string {
	return slices.Concat(
		[]string{"", " ", "；", " 小时", " 分钟", " 分", "%c月%e日", "inside", "gone", "%", ":", "-", "_", "0", "%Y-%m", "service%",
			" 年共建协议", "line_", "pending", "row", `"`, // the parts of a snapshot
			// tables whose look-ups may need an older key
			"roster", "roster_phones", "memberships", "users", "contacts", "matter_parties", "certificates", "teams", "calendars",
			"review_codes", "mini_codes", "idempotency",
			"BASE TABLE", "STORED%", "VIRTUAL%", // what information_schema says
			"promise_", "milestone_", "."}, // what names a text
		content.Shown(), words(task.Kinds()), words(task.Turns()), words(task.Cautions()), words(leaderboard.Subjects()))
}

var (
	literal = regexp.MustCompile(`'([^']*)'`)
	origin  = regexp.MustCompile(`\b(?:FROM|JOIN|UPDATE|INTO) (\w+)(?: (?:AS )?([a-z]\w*)\b)?`)
	// e.name = 'leave', and r.status IN ('confirmed', 'credited')
	comparison = regexp.MustCompile(`(?:\b(\w+)\.)?\b([a-z_]+) (?:=|<>|IN|NOT IN) (\((?:'[^']*',? ?)+\)|'[^']*')`)
	// CASE e.noun WHEN 'wish' THEN … WHEN 'claim' THEN … END
	choice = regexp.MustCompile(`CASE (?:(\w+)\.)?([a-z_]+) (WHEN '.*?) END`)
	chosen = regexp.MustCompile(`WHEN ('[^']*')`)
)

// A query that compares with a word that no constant has finds nothing, and says
// so to nobody: each word of a query is one that its column can hold.
func TestWordsOfQueriesAreConstants(t *testing.T) {
	db, may, anywhere := database(t), vocabulary(t), more()
	for _, values := range may {
		anywhere = append(anywhere, values...)
	}
	columns := columnsOf(t)
	for _, name := range db.Names() {
		text := db.Text(name)
		named := aliases(text)
		check := func(alias, column, values string) {
			allowed, compared := allowedIn(may, columns, named[alias], column)
			for _, m := range literal.FindAllStringSubmatch(values, -1) {
				switch word := m[1]; {
				case word == "" || !compared:
				case allowed == nil:
					t.Errorf("query %s compares %s with %q: say in vocabulary() which words that column holds", name, column, word)
				case !slices.Contains(allowed, word):
					t.Errorf("query %s compares %s with %q, which it never is: %q", name, column, word, allowed)
				}
			}
		}
		for _, m := range comparison.FindAllStringSubmatch(text, -1) {
			check(m[1], m[2], m[3])
		}
		for _, m := range choice.FindAllStringSubmatch(text, -1) {
			for _, one := range chosen.FindAllString(m[3], -1) {
				check(m[1], m[2], one)
			}
		}
		for _, m := range literal.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(anywhere, m[1]) {
				t.Errorf("query %s has the word %q, which no constant is: put it right, or say in more() what it is", name, m[1])
			}
		}
		checkHistory(t, name, text)
	}
}

// checkHistory holds that a query asks for events that the noun has.
func checkHistory(t *testing.T, name, text string) {
	t.Helper()
	all := history()
	for alias := range aliases(text) {
		var of, events []string
		for _, m := range comparison.FindAllStringSubmatch(text, -1) {
			for _, word := range literal.FindAllStringSubmatch(m[3], -1) {
				switch {
				case m[1] == alias && m[2] == "noun":
					of = append(of, word[1])
				case m[1] == alias && m[2] == "name":
					events = append(events, word[1])
				}
			}
		}
		if len(of) != 1 {
			continue
		}
		for _, e := range events {
			if !slices.Contains(all[of[0]], e) {
				t.Errorf("query %s asks for %q of a %s, which never happens to one", name, e, of[0])
			}
		}
	}
}

// aliases are the tables by what a query calls them; all of them by "".
func aliases(text string) map[string][]string {
	all := map[string][]string{}
	for _, m := range origin.FindAllStringSubmatch(text, -1) {
		for _, name := range slices.Compact([]string{"", m[2], m[1]}) {
			all[name] = append(all[name], m[1])
		}
	}
	return all
}

// allowedIn are the words of a column of one of the tables. compared is false
// where none of them is a table of the schema that has it, as in a subquery.
func allowedIn(may, columns map[string][]string, among []string, column string) (allowed []string, compared bool) {
	for _, table := range among {
		if slices.Contains(columns[table], column) {
			compared = true
			allowed = append(allowed, may[table+"."+column]...)
		}
	}
	return allowed, compared
}

// columnsOf are the columns of each table.
func columnsOf(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	column := regexp.MustCompile("(?m)^  `(\\w+)` ")
	for table, body := range tables(t) {
		for _, m := range column.FindAllStringSubmatch(body, -1) {
			all[table] = append(all[table], m[1])
		}
	}
	return all
}

// The doctor judges every noun: whose turn it is, who is told of it, and, of what waits
// for staff, that nobody decided about their own.
func TestEveryNounIsJudged(t *testing.T) {
	db := database(t)
	ask := func(query, noun, what string) {
		rows, condition := "SELECT '"+noun+"',", "(e.noun = '"+noun+"' AND"
		if text := db.Text(query); !strings.Contains(text, rows) && !strings.Contains(text, condition) {
			t.Errorf("sql/queries/doctor.%s.sql has no fragment %[1]s_%s: the doctor does not judge that", noun, what)
		}
	}
	for _, l := range state.All() {
		if slices.Contains(l.Events(), state.EventEscalate) {
			ask("doctor.decided_by_parties", l.Noun, "own")
			ask("doctor.idle_turns", l.Noun, "turns")
			ask("doctor.barred_now", l.Noun, "barred")
		}
		for _, part := range state.AllRecipients() {
			if part != state.PartyDecider && len(state.EventsTo(l.Noun, part)) > 0 {
				ask("doctor.misaddressed", l.Noun, "recipients")
				ask("doctor.untold", l.Noun, "untold")
			}
		}
	}
}
