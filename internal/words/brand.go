package words

import "xinyuan/internal/state"

// What is said of a brand, which is named by its name.
var _ = say(state.Brand.Noun, sentences{
	messages: map[addressed]string{
		{state.EventAccept, state.PartySender}:   "您提的品牌开始了：%s",
		{state.EventJoin, state.PartySender}:     "又有一个单位来一起办：%s",
		{state.EventJoin, state.PartyResponder}:  "又有一个单位来一起办：%s",
		{state.EventLeave, state.PartySender}:    "有一个单位不再一起办：%s，原因请看里面",
		{state.EventLeave, state.PartyResponder}: "有一个单位不再一起办：%s，原因请看里面",
		{state.EventOpen, state.PartyFollower}:   "这一年办得怎么样、要不要接着办，请您投一票：%s",
		{state.EventClose, state.PartySender}:    "投票结束了，结果请看里面：%s",
		{state.EventClose, state.PartyResponder}: "投票结束了，结果请看里面：%s",
		{state.EventRenew, state.PartySender}:    "居民认可，又续了一年：%s",
		{state.EventRenew, state.PartyResponder}: "居民认可，又续了一年：%s",
		{state.EventRenew, state.PartyFollower}:  "居民认可，又续了一年：%s",
		{state.EventLapse, state.PartySender}:    "没有续上，先歇着了：%s，原因请看里面",
		{state.EventLapse, state.PartyResponder}: "没有续上，先歇着了：%s，原因请看里面",
		{state.EventStop, state.PartySender}:     "品牌不办了：%s，原因请看里面",
		{state.EventStop, state.PartyResponder}:  "品牌不办了：%s，原因请看里面",
	},
	history: []sentence{
		{state.EventCreate, "提了这个品牌，等另一边答应"},
		{state.EventAccept, "答应了，开始办"},
		{state.EventJoin, "替单位来一起办"},
		{state.EventLeave, "替单位退出了，不再一起办"},
		{state.EventOpen, "请居民投票，要不要接着办"},
		{state.EventClose, "投票结束，数过了"},
		{state.EventRenew, "按居民的投票，又续了一年"},
		{state.EventLapse, "没有续上，先歇着"},
		{state.EventStop, "不办了"},
	},
})
