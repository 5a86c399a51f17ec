package api_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/emersion/go-ical" // another reader than the writer's own

	"xinyuan/internal/app/apptest"
)

// The feed is iCalendar to the letter (RFC 5545): each line ends in CR LF, is at most
// 75 bytes long and cuts no letter, and another program reads every word that was
// written.
func TestCalendarAsOthersReadIt(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	const (
		title = `清扫，"三号楼"; 带:水\桶,抹布`
		place = `茂山小区3号楼; 东门, \ 里"`
		words = "第一行：带上手套,工具由队里准备;\n第二行\\n不是换行\n" +
			"👨‍👩‍👧‍👦一家人都来👍🏽，这一行长得很，要折好几次，折的地方不能把一个字切成两半，也不能丢掉一个字，一直到最后一个字为止。"
	)
	draft := w.Errand(w.Squad("member-1"), 3)
	draft["title"], draft["description"] = title, words
	draft["place"] = map[string]any{"name": place, "lat": 41.68, "lng": 125.75, "radiusMeters": 200}
	one := w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201).Text("id")
	w.Call("member-1", "POST", activities+one+"/publication", nil).Want(200)
	w.Call("resident", "POST", activities+one+"/signups", nil).Want(201)
	url := w.Call("resident", "GET", "/api/v1/me/calendar", nil).Want(200).Text("url")
	feed := w.Send("", "GET", url, nil).Want(http.StatusOK).Raw

	lines := strings.Split(string(feed), "\r\n")
	if last := lines[len(lines)-1]; last != "" {
		t.Errorf("the feed ends in %q, not in CR LF", last)
	}
	for _, line := range lines {
		if strings.ContainsAny(line, "\r\n") || len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d bytes is no content line: %q", len(line), line)
		}
	}
	calendar, err := ical.NewDecoder(bytes.NewReader(feed)).Decode()
	if err != nil {
		t.Fatalf("another program cannot read it: %v\n%s", err, feed)
	}
	if err := ical.NewEncoder(io.Discard).Encode(calendar); err != nil {
		t.Errorf("another program would not write it: %v", err)
	}
	events := calendar.Events()
	if len(events) != 1 {
		t.Fatalf("%d events", len(events))
	}
	for name, want := range map[string]string{
		ical.PropSummary: title, ical.PropLocation: "茂山社区 " + place, ical.PropDescription: "365志愿服务队1\n" + words,
	} {
		if got, err := events[0].Props.Text(name); err != nil || got != want {
			t.Errorf("%s reads %q (%v), want %q", name, got, err, want)
		}
	}
	starts, err := events[0].DateTimeStart(nil)
	if want := apptest.Start.Truncate(24 * 3600e9).Add(25 * 3600e9); err != nil || !starts.Equal(want) {
		t.Errorf("it starts at %v (%v), want %v", starts, err, want)
	}
}
