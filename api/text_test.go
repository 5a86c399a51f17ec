package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

// A field of one line refuses a break; a text keeps its lines.
func TestOneLineIsOneLine(t *testing.T) {
	w := apptest.NewTown(apptest.New(t), 1)
	for _, name := range []string{"王\n静", "王\r静", "王\u2028静", "王\t静"} {
		a := w.Call("resident-2", "POST", "/api/v1/memberships", map[string]any{
			"nodeId": w.Home, "unitId": w.Unit, "realName": name,
		})
		a.Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != "realName" || !strings.HasPrefix(a.Text("fields", 0, "message"), "这里只写一行，里面有") {
			t.Errorf("%q: %s", name, a.Raw)
		}
		w.Call("resident-2", "PATCH", "/api/v1/me", map[string]any{"displayName": name}).Refused(422, "invalid_input")
	}
	w.Call("resident-2", "GET", "/api/v1/wishes?q=a%0Ab", nil).Refused(422, "invalid_input")
	if n := rowCount(t, w, "SELECT COUNT(*) FROM memberships WHERE status = 'requested'"); n != 0 {
		t.Errorf("%d report-ins were written", n)
	}
	w.Call("resident", "POST", "/api/v1/complaints", map[string]any{
		"kind": "complaint", "nodeId": w.Home, "text": "第一行\n第二行",
	}).Want(201)
}

// Names and reasons that others read show no number that identifies people; the original of a reason is sealed.
func TestNoNumbersInNamesAndReasons(t *testing.T) {
	w := apptest.NewTown(apptest.New(t), 1)
	for _, name := range []string{"小王13800000101", "王 138-0000-0101", "一三八〇〇〇〇〇一〇一", "220521195003071234"} {
		w.Call("resident-2", "PATCH", "/api/v1/me", map[string]any{"displayName": name}).Refused(422, "invalid_input")
	}
	membership := w.Call("resident-2", "POST", "/api/v1/memberships", map[string]any{
		"nodeId": w.Home, "unitId": w.Unit, "realName": "李国强",
	}).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/memberships/"+membership+"/review", map[string]any{
		"decision": "reject", "reason": "请打13800000101，\n或者一三八〇〇〇〇〇一〇二",
	}).Want(200)
	var reason string
	row := w.App.DB.Pool().QueryRowContext(t.Context(),
		"SELECT reason FROM events WHERE noun = 'membership' AND name = 'reject' AND subject_id = ?", membership)
	if err := row.Scan(&reason); err != nil || reason != "请打〔电话已隐藏〕，\n或者〔电话已隐藏〕" {
		t.Errorf("the reason is %q: %v", reason, err)
	}
	if n := rowCount(t, w, "SELECT COUNT(*) FROM originals o JOIN events e ON o.noun = 'event' AND e.id = o.subject_id "+
		"WHERE e.noun = 'membership'"); n != 1 {
		t.Errorf("%d originals are sealed, want 1", n)
	}
}
