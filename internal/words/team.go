package words

import "xinyuan/internal/state"

// What is said of a team.
var _ = say(state.Team.Noun, sentences{
	messages: map[addressed]string{
		{state.EventCreate, state.PartyLeader}: "您是“%s”的队长了，可以发布活动、请人入队",
		{state.EventEnd, state.PartyLeader}:    "社区解散了“%s”，大家的服务记录都还在",
	},
})

// What is said of a membership of a team.
var _ = say(state.TeamMember.Noun, sentences{
	messages: map[addressed]string{
		{state.EventCreate, state.PartyLeader}:     "有人想加入“%s”，等您同意",
		{state.EventCreate, state.PartyInvited}:    "“%s”请您入队，请去看看愿不愿意",
		{state.EventAccept, state.PartyLeader}:     "您请的人加入了“%s”",
		{state.EventDecline, state.PartyLeader}:    "您请的人这次不来“%s”",
		{state.EventApprove, state.PartyVolunteer}: "队长同意您加入“%s”，可以报名队里的活动了",
		{state.EventReject, state.PartyVolunteer}:  "您加入“%s”的申请没有通过",
		{state.EventEdit, state.PartyVolunteer}:    "您在“%s”里的职务变了，请去看看",
		{state.EventLeave, state.PartyLeader}:      "有一位队员离开了“%s”",
		{state.EventLeave, state.PartyVolunteer}:   "您已经不在“%s”了",
	},
})
