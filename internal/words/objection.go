package words

import "xinyuan/internal/state"

// What is said of an objection.
var _ = say(state.Objection.Noun, sentences{
	messages: map[addressed]string{
		{state.EventCreate, state.PartyDecider}:    "有志愿者对“%s”的记录提出异议，请您核实",
		{state.EventEscalate, state.PartyDecider}:  "对“%s”的异议等了三天没有答复，请您来定",
		{state.EventUphold, state.PartyVolunteer}:  "您对“%s”的异议核实了，记录已经改过来",
		{state.EventDismiss, state.PartyVolunteer}: "您对“%s”的异议核实过了，记录不变，原因请看答复",
	},
})
