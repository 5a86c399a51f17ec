package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Complaint.Noun, Texts: "投诉建议", IDs: "account.complaints", Live: "account.live_complaints",
	Erase: []string{"account.erase_complaints"}, Whole: true,
	Tables: []Table{{800, "投诉建议", "account.sheet_complaints"}},
	Words:  map[string]string{"open": "等答复", "answered": "答复了", "closed": "了结了"},
})
