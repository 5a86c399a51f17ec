package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Grant.Noun, Live: "account.live_grants",
	Tables: []Table{{1300, "岗位", "account.sheet_posts"}},
	Words:  map[string]string{"given": "有效", "ended": "结束了"},
})
