package account

import "xinyuan/internal/state"

var _ = belongs(Belonging{
	Noun: state.Booking.Noun, Texts: "预约", IDs: "account.bookings", Live: "account.live_bookings",
	Erase: []string{"account.erase_bookings"}, Whole: true,
	Tables: []Table{{1150, "预约", "account.sheet_bookings"}},
	Columns: map[string]string{
		"purpose": "用来做什么", "offer": "约的地方", "booked_for": "替哪个队伍或单位", "people": "几个人来", "instead": "对方改请到哪里",
	},
	Words: map[string]string{
		"requested": "等对方同意", "confirmed": "约好了", "used": "用过了", "missed": "没来", "declined": "这次没约上",
		"cancelled": "已取消", "called_off": "对方临时不开",
	},
})
