package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.TeamMember.Noun, Live: "account.live_teams",
	Tables:  []Table{{1200, "志愿队", "account.sheet_teams"}},
	Columns: map[string]string{"team": "队伍"},
	Words: map[string]string{
		"requested": "等队长同意", "invited": "等您答应", "active": "有效", "left": "离开了", "rejected": "没有通过",
	},
})
