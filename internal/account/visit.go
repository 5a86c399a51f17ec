package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Visit.Noun, Texts: "请领导来坐坐", IDs: "account.visits", Live: "account.live_visits",
	Erase: []string{"account.erase_visits"}, Title: Name, Whole: true,
	Tables:  []Table{{1100, "请领导来坐坐", "account.sheet_visits"}},
	Columns: map[string]string{"subject": "想说的事"},
	Words: map[string]string{
		"invited": "等领导定时间", "planned": "约好了", "held": "去过了，在办", "closed": "都有着落了", "cancelled": "没去成",
	},
})
