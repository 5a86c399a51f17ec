package words

import (
	"fmt"

	"xinyuan/internal/state"
)

// What is said of an activity.
var _ = say(state.Activity.Noun, sentences{
	messages: map[addressed]string{
		{state.EventEdit, state.PartyVolunteer}:   "您报名的活动“%s”改了安排，请再看一看",
		{state.EventCancel, state.PartyVolunteer}: "您报名的活动“%s”取消了，不用去了",
		{state.EventCancel, state.PartyLeader}:    "活动“%s”取消了",
	},
})

// What is said of a sign-up.
var _ = say(state.Signup.Noun, sentences{
	special: credited,
	messages: map[addressed]string{
		{state.EventPromote, state.PartyVolunteer}: "“%s”空出了名额，轮到您了，请记得按时去",
		{state.EventSkip, state.PartyVolunteer}:    "“%s”空出了名额，可您同一时间有别的活动，先给了后面的人。您还在候补",
		{state.EventDropOut, state.PartyLeader}:    "报名截止以后，有人退出了“%s”，名册上看得到是谁",
		{state.EventRemind, state.PartyVolunteer}:  "您报名的活动“%s”快到了，请看好时间和地点",
		{state.EventMiss, state.PartyVolunteer}:    "“%s”记您没有到。如果记错了，请提出来",
		{state.EventAttend, state.PartyVolunteer}:  "“%s”结束了，您的到场记上了，时长等社区确认，谢谢您",
	},
})

// credited says of the end of an activity what it credited; empty where nothing is yet.
func credited(m Message) string {
	if m.Minutes == 0 {
		return ""
	}
	return fmt.Sprintf("“%s”结束了，记上您服务的 %s，谢谢您", m.Title, Duration(m.Minutes))
}
