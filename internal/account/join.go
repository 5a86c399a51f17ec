package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Join.Noun, IDs: "account.joins", Title: Name, Whole: true,
	Tables:  []Table{{1400, "合并的时长", "account.sheet_joins"}},
	Columns: map[string]string{"joined_at": "合并于", "undone_at": "撤销于"},
	Words:   map[string]string{"joined": "合并了", "undone": "撤销了"},
})

// Those that were a mistake keep their title: it is somebody else's name.
var _ = belongs(Belonging{Noun: state.Join.Noun, IDs: "account.undone_joins", Whole: true})
