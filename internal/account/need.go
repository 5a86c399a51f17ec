package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Need.Noun, Texts: "说的事", IDs: "account.needs", Live: "account.live_needs",
	Erase: []string{"account.erase_needs"}, Contacts: true, Title: Name, Whole: true,
	Tables:  []Table{{1000, "说的事", "account.sheet_needs"}},
	Columns: map[string]string{"closed_at": "了结于"},
	Words: map[string]string{
		"submitted": "等社区看", "handling": "在办", "waiting": "要等一等", "answered": "答复了", "closed": "了结了",
		"unsolved": "暂时办不了", "rejected": "不在这里办", "merged": "并到同一件", "withdrawn": "撤回了",
		"handed": "转成微心愿了",
	},
})
