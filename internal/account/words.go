package account

import (
	"cmp"

	"xinyuan/internal/state"
)

// columnNames are what columns are called that several tables have, or those of no noun.
var columnNames = map[string]string{
	"display_name": "称呼", "phone_label": "手机号（隐去中间）", "users.phone": "手机号", "home": "选的社区", "elder_view": "大字版",
	"show_on_boards": "上榜写名字", "person_number": "我的号码", "volunteer_number": "志愿者编号", "created_at": "建立于",
	"calendars": "日历订阅", "open_id": "微信给本小程序的标识", "union_id": "微信给本单位的标识", "number": "编号", "node": "地方",
	"title": "题目", "category": "类别", "points": "积分", "status": "进展", "requested_at": "申请于", "decided_at": "答复于",
	"delivered_at": "办好于", "confirmed_at": "确认于", "unit": "单位", "role": "担任", "serial": "编号",
	"ended_at": "结束于", "reader": "谁", "read_at": "何时", "reason": "原因", "starts_at": "开始", "ends_at": "结束",
	"started_at": "开始", "minutes": "分钟", "amount": "数", "kind": "类别", "cause_rule": "因为", "deed_at": "事情的时间",
	"posted_at": "记入于", "from_at": "从", "until_at": "到", "place": "地方", "text": "内容", "answer": "答复",
	"noun": "用在哪里", "document": "文件", "version": "版本", "agreed_at": "同意于",
}

// ColumnName is what people call the column.
func (b Belonging) ColumnName(column string) string {
	return cmp.Or(b.Columns[column], columnNames[column], column)
}

// wordNames are the words of kinds and ways as people read them, and the statuses of pictures.
var wordNames = map[string]string{ //nolint:gosec // words
	"adding": "正在上传", "waiting": "还没用上", "attached": "用上了", "removed": "删除了",
	"half_hour": "半小时", "half_day": "半天", "daytime": "白天", "evening": "晚上", "weekend": "周末", "by_phone": "电话里就行",
	"oral": "口头", "paper": "书面", "live": "现场", "offline": "没有网络时", "list": "名册补签", "activity": "活动", "self": "自己报的",
	"correction": "更正", "minutes": "分钟", "points": "积分", "earn": "记入", "correct": "更正", "complaint": "投诉",
	"suggestion": "建议", "leader": "队长", "deputy": "副队长", "member": "队员", "responder": "接单人",
	"area_leader": "包保领导", "wish_fulfilled": "办成心愿", "service": "服务", "service_hour": "服务时长",
	"grid_leader": "网格长", "grid_worker": "网格员", "property_worker": "物管员", "building_head": "楼栋长",
	"unit_head": "单元长", "centre_household": "党员中心户", "unit_liaison": "单位联络员", "secretary": "社区书记",
	"yes": "认可", "no": "不认可",
	"agreement": "用户协议", "privacy": "隐私说明", "street": "街道负责人", "county": "县级负责人", "auditor": "监督员",
}

// worded are the columns whose values are words of ours.
var worded = map[string]bool{
	"status": true, "effort": true, "suits": true, "consent": true, "in_mode": true, "out_mode": true, "source": true,
	"unit": true, "kind": true, "document": true, "cause_rule": true, "role": true,
	"choice": true,
}

// yesOrNo are the columns whose values are 0 and 1.
var yesOrNo = map[string]bool{"elder_view": true, "show_on_boards": true, "calendars": true}

// WordOf is a value as people read it.
func (b Belonging) WordOf(column, value string) string {
	switch {
	case column == "status" && b.Words[value] != "":
		return b.Words[value]
	case column == "noun":
		return nounName(value)
	case yesOrNo[column] && value == "0":
		return "否"
	case yesOrNo[column]:
		return "是"
	case worded[column] && wordNames[value] != "":
		return wordNames[value]
	}
	return value
}

// nounName is what people call the noun.
func nounName(noun string) string {
	if noun == state.User.Noun {
		return "本人"
	}
	for _, b := range registered {
		if b.Noun == noun {
			return b.Texts
		}
	}
	return noun
}
