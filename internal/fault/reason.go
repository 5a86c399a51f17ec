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

	ReasonCodeInvalid     Reason = "code_invalid"
	ReasonCodeUsed        Reason = "code_used"
	ReasonLoginRisky      Reason = "login_risky"
	ReasonWeChatBusy      Reason = "wechat_busy"
	ReasonWeChatFailure   Reason = "wechat_failure"
	ReasonPageUnpublished Reason = "page_unpublished"
	ReasonReviewCode      Reason = "review_code"
	ReasonReviewOnly      Reason = "review_only"

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
	ReasonOneByOne          Reason = "one_by_one"
	ReasonNotMembers        Reason = "not_members"
	ReasonNotAUnit          Reason = "not_a_unit"
	ReasonMembershipPending Reason = "membership_pending"
	ReasonMembershipState   Reason = "membership_state"
	ReasonTooManyReportIns  Reason = "too_many_report_ins"
	ReasonNoService         Reason = "no_service"
	ReasonCertificateState  Reason = "certificate_state"
	ReasonCertificateExists Reason = "certificate_exists"
	ReasonComplaintState    Reason = "complaint_state"
	ReasonNeedState         Reason = "need_state"
	ReasonNeedOpenWork      Reason = "need_open_work"
	ReasonVisitState        Reason = "visit_state"
	ReasonOfferState        Reason = "offer_state"
	ReasonOfferClosed       Reason = "offer_closed"
	ReasonAgreementState    Reason = "agreement_state"
	ReasonProjectState      Reason = "project_state"
	ReasonBrandState        Reason = "brand_state"
	ReasonBallotState       Reason = "ballot_state"
	ReasonNotOnRoll         Reason = "not_on_roll"
	ReasonVoted             Reason = "voted"
	ReasonNotCarried        Reason = "not_carried"
	ReasonBookingState      Reason = "booking_state"
	ReasonSlotTaken         Reason = "slot_taken"
	ReasonBookByPhone       Reason = "book_by_phone"
	ReasonTooManyBookings   Reason = "too_many_bookings"
	ReasonAssignmentState   Reason = "assignment_state"
	ReasonAssignmentBound   Reason = "assignment_bound"
	ReasonRefusalLate       Reason = "refusal_late"
	ReasonExtensionLate     Reason = "extension_late"
	ReasonNotAdmitted       Reason = "not_admitted"
	ReasonAdmissionState    Reason = "admission_state"
	ReasonRecordState       Reason = "record_state"
	ReasonServiceOverlap    Reason = "service_overlap"

	ReasonCodeWrong        Reason = "checkin_code_wrong"
	ReasonCodeOld          Reason = "checkin_code_old"
	ReasonCodeAhead        Reason = "checkin_code_ahead"
	ReasonCodeOfOther      Reason = "checkin_code_of_other"
	ReasonClockWrong       Reason = "clock_wrong"
	ReasonOfflineTooLate   Reason = "offline_too_late"
	ReasonTooManyGuesses   Reason = "too_many_guesses"
	ReasonNotSignedUp      Reason = "not_signed_up"
	ReasonStillWaiting     Reason = "still_waiting"
	ReasonCheckInEarly     Reason = "checkin_early"
	ReasonCheckInOver      Reason = "checkin_over"
	ReasonAlreadyCheckedIn Reason = "already_checked_in"
	ReasonNotCheckedIn     Reason = "not_checked_in"
	ReasonOutBeforeIn      Reason = "checkout_before_checkin"
	ReasonTooManyPairs     Reason = "too_many_checkins"
	ReasonActivitySettled  Reason = "activity_settled"
	ReasonActivityNotOver  Reason = "activity_not_over"
	ReasonNotTeamLeader    Reason = "not_team_leader"
	ReasonActivityState    Reason = "activity_state"
	ReasonNothingToObject  Reason = "nothing_to_object"
	ReasonObjectionOpen    Reason = "objection_open"
	ReasonObjectionState   Reason = "objection_state"
	ReasonCaseState        Reason = "case_state"
	ReasonReported         Reason = "reported"
	ReasonAlreadyJoined    Reason = "already_joined"
	ReasonNothingToJoin    Reason = "nothing_to_join"
	ReasonJoinState        Reason = "join_state"
	ReasonNotAPicture      Reason = "not_a_picture"
	ReasonPictureTooLarge  Reason = "picture_too_large"
	ReasonTooManyPixels    Reason = "too_many_pixels"
	ReasonPictureBroken    Reason = "picture_broken"
	ReasonPictureNotToHand Reason = "picture_not_to_hand"

	ReasonTeamState       Reason = "team_state"
	ReasonTeamBusy        Reason = "team_busy"
	ReasonTeamMemberState Reason = "team_member_state"
	ReasonLeaderStays     Reason = "leader_stays"
	ReasonHandOverFirst   Reason = "hand_over_first"
	ReasonPolicyChanged   Reason = "policy_changed"
	ReasonAlreadyInTeam   Reason = "already_in_team"
	ReasonInviteCode      Reason = "invite_code"
	ReasonActivityStarted Reason = "activity_started"
	ReasonSignupClosed    Reason = "signup_closed"
	ReasonSignupState     Reason = "signup_state"
	ReasonAlreadySignedUp Reason = "already_signed_up"
	ReasonSignupOverlap   Reason = "signup_overlap"
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
	ReasonKeyReused:        {Conflict, "这次的内容和上一次不一样，请刷新后再送一次。"},
	ReasonTooManyRequests:  {TooMany, "点得太快了，请稍等一下再试。"},

	ReasonCodeInvalid:     {Invalid, "登录凭证已失效，请退出小程序后重新进入。"},
	ReasonCodeUsed:        {Invalid, "这次登录凭证已经用过了，请重新进入小程序。"},
	ReasonLoginRisky:      {Forbidden, "微信认为这次登录有风险，请用微信完成安全验证后再试。"},
	ReasonWeChatBusy:      {Unavailable, "微信正忙，请过几秒再试。"},
	ReasonWeChatFailure:   {Unavailable, "暂时连不上微信，请过一会儿再试。"},
	ReasonPageUnpublished: {Conflict, "小程序还没有发布，微信给不出小程序码。发布以后就有，现在先用二维码或数字。"},
	ReasonReviewCode:      {Invalid, "这个审核码不对，或者已经过期。请照审核说明里写的再输一次。"},
	ReasonReviewOnly:      {Forbidden, "审核账号只能在审核专用社区里试用，这件事做不了。"},

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
	ReasonTooManyClaims:     {Conflict, "您认领的心愿有三个还没办好，办好一个再来认领吧。"},
	ReasonNotMembers:        {Invalid, "一起办的人里有人还没有报到，请换成已经报到的党员。"},
	ReasonNotAUnit:          {Invalid, "请选择您所在的单位。"},
	ReasonMembershipPending: {Conflict, "您的报到申请正在等社区审核，不用再报一次。"},
	ReasonTooManyReportIns:  {Conflict, "这个月已经报到过三次了，请下个月再试，或者请社区帮您看一看。"},
	ReasonMembershipState:   {Conflict, "这份报到的进展已经变了，请刷新后再看。"},
	ReasonNeedState:         {Conflict, "这件事的进展已经变了，请刷新后再看。"},
	ReasonVisitState:        {Conflict, "这次夜访的安排已经变了，请刷新后再看。"},
	ReasonOfferState:        {Conflict, "这里的开放情况已经变了，请刷新后再看。"},
	ReasonOfferClosed:       {Conflict, "这个时间不开放，请换一个时间。"},
	ReasonAgreementState:    {Conflict, "这份协议的进展已经变了，请刷新后再看。"},
	ReasonProjectState:      {Conflict, "这个项目的进展已经变了，请刷新后再看。"},
	ReasonBrandState:        {Conflict, "这个品牌的进展已经变了，请刷新后再看。"},
	ReasonBallotState:       {Conflict, "投票已经截止了，请刷新后再看。"},
	ReasonNotOnRoll:         {Forbidden, "这次投票请的是和项目有关的居民，名单是系统算的，您不在里面。"},
	ReasonVoted:             {Conflict, "已经投过了，不能再改。"},
	ReasonNotCarried:        {Conflict, "要先请居民投票：至少五个人投，认可的比不认可的多。"},
	ReasonBookingState:      {Conflict, "这次预约的进展已经变了，请刷新后再看。"},
	ReasonSlotTaken:         {Conflict, "刚刚有人约走了这个时间，请换一个时间。"},
	ReasonBookByPhone:       {Forbidden, "最近有两次约了没有来，这一个月请打电话约。"},
	ReasonTooManyBookings:   {Conflict, "您在这里已经约了很久，用过一些再来约，别人也好用。"},
	ReasonNeedOpenWork:      {Conflict, "派出去的单子还没有核完，等都有了结果再答复。"},
	ReasonAssignmentState:   {Conflict, "这一单的进展已经变了，请刷新后再看。"},
	ReasonAssignmentBound:   {Conflict, "前面已经退回两次，这一单不能再退。有难处请找派单的人，或者请县里定。"},
	ReasonRefusalLate:       {Conflict, "过了答复的时间，不能再退回。请接下来，有难处请找派单的人。"},
	ReasonExtensionLate:     {Conflict, "延期只有一次，要在时间过去八成以前提出来。"},
	ReasonNotAdmitted:       {Forbidden, "这件事不在对方的职责清单里，也没有经过准入。"},
	ReasonAdmissionState:    {Conflict, "这项准入的进展已经变了，请刷新后再看。"},
	ReasonComplaintState:    {Conflict, "这条投诉建议的进展已经变了，请刷新后再看。"},
	ReasonRecordState:       {Conflict, "这条服务记录的进展已经变了，请刷新后再看。"},
	ReasonServiceOverlap:    {Conflict, "同一个人的服务时间重叠了，一段时间只能记一次。请看下面的提示。"},
	ReasonNoService:         {Conflict, "这段时间里还没有记入的服务，换一段时间试试。刚做完的服务要等负责人确认后才算。"},
	ReasonCertificateState:  {Conflict, "这份证明已经作废了，请刷新后再看。需要的话可以另开一份。"},
	ReasonCertificateExists: {Conflict, "这段时间的证明已经开过了，里面的记录没有变，用那一份就行。"},
	ReasonPhoneTaken:        {Conflict, "这个手机号已经登记在别的微信上。如果是您本人的号码，请联系社区。"},
	ReasonGrantExists:       {Conflict, "这个人在这里已经有这个岗位，时间上重叠了。"},
	ReasonGrantState:        {Conflict, "这个岗位已经结束了，请刷新后再看。"},
	ReasonGrantTooHigh:      {Forbidden, "这个岗位要由上一级来定。"},
	ReasonOneByOne:          {Conflict, "这一件要打开看过再定，不能和别的一起办。"},
	ReasonNotAPicture:       {Invalid, "这个文件不是照片，请选 JPEG、PNG 或者 WebP 格式的图片。"},
	ReasonPictureTooLarge:   {Invalid, "这张图片超过 10 MB，请换一张小一些的，或者截一张图再发。"},
	ReasonTooManyPixels:     {Invalid, "这张图片的尺寸太大了，请缩小一些再发。"},
	ReasonPictureBroken:     {Invalid, "这张图片打不开，可能没有存完整，请换一张。"},
	ReasonPictureNotToHand:  {Conflict, "有一张图片放得太久，或者已经用过了，请去掉它重新添加。"},
	ReasonTeamState:         {Conflict, "这支队伍的情况已经变了，请刷新后再看。"},
	ReasonTeamBusy:          {Conflict, "队里还有活动没有办完，请先取消或者结算，再来解散。"},
	ReasonTeamMemberState:   {Conflict, "这位队员的情况已经变了，请刷新后再看。"},
	ReasonLeaderStays:       {Conflict, "队长不能直接离开，请先把队长交给别的队员。"},
	ReasonHandOverFirst:     {Conflict, "您手上的事只有您一位负责，请先交给别人，再来注销。"},
	ReasonPolicyChanged:     {Conflict, "这份说明刚刚改过，请看一看新的再同意。"},
	ReasonAlreadyInTeam:     {Conflict, "已经在这支队伍里了，或者申请正在等队长同意。"},
	ReasonInviteCode:        {Invalid, "这个邀请码不对，请队长再给您看一次。"},
	ReasonActivityStarted:   {Conflict, "活动已经开始了。"},
	ReasonSignupClosed:      {Conflict, "报名已经截止。想参加，请直接和队长说。"},
	ReasonSignupState:       {Conflict, "这次报名的情况已经变了，请刷新后再看。"},
	ReasonAlreadySignedUp:   {Conflict, "已经报过名了，不用再报。"},
	ReasonSignupOverlap:     {Conflict, "您已经报名了同一时间的另一个活动。还要报的话，请再点一次。"},
	ReasonBoardsOff:         {Forbidden, "本县没有公开个人排行。您自己的积分可以在“我的”里看到。"},

	ReasonCodeWrong:        {Invalid, "签到码不对，请看着队长的手机再输一次。"},
	ReasonCodeOld:          {Invalid, "这个签到码已经过时了，请看队长手机上现在的码。"},
	ReasonCodeAhead:        {Invalid, "这个签到码和您签到的时间对不上，请连上网络后重新签到。"},
	ReasonCodeOfOther:      {Invalid, "这是另一场活动的签到码，请扫您这场活动的码。"},
	ReasonClockWrong:       {Invalid, "您手机上的时间不准，请连上网络后重新签到。"},
	ReasonOfflineTooLate:   {Invalid, "没有网络时的签到要在一天之内发出来，这次已经过了。请队长在名册上替您补签。"},
	ReasonTooManyGuesses:   {TooMany, "签到码输错太多次了，请过几分钟再试，或者请队长在名册上替您签到。"},
	ReasonNotSignedUp:      {Forbidden, "您没有报名这场活动。想参加，请让队长先把您记到名册上。"},
	ReasonStillWaiting:     {Conflict, "您还在候补，没有轮到名额。想参加，请问一问队长。"},
	ReasonCheckInEarly:     {Conflict, "还没有到签到的时候，活动开始前半小时才能签到。"},
	ReasonCheckInOver:      {Conflict, "签到的时间已经过了。请队长在名册上替您补签。"},
	ReasonAlreadyCheckedIn: {Conflict, "这段时间已经签过到了，不用再签。"},
	ReasonNotCheckedIn:     {Conflict, "还没有签到，不能签退。请先签到，或者请队长在名册上替您补签。"},
	ReasonOutBeforeIn:      {Conflict, "签退的时间早于签到的时间，请再看一看。"},
	ReasonTooManyPairs:     {Conflict, "一天里签到签退最多三次，这次没有记。请队长确认时长时一起算上。"},
	ReasonActivitySettled:  {Conflict, "这场活动的时长已经确认过了。如果有出入，可以提出异议。"},
	ReasonActivityNotOver:  {Conflict, "活动还没有结束，结束以后再确认时长。"},
	ReasonActivityState:    {Conflict, "这场活动的进展已经变了，请刷新后再看。"},
	ReasonNotTeamLeader:    {Forbidden, "这件事由队长或者副队长来办。"},
	ReasonNothingToObject:  {Conflict, "这条记录现在没有可以提异议的地方，请刷新后再看。"},
	ReasonObjectionOpen:    {Conflict, "您已经提过异议了，正在等社区核实。"},
	ReasonObjectionState:   {Conflict, "这条异议已经办过了，请刷新后再看。"},
	ReasonCaseState:        {Conflict, "这一条已经核对过了，或者写的人已经改过，请刷新后再看。"},
	ReasonReported:         {Conflict, "您已经举报过了，社区正在看。"},
	ReasonAlreadyJoined:    {Conflict, "这些时长已经并到另一个账号了。并错了的话，请先撤销那一次。"},
	ReasonNothingToJoin:    {Conflict, "名下现在没有可以并的时长。还在等确认的，确认以后再并。"},
	ReasonJoinState:        {Conflict, "这次合并已经撤销了，请刷新后再看。"},
}

// Reasons lists every reason, for the test that compares them with the contract.
func Reasons() []Reason {
	all := make([]Reason, 0, len(catalogue))
	for r := range catalogue {
		all = append(all, r)
	}
	return all
}
