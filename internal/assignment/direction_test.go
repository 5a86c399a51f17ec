package assignment

import (
	"testing"

	"xinyuan/internal/fault"
	"xinyuan/internal/org"
)

// Every cell of the table, for leading and for helping, with each basis alone and with none. A letter is what makes the
// work allowed: L to lead and H to help without more, D by the duty list, A by an admission, C by a contract, M by the own
// seat in a meeting.
func TestEveryDirection(t *testing.T) {
	bases := map[byte]Basis{'D': {Duty: true}, 'A': {Admitted: true}, 'C': {Contract: true}, 'M': {Accepted: true}}
	order := []Body{BodyCommunity, BodyStreet, BodyCounty, BodyUnit, BodyVendor, BodyGroup, BodyMeeting}
	table := map[Body][]string{ // to:    community street county unit vendor group meeting
		BodyCommunity: {"", "H", "", "LH", "C", "LH", ""},
		BodyStreet:    {"D", "", "H", "LH", "C", "LH", ""},
		BodyCounty:    {"", "D", "", "LH", "C", "LH", ""},
		BodyUnit:      {"DA", "DA", "", "H", "", "", ""},
		BodyVendor:    {"", "", "", "", "", "", ""},
		BodyGroup:     {"", "", "", "", "", "", ""},
		BodyMeeting:   {"M", "M", "M", "M", "M", "M", ""},
	}
	has := func(cell string, letter byte) bool {
		for i := range len(cell) {
			if cell[i] == letter {
				return true
			}
		}
		return false
	}
	for _, from := range Bodies() {
		for i, to := range order {
			cell := table[from][i]
			for _, kind := range Kinds() {
				free := has(cell, map[Kind]byte{KindLead: 'L', KindHelp: 'H'}[kind])
				check := func(what string, b Basis, want bool) {
					t.Helper()
					err := CheckDirection(from, to, kind, b)
					if (err == nil) != want || err != nil && !fault.Has(err, fault.ReasonNotAdmitted) {
						t.Errorf("%s gives %s work (%s) with %s: %v, want allowed %v", from, to, kind, what, err, want)
					}
				}
				check("nothing", Basis{}, free)
				for letter, b := range bases {
					check(string(letter), b, free || has(cell, letter))
				}
			}
		}
	}
}

// A department is told what it may do instead.
func TestADepartmentIsToldWhy(t *testing.T) {
	refused, _ := fault.Of(CheckDirection(BodyUnit, BodyCommunity, KindLead, Basis{}))
	if refused == nil || refused.Message != "这件事不在社区的职责清单里，也没有经过准入。社区可以不办。要让社区帮忙，请先向县里申请准入。" {
		t.Errorf("it reads %v", refused)
	}
}

func TestBodiesOfNodes(t *testing.T) {
	want := map[org.Kind]Body{
		org.KindCounty: BodyCounty, org.KindStreet: BodyStreet, org.KindCommunity: BodyCommunity,
		org.KindVillage: BodyCommunity, org.KindUnit: BodyUnit, org.KindGroup: BodyGroup,
	}
	for _, k := range org.Kinds() {
		if bodyOf(k) != want[k] {
			t.Errorf("a %s is %q, want %q", k, bodyOf(k), want[k])
		}
	}
}
