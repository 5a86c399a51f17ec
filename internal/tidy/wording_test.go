package tidy

import (
	"go/ast"
	"go/token"
	"regexp"
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
	"mayCome": "checkEligible", "apartFrom": "subtract", "gather": "pairCheckIns", "toHand": "attachable",
	"AddHeld": "AddPast", "heard": "checkInTime",
}

// TestNamesAreTheFieldsTerms keeps names from coming back that a reader of Go has to
// learn first. Whoever replaces another adds it.
func TestNamesAreTheFieldsTerms(t *testing.T) {
	for f := range written(t) {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if name, ok := n.(*ast.Ident); ok && dialect[name.Name] != "" {
				t.Errorf("%s: %s is called %s", positions.Position(name.Pos()), name.Name, dialect[name.Name])
			}
			return true
		})
	}
}
