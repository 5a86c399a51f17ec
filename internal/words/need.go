package words

import "xinyuan/internal/state"

// What is said of a need.
var _ = say(state.Need.Noun, sentences{
	messages: map[addressed]string{
		{state.EventEscalate, state.PartyDecider}:  "下面有一件事到期还没有结果，请您来看：%s",
		{state.EventAccept, state.PartyOwner}:      "您说的事有人在办了：%s",
		{state.EventReject, state.PartyOwner}:      "您说的“%s”不在这里办，该找谁请看答复",
		{state.EventMerge, state.PartyOwner}:       "您说的“%s”和别人说的是同一件，一起办，有结果告诉您",
		{state.EventHandOver, state.PartyOwner}:    "您说的“%s”转成了微心愿，社区发布以后，党员可以来认领",
		{state.EventHandOver, state.PartyFollower}: "您关注的“%s”转成了微心愿，党员可以来认领",
		{state.EventSuspend, state.PartyOwner}:     "您说的“%s”要等一等，原因和日子请看里面",
		{state.EventResume, state.PartyOwner}:      "您说的“%s”接着办了",
		{state.EventAnswer, state.PartyOwner}:      "您说的“%s”有答复了，请您看看是不是真解决了",
		{state.EventConfirm, state.PartyOwner}:     "工作人员问过您，记下了您对“%s”的话；不对的话请告诉社区",
		{state.EventConfirm, state.PartyFollower}:  "您关注的“%s”有结果了",
		{state.EventReturn, state.PartyHandler}:    "您答复过的“%s”还没好，居民请接着办",
		{state.EventReopen, state.PartyHandler}:    "您答复过的“%s”又拿出来办，请再看看",
		{state.EventLapse, state.PartyOwner}:       "打了三天电话没有联系上您，“%s”先放下了；没解决请再说一声",
		{state.EventConcede, state.PartyOwner}:     "您说的“%s”暂时办不了，原因和再看的日子请看里面",
		{state.EventConcede, state.PartyFollower}:  "您关注的“%s”暂时办不了，原因和再看的日子请看里面",
	},
	history: []sentence{
		{state.EventCreate, "说了这件事，等社区看"},
		{state.EventEscalate, "到时间还没有结果，已经报给上一级"},
		{state.EventAccept, "收下了，由这里牵头办"},
		{state.EventReject, "说明这件事不在这里办"},
		{state.EventEdit, "又说了一次，请上一级看"},
		{state.EventMerge, "并到同一件一起办"},
		{state.EventHandOver, "问过{speaker}，转成了微心愿"},
		{state.EventWithdraw, "{speaker}撤回了这件事"},
		{state.EventDispatch, "请别的单位一起来办"},
		{state.EventSuspend, "同意先等一等"},
		{state.EventResume, "接着办了"},
		{state.EventAnswer, "答复了，等{speaker}说一声"},
		{state.EventConfirm, "记下了{speaker}的话，销号"},
		{state.EventReturn, "{speaker}说还没好，接着办"},
		{state.EventCallBack, "三天没有回音，请工作人员问一问"},
		{state.EventMissCall, "打过电话，没有人接"},
		{state.EventLapse, "三天都没联系上，先放下"},
		{state.EventConcede, "暂时办不了"},
		{state.EventReopen, "又拿出来办"},
	},
})
