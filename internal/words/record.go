package words

import "xinyuan/internal/state"

// What is said of a service record.
var _ = say(state.Record.Noun, sentences{
	messages: map[addressed]string{
		{state.EventCreate, state.PartyDecider}:    "有人记下服务“%s”，等您确认",
		{state.EventConfirm, state.PartyDecider}:   "服务记录“%s”时间比较长，等您再复核一次",
		{state.EventEscalate, state.PartyDecider}:  "服务记录“%s”三天没有人确认，请您来定",
		{state.EventCredit, state.PartyVolunteer}:  "“%s”的服务时长计入了，谢谢您",
		{state.EventReject, state.PartyVolunteer}:  "“%s”的服务没有得到确认，请看看原因",
		{state.EventCorrect, state.PartyVolunteer}: "“%s”的服务时长更正了，请看看原因",
		{state.EventCorrect, state.PartyDecider}:   "您确认过的服务“%s”更正了，请看看原因",
	},
	history: []sentence{
		{state.EventCreate, "记下这次服务"},
		{state.EventConfirm, "确认了时长，还要再复核一次"},
		{state.EventCredit, "确认了时长，已经计入"},
		{state.EventReject, "没有确认这次服务"},
		{state.EventCorrect, "更正了这次服务，原来的时长和积分收回"},
		{state.EventEscalate, "三天没有人确认，已经报给上一级"},
	},
})
