package words

import "xinyuan/internal/state"

// What is said of a text that is looked at.
var _ = say(state.Case.Noun, sentences{
	ofPlace: true,
	messages: map[addressed]string{
		{state.EventEscalate, state.PartyDecider}: "%s有一处内容三天没有核对，请您来定",
		{state.EventKeep, state.PartyOwner}:       "您在%s发的内容核对过了，大家看得到了",
		{state.EventBlur, state.PartyOwner}:       "您在%s发的一张图片打上了马赛克，请看看原因",
		{state.EventTakeDown, state.PartyOwner}:   "您在%s发的内容没有通过核对，请看看原因，可以改一改再发",
		{state.EventKeep, state.PartyMember}:      "您在%s举报的看过了，没有发现问题，谢谢您",
		{state.EventBlur, state.PartyMember}:      "您在%s举报的看过了，打上了马赛克，谢谢您",
		{state.EventTakeDown, state.PartyMember}:  "您在%s举报的看过了，已经隐去，谢谢您",
	},
	history: []sentence{
		{state.EventCreate, "要核对，等社区来看"},
		{state.EventEscalate, "三天没有核对，已经报给上一级"},
		{state.EventKeep, "看过了，大家可以看到"},
		{state.EventBlur, "看过了，打上了马赛克"},
		{state.EventTakeDown, "看过了，隐去"},
		{state.EventReport, "又有人举报"},
		{state.EventReplace, "本人换了说法，或者注销了，不用再看"},
	},
})
