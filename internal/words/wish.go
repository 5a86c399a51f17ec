package words

import "xinyuan/internal/state"

// What is said of a wish.
var _ = say(state.Wish.Noun, sentences{
	messages: map[addressed]string{
		{state.EventCreate, state.PartyDecider}:   "有一个新心愿等您核实：%s",
		{state.EventEdit, state.PartyDecider}:     "一个心愿改好了，等您核实：%s",
		{state.EventEscalate, state.PartyDecider}: "有一个心愿三天没有核实，请您来定：%s",
		{state.EventPublish, state.PartyOwner}:    "您的心愿“%s”发布了，等党员认领",
		{state.EventAttach, state.PartyOwner}:     "代您提的心愿“%s”交到您自己手上了，办没办好由您来说",
		{state.EventReject, state.PartyOwner}:     "社区请您补充心愿“%s”，补好再交给社区",
		{state.EventExpire, state.PartyOwner}:     "您的心愿“%s”很久没有人认领，到期了，需要的话请再许一次",
	},
	history: []sentence{
		{state.EventCreate, "许下心愿，等社区核实"},
		{state.EventEscalate, "三天没有核实，已经报给上一级"},
		{state.EventAttach, "把心愿交到{owner}自己手上"},
		{state.EventEdit, "改好了，等社区核实"},
		{state.EventExpire, "很久没有人认领，心愿到期了"},
		{state.EventUndo, "撤销了确认"},
		{state.EventPublish, "核实后发布，等党员认领"},
		{state.EventReject, "请本人补充"},
		{state.EventClaim, "有党员认领了"},
		{state.EventReopen, "重新开放认领"},
		{state.EventWithdraw, "{owner}撤回了心愿"},
		{state.EventConfirm, "{owner}确认：心愿实现了"},
	},
	ownersHistory: []sentence{
		{state.EventReject, "社区请您补充"},
	},
	echoes: []state.Event{state.EventClaim, state.EventUndo},
})
