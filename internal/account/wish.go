package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Wish.Noun, Texts: "心愿", IDs: "account.wishes", Live: "account.open_wishes",
	Erase: []string{"account.erase_wishes", "account.erase_words"}, Contacts: true, Title: Name, Whole: true,
	Tables: []Table{{100, "心愿", "account.sheet_wishes"}},
	Columns: map[string]string{
		"description": "说明", "effort": "要多久", "suits": "什么时候合适", "estate": "小区",
		"owner_label": "公开时的称呼", "consent": "怎样同意的", "consent_note": "同意的记录", "published_at": "发布于",
	},
	Words: map[string]string{
		"submitted": "等核实", "open": "等人认领", "taken": "有人在办", "fulfilled": "圆了", "rejected": "没有通过",
		"withdrawn": "撤回了", "expired": "到期了",
	},
})
