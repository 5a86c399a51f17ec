package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Signup.Noun, Live: "account.coming",
	Tables: []Table{{500, "活动报名", "account.sheet_signups"}, {510, "签到", "account.sheet_attendances"}},
	Columns: map[string]string{
		"place_name": "地点", "cancelled_at": "取消于", "in_at": "签到", "in_mode": "签到方式",
		"in_distance": "签到时离活动地点（米）", "in_accuracy": "定位准到（米）", "out_at": "签退", "out_mode": "签退方式",
		"out_distance": "签退时离活动地点（米）", "out_accuracy": "签退定位准到（米）",
	},
	Words: map[string]string{
		"confirmed": "有名额", "waitlisted": "候补", "attended": "来了", "absent": "没来", "cancelled": "取消了",
	},
})
