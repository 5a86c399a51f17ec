package fault

// Reason is a stable word for one refusal. The list is part of the contract:
// api/openapi.yaml has the same enum, and a test holds the two together.
type Reason string

// The reasons. Their sentences are in catalogue, below.
const (
	ReasonInternal         Reason = "internal"
	ReasonUnavailable      Reason = "unavailable"
	ReasonMalformedBody    Reason = "malformed_body"
	ReasonInvalidInput     Reason = "invalid_input"
	ReasonBodyTooLarge     Reason = "body_too_large"
	ReasonUnauthenticated  Reason = "unauthenticated"
	ReasonForbidden        Reason = "forbidden"
	ReasonNotFound         Reason = "not_found"
	ReasonMethodNotAllowed Reason = "method_not_allowed"
	ReasonTooManyRequests  Reason = "too_many_requests"
	ReasonKeyReused        Reason = "key_reused"

	ReasonCodeInvalid   Reason = "code_invalid"
	ReasonCodeUsed      Reason = "code_used"
	ReasonLoginRisky    Reason = "login_risky"
	ReasonWeChatBusy    Reason = "wechat_busy"
	ReasonWeChatFailure Reason = "wechat_failure"

	ReasonWishTaken         Reason = "wish_taken"
	ReasonWishState         Reason = "wish_state"
	ReasonClaimState        Reason = "claim_state"
	ReasonOwnWish           Reason = "own_wish"
	ReasonNotMember         Reason = "not_member"
	ReasonPartyToMatter     Reason = "party_to_matter"
	ReasonNotYourCommunity  Reason = "not_your_community"
	ReasonNotACommunity     Reason = "not_a_community"
	ReasonReasonRequired    Reason = "reason_required"
	ReasonContactNotAllowed Reason = "contact_not_allowed"
	ReasonBoardsOff         Reason = "boards_off"
	ReasonTooManyClaims     Reason = "too_many_claims"
	ReasonPhoneTaken        Reason = "phone_taken"
	ReasonGrantExists       Reason = "grant_exists"
	ReasonGrantState        Reason = "grant_state"
	ReasonGrantTooHigh      Reason = "grant_too_high"
	ReasonNotMembers        Reason = "not_members"
	ReasonNotAUnit          Reason = "not_a_unit"
	ReasonMembershipPending Reason = "membership_pending"
	ReasonMembershipState   Reason = "membership_state"
	ReasonComplaintState    Reason = "complaint_state"
)

type entry struct {
	kind    Kind
	message string
}

var catalogue = map[Reason]entry{
	ReasonInternal:         {Internal, "系统出了点问题，您的内容没有丢。请过一会儿再试；还不行，请把编号告诉工作人员。"},
	ReasonUnavailable:      {Unavailable, "系统正在恢复，请过一会儿再试。"},
	ReasonMalformedBody:    {Invalid, "发来的内容读不懂，请更新小程序后再试。"},
	ReasonInvalidInput:     {Invalid, "有几处需要改一改，请看下面的提示。"},
	ReasonBodyTooLarge:     {Invalid, "内容太长了，请删减一些再发。"},
	ReasonUnauthenticated:  {Unauthenticated, "登录已经过期，请重新登录。"},
	ReasonForbidden:        {Forbidden, "这件事不归您的岗位办理。如果有疑问，请联系社区。"},
	ReasonNotFound:         {NotFound, "没有找到这条内容，可能已经撤回或者不对您公开。"},
	ReasonMethodNotAllowed: {NotFound, "这个地址不支持这样的请求。"},
	ReasonKeyReused:        {Conflict, "这次提交和上一次的内容不一样，请刷新后再提交。"},
	ReasonTooManyRequests:  {TooMany, "点得太快了，请稍等一下再试。"},

	ReasonCodeInvalid:   {Invalid, "登录凭证已失效，请退出小程序后重新进入。"},
	ReasonCodeUsed:      {Invalid, "这次登录凭证已经用过了，请重新进入小程序。"},
	ReasonLoginRisky:    {Forbidden, "微信认为这次登录有风险，请用微信完成安全验证后再试。"},
	ReasonWeChatBusy:    {Unavailable, "微信正忙，请过几秒再试。"},
	ReasonWeChatFailure: {Unavailable, "暂时连不上微信，请过一会儿再试。"},

	ReasonWishTaken:         {Conflict, "刚刚有人先认领了。这个心愿有人办了，谢谢您。"},
	ReasonWishState:         {Conflict, "这个心愿的进展已经变了，请刷新后再看。"},
	ReasonClaimState:        {Conflict, "这次认领的进展已经变了，请刷新后再看。"},
	ReasonOwnWish:           {Forbidden, "这是您自己的心愿，请留给别人来帮您。"},
	ReasonNotMember:         {Forbidden, "认领心愿前，请先向社区报到。"},
	ReasonPartyToMatter:     {Forbidden, "这件事和您本人有关，请由别的同事来决定。"},
	ReasonNotYourCommunity:  {Forbidden, "这件事不在您负责的范围内。"},
	ReasonNotACommunity:     {Invalid, "请选择一个社区或者村。"},
	ReasonReasonRequired:    {Invalid, "请写明原因，对方会看到。"},
	ReasonContactNotAllowed: {Forbidden, "认领经社区同意之后，才能看到联系方式。"},
	ReasonTooManyClaims:     {Conflict, "您手上已经有三个心愿在办，办完一个再来认领吧。"},
	ReasonNotMembers:        {Invalid, "一起办的人里有人还没有报到，请换成已经报到的党员。"},
	ReasonNotAUnit:          {Invalid, "请选择您所在的单位。"},
	ReasonMembershipPending: {Conflict, "您的报到申请正在等社区审核，不用再提交。"},
	ReasonMembershipState:   {Conflict, "这份报到的进展已经变了，请刷新后再看。"},
	ReasonComplaintState:    {Conflict, "这条投诉建议的进展已经变了，请刷新后再看。"},
	ReasonPhoneTaken:        {Conflict, "这个手机号已经登记在别的微信上。如果是您本人的号码，请联系社区。"},
	ReasonGrantExists:       {Conflict, "这个人在这里已经有这个岗位，时间上重叠了。"},
	ReasonGrantState:        {Conflict, "这个岗位已经结束了，请刷新后再看。"},
	ReasonGrantTooHigh:      {Forbidden, "这个岗位要由上一级来定。"},
	ReasonBoardsOff:         {Forbidden, "本县没有公开个人排行。您自己的积分可以在“我的”里看到。"},
}

// Reasons lists every reason, for the test that compares them with the contract.
func Reasons() []Reason {
	all := make([]Reason, 0, len(catalogue))
	for r := range catalogue {
		all = append(all, r)
	}
	return all
}
