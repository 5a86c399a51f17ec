package words

import "xinyuan/internal/state"

// What is said of a certificate.
var _ = say(state.Certificate.Noun, sentences{
	messages: map[addressed]string{
		{state.EventCreate, state.PartyOwner}:   "社区给您开了服务证明 %s，您可以打开看看",
		{state.EventOpen, state.PartyOwner}:     "工作人员看过您的服务证明 %s",
		{state.EventRevoke, state.PartyOwner}:   "您的服务证明 %s 作废了",
		{state.EventRevoke, state.PartyDecider}: "您开出的服务证明 %s 被作废了，请看看原因",
	},
})
