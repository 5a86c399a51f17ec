package tidy

import (
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/account"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// TestNounsWithWordsAreOfTheAccount holds that a noun whose columns hold a person's words is registered with the
// account, with the queries that belongings names: what nobody runs takes nothing away.
func TestNounsWithWordsAreOfTheAccount(t *testing.T) {
	erases, exports := map[string][]string{}, map[string][]string{}
	for _, b := range account.Belongings() {
		erases[b.Noun] = append(erases[b.Noun], b.Erase...)
		for _, name := range b.Names {
			erases[b.Noun] = append(erases[b.Noun], name.Query)
		}
		for _, table := range b.Tables {
			exports[b.Noun] = append(exports[b.Noun], table.Query)
		}
	}
	for column, b := range belongings {
		table, _, _ := strings.Cut(column, ".")
		i := slices.IndexFunc(state.All(), func(l state.Lifecycle) bool { return l.Table == table })
		if i < 0 || slices.Contains([]string{state.User.Noun, state.Case.Noun}, state.All()[i].Noun) {
			continue // of the person themself, or about them
		}
		noun := state.All()[i].Noun
		if b.erased != "" && !slices.Contains(erases[noun], b.erased) {
			t.Errorf("%s: %s is not among what internal/account erases of a %s", column, b.erased, noun)
		}
		if b.exported != "" && !slices.Contains(exports[noun], b.exported) {
			t.Errorf("%s: %s is not among what internal/account exports of a %s", column, b.exported, noun)
		}
	}
}

// TestBelongingsHaveTheirTexts: where words go in which numbers may be hidden, the originals go as well.
func TestBelongingsHaveTheirTexts(t *testing.T) {
	for _, b := range account.Belongings() {
		hidden := slices.ContainsFunc(b.Erase, func(query string) bool { return theirWords(query) })
		switch {
		case hidden && b.Texts == "":
			t.Errorf("%s: say what people call it in Texts: what was hidden in its words stays otherwise", b.Noun)
		case b.IDs == "" && (b.Erase != nil || b.Names != nil || b.Texts != ""):
			t.Errorf("%s: say in IDs which of them hold words of the person", b.Noun)
		}
	}
}

// theirWords tells whether the query takes words away that are checked, and in which numbers are hidden.
func theirWords(query string) bool {
	for column, b := range belongings {
		if b.erased == query && texts[column].is("passed") {
			return true
		}
	}
	return false
}

// TestTablesOfTheExportAreInWords reads every table, with nothing in it: each column has a name, and none is left over.
func TestTablesOfTheExportAreInWords(t *testing.T) {
	db := database(t)
	shared, own, places := map[string]bool{}, map[string]bool{}, map[int]string{}
	for _, table := range account.Tables() {
		if other := places[table.Place]; other != "" {
			t.Errorf("%s and %s have one place", table.Name, other)
		}
		places[table.Place] = table.Name
		var sheet mysql.Sheet
		args := mysql.Args{"user": 1, "people": []id.User{1}}
		if err := db.Read(t.Context(), mysql.Whole(&sheet, table.Query, args)); err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
		for _, column := range sheet.Columns[1:] {
			if table.Of.ColumnName(column) == column {
				t.Errorf("%s: say what people call the column %s", table.Name, column)
			}
			own[table.Of.Noun+" "+column], shared[column] = true, shared[column] || table.Of.Columns[column] == ""
		}
	}
	for _, b := range account.Belongings() {
		for column := range b.Columns {
			if !own[b.Noun+" "+column] {
				t.Errorf("%s: no table has a column %s", b.Noun, column)
			}
		}
	}
}

// TestStatusesOfTheExportAreInWords: a status is called as its own noun calls it, since one word means several things.
func TestStatusesOfTheExportAreInWords(t *testing.T) {
	for _, b := range account.Belongings() {
		l := lifecycleOf(t, b.Noun)
		for _, status := range l.Statuses {
			if len(b.Tables) > 0 && b.Words[status] == "" {
				t.Errorf("%s: say what people call the status %s", b.Noun, status)
			}
		}
		for status := range b.Words {
			if !slices.Contains(l.Statuses, status) {
				t.Errorf("%s has no status %s", b.Noun, status)
			}
		}
	}
	for _, role := range id.Roles() {
		if (account.Belonging{}).WordOf("role", string(role)) == string(role) {
			t.Errorf("say what people call the role %s", role)
		}
	}
}

// TestWhatThePersonEndsEnds: the query of what lives has each status that whoever deletes the account can end.
func TestWhatThePersonEndsEnds(t *testing.T) {
	db := database(t)
	ends := []state.Event{state.EventWithdraw, state.EventClose, state.EventLeave, state.EventCancel}
	whose := []state.Party{state.PartyOwner, state.PartyMember, state.PartyVolunteer}
	for _, b := range account.Belongings() {
		for _, a := range lifecycleOf(t, b.Noun).Arrows {
			own := slices.ContainsFunc(a.By, func(p state.Party) bool { return slices.Contains(whose, p) })
			switch {
			case !own || !slices.Contains(ends, a.Event):
			case b.Live == "":
				t.Errorf("%s: %s a %s ends it; say in Live which these are", b.Noun, a.Event, a.From)
			case !strings.Contains(db.Text(b.Live), "'"+a.From+"'"):
				t.Errorf("%s: %s has not those that are %s", b.Noun, b.Live, a.From)
			}
		}
	}
}

func lifecycleOf(t *testing.T, noun string) state.Lifecycle {
	t.Helper()
	all := state.All()
	i := slices.IndexFunc(all, func(l state.Lifecycle) bool { return l.Noun == noun })
	if i < 0 {
		t.Fatalf("there is no noun %s", noun)
	}
	return all[i]
}
