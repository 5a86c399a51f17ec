package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/importer"
)

// Where the roster has numbers, who has the one beside the name from WeChat is a member
// at once. The name alone, also one without a number there, or with another number, waits
// and reads the same as a name that nobody has listed. A roster without numbers goes by names.
func TestANameWithItsListedNumber(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	list(w, "王秀英", "陈大海")
	w.AddUnit("县住建局", w.Street) // whose roster has numbers, which is nothing to the first one
	elsewhere := "姓名,单位,手机号\n赵远方,县住建局,13900005555\n"
	_, err := importer.Roster(t.Context(), w.App.DB, w.App.Sealer, strings.NewReader(elsewhere), importer.Options{Commit: true})
	must(t, err)
	if got := reportIn(w, newcomer(w), "陈大海").Want(201).Text("status"); got != "active" {
		t.Errorf("by a roster without numbers the name is %s", got)
	}
	table := "姓名,单位,手机号\n李国强,县供电公司,13900001111\n"
	_, err = importer.Roster(t.Context(), w.App.DB, w.App.Sealer, strings.NewReader(table), importer.Options{Commit: true})
	must(t, err)
	phoned := func(number string) string {
		token := newcomer(w)
		if number != "" {
			w.Send(token, "POST", "/api/v1/me/phone", doc{"code": w.WeChat.NewPhoneCode(number)}).Want(200)
		}
		return token
	}
	for _, c := range []struct{ name, phone, want string }{
		{"李国强", "", "requested"}, {"李国强", "13900002222", "requested"}, {"王秀英", "", "requested"},
		{"李国强", "13900001111", "active"}, {"周不在", "13900003333", "requested"}, {"王秀英", "13900004444", "requested"},
	} {
		a := reportIn(w, phoned(c.phone), c.name).Want(201)
		if got := a.Text("status"); got != c.want {
			t.Errorf("%s with %q is %s, want %s", c.name, c.phone, got, c.want)
		}
	}
	for _, row := range cells(t, w, "SELECT name_lookup, phone_lookup FROM roster_phones") {
		if strings.Contains(strings.Join(row, ""), "1390000") || !strings.HasPrefix(row[1], "demo") {
			t.Errorf("the roster keeps %v", row)
		}
	}
	w.Healthy()
}
