package api

import (
	"strings"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/state"
)

// roleNames are roles as people read them.
var roleNames = map[id.Role]string{
	id.RoleGridLeader:      "网格长",
	id.RoleGridWorker:      "网格员",
	id.RolePropertyWorker:  "物管员",
	id.RoleBuildingHead:    "楼栋长",
	id.RoleUnitHead:        "单元长",
	id.RoleCentreHousehold: "党员中心户",
	id.RoleUnitLiaison:     "单位联络员",
	id.RoleResponder:       "接单人",
	id.RoleAreaLeader:      "包保领导",
	id.RoleSecretary:       "社区书记",
	id.RoleStreet:          "街道负责人",
	id.RoleCounty:          "县级负责人",
	id.RoleAuditor:         "监督员",
}

// postName is a role at its place: 茂山社区书记, 第二网格员. What the place's
// name says already is not said twice.
func postName(place string, role id.Role) string {
	name := roleNames[role]
	for _, kind := range []string{"社区", "街道", "县级"} {
		name = strings.TrimPrefix(name, kind)
	}
	for n := len(name); n > 0; n-- {
		if strings.HasSuffix(place, name[:n]) {
			return place + name[n:]
		}
	}
	return place + name
}

// readerAs is as what somebody reads contact data: by their post, or as the claimant.
func readerAs(place string, post id.Role) string {
	if post == "" {
		return "认领人"
	}
	return postName(place, post)
}

type stepKey struct {
	noun string
	name state.Event
}

// tales tell each event in plain words.
var tales = map[stepKey]string{
	{state.Wish.Noun, state.EventCreate}:    "许下心愿，等社区核实",
	{state.Wish.Noun, state.EventEscalate}:  "三天没有核实，已经报给上一级",
	{state.Claim.Noun, state.EventEscalate}: "三天没有人定，已经报给上一级",
	{state.Claim.Noun, state.EventCallBack}: "请社区问一问{owner}办好没有",
	{state.Case.Noun, state.EventCreate}:    "没有通过核对，等社区来看",
	{state.Case.Noun, state.EventEscalate}:  "三天没有核对，已经报给上一级",
	{state.Case.Noun, state.EventKeep}:      "看过了，大家可以看到",
	{state.Case.Noun, state.EventTakeDown}:  "看过了，隐去",
	{state.Case.Noun, state.EventReplace}:   "本人换了说法，不用再看",
	{state.Wish.Noun, state.EventAttach}:    "把心愿交到{owner}自己手上",
	{state.Wish.Noun, state.EventEdit}:      "改好了，等社区核实",
	{state.Wish.Noun, state.EventExpire}:    "很久没有人认领，心愿到期了",
	{state.Wish.Noun, state.EventUndo}:      "撤销了确认",
	{state.Claim.Noun, state.EventAccept}:   "一位同事加入，一起办",
	{state.Claim.Noun, state.EventLapse}:    "等得太久，认领自动放回",
	{state.Claim.Noun, state.EventDispute}:  "{owner}说：还没办好，请社区来看",
	{state.Claim.Noun, state.EventAskAgain}: "记下{owner}说办好了，抽到由另一位再问一遍",
	{state.Claim.Noun, state.EventThank}:    "{owner}说了谢谢",
	{state.Claim.Noun, state.EventCorrect}:  "核对了积分的异议，改了一位的积分",
	{state.Claim.Noun, state.EventMissCall}: "问过{owner}，没有人接",
	{state.Claim.Noun, state.EventUndo}:     "撤销了确认，积分收回",
	{state.Wish.Noun, state.EventPublish}:   "核实后发布，等党员认领",
	{state.Wish.Noun, state.EventReject}:    "请本人补充",
	{state.Wish.Noun, state.EventClaim}:     "有党员认领了",
	{state.Wish.Noun, state.EventReopen}:    "重新开放认领",
	{state.Wish.Noun, state.EventWithdraw}:  "{owner}撤回了心愿",
	{state.Wish.Noun, state.EventConfirm}:   "{owner}确认：心愿实现了",
	{state.Claim.Noun, state.EventCreate}:   "有党员来认领，等社区同意",
	{state.Claim.Noun, state.EventApprove}:  "同意认领，可以联系{owner}了",
	{state.Claim.Noun, state.EventDecline}:  "没有同意这次认领",
	{state.Claim.Noun, state.EventRelease}:  "认领人退回了认领",
	{state.Claim.Noun, state.EventDeliver}:  "认领人说办好了，等{owner}确认",
	{state.Claim.Noun, state.EventReturn}:   "{owner}说：还没办好",
	{state.Claim.Noun, state.EventConfirm}:  "{owner}确认办好了",
	{state.Claim.Noun, state.EventCancel}:   "心愿撤回，认领取消",

	{state.Record.Noun, state.EventCreate}:      "记下这次服务",
	{state.Record.Noun, state.EventConfirm}:     "确认了时长，还要再复核一次",
	{state.Record.Noun, state.EventCredit}:      "确认了时长，已经计入",
	{state.Record.Noun, state.EventReject}:      "没有确认这次服务",
	{state.Record.Noun, state.EventCorrect}:     "更正了这次服务，原来的时长和积分收回",
	{state.Record.Noun, state.EventEscalate}:    "三天没有人确认，已经报给上一级",
	{state.Complaint.Noun, state.EventCreate}:   "写下了，等答复",
	{state.Complaint.Noun, state.EventEscalate}: "三天没有答复，已经报给上一级",
	{state.Complaint.Noun, state.EventAnswer}:   "答复了",
	{state.Complaint.Noun, state.EventReopen}:   "还没解决，请上一级再看",
	{state.Complaint.Noun, state.EventClose}:    "解决了，不用再看",

	{state.Need.Noun, state.EventCreate}:   "说了这件事，等社区看",
	{state.Need.Noun, state.EventEscalate}: "到时间还没有结果，已经报给上一级",
	{state.Need.Noun, state.EventAccept}:   "收下了，由这里牵头办",
	{state.Need.Noun, state.EventReject}:   "说明这件事不在这里办",
	{state.Need.Noun, state.EventEdit}:     "又说了一次，请上一级看",
	{state.Need.Noun, state.EventMerge}:    "并到同一件一起办",
	{state.Need.Noun, state.EventWithdraw}: "{speaker}撤回了这件事",
	{state.Need.Noun, state.EventDispatch}: "请别的单位一起来办",
	{state.Need.Noun, state.EventSuspend}:  "同意先等一等",
	{state.Need.Noun, state.EventResume}:   "接着办了",
	{state.Need.Noun, state.EventAnswer}:   "答复了，等{speaker}说一声",
	{state.Need.Noun, state.EventConfirm}:  "记下了{speaker}的话，销号",
	{state.Need.Noun, state.EventReturn}:   "{speaker}说还没好，接着办",
	{state.Need.Noun, state.EventCallBack}: "三天没有回音，请工作人员问一问",
	{state.Need.Noun, state.EventMissCall}: "打过电话，没有人接",
	{state.Need.Noun, state.EventLapse}:    "三天都没联系上，先放下",
	{state.Need.Noun, state.EventConcede}:  "暂时办不了",
	{state.Need.Noun, state.EventReopen}:   "又拿出来办",

	{state.Assignment.Noun, state.EventCreate}:   "派出这一单",
	{state.Assignment.Noun, state.EventAccept}:   "接了这一单",
	{state.Assignment.Noun, state.EventRefuse}:   "退回了这一单",
	{state.Assignment.Noun, state.EventBind}:     "定了责任，不能再退",
	{state.Assignment.Noun, state.EventReport}:   "说办完了，等核",
	{state.Assignment.Noun, state.EventVerify}:   "看过了，办好了",
	{state.Assignment.Noun, state.EventReturn}:   "看过了，还差一点",
	{state.Assignment.Noun, state.EventExtend}:   "同意延期一次",
	{state.Assignment.Noun, state.EventCancel}:   "撤回了这一单",
	{state.Assignment.Noun, state.EventRemind}:   "快到时间了，提醒过",
	{state.Assignment.Noun, state.EventEscalate}: "超过时间了，已经报上去",
	{state.Assignment.Noun, state.EventUndo}:     "又出现了，重新看",
}

// echoes are events that say once more, of the other noun, what an insider reads
// beside them.
var echoes = map[stepKey]bool{
	{state.Wish.Noun, state.EventClaim}:    true,
	{state.Claim.Noun, state.EventConfirm}: true,
	{state.Wish.Noun, state.EventUndo}:     true,
}

// ownersTales are told to the owner of a wish in place of others: nobody waits for
// 本人 who is it.
var ownersTales = map[stepKey]string{
	{state.Wish.Noun, state.EventReject}: "社区请您补充",
}

// audience is whom a history is told: insiders read reasons, the owner of a wish is
// addressed.
type audience struct {
	id             id.User
	insider, owner bool
}

// history tells its reader what happened.
func history(entries []matter.Entry, to audience) []HistoryEntry {
	all := make([]HistoryEntry, 0, len(entries))
	for _, e := range entries {
		if !to.insider || !echoes[stepKey{e.Noun, e.Name}] {
			all = append(all, tell(e, to))
		}
	}
	return all
}

func tell(e matter.Entry, to audience) HistoryEntry {
	h := HistoryEntry{At: e.At, Text: to.sentence(e)}
	if to.insider {
		h.Reason = some(e.Reason)
	}
	return h
}

// sentence is the event in words, by whom first: nobody reads 许愿人说 about their own
// words.
func (to audience) sentence(e matter.Entry) string {
	own, mine := ownersTales[stepKey{e.Noun, e.Name}]
	if to.owner && mine {
		return own
	}
	who, tale := roleNames[e.Role], tales[stepKey{e.Noun, e.Name}]
	if e.Delegated {
		who += "的受托人"
	}
	self := e.Role == "" && e.ActorID != nil && *e.ActorID == to.id
	for _, part := range []string{"{owner}", "认领人"} {
		if rest, ok := strings.CutPrefix(tale, part); ok && self {
			tale = "您" + rest
		}
	}
	owner := "许愿人"
	if to.owner {
		owner = "您"
	}
	speaker := "居民"
	if to.owner {
		speaker = "您"
	}
	return who + strings.NewReplacer("{owner}", owner, "{speaker}", speaker).Replace(tale)
}
