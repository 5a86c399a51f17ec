package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Membership.Noun, IDs: "account.memberships", Live: "account.live_memberships", Whole: true,
	Names: []SealedName{{"memberships", "real_name", "account.erase_membership"}},
	Tables: []Table{
		{400, "报到", "account.sheet_memberships"}, {410, "谁看过真实姓名", "account.sheet_name_reads"},
	},
	Columns: map[string]string{"memberships.real_name": "真实姓名", "name_label": "公开时的姓名"},
	Words:   map[string]string{"requested": "等答复", "active": "有效", "left": "离开了", "rejected": "没有通过"},
})
