package account

import "xinyuan/internal/state"

// Records are never ended: the service was done.
var records = belongs(Belonging{
	Noun: state.Record.Noun, Texts: "服务记录", Originals: "record", IDs: "account.records",
	Erase:  []string{"account.erase_records", "account.erase_items"},
	Tables: []Table{{600, "服务记录", "account.sheet_records"}},
	Columns: map[string]string{ //nolint:gosec // names of columns
		"note": "备注", "source": "怎样记的", "recorded_at": "记于", "credited_at": "计入于",
	},
	Words: map[string]string{ //nolint:gosec // names of statuses
		"recorded": "等确认", "confirmed": "确认了", "credited": "计入了", "rejected": "没有通过", "corrected": "更正过",
	},
})
