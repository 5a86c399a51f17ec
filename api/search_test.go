package api_test

import (
	"net/url"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/wish"
)

// Words find wishes by title and description and by what decides a claim, but never what a sensitive wish
// hides, nor what is not public.
func TestSearch(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	post := func(node any, category, title, description string, publish bool, practical ...string) {
		t.Helper()
		d := apptest.Draft(w.Home)
		for i, field := range []string{"effort", "suits", "estate"}[:len(practical)] {
			d[field] = practical[i]
		}
		d["nodeId"], d["category"], d["title"], d["description"] = node, category, title, description
		posted := w.Call("resident", "POST", "/api/v1/wishes", d).Want(201).Text("id")
		if publish {
			w.Call("county", "POST", "/api/v1/wishes/"+posted+"/review", map[string]any{"decision": "publish"}).Want(200)
		}
	}
	post(w.Home, "repair", "客厅的灯总是闪", "想请人看看线路，灯座是ＬＥＤ的", true, "half_hour", "weekend", "茂山新村")
	post(w.Far, "repair", "楼道里的路灯坏了", "天黑看不见", true, "half_day", "evening")
	post(w.Home, "health", "想找人陪同就医", "要做一次灯下检查", true, "half_day", "daytime", "茂山新村")
	post(w.Home, "repair", "台灯不亮", "还没有核实", false)
	post(w.Home, "goods", "想要一把椅子", "住在 35号楼，3 单元", true)
	post(w.Home, "goods", "想要椅子和小夜灯", "住在5号楼，门牌3号", true)
	for _, c := range []struct {
		persona, query string
		want           int
	}{
		{"member-1", "灯", 3},
		{"member-1", "路灯", 1},
		{"member-1", "灯 椅", 1},
		{"member-1", "椅", 2},
		{"member-1", "３号", 1},
		{"member-1", "5号楼", 1},
		{"member-1", "35号楼", 1},
		{"member-1", "椅 号 单", 1},
		{"member-1", "灯座 线路", 1},
		{"member-1", "线路 路灯", 0},
		{"member-1", "led", 1}, {"member-1", "LED 灯座", 1},
		{"member-1", "le", 0}, {"member-1", "ed的", 0}, {"member-1", "5", 1}, {"member-1", "35", 1}, // not by a part of it
		{"member-1", "检查", 0},
		{"member-1", "就医", 1},
		{"member-1", "台灯", 0},
		{"member-1", "周末", 1},
		{"member-1", "灯 周末方便", 1},
		{"member-1", "晚上", 1},
		{"member-1", "白天", 1},
		{"member-1", "半小时", 1},
		{"member-1", "半天", 2},
		{"member-1", "茂山新村", 1},
		{"member-1", "' OR 1=1 --", 0},
		{"member-1", "%", -1},
	} {
		a := w.Call(c.persona, "GET", "/api/v1/wishes?q="+url.QueryEscape(c.query), nil)
		if c.want < 0 {
			a.Refused(422, "invalid_input")
		} else if got := a.Want(200).Len("items"); got != c.want {
			t.Errorf("%q finds %d, want %d: %s", c.query, got, c.want, a.Raw)
		}
	}
	// Those of before have other words; they are found by the new ones once they are written anew.
	if _, err := w.App.DB.Pool().ExecContext(t.Context(), "DELETE FROM wish_words"); err != nil {
		t.Fatal(err)
	}
	if n, err := wish.Reindex(t.Context(), w.App.DB); err != nil || n != 6 {
		t.Errorf("%d wishes have words again: %v", n, err)
	}
	for query, want := range map[string]int{
		"?q=灯&nodeId=" + w.Home.String(): 2, "?q=灯&nodeId=" + w.Street.String(): 2, "?q=灯&mine=true": 0, "?q=灯&status=taken": 0,
		"?q=灯&category=repair": 2, "?q=灯&category=goods": 1, "?q=灯&limit=1": 1, "?q=周末方便": 1,
		"?q=要半天": 2, "?q=茂山新村": 1,
	} {
		if got := w.Call("member-1", "GET", "/api/v1/wishes"+query, nil).Want(200).Len("items"); got != want {
			t.Errorf("%s finds %d, want %d", query, got, want)
		}
	}
	if got := w.Call("resident", "GET", "/api/v1/wishes?q=灯&mine=true", nil).Want(200).Len("items"); got != 4 {
		t.Errorf("of my own %d, want 4", got)
	}
	for query, want := range map[string]int{"检查": 0, "就医": 1} { // what a wish hides is found by nobody
		if got := w.Call("resident", "GET", "/api/v1/wishes?q="+query+"&mine=true", nil).Want(200).Len("items"); got != want {
			t.Errorf("%s finds %d of my own, want %d", query, got, want)
		}
	}
	if got := w.Call("secretary", "GET", "/api/v1/wishes?q=台灯&status=submitted&nodeId="+w.Home.String(), nil).Want(200).Len("items"); got != 1 {
		t.Errorf("the secretary finds %d that wait, want 1", got)
	}
	w.Call("member-1", "GET", "/api/v1/wishes?q=台灯&status=submitted", nil).Refused(403, "forbidden")
	for _, persona := range []string{"secretary", "grid"} { // their community is below these, and not all of them
		for _, node := range []string{w.Street.String(), w.County.String(), w.Far.String()} {
			w.Call(persona, "GET", "/api/v1/wishes?status=submitted&nodeId="+node, nil).Refused(403, "forbidden")
		}
		w.Call(persona, "GET", "/api/v1/wishes?status=submitted", nil).Refused(403, "forbidden")
	}
}
