package words

import "xinyuan/internal/state"

// What is said of an agreement, which is named by its unit and year.
var _ = say(state.Agreement.Noun, sentences{
	messages: map[addressed]string{
		{state.EventDispatch, state.PartyResponder}: "请您看看，同意就签：%s",
		{state.EventReturn, state.PartySender}:      "单位请您改一改：%s，原因请看里面",
		{state.EventReturn, state.PartyResponder}:   "社区收回去再改：%s",
		{state.EventAccept, state.PartySender}:      "单位签了：%s",
		{state.EventEnd, state.PartySender}:         "提前结束了：%s，原因请看里面",
		{state.EventEnd, state.PartyResponder}:      "提前结束了：%s，原因请看里面",
	},
	history: []sentence{
		{state.EventCreate, "写了草稿"},
		{state.EventEdit, "改了草稿"},
		{state.EventDispatch, "替社区签了，等单位同意"},
		{state.EventReturn, "退回去改"},
		{state.EventAccept, "替单位签了，开始有效"},
		{state.EventEnd, "结束了"},
		{state.EventReplace, "签了新的，这一份不再用"},
	},
})
