package words

import "xinyuan/internal/state"

// What is said of hours that are joined to an account.
var _ = say(state.Join.Noun, sentences{
	messages: map[addressed]string{
		{state.EventCreate, state.PartyVolunteer}: "社区把“%s”名下的服务时长并到了您的账号，请看看对不对",
		{state.EventJoin, state.PartyVolunteer}:   "“%s”名下又有服务时长并到了您的账号",
		{state.EventUndo, state.PartyVolunteer}:   "“%s”的服务时长不再记在您的账号上，请看看原因",
		{state.EventUndo, state.PartyDecider}:     "您把“%s”名下的服务时长并了账号，现在撤回了，请看看原因",
	},
})
