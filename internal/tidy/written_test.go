package tidy

import (
	"go/ast"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"xinyuan/internal/content"
	"xinyuan/internal/state"
)

// readers say of each text that a request of the contract carries who looks at it before others read it: the function
// that hands it to the check, or why nobody else reads it. Whoever adds a field adds it here.
var readers = map[string]string{
	"reason": "internal/matter.entry", // of every step, whatever the operation

	"updateMe.displayName": "internal/user.hold", "joinTeam.displayName": "internal/user.AddRecorded",
	"createTeam.name": "internal/team.held", "createTeam.intro": "internal/team.held",
	"updateTeam.name": "internal/team.held", "updateTeam.intro": "internal/team.held",
	"createActivity.title": "internal/activity.held", "createActivity.description": "internal/activity.held",
	"createActivity.place.name": "internal/activity.held", "createActivity.skills": "internal/activity.held",
	"createActivity.health": "internal/activity.held",
	"updateActivity.title":  "internal/activity.held", "updateActivity.description": "internal/activity.held",
	"updateActivity.place.name": "internal/activity.held", "updateActivity.skills": "internal/activity.held",
	"updateActivity.health": "internal/activity.held",
	"createWish.title":      "internal/wish.fill", "createWish.description": "internal/wish.fill", "createWish.estate": "internal/wish.fill",
	"editWish.title": "internal/wish.fill", "editWish.description": "internal/wish.fill", "editWish.estate": "internal/wish.fill",
	"handOverNeed.title": "internal/wish.fill", "handOverNeed.description": "internal/wish.fill",
	"handOverNeed.agreed":      "internal/matter.entry",
	"createWish.onBehalf.note": "internal/wish.submit",
	"thankClaim.comment":       "internal/wish.claimText", "confirmClaim.comment": "internal/wish.claimText",
	"deliverClaim.note": "internal/wish.claimText", "confirmClaim.onBehalf.note": "internal/matter.entry",
	"createComplaint.text": "internal/complaint.submit", "answerComplaint.answer": "internal/matter.entry",
	"createObjection.text":              "internal/objection.Object",
	"settleActivity.attendees.*.reason": "internal/attendance.recordHours",
	"createServiceRecord.title":         "internal/hours.SelfReport", "createServiceRecord.note": "internal/hours.SelfReport",

	"createNeed.text": "internal/need.write", "createNeed.place": "internal/need.write",
	"editNeed.text": "internal/need.write", "editNeed.place": "internal/need.write",
	"createNeed.onBehalf.note": "internal/need.writeNote", "answerNeed.answer": "internal/matter.entry",
	"confirmNeed.comment": "internal/matter.entry", "confirmNeed.onBehalf.how": "internal/matter.entry",
	"createAssignments.what": "internal/assignment.create", "createAssignments.clause": "internal/assignment.create",
	"createVisit.place": "internal/visit.write", "createVisit.subject": "internal/visit.write",
	"inviteVisit.place": "internal/visit.write", "inviteVisit.subject": "internal/visit.write",
	"scheduleVisit.place": "internal/visit.write", "scheduleVisit.subject": "internal/visit.write",
	"holdVisit.withWhom": "internal/visit.Hold", "holdVisit.lines.*.promise": "internal/visit.hear",
	"holdVisit.lines.*.text": "internal/need.write", "holdVisit.lines.*.place": "internal/need.write",
	"createBrand.name": "internal/brand.write", "createBrand.text": "internal/brand.write",
	"createBrand.forWhom": "internal/brand.write",
	"createProject.title": "internal/project.write", "createProject.text": "internal/project.write",
	"startProject.milestones.*.text": "internal/project.writeMilestones",
	"createAgreement.lines.*.text":   "internal/agreement.writeLines", "editAgreement.lines.*.text": "internal/agreement.writeLines",
	"createOffer.name": "internal/offer.write", "createOffer.place": "internal/offer.write",
	"createOffer.rules.*": "internal/offer.write", "createOffer.matters.*": "internal/offer.write",
	"createOffer.stops.*.name": "internal/offer.write", "createOffer.stops.*.place": "internal/offer.write",
	"createOffer.stops.*.seen": "internal/offer.write",
	"createBookings.purpose":   "internal/offer.fill", "createBookings.guest": "internal/offer.fill",
	"callOffBooking.instead": "internal/offer.saveBookings", "closeOffer.instead": "internal/offer.saveBookings",
	"setOfferHours.instead": "internal/offer.saveBookings",
	"setOfferDay.instead":   "internal/offer.saveBookings", "arriveByCode.code": "nobody: a code",
	"holdVisit.lines.*.contact.name":    "nobody: sealed, for who works on it",
	"holdVisit.lines.*.contact.phone":   "nobody: likewise",
	"holdVisit.lines.*.contact.address": "nobody: likewise",
	"holdVisit.lines.*.contact.helper":  "nobody: likewise",
	"refuseAssignment.clause":           "internal/matter.entry", "refuseAssignment.instead": "internal/matter.entry",
	"reportAssignment.answer": "internal/matter.entry",
	"createAdmission.what":    "internal/duty.Submit",
	"createNeed.contact.name": "nobody: sealed, for who works on it", "createNeed.contact.phone": "nobody: likewise",
	"createNeed.contact.address": "nobody: likewise", "createNeed.contact.helper": "nobody: likewise",

	"createWish.contact.name": "nobody: sealed, for those who come to the house", "editWish.contact.name": "nobody: likewise",
	"createWish.contact.phone": "nobody: likewise", "editWish.contact.phone": "nobody: likewise",
	"createWish.contact.address": "nobody: likewise", "editWish.contact.address": "nobody: likewise",
	"createWish.contact.helper": "nobody: likewise", "editWish.contact.helper": "nobody: likewise",
	"keepMyContact.name": "nobody: sealed, for oneself", "keepMyContact.phone": "nobody: likewise",
	"keepMyContact.address": "nobody: likewise", "keepMyContact.helper": "nobody: likewise",
	"createMembership.realName": "nobody: sealed, others read a mask", "issueCertificate.name": "nobody: on one's own paper",
	"issueCertificateFor.name": "nobody: on the paper of who stands before the staff",
	"createSession.device":     "nobody: the phone's kind, for its owner's list", "agree.version": "nobody: a version",
	"handOverNeed.category": "nobody: a code of the list",
	"createWish.category":   "nobody: a code of the list", "editWish.category": "nobody: likewise",
	"updateNode.servicePhone": "nobody: a number, whose form is held",
	"createSession.code":      "nobody: WeChat's code", "createReviewSession.code": "nobody: a code", "setMyPhone.code": "nobody: WeChat's code",
	"joinTeam.code": "nobody: a code", "checkIn.code": "nobody: a code", "checkOut.code": "nobody: a code",
}

// atOnce are the functions whose texts stand in their place at once. All others hold their texts back.
var atOnce = map[string]struct {
	marked string // the detail of a noun that staff shows to others, and reads with it what the check found
	unread string // or why nobody but their writer and whoever decides ever reads them
}{
	"internal/wish.fill":        {marked: "WishDetail"},
	"internal/hours.SelfReport": {marked: "ServiceRecordDetail"},
	"internal/wish.submit":      {unread: "how a resident agreed is read by staff alone"},
	"internal/need.writeNote":   {unread: "how a resident agreed is read by staff alone"},
	"internal/complaint.submit": {unread: "a complaint is read by its desk alone, which must not wait"},
	"internal/objection.Object": {unread: "an objection is read by its desk alone, which must not wait"},
}

// marked are the nouns of which staff decides whether others read them, with the package of each. unwritten are those
// whose words no stranger reads, and why. All others hold their texts back.
var (
	marked    = map[string]string{state.Wish.Noun: "internal/wish", state.Record.Noun: "internal/hours"}
	unwritten = map[string]string{
		state.Complaint.Noun: "for its desk", state.Objection.Noun: "for its desk", state.Case.Noun: "for its desk",
		state.Membership.Noun: "a sealed name, of which others read a mask", state.Certificate.Noun: "the holder's own name",
		state.Grant.Noun: "reasons alone", state.Join.Noun: "reasons alone", state.TeamMember.Noun: "reasons alone",
		state.Node.Noun: "named by an import, not by people",
	}
)

// What people write of a noun is held back until it is passed, or staff who shows it to others sees what the check found:
// its detail says it, a batch leaves it out, and who shows it passes it. A new noun does one or the other, or says here that
// it has no words that strangers read.
func TestEachNounsWordsAreHeldOrMarked(t *testing.T) {
	held := map[string]bool{}
	for _, name := range content.Shown() {
		noun, _, _ := strings.Cut(name, ".")
		held[noun] = true
	}
	code, hidden := written(t), database(t).Text("content.lock_hidden")
	for _, l := range state.All() {
		folder := marked[l.Noun]
		switch {
		case folder == "" && !held[l.Noun] && unwritten[l.Noun] == "":
			t.Errorf("%s: hold its texts back (matter.HoldText, content.Shown), or say in unwritten why strangers read none", l.Noun)
		case unwritten[l.Noun] != "" && held[l.Noun]:
			t.Errorf("%s holds texts back: take it out of unwritten", l.Noun)
		case folder != "" && !strings.Contains(hidden, "'"+l.Noun+"'"):
			t.Errorf("%s is marked, and content.hidden makes cases of its texts before it is shown", l.Noun)
		case folder != "" && !approves(code, folder):
			t.Errorf("%s is marked, and %s shows it without content.Approve", l.Noun, folder)
		}
	}
	for function, row := range atOnce {
		folder, _, _ := strings.Cut(strings.TrimPrefix(function, "internal/"), ".")
		switch schema := contract(t).Components.Schemas[row.marked]; {
		case (row.marked == "") == (row.unread == ""):
			t.Errorf("%s: say either what marks its texts or why nobody reads them", function)
		case row.marked != "" && (schema == nil || schema.Value.Properties["flagged"] == nil):
			t.Errorf("%s: %s does not say what the check found (flagged)", function, row.marked)
		case row.marked != "" && !slices.Contains(slices.Collect(maps.Values(marked)), "internal/"+folder):
			t.Errorf("%s: marked does not name its noun", function)
		}
	}
}

// approves tells whether code of the folder passes what staff has read.
func approves(code iter.Seq[source], folder string) bool {
	for f := range code {
		if f.dir != folder || f.test {
			continue
		}
		for n := range ast.Preorder(f.tree) {
			if call, ok := n.(*ast.SelectorExpr); ok && call.Sel.Name == "Approve" {
				if from, ok := call.X.(*ast.Ident); ok && from.Name == "content" {
					return true
				}
			}
		}
	}
	return false
}

// Every text of a request that others read goes to the check, and a new field says so here or why not.
func TestEveryWrittenTextIsChecked(t *testing.T) {
	checks, holds := checkers(t, "internal/matter.Redact", "internal/matter.CheckText"), checkers(t)
	used := map[string]bool{}
	seen := map[string]bool{}
	for _, name := range writtenTexts(t) {
		key := name
		if readers[key] == "" && (strings.HasSuffix(name, ".reason") || name == "reason") {
			key = "reason"
		}
		seen[key] = true
		_, stands := atOnce[readers[key]]
		switch function := readers[key]; {
		case function == "":
			t.Errorf("openapi.yaml: others may read %s: have it checked (content.Hold, matter.Redact), and say in readers where", name)
		case !strings.HasPrefix(function, "nobody: ") && !checks[function]:
			t.Errorf("%s: %s hands no text to the check", name, function)
		case !strings.HasPrefix(function, "nobody: ") && !holds[function] && !stands:
			t.Errorf("%s: others read what %s writes before it is checked: use matter.HoldText, or say in atOnce who shows it",
				name, function)
		default:
			used[function] = true
		}
	}
	for name := range readers {
		if !seen[name] {
			t.Errorf("readers has %s, and openapi.yaml has not: take it out", name)
		}
	}
	for function := range atOnce {
		if !used[function] || holds[function] {
			t.Errorf("atOnce has %s, which holds its texts back or writes none: take it out", function)
		}
	}
	if len(seen) < 40 || checks["internal/fault.NeedText"] {
		t.Errorf("%d texts are looked at, and a length is a check: %t", len(seen), checks["internal/fault.NeedText"])
	}
}

// writtenTexts are the free texts of the bodies of requests, as operation.path.
func writtenTexts(t *testing.T) (all []string) {
	t.Helper()
	for _, item := range contract(t).Paths.Map() {
		for _, o := range item.Operations() {
			if o.RequestBody == nil {
				continue
			}
			for _, body := range o.RequestBody.Value.Content {
				textsOf(body.Schema, o.OperationID, &all)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func textsOf(ref *openapi3.SchemaRef, name string, all *[]string) {
	s := ref.Value
	for _, part := range s.AllOf {
		textsOf(part, name, all)
	}
	for field, of := range s.Properties {
		textsOf(of, name+"."+field, all)
	}
	switch {
	case s.Type.Is("array"):
		textsOf(s.Items, name+".*", all)
	case s.Type.Is("string") && len(s.Enum) == 0 && s.Pattern == "" && s.Format == "":
		*all = append(*all, name)
	}
}

// checkers are the functions, by folder and name, that hold a text back, themselves or by one that does; others are further
// ones that count.
func checkers(t *testing.T, others ...string) map[string]bool {
	t.Helper()
	found := map[string]bool{"internal/matter.HoldText": true, "internal/content.Hold": true}
	for _, f := range others {
		found[f] = true
	}
	for grown := true; grown; {
		grown = false
		for f := range written(t) {
			for _, d := range f.tree.Decls {
				function, ok := d.(*ast.FuncDecl)
				if !ok || f.test || function.Body == nil || found[f.dir+"."+function.Name.Name] {
					continue
				}
				if f.dir == "internal/matter" && function.Name.Name != "reason" && function.Name.Name != "entry" {
					continue // whoever saves a step has its reason checked, and none of their other texts
				}
				if callsOneOf(f.dir, function.Body, found) || holds(function.Body) {
					found[f.dir+"."+function.Name.Name], grown = true, true
				}
			}
		}
	}
	return found
}

// holds tells whether the body has a text held back: x.texts.Hold(…).
func holds(body *ast.BlockStmt) bool {
	for n := range ast.Preorder(body) {
		if call, ok := n.(*ast.CallExpr); ok {
			if f, ok := call.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Hold" {
				return true
			}
		}
	}
	return false
}
