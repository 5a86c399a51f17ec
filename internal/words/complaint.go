package words

import "xinyuan/internal/state"

// What is said of a complaint.
var _ = say(state.Complaint.Noun, sentences{
	ofPlace: true,
	messages: map[addressed]string{
		{state.EventCreate, state.PartyDecider}:   "有人给%s提了投诉建议，等您答复",
		{state.EventEscalate, state.PartyDecider}: "给%s的一条投诉建议三天没有答复，请您来答复",
		{state.EventReopen, state.PartyDecider}:   "有人对%s的答复不满意，请您再看一看",
		{state.EventAnswer, state.PartyOwner}:     "您给%s提的投诉建议有答复了",
	},
	history: []sentence{
		{state.EventCreate, "写下了，等答复"},
		{state.EventEscalate, "三天没有答复，已经报给上一级"},
		{state.EventAnswer, "答复了"},
		{state.EventReopen, "还没解决，请上一级再看"},
		{state.EventClose, "解决了，不用再看"},
	},
})
