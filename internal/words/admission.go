package words

import "xinyuan/internal/state"

// What is said of an admission.
var _ = say(state.Admission.Noun, sentences{
	messages: map[addressed]string{
		{state.EventApprove, state.PartySender}:    "县里准了：%s",
		{state.EventApprove, state.PartyResponder}: "县里准了部门请您这里帮忙的一件事：%s",
		{state.EventRefuse, state.PartySender}:     "县里没有准：%s。没有准入的事，社区可以不办",
		{state.EventLapse, state.PartySender}:      "15 个工作日没有定，按没准算：%s",
		{state.EventEnd, state.PartySender}:        "准入结束了：%s",
		{state.EventEnd, state.PartyResponder}:     "准入结束了，这件事不用再帮：%s",
	},
	history: []sentence{
		{state.EventCreate, "申请准入，等县里定"},
		{state.EventApprove, "准了"},
		{state.EventRefuse, "没有准"},
		{state.EventLapse, "到期没有定，按没准算"},
		{state.EventWithdraw, "撤回了申请"},
		{state.EventEnd, "提前结束了"},
	},
})
