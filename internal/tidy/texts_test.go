package tidy

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A textClass is why no text of a column tells others somebody's phone, ID or bank-card number.
type textClass struct {
	why  string
	from string // passed: the function that hides or refuses numbers; copied: the column that the text comes from
}

// The classes. Sealed columns are binary, so that no text fits in.
var (
	listed = textClass{why: "listed"} // a CHECK lists its words
	word   = textClass{why: "word"}   // a word of the code
	coded  = textClass{why: "coded"}  // a number, code or hash that we make: ASCII
)

func passed(function string) textClass { return textClass{"passed", function} }
func copied(column string) textClass   { return textClass{"copied", column} }
func nobodys(reason string) textClass  { return textClass{"nobody's", reason} } // nobody writes it for others to read
func publicly(reason string) textClass { return textClass{"public", reason} }   // a number that is to be read
func (c textClass) is(why string) bool { return c.why == why }
func (c textClass) String() string     { return strings.TrimSpace(c.why + " " + c.from) }

// texts say of each column of text why it is safe to read. Whoever adds a column adds it here: what people write goes
// through matter.Redact, which keeps the original sealed, or is refused with seal.Identifies.
var texts = map[string]textClass{
	"activities.title": passed("internal/activity.redact"), "activities.description": passed("internal/activity.redact"),
	"activities.place_name": passed("internal/activity.redact"), "activities.skills": passed("internal/activity.redact"),
	"activities.health": passed("internal/activity.redact"), "activities.status": listed,
	"activity_series.every": listed, "activity_series.template": passed("internal/activity.redact"),
	"attendances.in_mode": listed, "attendances.out_mode": listed,
	"board_months.metric": word, "board_months.month": coded, "board_months.subject": word, "calendars.token_lookup": coded,
	"categories.code": word, "categories.name": word, // of migrations
	"certificates.serial": coded, "certificates.code": coded, "certificates.number": coded,
	"certificates.holder_label": passed("internal/certificate.issue"), "certificates.name_source": listed,
	"certificates.shows": coded, "certificates.issuer": copied("nodes.name"),
	"certificates.handler": copied("users.display_name"), "certificates.contact": copied("nodes.service_phone"),
	"certificates.status": listed, "certificate_items.title": copied("service_records.title"),
	"certificate_items.place": copied("nodes.name"),
	"claims.status":           listed, "claims.delivery_note": passed("internal/wish.claimText"),
	"claims.comment":  passed("internal/wish.claimText"),
	"complaints.kind": listed, "complaints.text": passed("internal/complaint.submit"), "complaints.status": listed,
	"complaints.answer": passed("internal/complaint.save"),
	"needs.owner_label": passed("internal/need.fill"), "needs.consent": listed,
	"needs.consent_note": passed("internal/need.fill"), "needs.origin": listed, "needs.hotline_number": coded,
	"needs.category": listed, "needs.term_code": listed, "needs.place": passed("internal/need.write"),
	"needs.text": passed("internal/need.write"), "needs.reject_reason": listed, "needs.answer": passed("internal/need.save"),
	"needs.result": listed, "needs.solved": listed, "needs.status": listed,
	"duties.board": passed("internal/importer.newDuty"), "duties.field": passed("internal/importer.newDuty"),
	"duties.kind": listed, "duties.item": passed("internal/importer.newDuty"), "duty_words.word": copied("duties.item"),
	"admissions.what": passed("internal/duty.Submit"), "admissions.status": listed,
	"assignments.origin_noun": word, "assignments.kind": listed, "assignments.what": passed("internal/assignment.create"),
	"assignments.clause": passed("internal/assignment.create"), "assignments.term_code": listed,
	"assignments.answer": passed("internal/assignment.save"), "assignments.status": listed,
	"visits.subject": passed("internal/visit.write"), "visits.place": passed("internal/visit.write"),
	"visits.with_whom": passed("internal/visit.Hold"), "visits.status": listed,
	"visit_needs.promise": passed("internal/visit.hear"),
	"ballots.noun":        word, "ballot_voices.choice": listed, "projects.status": listed,
	"projects.title": passed("internal/project.write"), "projects.text": passed("internal/project.write"),
	"brands.name": passed("internal/brand.write"), "brands.text": passed("internal/brand.write"),
	"brands.for_whom": passed("internal/brand.write"), "brands.status": listed,
	"project_milestones.text": passed("internal/project.writeMilestones"),
	"agreements.node_body":    listed, "agreements.unit_body": listed,
	"agreements.status": listed, "agreement_lines.kind": listed, "agreement_lines.text": passed("internal/agreement.writeLines"),
	"offers.kind": listed, "offers.name": passed("internal/offer.write"), "offers.place": passed("internal/offer.write"),
	"offers.status": listed, "offer_lines.kind": listed, "offer_lines.text": passed("internal/offer.write"),
	"offer_stops.name": passed("internal/offer.write"), "offer_stops.place": passed("internal/offer.write"),
	"offer_stops.seen": passed("internal/offer.write"),
	"offer_days.kind":  listed, "bookings.guest": passed("internal/offer.fill"), "bookings.audience": listed,
	"bookings.purpose": passed("internal/offer.fill"), "bookings.instead": passed("internal/offer.saveBookings"),
	"bookings.status": listed,
	"terms.code":      listed, "terms.accept_unit": listed, "terms.work_unit": listed, "calendar_days.kind": listed,
	"calendar_days.name":   word,
	"contact_reads.reason": passed("internal/contact.log"), "contact_reads.noun": word, "contact_reads.part": word,
	"contact_reads.by_noun": word, "consents.document": listed, "consents.version": coded,
	"retention_rules.kind": listed, "contacts.noun": word, "contacts.part": word, "contacts.phone_lookup": coded, "contacts.spoken_how": listed,
	"dated_rules.rule": word,
	"events.noun":      word, "events.name": word, "events.from_status": word, "events.to_status": word,
	"events.reason":         passed("internal/matter.Save"),
	"idempotency.operation": word, "idempotency.request_key": nobodys("random, and never shown"),
	"idempotency.body_hash": coded, "idempotency.answer": nobodys("the answer of who asked, for the same person"),
	"inbox.part": listed, "installation.name": word, "installation.value": nobodys("settings of the installation"),
	"matter_turns.noun": word, "matter_turns.part": word,
	"matter_parties.noun": word, "matter_parties.phone_lookup": coded,
	"matters.noun": word, "matters.of_noun": word, "matters.number": coded, "matters.status": word,
	"matters.title": nobodys("a copy of the titles and names of nouns, which have classes of their own"),
	"media.noun":    word, "media.file": coded, "media.status": listed,
	"mini_codes.noun": word, "mini_codes.scene_lookup": coded,
	"memberships.name_label": passed("internal/membership.add"), "memberships.name_lookup": coded,
	"memberships.status": listed, "memberships.approved_lookup": coded,
	"nodes.code": nobodys("codes of places, whose form the importer holds"), "nodes.kind": listed,
	"hour_joins.status":   listed,
	"nodes.name":          passed("internal/importer.newDivision"),
	"nodes.service_phone": publicly("the number that residents dial"),
	"objections.text":     passed("internal/objection.Object"), "objections.answer": passed("internal/objection.save"),
	"objections.status": listed, "originals.noun": word, "originals.field": word,
	"outbox.topic": word, "outbox.payload": nobodys("ids and amounts, and what WeChat says of them, for the worker"),
	"outbox.leased_by": nobodys("the worker's own name"), "outbox.last_error": nobodys("our own words, for operators"),
	"person_numbers.number": coded,
	"numbers.kind":          word, "numbers.period": coded, "points_accounts.kind": listed, "points_accounts.unit": listed,
	"seal_keys.key_id":   nobodys("names of keys, from the settings"),
	"points_rules.event": word, "points_rules.choices": nobodys("amounts"),
	"points_transfers.unit": listed, "points_transfers.kind": listed, "points_transfers.cause_rule": word,
	"review_codes.lookup": coded, "review_log_ins.token_lookup": coded, "review_people.account": word,
	"recorded_yeses.how": listed, "role_grants.role": listed, "role_grants.status": listed, "roster.name_lookup": coded,
	"roster_phones.name_lookup": coded, "roster_phones.phone_lookup": coded,
	"service_records.title": passed("internal/hours.SelfReport"), "service_records.note": passed("internal/hours.SelfReport"),
	"service_records.source": listed, "service_records.status": listed, "signups.status": listed,
	"teams.name": passed("internal/team.checkName"), "teams.intro": passed("internal/team.found"),
	"teams.invite_code": coded, "teams.status": listed, "team_members.role": listed, "team_members.status": listed,
	"users.open_id":      nobodys("WeChat's name for the person, never shown"),
	"users.union_id":     nobodys("likewise, across the subject's programs"),
	"users.display_name": passed("internal/user.CheckDisplayName"), "users.phone_lookup": coded,
	"users.phone_label": passed("internal/user.SetPhone"), "users.status": listed, "volunteers.number": coded,
	"texts.noun": word, "texts.field": word, "texts.body": copied("complaints.text"), "texts.verdict": listed,
	"texts.checked_by": listed, "texts.suggest": nobodys("a word of WeChat's"),
	"texts.hits": nobodys("words of the list, and what stands there in a text without numbers"), "texts.list_version": nobodys("of the program"),
	"content_cases.kind": listed, "content_cases.noun": word, "content_cases.status": listed, "content_cases.open_report": coded,
	"content_cases.reason":   nobodys("our own words about a text without numbers"),
	"case_parties.reason":    listed,
	"subscriptions.template": nobodys("an id of WeChat's"), "subscription_messages.template": nobodys("likewise"),
	"subscription_messages.digest_day": coded, "subscription_messages.status": listed, "subscription_messages.message_id": coded,
	"media.verdict": listed, "media.trace_id": nobodys("WeChat's"), "media.suggest": nobodys("a word of WeChat's"),
	"wechat_pushes.digest": coded, "wishes.consent": listed, "wishes.consent_note": passed("internal/wish.submit"), "wishes.category": copied("categories.code"),
	"wishes.title": passed("internal/wish.fill"), "wishes.description": passed("internal/wish.fill"),
	"wishes.effort": listed, "wishes.suits": listed, "wishes.estate": passed("internal/wish.fill"),
	"wishes.owner_label": passed("internal/wish.fill"), "wishes.status": listed,
	"wish_words.word": copied("wishes.description"),
}

// Every column of text has a class, and the class holds.
func TestEveryTextColumnHasAClass(t *testing.T) {
	hides, known := hiders(t), lists()
	column := regexp.MustCompile("(?m)^  `(\\w+)` ((?:var)?char|text|(?:tiny|medium|long)text|json|enum|set)\\b(.*)$")
	seen := map[string]bool{}
	for table, body := range tables(t) {
		for _, m := range column.FindAllStringSubmatch(body, -1) {
			name := table + "." + m[1]
			class, found := texts[name]
			seen[name] = true
			_, list := known[table+"_"+m[1]]
			switch ascii := strings.Contains(m[3], "CHARACTER SET ascii"); {
			case !found:
				t.Errorf("%s is text without a class: hide or refuse numbers in it, and say in texts where", name)
			case class.is("listed") && !list, class.is("coded") && !ascii:
				t.Errorf("%s is said to be %s and is not", name, class)
			case class.is("passed") && !hides[class.from]:
				t.Errorf("%s: %s hides and refuses no numbers", name, class.from)
			case class.is("copied") && !slices.Contains([]string{"passed", "public", "word"}, texts[class.from].why):
				t.Errorf("%s is copied from %s, which is no text that others read", name, class.from)
			}
		}
	}
	for name := range texts {
		if !seen[name] {
			t.Errorf("texts has %s, and sql/schema.sql has not: take it out", name)
		}
	}
}

// hiders are the functions, by folder and name, that hide numbers in texts or refuse them, themselves or by a
// function that does.
func hiders(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{
		"internal/seal.Redact": true, "internal/seal.Identifies": true, "internal/seal.MaskName": true, "internal/seal.MaskPhone": true,
	}
	for grown := true; grown; {
		grown = false
		for f := range written(t) {
			for _, d := range f.tree.Decls {
				function, ok := d.(*ast.FuncDecl)
				if !ok || f.test || function.Body == nil || found[f.dir+"."+function.Name.Name] {
					continue
				}
				if callsOneOf(f.dir, function.Body, found) {
					found[f.dir+"."+function.Name.Name], grown = true, true
				}
			}
		}
	}
	return found
}

// callsOneOf tells whether the body calls one of the functions: of its own package, or of another by its name.
func callsOneOf(dir string, body *ast.BlockStmt, functions map[string]bool) bool {
	for n := range ast.Preorder(body) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			continue
		}
		switch f := call.Fun.(type) {
		case *ast.Ident:
			if functions[dir+"."+f.Name] {
				return true
			}
		case *ast.SelectorExpr:
			if x, ok := f.X.(*ast.Ident); ok && (functions[path.Join("internal", x.Name)+"."+f.Sel.Name] || functions[dir+"."+f.Sel.Name]) {
				return true
			}
		}
	}
	return false
}
