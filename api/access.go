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
	// Responder answers for the body that an assignment was sent to.
	Responder Who = "responder"
	// AreaLeader is tied to the place (包保).
	AreaLeader Who = "area_leader"
	// Host answers for the body that opens something.
	Host Who = "host"
	// Voter is on the roll of a vote.
	Voter Who = "voter"
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
	Responder: "who answers for the body that it was sent to",
	Staff:     "whoever holds a post or decides, about what is theirs to do",

	Voter:      "who is on the roll of the vote",
	AreaLeader: "who is tied to the place by the county",
	Host:       "who answers for the body that opens it: its liaison, or who decides at that very place",
}

// Access says for each operation who may call it: this screen is all of it.
var Access = map[string]Who{
	"createSession":        Anyone,
	"deleteCurrentSession": Person,
	"getReview":            Anyone,
	"getDoorCode":          Leader,
	"getInvitationCode":    Leader,
	"getCertificateCode":   Entitled,
	"getScene":             Person,
	"createReviewSession":  Anyone,
	"getMe":                Person,
	"updateMe":             Person,
	"deleteMe":             Person,
	"getMyDeletion":        Person,
	"getPolicies":          Anyone,
	"listMyConsents":       Person,
	"agree":                Person,
	"exportMe":             Person,
	"listMySessions":       Person,
	"endMySession":         Person,
	"endMyOtherSessions":   Person,
	"setMyPhone":           Person,
	"getMyContact":         Person,
	"keepMyContact":        Person,
	"forgetMyContact":      Person,
	"getMyNumber":          Person,
	"findPerson":           Decider,
	"listMyTodos":          Person,
	"listMyTexts":          Person,
	"getMySubscriptions":   Person,
	"acceptMessages":       Person,
	"recordSpoken":         Decider,
	"report":               Person,
	"getCase":              Decider,
	"reviewCase":           Decider,
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
	"createNeed":           Person,
	"listNeeds":            Person,
	"listSimilarNeeds":     Person,
	"getNeed":              Person,
	"getNeedPdf":           Insider,
	"exportNeeds":          Staff,
	"editNeed":             Owner,
	"reviewNeed":           Decider,
	"handOverNeed":         Decider,
	"mergeNeed":            Decider,
	"suspendNeed":          Decider,
	"resumeNeed":           Decider,
	"answerNeed":           Decider,
	"confirmNeed":          Owner, // or staff who asked
	"missNeedCall":         Staff,
	"lapseNeed":            Decider,
	"concedeNeed":          Decider,
	"reopenNeed":           Owner,
	"withdrawNeed":         Owner,
	"followNeed":           Person,
	"unfollowNeed":         Person,
	"getNeedContact":       Entitled,
	"listNeedContactReads": Owner,
	"createVisit":          AreaLeader,
	"listVisits":           Person,
	"inviteVisit":          Person,
	"getVisit":             Person,
	"getVisitPdf":          Insider,
	"listPromises":         Person,
	"scheduleVisit":        AreaLeader,
	"holdVisit":            AreaLeader, // or a post of the place
	"cancelVisit":          AreaLeader, // or who asked for it
	"createOffer":          Host,
	"listOffers":           Person,
	"getOffer":             Person,
	"openOffer":            Host,
	"suspendOffer":         Host,
	"closeOffer":           Host, // or who decides above
	"setOfferDay":          Host,
	"setOfferHours":        Host,
	"exportOfferMonth":     Host,
	"getDeskWeek":          Staff,
	"exportDeskWeek":       Staff,
	"listOfferSlots":       Person,
	"createBookings":       Person,
	"arriveByCode":         Host,
	"listBookings":         Person,
	"getBooking":           Insider,
	"getBookingPdf":        Owner, // or its host, of who called
	"decideBooking":        Host,
	"cancelBooking":        Owner,
	"callOffBooking":       Host,
	"noteArrival":          Host,
	"createAgreement":      Decider,
	"listAgreements":       Person,
	"getAgreement":         Insider, // what is signed is everybody's
	"getCoBuilding":        Person,
	"listCoBuilding":       Person,
	"listAlliance":         Person,
	"exportLists":          Staff,
	"exportCoBuilding":     Staff, // or who signs for the unit
	"editAgreement":        Decider,
	"offerAgreement":       Decider,
	"signAgreement":        Responder,
	"returnAgreement":      Responder, // or who decides at the community
	"endAgreement":         Decider,   // or who answers for the unit
	"createProject":        Decider,   // or who speaks for a unit
	"listProjects":         Person,
	"getProject":           Insider, // what is published is everybody's
	"reviewProject":        Decider,
	"claimProject":         Responder,
	"releaseProject":       Responder, // or who decides at the community
	"startProject":         Decider,
	"reportMilestone":      Responder,
	"deliverProject":       Responder,
	"openProjectBallot":    Decider,
	"returnProject":        Decider,
	"acceptProject":        Decider,
	"undoProject":          Decider,
	"stopProject":          Decider, // or who speaks for the unit that leads
	"createBrand":          Decider, // or who speaks for the unit that leads
	"listBrands":           Person,
	"getBrand":             Insider,   // what has begun is everybody's
	"acceptBrand":          Responder, // or who decides at the community: the other side
	"joinBrand":            Responder,
	"leaveBrand":           Responder,
	"openBrandBallot":      Decider,
	"renewBrand":           Decider,
	"stopBrand":            Decider, // or who speaks for the unit that leads
	"castVoice":            Voter,
	"enterPaper":           Staff,
	"listRoll":             Voter,   // and staff
	"createAssignments":    Decider, // or who answers for the department that asks
	"listDuties":           Person,
	"createAdmission":      Responder,
	"listAdmissions":       Person,
	"getAdmission":         Insider,
	"decideAdmission":      Decider,
	"withdrawAdmission":    Responder,
	"endAdmission":         Decider, // or who answers for the department
	"listAssignments":      Person,
	"getAssignment":        Insider,
	"getAssignmentPdf":     Insider,
	"exportAssignments":    Staff,
	"acceptAssignment":     Responder,
	"refuseAssignment":     Responder,
	"bindAssignment":       Decider,
	"reportAssignment":     Responder,
	"verifyAssignment":     Staff,
	"returnAssignment":     Decider,
	"extendAssignment":     Decider,
	"cancelAssignment":     Decider,
	"undoAssignment":       Decider,
	"createMedia":          Person,
	"getMedia":             Anyone, // who has a signed address, which only those get who may see the picture
}
