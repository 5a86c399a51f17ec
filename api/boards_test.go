package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

// Units and communities stand on boards of every period, and who asks sees
// where the own one stands.
func TestBoardsOfUnitsAndCommunities(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	w.Fulfilled("member-1")
	w.Fulfilled("member-2")
	for query, want := range map[string]string{
		"subject=unit":                                       "1 县供电公司 20, me 1",
		"subject=unit&nodeId=" + w.Home.String():             "1 县供电公司 20, me 1",
		"subject=unit&nodeId=" + w.Far.String():              ", me 0",
		"subject=community&period=2026":                      "1 茂山社区 20, me 1",
		"subject=community&period=2026Q1":                    "1 茂山社区 20, me 1",
		"subject=community&period=2026Q2":                    ", me 0",
		"subject=community&nodeId=" + w.Street.String():      "1 茂山社区 20, me 1",
		"subject=member&period=2026Q1&around=me":             "1 member-2 10 1 member-1 10, me 1",
		"subject=member&nodeId=" + w.Unit.String():           "1 member-2 10 1 member-1 10, me 1",
		"subject=member&period=all&nodeId=" + w.Far.String(): ", me 0",
	} {
		w.Until(query, func() bool {
			a := w.Call("member-1", "GET", "/api/v1/leaderboards?"+query, nil).Want(200)
			var lines []string
			for i := range a.Len("items") {
				lines = append(lines, fmt.Sprintf("%d %s %d", a.Number("items", i, "rank"), a.Text("items", i, "displayName"), a.Number("items", i, "score")))
			}
			return fmt.Sprintf("%s, me %d", strings.Join(lines, " "), a.Number("me", "rank")) == want
		})
	}
	for _, query := range []string{"subject=street", "metric=hours", "period=2026Q5", "period=26", "around=you", "around=me&cursor=1-1"} {
		w.Call("member-1", "GET", "/api/v1/leaderboards?"+query, nil).Refused(422, "invalid_input")
	}
	w.Call("member-1", "GET", "/api/v1/leaderboards?nodeId=77", nil).Refused(404, "not_found")
	w.Healthy()
}

// Without the county's switch boards of members are off; those of units and
// communities rank nobody in person, and stay.
func TestBoardsOfMembersAreASwitch(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_BOARDS_INDIVIDUAL=false")), 1)
	w.Call("member-1", "GET", "/api/v1/leaderboards", nil).Refused(403, "boards_off")
	w.Call("county", "GET", "/api/v1/leaderboards/export", nil).Refused(403, "boards_off")
	w.Call("member-1", "GET", "/api/v1/leaderboards?subject=unit", nil).Want(200)
}

func TestExportOfABoard(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	w.Fulfilled("member-1")
	w.Fulfilled("member-2")
	w.Call("member-1", "PATCH", "/api/v1/me", map[string]any{"displayName": "=1+1"}).Want(200)
	w.Call("member-2", "PATCH", "/api/v1/me", map[string]any{"showOnBoards": false}).Want(200)
	const path = "/api/v1/leaderboards/export"
	const want = "\uFEFF名次,名称,积分\r\n1,一位党员,10\r\n1,'=1+1,10\r\n"
	for _, persona := range []string{"county", "auditor", "secretary"} {
		query := ""
		if persona == "secretary" {
			query = "?nodeId=" + w.Home.String()
		}
		w.Until("the export of the "+persona, func() bool { return string(w.Call(persona, "GET", path+query, nil).Want(200).Raw) == want })
	}
	for _, persona := range []string{"secretary", "member-1", "resident", "unit"} {
		w.Call(persona, "GET", path, nil).Refused(403, "not_your_community")
	}
	// The board itself says who may: the same people, asked for the same place.
	for _, node := range []string{"?", "?nodeId=" + w.Home.String(), "?nodeId=" + w.Unit.String()} {
		for _, persona := range []string{"county", "auditor", "street", "secretary", "unit", "grid", "member-1", "resident"} {
			may := w.Call(persona, "GET", "/api/v1/leaderboards"+node+"&rights=true", nil).Want(200).At("mayExport")
			if taken := w.Call(persona, "GET", path+node, nil).Status == 200; may != taken {
				t.Errorf("the %s at %q: the page offers it: %v, the server gives it: %v", persona, node, may, taken)
			}
		}
	}
	w.Call("county", "GET", path+"?nodeId=77", nil).Refused(404, "not_found")
	w.Call("county", "GET", path+"?period=x", nil).Refused(422, "invalid_input")
}

// A rebuild puts right what is wrong, whatever it is, and nothing else.
func TestRebuildOfBoards(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	w.Fulfilled("member-1")
	w.Until("points on the board", func() bool {
		return w.Call("member-1", "GET", "/api/v1/leaderboards", nil).Want(200).Len("items") == 1
	})
	rebuild := func() int {
		t.Helper()
		_, n, err := w.App.Boards.Rebuild(context.Background(), func(_, _ int) {})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := rebuild(); n != 0 {
		t.Errorf("%d scores put right where all were right", n)
	}
	plant := func(statement string) {
		t.Helper()
		if _, err := w.App.DB.Pool().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	plant("UPDATE board_months SET score = score + 5 WHERE subject = 'unit' LIMIT 1")
	plant("DELETE FROM board_months WHERE subject = 'member' LIMIT 1")
	plant("INSERT INTO board_months VALUES ('member', 7, 'points', '2026-03', 1, 0, 70, 1)")
	if n := rebuild(); n != 3 {
		t.Errorf("%d scores put right, want 3", n)
	}
	w.Healthy()
}
