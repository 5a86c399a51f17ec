package tidy

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// unsaid are words that people are not told: 他 and 她 of one whose sex nobody knows, an office's 提交, and a message that
// would come to somebody who does not open the program.
var unsaid = regexp.MustCompile(`(^|[^其吉])他($|[^们人])|她|提交|会通知|会告诉您|会收到消息|会提醒您`)

func TestWordsOfServerSuitEverybody(t *testing.T) {
	all, err := files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.test || f.generated || strings.HasPrefix(f.path, "internal/seed") || strings.HasPrefix(f.path, "internal/tidy") {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING && unsaid.MatchString(text.Value) {
				t.Errorf("%s says %s", positions.Position(text.Pos()), text.Value)
			}
			return true
		})
	}
	for _, planted := range []string{`"请问问他"`, `"她说好了"`, `"请提交"`, `"轮到了会通知您"`} {
		if !unsaid.MatchString(planted) {
			t.Errorf("%s is not found", planted)
		}
	}
}

// dialect are names that the code had for itself, and the field's terms for them.
var dialect = map[string]string{
	"Fact": "Setting", "SetFact": "SaveSetting", "storeTrouble": "storeUnavailable", "WriteDown": "AddWithoutPhone",
	"Overlooks": "RequireStaff", "gathering": "rollActivity", "Gathering": "RollActivity", "purse": "accountKey",
	"mayCome": "checkEligible", "apartFrom": "subtract", "gather": "pairCheckIns", "toHand": "isAttachable",
	"AddHeld": "AddPast", "heard": "checkInTime", "told": "recipients, or announced", "telling": "recipients",
	"quiet": "silent", "nameless": "withoutPath", "addHeld": "planPast", "Held": "Holding", "voices": "complaints",
	"toEverybody": "isForEverybody", "collisions": "checkOverlaps",
}

// odd are turns of speech that a reader has to take apart: a person comes first, and
// says or does something.
var odd = regexp.MustCompile(`\b(of whom only|(is|are) none that|of whose|and is none|who is none)\b`)

// TestCommentsArePlainEnglish keeps comments from the turns that the house had for itself.
func TestCommentsArePlainEnglish(t *testing.T) {
	for f := range written(t) {
		for _, group := range f.tree.Comments {
			if text := strings.Join(strings.Fields(group.Text()), " "); odd.MatchString(text) && f.path != "internal/tidy/wording_test.go" {
				t.Errorf("%s: “%s”: say it with a subject first: a person who …", at(group), odd.FindString(text))
			}
		}
	}
	for text, want := range map[string]bool{
		"of whom only an offline check-in tells": true, "if it is none that can be read": true, "a person whom only the leader has seen": false,
	} {
		if odd.MatchString(text) != want {
			t.Errorf("%s: odd is not %t", text, want)
		}
	}
}

// TestCommentsSayTheirName holds that a comment that begins with a name begins with the
// name of what stands below it: a rename takes its comment along.
func TestCommentsSayTheirName(t *testing.T) {
	for f := range written(t) {
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Doc == nil {
				continue
			}
			if name := commentedName(fn.Doc.Text()); name != "" && name != fn.Name.Name {
				t.Errorf("%s: the comment speaks of %s, and %s stands below it", at(fn), name, fn.Name.Name)
			}
		}
	}
	for text, want := range map[string]string{
		"told is what a person knows.\n": "told", "A person is told.\n": "", "Save queues a step.\n": "",
		"markUnseen, unlike others, marks.\n": "markUnseen", "": "",
	} {
		if got := commentedName(text); got != want {
			t.Errorf("%q speaks of %q, want %q", text, got, want)
		}
	}
}

// commentedName is the name with which a comment begins: its first word, unless that
// may begin a sentence.
func commentedName(comment string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(comment), " ")
	if first == "" || strings.ToLower(first[:1]) != first[:1] {
		return ""
	}
	return strings.Trim(first, ",.:;")
}

// TestNamesAreTheFieldsTerms keeps names from coming back that a reader of Go has to
// learn first. Whoever replaces another adds it.
func TestNamesAreTheFieldsTerms(t *testing.T) {
	for f := range written(t) {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			name, ok := n.(*ast.Ident)
			if ok && dialect[name.Name] != "" && (name.Name != "told" || !f.test) { // in tests it is what somebody reads
				t.Errorf("%s: %s is called %s", positions.Position(name.Pos()), name.Name, dialect[name.Name])
			}
			return true
		})
	}
}

// asks are the beginnings of names that answer yes or no. A verb in the third person
// does as well: wish.Sees, rule.covers.
var asks = regexp.MustCompile(`^(?:[Ii]s|[Hh]as|[Cc]an|[Mm]ay|[A-Za-z][a-z]*s)(?:[A-Z]|$)`)

// TestPredicatesAskAQuestion holds that a function that only answers yes or no is
// called by the question.
func TestPredicatesAskAQuestion(t *testing.T) {
	other := []string{"Less", "start", "wait"} // sort's; does something, and says whether that was possible
	for f := range written(t) {
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || f.test || fn.Type.Results == nil || len(fn.Type.Results.List) != 1 || slices.Contains(other, fn.Name.Name) {
				continue
			}
			answer, ok := fn.Type.Results.List[0].Type.(*ast.Ident)
			if ok && answer.Name == "bool" && !asks.MatchString(fn.Name.Name) {
				t.Errorf("%s: %s answers yes or no: begin with is, has, can, or a verb in the third person", at(fn), fn.Name.Name)
			}
		}
	}
	for name, want := range map[string]bool{"isOpen": true, "Sees": true, "takesNone": true, "open": false, "live": false, "party": false} {
		if asks.MatchString(name) != want {
			t.Errorf("%s: it asks a question: %t, want %t", name, !want, want)
		}
	}
}
