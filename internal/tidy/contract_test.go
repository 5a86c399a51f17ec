package tidy

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"xinyuan/api"
	"xinyuan/internal/account"
	"xinyuan/internal/agreement"
	"xinyuan/internal/assignment"
	"xinyuan/internal/ballot"
	"xinyuan/internal/brand"
	"xinyuan/internal/certificate"
	"xinyuan/internal/complaint"
	"xinyuan/internal/contact"
	"xinyuan/internal/duty"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/leaderboard"
	"xinyuan/internal/moderation"
	"xinyuan/internal/need"
	"xinyuan/internal/offer"
	"xinyuan/internal/org"
	"xinyuan/internal/project"
	"xinyuan/internal/report"
	"xinyuan/internal/state"
	"xinyuan/internal/subscription"
	"xinyuan/internal/task"
	"xinyuan/internal/term"
	"xinyuan/internal/visit"
	"xinyuan/internal/wish"
)

func contract(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := api.Load()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestEnumsEqualTheConstants compares the contract's lists of words that have a
// Go type of ours with the constants of that type.
func TestEnumsEqualTheConstants(t *testing.T) {
	constants := map[string][]string{
		"state.TeamRole":      words(state.TeamRoles()),
		"state.Repeat":        words([]state.Repeat{state.RepeatWeek, state.RepeatMonth}),
		"state.Party":         words(state.AllRecipients()),
		"id.Role":             words(id.Roles()),
		"org.Kind":            words(org.Kinds()),
		"fault.Reason":        words(fault.Reasons()),
		"leaderboard.Subject": words(leaderboard.Subjects()),
		"leaderboard.Metric":  words(leaderboard.Metrics()),
		"task.Kind":           words(task.Kinds()),
		"task.Caution":        words(task.Cautions()),
		"task.Turn":           words(task.Turns()),
		"complaint.Kind":      words(complaint.Kinds()),
		"moderation.Kind":     words(moderation.Kinds()),
		"need.Category":       words(need.Categories()),
		"need.Origin":         words(need.Origins()),
		"need.Rejection":      words(need.Rejections()),
		"need.Result":         words(need.Results()),
		"need.Solved":         words(need.AllSolved()),
		"need.Scope":          words(need.Scopes()),
		"visit.Scope":         words(visit.Scopes()),
		"term.Code":           words(term.Codes()),
		"assignment.Kind":     words(assignment.Kinds()),
		"duty.Kind":           words(duty.Kinds()),
		"agreement.Kind":      words(agreement.Kinds()),
		"agreement.Body":      words(agreement.Bodies()),
		"brand.Scope":         words(brand.Scopes()),
		"project.Scope":       words(project.Scopes()),
		"ballot.Choice":       words(ballot.Choices()),
		"agreement.Scope":     words(agreement.Scopes()),
		"report.List":         words(report.Lists()),
		"offer.Kind":          words(offer.Kinds()),
		"offer.Audience":      words(offer.Audiences()),
		"offer.Scope":         words(offer.Scopes()),
		"offer.DayKind":       words(offer.DayKinds()),
		"offer.BookingScope":  words(offer.BookingScopes()),
		"state.Mode":          words(state.Modes()),
		"state.Source":        words(state.Sources()),
		"report.RecordSign":   words(report.RecordSigns()),
		"wish.Effort":         words(wish.Efforts()),
		"wish.Suits":          words(wish.AllSuits()),
		"report.YesSign":      words(report.YesSigns()),

		"contact.Mark":           words(contact.Marks()),
		"account.Document":       words(account.Documents()),
		"subscription.Purpose":   words(subscription.Purposes()),
		"moderation.Word":        words(moderation.Words()),
		"moderation.Reason":      words(moderation.Reasons()),
		"certificate.Field":      words(certificate.Fields()),
		"certificate.NameSource": words(certificate.NameSources()),
	}
	for _, l := range state.All() {
		constants[l.Type] = words(l.Statuses)
	}
	for name, ref := range contract(t).Components.Schemas {
		kind, ours := ref.Value.Extensions["x-go-type"].(string)
		if !ours || len(ref.Value.Enum) == 0 {
			continue
		}
		var got []string
		for _, word := range ref.Value.Enum {
			got = append(got, fmt.Sprint(word))
		}
		slices.Sort(got)
		switch want, known := constants[kind]; {
		case !known:
			t.Errorf("openapi.yaml: %s is a list of %s: name its constants here", name, kind)
		case !slices.Equal(got, want):
			t.Errorf("openapi.yaml: %s lists %q, the constants of %s are %q", name, got, kind, want)
		}
	}
}

func TestEachOperationSaysWhoMayCallIt(t *testing.T) {
	operations := map[string]bool{}
	for path, item := range contract(t).Paths.Map() {
		for method, o := range item.Operations() {
			if o.OperationID == "" || operations[o.OperationID] {
				t.Errorf("openapi.yaml: %s %s needs an operationId of its own", method, path)
			}
			operations[o.OperationID] = true
			if api.Access[o.OperationID] == "" {
				t.Errorf("api/access.go says nothing about %s: say who may call it", o.OperationID)
			}
		}
	}
	for name := range api.Access {
		if !operations[name] {
			t.Errorf("api/access.go names %s, which openapi.yaml has not: take it out", name)
		}
	}
}

// keyless are the writes that take no Idempotency-Key, and why.
var keyless = map[string]string{
	"createSession":        "each is a session of its own, and WeChat's code is good for one",
	"createReviewSession":  "likewise",
	"deleteCurrentSession": "there is nobody left to ask again",
	"endMySession":         "an ended session ends no more; sessions are no rows",
	"endMyOtherSessions":   "likewise",
	"deleteMe":             "what was kept for the person goes, too",
	"agree":                "who agreed to a version has agreed to it",
	"castVoice":            "the same said again is the same; a key would keep what was said beside who said it",
	"enterPaper":           "likewise",
	"createMedia":          "each is a picture of its own; an unused one is swept",
}

// TestEveryWriteTakesAKey holds that a request that is sent again by a lost network can happen once.
func TestEveryWriteTakesAKey(t *testing.T) {
	for path, item := range contract(t).Paths.Map() {
		for method, o := range item.Operations() {
			takes := o.Parameters.GetByInAndName(openapi3.ParameterInHeader, "Idempotency-Key") != nil
			if why := keyless[o.OperationID]; method != http.MethodGet && takes != (why == "") {
				t.Errorf("openapi.yaml: %s %s (%s) takes a key: %v, and keyless says %q: declare it, and keep its answer with keep",
					method, path, o.OperationID, takes, why)
			}
		}
	}
}
