package api

import (
	"context"
	"fmt"
	"strings"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/state"
	"xinyuan/internal/words"
)

// ListInbox shows what I was told.
func (s *server) ListInbox(ctx context.Context, r ListInboxRequestObject) (ListInboxResponseObject, error) {
	var unread int
	f := matter.Filter{Unread: isYes(r.Params.Unread)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Event, n int) (all []matter.Message, err error) {
			f.Before, f.Limit = before, n
			all, unread, err = s.Inbox.List(ctx, me(ctx), f)
			return all, err
		}, func(m matter.Message) id.Event { return m.EventID }, messageJSON)
	return ListInbox200JSONResponse{Items: items, NextCursor: next, Unread: unread}, err
}

func messageJSON(m matter.Message) Message {
	one := Message{
		Id: m.EventID, At: m.At, Text: wording(m), Reason: some(m.Reason), Read: m.ReadAt != nil, Part: m.Part,
	}
	one.about(m.Noun, m.SubjectID)
	one.about(m.OfNoun, m.OfID)
	return one
}

// about sets the field of the message that names the matter, of nouns with a page.
func (m *Message) about(noun string, subject int64) {
	switch noun {
	case state.Wish.Noun:
		m.WishId = some(id.Wish(subject))
	case state.Claim.Noun:
		m.ClaimId = some(id.Claim(subject))
	case state.Membership.Noun:
		m.MembershipId = some(id.Membership(subject))
	case state.Complaint.Noun:
		m.ComplaintId = some(id.Complaint(subject))
	case state.Team.Noun:
		m.TeamId = some(id.Team(subject))
	case state.TeamMember.Noun:
		m.TeamMemberId = some(id.TeamMember(subject))
	case state.Activity.Noun:
		m.ActivityId = some(id.Activity(subject))
	case state.Signup.Noun:
		m.SignupId = some(id.Signup(subject))
	case state.Record.Noun:
		m.RecordId = some(id.Record(subject))
	case state.Join.Noun:
		m.JoinId = some(id.Join(subject))
	case state.Objection.Noun:
		m.ObjectionId = some(id.Objection(subject))
	case state.Case.Noun:
		m.CaseId = some(id.Case(subject))
	case state.Need.Noun:
		m.NeedId = some(id.Need(subject))
	case state.Assignment.Noun:
		m.AssignmentId = some(id.Assignment(subject))
	case state.Certificate.Noun:
		m.CertificateId = some(id.Certificate(subject))
	}
}

// ReadInbox marks messages as read.
func (s *server) ReadInbox(ctx context.Context, r ReadInboxRequestObject) (ReadInboxResponseObject, error) {
	unread, err := s.Inbox.Read(ctx, me(ctx), r.Body.UpTo)
	return ReadInbox200JSONResponse{Unread: unread}, err
}

type addressed struct {
	noun string
	name state.Event
	part state.Party
}

// letters are what each party is told of an event, %s being the wish's title or
// the community. Who recorded a wish is told what its owner is. Staff are not told
// any more of what only waits; the sentences of messages from before stay.
var letters = map[addressed]string{
	{"wish", state.EventCreate, state.PartyDecider}:   "有一个新心愿等您核实：%s",
	{"wish", state.EventEdit, state.PartyDecider}:     "一个心愿改好了，等您核实：%s",
	{"wish", state.EventEscalate, state.PartyDecider}: "有一个心愿三天没有核实，请您来定：%s",
	{"wish", state.EventPublish, state.PartyOwner}:    "您的心愿“%s”发布了，等党员认领",
	{"wish", state.EventAttach, state.PartyOwner}:     "代您提的心愿“%s”交到您自己手上了，办没办好由您来说",
	{"wish", state.EventReject, state.PartyOwner}:     "社区请您补充心愿“%s”，补好再交给社区",
	{"wish", state.EventExpire, state.PartyOwner}:     "您的心愿“%s”很久没有人认领，到期了，需要的话请再许一次",

	{"claim", state.EventCreate, state.PartyDecider}:   "有党员想认领“%s”，等您同意",
	{"claim", state.EventCreate, state.PartyInvited}:   "有同事请您一起办“%s”，请去看看愿不愿意",
	{"claim", state.EventCreate, state.PartyOwner}:     "有党员认领了您的心愿“%s”，等社区同意",
	{"claim", state.EventAccept, state.PartyClaimant}:  "一位同事加入了“%s”，和您一起办",
	{"claim", state.EventEscalate, state.PartyDecider}: "“%s”等了三天没有人定，请您来定",

	{"claim", state.EventApprove, state.PartyClaimant}: "社区同意您认领“%s”，可以联系许愿人了",
	{"claim", state.EventApprove, state.PartyInvited}:  "社区同意了“%s”的认领，可以联系许愿人了",
	{"claim", state.EventApprove, state.PartyOwner}:    "社区同意党员来办您的心愿“%s”，会有人和您联系",
	{"claim", state.EventDecline, state.PartyClaimant}: "社区没有同意您办“%s”",
	{"claim", state.EventDecline, state.PartyInvited}:  "社区没有同意“%s”的认领",
	{"claim", state.EventDecline, state.PartyOwner}:    "您的心愿“%s”重新开放，等别的党员认领",
	{"claim", state.EventRelease, state.PartyOwner}:    "认领人办不了，您的心愿“%s”重新开放，等别的党员认领",
	{"claim", state.EventRelease, state.PartyInvited}:  "认领人退回了“%s”，不用再办了",
	{"claim", state.EventLapse, state.PartyClaimant}:   "“%s”等得太久，您的认领自动放回了",
	{"claim", state.EventLapse, state.PartyInvited}:    "“%s”等得太久，认领自动放回了",
	{"claim", state.EventLapse, state.PartyOwner}:      "认领等得太久没有办成，您的心愿“%s”重新开放",
	{"claim", state.EventCancel, state.PartyClaimant}:  "许愿人撤回了“%s”，不用再办了",
	{"claim", state.EventCancel, state.PartyInvited}:   "许愿人撤回了“%s”，不用再办了",

	{"claim", state.EventDeliver, state.PartyOwner}:         "党员说“%s”办好了，请您看看是不是真办好了",
	{"claim", state.EventDeliver, state.PartyInvited}:       "“%s”办好了，等许愿人确认",
	{"claim", state.EventCallBack, state.PartyDecider}:      "“%s”说是办好了，请问一问许愿人，把答复记下来",
	{"claim", state.EventAskAgain, state.PartyDecider}:      "“%s”抽到再问一遍，请您问问许愿人是不是真办好了",
	{"claim", state.EventAskAgain, state.PartyClaimant}:     "“%s”记下了许愿人的话，抽到再问一遍，问过再记积分",
	{"claim", state.EventAskAgain, state.PartyInvited}:      "“%s”记下了许愿人的话，抽到再问一遍，问过再记积分",
	{"claim", state.EventAskAgain, state.PartyOwner}:        "工作人员问过您，记下“%s”办好了；还会有另一位同事再问您一遍",
	{"claim", state.EventReturn, state.PartyClaimant}:       "许愿人说“%s”还没办好，请再去看看",
	{"claim", state.EventReturn, state.PartyInvited}:        "许愿人说“%s”还没办好，请再去看看",
	{"claim", state.EventDispute, state.PartyClaimant}:      "许愿人说“%s”还没办好，请等社区来看",
	{"claim", state.EventDispute, state.PartyDecider}:       "许愿人说“%s”没办好，两边说法不一样，请您来定",
	{"claim", state.EventConfirm, state.PartyClaimant}:      "“%s”办成了，谢谢您！积分已经记上",
	{"claim", state.EventConfirm, state.PartyInvited}:       "“%s”办成了，谢谢您！积分已经记上",
	{"claim", state.EventConfirm, state.PartyOwner}:         "工作人员问过您，记下“%s”办成了；不对的话请告诉社区",
	{"claim", state.EventThank, state.PartyClaimant}:        "许愿人为“%s”谢谢您，请去看看",
	{"claim", state.EventThank, state.PartyInvited}:         "许愿人为“%s”谢谢您，请去看看",
	{"claim", state.EventUndo, state.PartyClaimant}:         "“%s”的确认撤销了，积分收回",
	{"claim", state.EventUndo, state.PartyInvited}:          "“%s”的确认撤销了，积分收回",
	{"claim", state.EventUndo, state.PartyDecider}:          "您替许愿人记下的“%s”办成了，被撤销了，请看看原因",
	{"claim", state.EventUndo, state.PartyOwner}:            "您的心愿“%s”的确认撤销了，请再看看办好了没有",
	{"case", state.EventEscalate, state.PartyDecider}:       "%s有一段文字三天没有核对，请您来定",
	{"case", state.EventKeep, state.PartyOwner}:             "您在%s写的一段文字核对过了，大家看得到了",
	{"case", state.EventTakeDown, state.PartyOwner}:         "您在%s写的一段文字没有通过核对，请看看原因，可以换个说法再写",
	{"case", state.EventKeep, state.PartyMember}:            "您在%s举报的看过了，没有发现问题，谢谢您",
	{"case", state.EventTakeDown, state.PartyMember}:        "您在%s举报的看过了，已经隐去，谢谢您",
	{"certificate", state.EventCreate, state.PartyOwner}:    "社区给您开了服务证明 %s，您可以打开看看",
	{"certificate", state.EventOpen, state.PartyOwner}:      "工作人员看过您的服务证明 %s",
	{"certificate", state.EventRevoke, state.PartyOwner}:    "您的服务证明 %s 作废了",
	{"certificate", state.EventRevoke, state.PartyDecider}:  "您开出的服务证明 %s 被作废了，请看看原因",
	{"complaint", state.EventCreate, state.PartyDecider}:    "有人给%s提了投诉建议，等您答复",
	{"complaint", state.EventEscalate, state.PartyDecider}:  "给%s的一条投诉建议三天没有答复，请您来答复",
	{"complaint", state.EventReopen, state.PartyDecider}:    "有人对%s的答复不满意，请您再看一看",
	{"complaint", state.EventAnswer, state.PartyOwner}:      "您给%s提的投诉建议有答复了",
	{"membership", state.EventCreate, state.PartyDecider}:   "有党员到%s报到，等您审核",
	{"membership", state.EventEscalate, state.PartyDecider}: "有党员到%s报到，三天没有审核，请您来定",
	{"membership", state.EventApprove, state.PartyMember}:   "您到%s报到成功，可以认领心愿了",
	{"membership", state.EventReject, state.PartyMember}:    "您到%s的报到没有通过",
	{"membership", state.EventLeave, state.PartyMember}:     "您已经离开%s",
	{"membership", state.EventEnd, state.PartyMember}:       "您在%s的报到被结束了",

	{"team", state.EventCreate, state.PartyLeader}:            "您是“%s”的队长了，可以发布活动、请人入队",
	{"team", state.EventEnd, state.PartyLeader}:               "社区解散了“%s”，大家的服务记录都还在",
	{"team_member", state.EventCreate, state.PartyLeader}:     "有人想加入“%s”，等您同意",
	{"team_member", state.EventCreate, state.PartyInvited}:    "“%s”请您入队，请去看看愿不愿意",
	{"team_member", state.EventAccept, state.PartyLeader}:     "您请的人加入了“%s”",
	{"team_member", state.EventDecline, state.PartyLeader}:    "您请的人这次不来“%s”",
	{"team_member", state.EventApprove, state.PartyVolunteer}: "队长同意您加入“%s”，可以报名队里的活动了",
	{"team_member", state.EventReject, state.PartyVolunteer}:  "您加入“%s”的申请没有通过",
	{"team_member", state.EventEdit, state.PartyVolunteer}:    "您在“%s”里的职务变了，请去看看",
	{"team_member", state.EventLeave, state.PartyLeader}:      "有一位队员离开了“%s”",
	{"team_member", state.EventLeave, state.PartyVolunteer}:   "您已经不在“%s”了",

	{"service_record", state.EventCreate, state.PartyDecider}:    "有人记下服务“%s”，等您确认",
	{"service_record", state.EventConfirm, state.PartyDecider}:   "服务记录“%s”时间比较长，等您再复核一次",
	{"service_record", state.EventEscalate, state.PartyDecider}:  "服务记录“%s”三天没有人确认，请您来定",
	{"service_record", state.EventCredit, state.PartyVolunteer}:  "“%s”的服务时长计入了，谢谢您",
	{"service_record", state.EventReject, state.PartyVolunteer}:  "“%s”的服务没有得到确认，请看看原因",
	{"service_record", state.EventCorrect, state.PartyVolunteer}: "“%s”的服务时长更正了，请看看原因",
	{"service_record", state.EventCorrect, state.PartyDecider}:   "您确认过的服务“%s”更正了，请看看原因",

	{"activity", state.EventEdit, state.PartyVolunteer}:   "您报名的活动“%s”改了安排，请再看一看",
	{"activity", state.EventCancel, state.PartyVolunteer}: "您报名的活动“%s”取消了，不用去了",
	{"activity", state.EventCancel, state.PartyLeader}:    "活动“%s”取消了",
	{"signup", state.EventPromote, state.PartyVolunteer}:  "“%s”空出了名额，轮到您了，请记得按时去",
	{"signup", state.EventSkip, state.PartyVolunteer}:     "“%s”空出了名额，可您同一时间有别的活动，先给了后面的人。您还在候补",
	{"signup", state.EventDropOut, state.PartyLeader}:     "报名截止以后，有人退出了“%s”，名册上看得到是谁",
	{"signup", state.EventRemind, state.PartyVolunteer}:   "您报名的活动“%s”快到了，请看好时间和地点",
	{"signup", state.EventMiss, state.PartyVolunteer}:     "“%s”记您没有到。如果记错了，请提出来",
	{"signup", state.EventAttend, state.PartyVolunteer}:   "“%s”结束了，您的到场记上了，时长等社区确认，谢谢您",

	{"join", state.EventCreate, state.PartyVolunteer}: "社区把“%s”名下的服务时长并到了您的账号，请看看对不对",
	{"join", state.EventJoin, state.PartyVolunteer}:   "“%s”名下又有服务时长并到了您的账号",
	{"join", state.EventUndo, state.PartyVolunteer}:   "“%s”的服务时长不再记在您的账号上，请看看原因",
	{"join", state.EventUndo, state.PartyDecider}:     "您把“%s”名下的服务时长并了账号，现在撤回了，请看看原因",

	{"objection", state.EventCreate, state.PartyDecider}:    "有志愿者对“%s”的记录提出异议，请您核实",
	{"objection", state.EventEscalate, state.PartyDecider}:  "对“%s”的异议等了三天没有答复，请您来定",
	{"objection", state.EventUphold, state.PartyVolunteer}:  "您对“%s”的异议核实了，记录已经改过来",
	{"objection", state.EventDismiss, state.PartyVolunteer}: "您对“%s”的异议核实过了，记录不变，原因请看答复",

	{"need", state.EventEscalate, state.PartyDecider}: "下面有一件事到期还没有结果，请您来看：%s",
	{"need", state.EventAccept, state.PartyOwner}:     "您说的事有人在办了：%s",
	{"need", state.EventReject, state.PartyOwner}:     "您说的“%s”不在这里办，该找谁请看答复",
	{"need", state.EventMerge, state.PartyOwner}:      "您说的“%s”和别人说的是同一件，一起办，有结果告诉您",
	{"need", state.EventSuspend, state.PartyOwner}:    "您说的“%s”要等一等，原因和日子请看里面",
	{"need", state.EventResume, state.PartyOwner}:     "您说的“%s”接着办了",
	{"need", state.EventAnswer, state.PartyOwner}:     "您说的“%s”有答复了，请您看看是不是真解决了",
	{"need", state.EventConfirm, state.PartyOwner}:    "工作人员问过您，记下了您对“%s”的话；不对的话请告诉社区",
	{"need", state.EventConfirm, state.PartyFollower}: "您关注的“%s”有结果了",
	{"need", state.EventReturn, state.PartyHandler}:   "您答复过的“%s”还没好，居民请接着办",
	{"need", state.EventReopen, state.PartyHandler}:   "您答复过的“%s”又出现了，请再看看",
	{"need", state.EventLapse, state.PartyOwner}:      "打了三天电话没有联系上您，“%s”先放下了；没解决请再说一声",
	{"need", state.EventConcede, state.PartyOwner}:    "您说的“%s”暂时办不了，原因和再看的日子请看里面",
	{"need", state.EventConcede, state.PartyFollower}: "您关注的“%s”暂时办不了，原因和再看的日子请看里面",

	{"assignment", state.EventCreate, state.PartyResponder}:   "有一单请您来办：%s",
	{"assignment", state.EventAccept, state.PartySender}:      "您派出的“%s”有人接了",
	{"assignment", state.EventRefuse, state.PartySender}:      "您派出的“%s”退回来了，请看依据，改派别的单位",
	{"assignment", state.EventRefuse, state.PartyOverseer}:    "“%s”退回了两次，请您看看该由谁办",
	{"assignment", state.EventBind, state.PartyResponder}:     "定了责任：“%s”由您这里办，不能再退",
	{"assignment", state.EventBind, state.PartySender}:        "您派出的“%s”定了责任，对方不能再退",
	{"assignment", state.EventReport, state.PartySender}:      "您派出的“%s”说办完了，请您去看看",
	{"assignment", state.EventVerify, state.PartyResponder}:   "您办的“%s”核过了",
	{"assignment", state.EventReturn, state.PartyResponder}:   "您办的“%s”还差一点，请看哪里没好",
	{"assignment", state.EventExtend, state.PartyResponder}:   "您办的“%s”同意延期了",
	{"assignment", state.EventCancel, state.PartyResponder}:   "“%s”撤回了，不用再办",
	{"assignment", state.EventRemind, state.PartyResponder}:   "“%s”快到时间了，请抓紧办",
	{"assignment", state.EventEscalate, state.PartyResponder}: "“%s”已经超过时间，请尽快办",
	{"assignment", state.EventEscalate, state.PartySender}:    "您派出的“%s”超过时间了",
	{"assignment", state.EventEscalate, state.PartyOverseer}:  "“%s”超过一倍的时间还没有办，请您来看",
	{"assignment", state.EventEscalate, state.PartyDecider}:   "下面派出的“%s”超过时间了，请您来看",
	{"assignment", state.EventUndo, state.PartyResponder}:     "您办过的“%s”又出现了，请再去看看",
}

// wording tells the message to its reader.
func wording(m matter.Message) string {
	switch {
	case m.Noun == state.Grant.Noun && m.Name == state.EventEnd:
		return "您不再担任" + postName(m.NodeName, id.Role(m.Title))
	case m.Noun == state.Grant.Noun:
		return "您开始担任" + postName(m.NodeName, id.Role(m.Title))
	}
	if m.Minutes > 0 {
		return fmt.Sprintf("“%s”结束了，记上您服务的 %s，谢谢您", m.Title, words.Duration(m.Minutes))
	}
	part := m.Part
	if part == state.PartyRecorder {
		part = state.PartyOwner
	}
	text := letters[addressed{m.Noun, m.Name, part}]
	if m.Part == state.PartyRecorder {
		text = "代办：" + strings.ReplaceAll(text, "您的心愿", "心愿")
	}
	if m.Noun == state.Membership.Noun || m.Noun == state.Complaint.Noun || m.Noun == state.Case.Noun {
		return fmt.Sprintf(text, m.NodeName)
	}
	return fmt.Sprintf(text, m.Title)
}
