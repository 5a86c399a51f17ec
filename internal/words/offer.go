package words

import "xinyuan/internal/state"

// What is said of an offer.
var _ = say(state.Offer.Noun, sentences{
	messages: map[addressed]string{
		{state.EventRemind, state.PartyOverseer}: "最近 14 天没有人来：%s。可以不再安排这一班",
	},
	history: []sentence{
		{state.EventCreate, "写好了，还没开放"},
		{state.EventOpen, "开放了"},
		{state.EventEdit, "改了某一天的开放时间"},
		{state.EventReplace, "改了每周的开放时间"},
		{state.EventSuspend, "先停一停，约好的照旧"},
		{state.EventResume, "又开放了"},
		{state.EventRemind, "最近 14 天没有人来，已经告诉街道"},
		{state.EventClose, "不再开放"},
	},
})

// What is said of a booking.
var _ = say(state.Booking.Noun, sentences{
	messages: map[addressed]string{
		{state.EventConfirm, state.PartyOwner}: "您约的“%s”对方同意了，到时候出示预约码或报名字就行",
		{state.EventDecline, state.PartyOwner}: "您约的“%s”对方这次没同意，原因请看里面",
		{state.EventExpire, state.PartyOwner}:  "您约的“%s”对方没有及时回话，这次没约上，可以另约时间或打电话",
		{state.EventCallOff, state.PartyOwner}: "您约的“%s”对方临时不开，改到哪里请看里面",
		{state.EventMiss, state.PartyOwner}:    "您约的“%s”那天没有人来。要是来过，请告诉对方改过来",
		{state.EventCorrect, state.PartyOwner}: "您约的“%s”改成用过了",
	},
	history: []sentence{
		{state.EventCreate, "约了时间"},
		{state.EventConfirm, "同意了"},
		{state.EventDecline, "这次没同意"},
		{state.EventExpire, "对方没有及时回话，没约上"},
		{state.EventCancel, "取消了"},
		{state.EventCallOff, "临时不开了"},
		{state.EventAttend, "登记了到场"},
		{state.EventMiss, "没有人来"},
		{state.EventCorrect, "改成到场了"},
	},
})
