package words

import "xinyuan/internal/state"

// What is said of a report-in.
var _ = say(state.Membership.Noun, sentences{
	ofPlace: true,
	messages: map[addressed]string{
		{state.EventCreate, state.PartyDecider}:   "有党员到%s报到，等您审核",
		{state.EventEscalate, state.PartyDecider}: "有党员到%s报到，三天没有审核，请您来定",
		{state.EventApprove, state.PartyMember}:   "您到%s报到成功，可以认领心愿了",
		{state.EventReject, state.PartyMember}:    "您到%s的报到没有通过",
		{state.EventLeave, state.PartyMember}:     "您已经离开%s",
		{state.EventEnd, state.PartyMember}:       "您在%s的报到被结束了",
	},
})
