package account

// columnNames are what the columns of the sheets are called.
var columnNames = map[string]string{ //nolint:gosec // names of columns
	"display_name": "称呼", "phone_label": "手机号（隐去中间）", "users.phone": "手机号", "home": "选的社区", "elder_view": "大字版",
	"show_on_boards": "上榜写名字", "person_number": "我的号码", "volunteer_number": "志愿者编号", "created_at": "建立于",
	"calendars": "日历订阅", "open_id": "微信给本小程序的标识", "union_id": "微信给本单位的标识", "number": "编号", "node": "地方",
	"category": "类别", "title": "题目", "description": "说明", "effort": "要多久", "suits": "什么时候合适", "estate": "小区",
	"owner_label": "公开时的称呼", "consent": "怎样同意的", "consent_note": "同意的记录", "points": "积分", "status": "进展",
	"published_at": "发布于", "rating": "评分", "comment": "评语", "delivered_at": "办好于", "confirmed_at": "确认于",
	"delivery_note": "办理情况", "requested_at": "申请于", "decided_at": "答复于", "memberships.real_name": "真实姓名",
	"name_label": "公开时的姓名", "unit": "单位", "ended_at": "结束于", "reader": "谁", "read_at": "何时", "reason": "原因",
	"place_name": "地点", "starts_at": "开始", "ends_at": "结束", "cancelled_at": "取消于", "in_at": "签到", "in_mode": "签到方式",
	"in_distance": "签到时离活动地点（米）", "in_accuracy": "定位准到（米）", "out_at": "签退", "out_mode": "签退方式",
	"out_distance": "签退时离活动地点（米）", "out_accuracy": "签退定位准到（米）", "started_at": "开始", "minutes": "分钟",
	"note": "备注", "source": "怎样记的", "recorded_at": "记于", "credited_at": "计入于", "amount": "数", "kind": "类别",
	"cause_rule": "因为", "deed_at": "事情的时间", "posted_at": "记入于", "serial": "编号",
	"certificates.holder_name": "证明上的姓名", "holder_label": "查验时看到的姓名", "from_at": "从", "until_at": "到",
	"issuer": "出具单位", "handler": "经办人", "contact": "联系方式", "issued_at": "开具于", "revoked_at": "作废于", "place": "地方",
	"text": "内容", "answer": "答复", "team": "队伍", "role": "担任", "joined_at": "合并于", "undone_at": "撤销于",
	"noun": "用在哪里", "subject": "想说的事", "document": "文件", "version": "版本", "agreed_at": "同意于",
}

// columnName is what people call the column.
func columnName(column string) string {
	if name := columnNames[column]; name != "" {
		return name
	}
	return column
}

// wordNames are the words of statuses, kinds and ways as people read them.
var wordNames = map[string]string{ //nolint:gosec // words
	"submitted": "等核实", "open": "进行中", "taken": "有人在办", "fulfilled": "圆了", "rejected": "没有通过",
	"withdrawn": "撤回了", "expired": "到期了", "requested": "等答复", "approved": "同意了", "delivered": "办好了",
	"confirmed": "确认了", "declined": "没有同意", "released": "退回了", "cancelled": "取消了", "lapsed": "过期放回了",
	"active": "有效", "left": "离开了", "waitlisted": "候补", "attended": "来了", "absent": "没来", "recorded": "等确认",
	"credited": "计入了", "corrected": "更正过", "issued": "有效", "revoked": "作废了", "answered": "答复了", "closed": "了结了",
	"upheld": "改过来了", "dismissed": "维持原样", "invited": "等您答应", "given": "有效", "ended": "结束了",
	"joined": "合并了", "undone": "撤销了", "adding": "正在上传", "waiting": "还没用上", "attached": "用上了", "removed": "删除了",
	"half_hour": "半小时", "half_day": "半天", "daytime": "白天", "evening": "晚上", "weekend": "周末", "by_phone": "电话里就行",
	"oral": "口头", "paper": "书面", "live": "现场", "offline": "没有网络时", "list": "名册补签", "activity": "活动", "self": "自己报的",
	"correction": "更正", "minutes": "分钟", "points": "积分", "earn": "记入", "correct": "更正", "complaint": "投诉",
	"suggestion": "建议", "leader": "队长", "deputy": "副队长", "member": "队员", "wish": "心愿", "claim": "办理",
	"service_record": "服务记录", "wish_fulfilled": "办成心愿", "service": "服务", "service_hour": "服务时长", "user": "本人",
	"grid_leader": "网格长", "grid_worker": "网格员", "property_worker": "物管员", "building_head": "楼栋长",
	"unit_head": "单元长", "centre_household": "党员中心户", "unit_liaison": "单位联络员", "secretary": "社区书记",
	"agreement": "用户协议", "privacy": "隐私说明", "street": "街道负责人", "county": "县级负责人", "auditor": "监督员",
}

// worded are the columns whose values are words of ours.
var worded = map[string]bool{
	"status": true, "effort": true, "suits": true, "consent": true, "in_mode": true, "out_mode": true, "source": true,
	"unit": true, "kind": true, "document": true, "cause_rule": true, "role": true, "noun": true,
}

// yesOrNo are the columns whose values are 0 and 1.
var yesOrNo = map[string]bool{"elder_view": true, "show_on_boards": true, "calendars": true}

// wordOf is a value as people read it.
func wordOf(column, value string) string {
	switch {
	case yesOrNo[column] && value == "0":
		return "否"
	case yesOrNo[column]:
		return "是"
	case worded[column] && wordNames[value] != "":
		return wordNames[value]
	}
	return value
}
