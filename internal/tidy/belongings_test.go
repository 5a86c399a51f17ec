package tidy

import (
	"regexp"
	"strings"
	"testing"

	"xinyuan/internal/mysql"
)

// A belonging says what becomes of a text that may tell of a person: the query that takes
// it away with the account, and the query or function that puts it into the person's
// export. "" with a reason: it stays, or is not theirs to take along.
type belonging struct {
	erased, exported string
	why              string
}

func theirs(erased, exported string) belonging { return belonging{erased: erased, exported: exported} }
func erased(by, why string) belonging          { return belonging{erased: by, why: why} }
func stays(why string) belonging               { return belonging{why: why} }

// belongings has every column of text that people or we write in words, every sealed
// one, and every look-up of a name or a phone: a new column is added here, or fails.
var belongings = map[string]belonging{
	"wishes.title":            theirs("account.erase_wishes", "account.sheet_wishes"),
	"wishes.description":      theirs("account.erase_wishes", "account.sheet_wishes"),
	"wishes.estate":           theirs("account.erase_wishes", "account.sheet_wishes"),
	"wishes.owner_label":      theirs("account.erase_wishes", "account.sheet_wishes"),
	"wishes.consent_note":     theirs("account.erase_wishes", "account.sheet_wishes"),
	"wishes.category":         stays("a word of a list"),
	"wish_words.word":         erased("account.erase_words", "made of the description, for the search"),
	"claims.delivery_note":    theirs("account.erase_notes", "account.sheet_claims"),
	"claims.comment":          theirs("account.erase_comments", "account.sheet_answers"),
	"complaints.text":         theirs("account.erase_complaints", "account.sheet_complaints"),
	"complaints.answer":       theirs("account.erase_complaints", "account.sheet_complaints"),
	"objections.text":         theirs("account.erase_objections", "account.sheet_objections"),
	"objections.answer":       theirs("account.erase_objections", "account.sheet_objections"),
	"needs.owner_label":       erased("account.erase_needs", "made of the name, which the export has"),
	"needs.consent_note":      erased("account.erase_needs", "how staff asked: the history has it"),
	"needs.place":             theirs("account.erase_needs", "account.sheet_needs"),
	"needs.text":              theirs("account.erase_needs", "account.sheet_needs"),
	"needs.answer":            theirs("account.erase_needs", "account.sheet_needs"),
	"visits.subject":          theirs("account.erase_visits", "account.sheet_visits"),
	"visits.place":            theirs("account.erase_visits", "account.sheet_visits"),
	"visits.with_whom":        stays("who was there, without names, in the leader's words"),
	"visit_needs.promise":     stays("a leader's words about a place"),
	"brands.name":             stays("what a community and units call what they build"),
	"brands.text":             stays("likewise"),
	"brands.for_whom":         stays("likewise"),
	"projects.title":          stays("what is done for many people, in the words of staff or a unit"),
	"projects.text":           stays("likewise"),
	"project_milestones.text": stays("likewise"),
	"agreement_lines.text":    stays("what a unit promises, in a community's words"),
	"offers.name":             stays("what a body opens, in its words"),
	"offers.place":            stays("likewise"),
	"offer_lines.text":        stays("likewise"),
	"offer_stops.name":        stays("likewise"),
	"offer_stops.place":       stays("likewise"),
	"offer_stops.seen":        stays("likewise"),
	"bookings.guest":          stays("how somebody without an account is called; a sweep forgets it"),
	"bookings.purpose":        theirs("account.erase_bookings", "account.sheet_bookings"),
	"bookings.instead":        stays("where a host proposes to come in its place"),
	"duties.board":            stays("of the county's list"),
	"duties.field":            stays("likewise"),
	"duties.item":             stays("likewise"),
	"duty_words.word":         stays("likewise"),
	"admissions.what":         stays("what a department asks of communities, for its office"),
	"assignments.what":        erased("account.erase_assignments", "what one body asks another to do"),
	"assignments.clause":      erased("account.erase_assignments", "likewise"),
	"assignments.answer":      erased("account.erase_assignments", "likewise"),
	"service_records.title":   theirs("account.erase_records", "account.sheet_records"),
	"service_records.note":    theirs("account.erase_records", "account.sheet_records"),
	"users.open_id":           theirs("account.leave", "account.sheet_person"),
	"users.union_id":          theirs("account.leave", "account.sheet_person"),
	"users.display_name":      theirs("account.leave", "account.sheet_person"),
	"users.phone":             theirs("account.leave", "account.sheet_person"),
	"users.phone_label":       theirs("account.leave", "account.sheet_person"),
	"users.phone_lookup":      erased("account.leave", "a keyed hash of the phone"),
	"contacts.name":           theirs("account.erase_contacts", "func contacts"),
	"contacts.phone":          theirs("account.erase_contacts", "func contacts"),
	"contacts.address":        theirs("account.erase_contacts", "func contacts"),
	"contacts.helper":         theirs("account.erase_contacts", "func contacts"),
	"contacts.phone_lookup":   erased("account.erase_contacts", "a keyed hash of the phone"),
	"contact_reads.reason":    theirs("account.erase_readings", "account.sheet_contact_reads"),
	"originals.sealed":        theirs("matter.forget_originals", "func originals"),
	"texts.body":              erased("matter.forget_texts", "a copy of what the noun has, to be checked"),
	"texts.hits":              erased("matter.forget_texts", "likewise"),
	"texts.suggest":           stays("a word of WeChat's"),
	"media.suggest":           stays("a word of WeChat's"),
	"media.trace_id":          stays("what WeChat calls its check"),
	"texts.list_version":      stays("of the program"),
	"content_cases.reason":    erased("account.erase_cases", "what a check has found in the words"),
	"events.reason":           erased("matter.forget_reasons", "what the noun shows of its history"),
	"matters.title":           erased("matter.rename", "a copy of the noun's"),
	"matter_parties.phone_lookup": erased("matter.forget_phones",
		"a keyed hash of the phone"),
	"memberships.real_name":          theirs("account.erase_membership", "account.sheet_memberships"),
	"memberships.name_label":         theirs("account.erase_membership", "account.sheet_memberships"),
	"memberships.name_lookup":        erased("account.erase_membership", "a keyed hash of the name"),
	"memberships.approved_lookup":    erased("account.erase_membership", "a column made of name_lookup"),
	"certificates.holder_name":       theirs("account.erase_certificate", "account.sheet_certificates"),
	"certificates.holder_label":      theirs("account.erase_certificate", "account.sheet_certificates"),
	"certificates.code_sealed":       stays("a number of ours, for a paper that is worthless by then"),
	"certificates.issuer":            stays("the body's name"),
	"certificates.handler":           stays("who of the body answered for a paper that others hold"),
	"certificates.contact":           stays("the body's number"),
	"certificate_items.title":        theirs("account.erase_items", "account.sheet_certificate_items"),
	"certificate_items.place":        stays("the name of a place"),
	"calendars.token":                erased("account.erase_calendar", "a secret address, not told twice"),
	"calendars.token_lookup":         erased("account.erase_calendar", "likewise"),
	"mini_codes.scene_lookup":        erased("account.erase_codes", "a number of ours"),
	"mini_codes.picture":             erased("account.erase_codes", "a picture of it"),
	"idempotency.answer":             erased("account.erase_answers", "what the person was answered: the export has the matters"),
	"idempotency.request_key":        erased("account.erase_answers", "a random number"),
	"review_codes.lookup":            stays("of WeChat's reviewers"),
	"review_log_ins.token_lookup":    stays("of WeChat's reviewers"),
	"roster.name_lookup":             stays("the organisation's list of its members, which the account is held against"),
	"roster_phones.name_lookup":      stays("likewise"),
	"roster_phones.phone_lookup":     stays("likewise"),
	"activities.title":               stays("a team's words"),
	"activities.description":         stays("a team's words"),
	"activities.place_name":          stays("a team's words"),
	"activities.skills":              stays("a team's words"),
	"activities.health":              stays("a team's words"),
	"activity_series.template":       stays("a team's words"),
	"teams.name":                     stays("a team's words"),
	"teams.intro":                    stays("a team's words"),
	"teams.invite_sealed":            stays("a number of ours"),
	"nodes.code":                     stays("of a place"),
	"nodes.name":                     stays("of a place"),
	"nodes.service_phone":            stays("of a place"),
	"installation.value":             stays("of the installation"),
	"outbox.payload":                 stays("ids, gone within minutes"),
	"outbox.leased_by":               stays("the worker's own name"),
	"outbox.last_error":              stays("our own words"),
	"points_rules.choices":           stays("amounts"),
	"seal_keys.key_id":               stays("of the installation"),
	"subscriptions.template":         stays("the name of a kind of message"),
	"subscription_messages.template": stays("the name of a kind of message"),
	"seal_keys.probe":                stays("of the installation"),
}

// TestEveryWordOfAPersonIsTheirs holds that each column that may tell of a person goes
// with the account and into the export, or that somebody says why not.
func TestEveryWordOfAPersonIsTheirs(t *testing.T) {
	db := database(t)
	column := regexp.MustCompile("(?m)^  `(\\w+)` (\\w+)")
	seen := map[string]bool{}
	for table, body := range tables(t) {
		for _, m := range column.FindAllStringSubmatch(body, -1) {
			name := table + "." + m[1]
			if !tellsOfSomebody(name, m[2]) {
				continue
			}
			b, found := belongings[name]
			seen[name] = true
			switch {
			case !found:
				t.Errorf("%s: say in belongings what becomes of it when its person deletes the account or takes their data along", name)
			case b.erased != "" && !erases(db, b.erased, table, m[1]):
				t.Errorf("%s: the query %s does not take it away", name, b.erased)
			case b.exported != "" && !exports(db, b.exported, table, m[1]):
				t.Errorf("%s: %s does not put it into the export", name, b.exported)
			}
		}
	}
	for name := range belongings {
		if !seen[name] {
			t.Errorf("belongings has %s, and sql/schema.sql has not: take it out", name)
		}
	}
}

// tellsOfSomebody tells whether the column may hold words about a person: those of a
// list or of the code, and numbers of ours, do not.
func tellsOfSomebody(name, kind string) bool {
	if strings.Contains(kind, "binary") || strings.Contains(kind, "blob") {
		return true
	}
	class, text := texts[name]
	return text && !class.is("listed") && !class.is("word") && (!class.is("coded") || strings.HasSuffix(name, "lookup"))
}

func erases(db *mysql.DB, query, table, column string) bool {
	text := db.Text(query)
	if strings.HasPrefix(text, "DELETE FROM "+table+" ") {
		return true
	}
	set := regexp.MustCompile(`\b` + column + "`? = |" + strings.TrimPrefix(column, "approved_") + ` = NULL`)
	return regexp.MustCompile(`^UPDATE `+table+`\b`).MatchString(text) && set.MatchString(text)
}

func exports(db *mysql.DB, by, table, column string) bool {
	if _, function := strings.CutPrefix(by, "func "); function {
		return true // TestExportHasAllThatIsKept reads what it writes
	}
	text := db.Text(by)
	return strings.Contains(text, table+" ") && regexp.MustCompile(`\.`+"`?"+column+`\b`).MatchString(text)
}
