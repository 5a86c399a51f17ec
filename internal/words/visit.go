package words

import "xinyuan/internal/state"

// What is said of a visit.
var _ = say(state.Visit.Noun, sentences{
	messages: map[addressed]string{
		{state.EventCreate, state.PartyLeader}: "有居民请您来坐坐：%s",
		{state.EventAccept, state.PartyOwner}:  "您请的领导约好时间了：%s",
		{state.EventDecline, state.PartyOwner}: "您请领导来说的“%s”这次来不了，原因请看里面",
		{state.EventEdit, state.PartyOwner}:    "夜访的时间或地点改了：%s",
		{state.EventCancel, state.PartyOwner}:  "约好的夜访取消了：%s，原因请看里面",
		{state.EventHold, state.PartyOwner}:    "您请的夜访来过了，记下的事请看里面：%s",
		{state.EventHold, state.PartyLeader}:   "社区替您记下了夜访听到的事：%s",
		{state.EventClose, state.PartyOwner}:   "夜访记下的事都有着落了：%s",
		{state.EventClose, state.PartyLeader}:  "您夜访记下的事都有着落了：%s",
	},
	history: []sentence{
		{state.EventCreate, "约这次夜访"},
		{state.EventAccept, "约好了时间和地点"},
		{state.EventDecline, "这次来不了"},
		{state.EventWithdraw, "{speaker}不请了"},
		{state.EventEdit, "改了时间或地点"},
		{state.EventCancel, "没去成"},
		{state.EventHold, "去过了，听到的事记下来了"},
		{state.EventClose, "记下的事都有着落了"},
	},
})
