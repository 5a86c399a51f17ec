package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Objection.Noun, Texts: "异议", IDs: "account.objections", Whole: true,
	Erase:  []string{"account.erase_objections"},
	Tables: []Table{{900, "异议", "account.sheet_objections"}},
	Words:  map[string]string{"open": "等答复", "upheld": "改过来了", "dismissed": "维持原样"},
})
