package account

import "xinyuan/internal/state"

// What somebody said in open votes about projects. It is counted, and stays. Projects are words of staff and of units.
var _ = belongs(Belonging{
	Noun:    state.Project.Noun,
	Tables:  []Table{{1160, "投过的票", "account.sheet_voices"}},
	Columns: map[string]string{"project": "项目", "choice": "投的票", "voted_at": "什么时候投的"},
	Words: map[string]string{
		"proposed": "等社区看", "open": "等单位来认", "matched": "有单位了", "running": "在办", "delivered": "办完了，等居民看",
		"accepted": "居民认可", "rejected": "没有通过", "stopped": "停了", "expired": "没人认，已放回",
	},
})
