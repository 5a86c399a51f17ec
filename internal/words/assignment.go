package words

import "xinyuan/internal/state"

// What is said of an assignment.
var _ = say(state.Assignment.Noun, sentences{
	messages: map[addressed]string{
		{state.EventCreate, state.PartyResponder}:   "有一单请您来办：%s",
		{state.EventAccept, state.PartySender}:      "您派出的“%s”有人接了",
		{state.EventRefuse, state.PartySender}:      "您派出的“%s”退回来了，请看依据，改派别的单位",
		{state.EventRefuse, state.PartyOverseer}:    "“%s”退回了两次，请您看看该由谁办",
		{state.EventBind, state.PartyResponder}:     "定了责任：“%s”由您这里办，不能再退",
		{state.EventBind, state.PartySender}:        "您派出的“%s”定了责任，对方不能再退",
		{state.EventReport, state.PartySender}:      "您派出的“%s”说办完了，请您去看看",
		{state.EventVerify, state.PartyResponder}:   "您办的“%s”核过了",
		{state.EventReturn, state.PartyResponder}:   "您办的“%s”还差一点，请看哪里没好",
		{state.EventExtend, state.PartyResponder}:   "您办的“%s”同意延期了",
		{state.EventCancel, state.PartyResponder}:   "“%s”撤回了，不用再办",
		{state.EventRemind, state.PartyResponder}:   "“%s”快到时间了，请抓紧办",
		{state.EventEscalate, state.PartyResponder}: "“%s”已经超过时间，请尽快办",
		{state.EventEscalate, state.PartySender}:    "您派出的“%s”超过时间了",
		{state.EventEscalate, state.PartyOverseer}:  "“%s”超过一倍的时间还没有办，请您来看",
		{state.EventEscalate, state.PartyDecider}:   "下面派出的“%s”超过时间了，请您来看",
		{state.EventUndo, state.PartyResponder}:     "您办过的“%s”，核实撤回了，请再去看看",
		{state.EventUndo, state.PartySender}:        "您派出的“%s”，核实撤回了，要重新核",
		{state.EventUndo, state.PartyDecider}:       "您核过的“%s”，核实撤回了，请看看原因",
	},
	history: []sentence{
		{state.EventCreate, "派出这一单"},
		{state.EventAccept, "接了这一单"},
		{state.EventRefuse, "退回了这一单"},
		{state.EventBind, "定了责任，不能再退"},
		{state.EventReport, "说办完了，等核"},
		{state.EventVerify, "看过了，办好了"},
		{state.EventReturn, "看过了，还差一点"},
		{state.EventExtend, "同意延期一次"},
		{state.EventCancel, "撤回了这一单"},
		{state.EventRemind, "快到时间了，提醒过"},
		{state.EventEscalate, "超过时间了，已经报上去"},
		{state.EventUndo, "撤回了核实，重新看"},
	},
})
