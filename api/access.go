package api

// Who may call an operation.
type Who string

// The callers. Anyone needs no session, all others do; who is what in a matter
// is judged by the rules of the matter inside the transaction.
const (
	Anyone   Who = "anyone"
	Person   Who = "person"
	Owner    Who = "owner"
	Member   Who = "member"
	Claimant Who = "claimant"
	Invited  Who = "invited"
	Decider  Who = "decider"
	Entitled Who = "entitled"
	Insider  Who = "insider"
	Staff    Who = "staff"
	// Leader and Volunteer are those of an activity.
	Leader    Who = "leader"
	Volunteer Who = "volunteer"
	Teammate  Who = "teammate"
)

// Callers says who each of them is; /docs shows it.
var Callers = map[Who]string{
	Anyone:    "no session needed",
	Person:    "whoever is logged in; sees and does only what is theirs",
	Owner:     "whose wish, report-in or complaint it is",
	Member:    "with an active report-in, and not the owner",
	Claimant:  "whose claim it is",
	Invited:   "asked by the claimant or a team's leader to join",
	Decider:   "secretary, street or county at the node or above, no party to the matter",
	Entitled:  "the owner; the claimant while approved or delivered; a decider",
	Insider:   "the owner, the claimant, staff that sees all",
	Leader:    "leader or deputy of the team, or staff where the operation says so",
	Volunteer: "who has a place in the activity, or a leader for somebody else",
	Teammate:  "who is in the team, and staff that sees all; who asks to join is for its leader",
	Staff:     "whoever holds a post or decides, about what is theirs to do",
}

// Access says for each operation who may call it: this screen is all of it.
var Access = map[string]Who{
	"createSession":        Anyone,
	"deleteCurrentSession": Person,
	"getReview":            Anyone,
	"createReviewSession":  Anyone,
	"getMe":                Person,
	"updateMe":             Person,
	"setMyPhone":           Person,
	"getMyContact":         Person,
	"keepMyContact":        Person,
	"forgetMyContact":      Person,
	"getMyNumber":          Person,
	"findPerson":           Decider,
	"listMyTodos":          Person,
	"listGrants":           Staff,
	"createGrant":          Decider,
	"endGrant":             Decider,
	"createDelegation":     Decider,
	"createMembership":     Person,
	"listMemberships":      Person,
	"getMembership":        Insider,
	"reviewMembership":     Decider,
	"leaveMembership":      Owner,
	"endMembership":        Decider,
	"getRealName":          Decider,
	"listColleagues":       Person,
	"listInbox":            Person,
	"readInbox":            Person,
	"listApprovals":        Staff,
	"decideApprovals":      Decider,
	"getMyPoints":          Person,
	"listMyPointEntries":   Person,
	"createTeam":           Decider,
	"listTeams":            Person,
	"getTeam":              Person,
	"updateTeam":           Leader,
	"endTeam":              Decider,
	"joinTeam":             Person,
	"listTeamMembers":      Teammate,
	"leaveTeam":            Person,
	"reviewTeamMember":     Leader,
	"inviteToTeam":         Leader,
	"acceptTeamInvitation": Invited,
	"getTeamInvitation":    Leader,
	"renewTeamInvitation":  Leader,
	"createActivity":       Leader,
	"listActivities":       Person,
	"getActivity":          Person,
	"updateActivity":       Leader,
	"cancelActivity":       Leader,
	"getMyCalendar":        Person,
	"endMyCalendar":        Person,
	"getCalendar":          Anyone,
	"publishActivity":      Leader,
	"signUp":               Person,
	"cancelSignup":         Person,
	"listNodes":            Person,
	"updateNode":           Decider,
	"getStats":             Person,
	"listCategories":       Person,
	"createWish":           Person,
	"listWishes":           Person,
	"getWish":              Person,
	"editWish":             Owner,
	"getWishContact":       Entitled,
	"listContactReads":     Owner,
	"reviewWish":           Decider,
	"attachWish":           Decider,
	"withdrawWish":         Owner,
	"claimWish":            Member,
	"listClaims":           Person,
	"getClaim":             Insider,
	"reviewClaim":          Decider,
	"acceptClaim":          Invited,
	"thankClaim":           Owner,
	"undoClaim":            Decider, // or the owner, for a day
	"releaseClaim":         Claimant,
	"deliverClaim":         Claimant,
	"confirmClaim":         Owner,
	"missCall":             Staff,
	"getCheckInCode":       Leader,
	"checkIn":              Volunteer,
	"checkOut":             Volunteer,
	"listMyCheckIns":       Person,
	"listSignups":          Leader,
	"settleActivity":       Leader,
	"getMyCard":            Person,
	"listMyCertificates":   Person,
	"issueCertificate":     Person,
	"listCertificates":     Staff,
	"issueCertificateFor":  Decider,
	"listVolunteers":       Decider,
	"getCertificatePdf":    Entitled,
	"revokeCertificate":    Entitled,
	"exportUnitCards":      Staff,
	"getUnitDeeds":         Staff,
	"getOversight":         Staff,
	"listReadsBelow":       Staff,
	"createServiceRecord":  Person,
	"listServiceRecords":   Person,
	"getServiceRecord":     Insider,
	"reviewServiceRecord":  Decider,
	"listUnseen":           Staff,
	"reviewUnseen":         Decider,
	"correctServiceRecord": Decider,
	"listServiceRecorders": Staff,
	"getVolunteer":         Decider,
	"listAccounts":         Decider,
	"joinHours":            Decider,
	"undoJoin":             Decider,
	"createObjection":      Volunteer,
	"listObjections":       Person,
	"getObjection":         Person,
	"reviewObjection":      Decider,
	"exportLeaderboard":    Staff,
	"getLeaderboard":       Person,
	"createComplaint":      Person,
	"listComplaints":       Person,
	"getComplaint":         Insider,
	"answerComplaint":      Decider,
	"reopenComplaint":      Owner,
	"closeComplaint":       Owner,
	"createMedia":          Person,
	"getMedia":             Anyone, // who has a signed address, which only those get who may see the picture
}
