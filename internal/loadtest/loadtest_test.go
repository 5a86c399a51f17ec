package loadtest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/loadtest"
	"xinyuan/internal/seed"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Every scenario runs on a small load profile and finds nothing wrong, and after all
// of them the data is sound.
func TestScenarios(t *testing.T) {
	t.Parallel()
	w := apptest.New(t, apptest.With("XINYUAN_LIMITS_PERSON="), apptest.With("XINYUAN_LIMITS_ADDRESS="),
		apptest.With("XINYUAN_LIMITS_OPERATION="), apptest.With("XINYUAN_LIMITS_LOG_IN="))
	const members = 20
	_, err := seed.Fill(t.Context(), seed.Target{
		DSN: w.App.Config.MySQL.DSN.Reveal(), Sealer: w.App.Sealer, Now: w.Clocks.Business.Now(),
		Profile: seed.ProfileLoad, Scale: members,
	})
	must(t, err)
	_, _, err = w.App.Boards.Rebuild(t.Context(), func(int, int) {})
	must(t, err)
	target := loadtest.Target{
		URL: w.URL, Members: members, Clock: clock.System(),
		Code:  func(n int) string { return fmt.Sprint("load-member-", n) },
		Staff: []string{"demo-secretary", "demo-street", "demo-county"},
	}
	evening := loadtest.Load{Rate: 100, Duration: time.Second}
	for _, c := range []struct {
		name string
		run  func() (loadtest.Report, error)
		has  []string // lines that it must have
	}{
		{"rush", func() (loadtest.Report, error) { return loadtest.Rush(t.Context(), target, 4) }, []string{"201 won", "409 lost"}},
		{"settlement", func() (loadtest.Report, error) { return loadtest.Settlement(t.Context(), target, 6) }, []string{"confirmation"}},
		{"another settlement", func() (loadtest.Report, error) {
			fillHands(w, "load-member-1") // who would claim first
			return loadtest.Settlement(t.Context(), target, members)
		}, []string{"confirmation"}},
		{"evening", func() (loadtest.Report, error) { return loadtest.Evening(t.Context(), target, evening) },
			[]string{"hall", "board", "around me", "all"}},
		{"read", func() (loadtest.Report, error) {
			return loadtest.Read(t.Context(), target, loadtest.Load{
				Share: 0.5, Duration: 200 * time.Millisecond, Probe: 20 * time.Millisecond, Most: 100,
			})
		}, nil},
	} {
		report, err := c.run()
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		var text strings.Builder
		must(t, report.Print(&text))
		t.Log(text.String())
		if len(report.Broken) > 0 || report.Errors() > 0 {
			t.Errorf("%s is broken:\n%s", c.name, text.String())
		}
		if c.name == "rush" {
			var kept int
			must(t, w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM events WHERE name = 'release'").Scan(&kept))
			if kept != 4 {
				t.Errorf("%d of four winners gave their wish back", kept)
			}
		}
		for _, line := range c.has {
			if !strings.Contains(text.String(), line) {
				t.Errorf("%s says nothing of %q:\n%s", c.name, line, text.String())
			}
		}
	}
	w.Healthy()
}

// fillHands has the member claim as many wishes as one may.
func fillHands(w *apptest.World, code string) {
	w.T.Helper()
	token := w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": code}).Want(201).Text("token")
	open := w.Send(token, "GET", "/api/v1/wishes?status=open", nil).Want(200)
	for i := range open.Len("items") {
		w.Send(token, "POST", "/api/v1/wishes/"+open.Text("items", i, "id")+"/claims", map[string]any{})
	}
	if left := w.Send(token, "GET", "/api/v1/claims?mine=true", nil).Want(200).Number("mayClaim"); left != 0 {
		w.T.Fatalf("%s may claim %v more wishes", code, left)
	}
}

// A server that stands still shows in each request that was due meanwhile.
func TestStandstillIsSeen(t *testing.T) {
	t.Parallel()
	report := loadtest.Standstill(t.Context(), clock.System(), 50, 10, 200*time.Millisecond)
	if late := report.Lines[0]; late.Answered != 10 || late.P50 < 60*time.Millisecond {
		t.Errorf("of ten requests, each 20 ms after the other, that wait 200 ms for the first one: %+v", late)
	}
}

// Nobody drives another machine by mistake.
func TestOnlyHere(t *testing.T) {
	t.Parallel()
	_, err := loadtest.Rush(t.Context(), loadtest.Target{URL: "http://192.0.2.1:8080", Clock: clock.System()}, 1)
	if !errors.Is(err, loadtest.ErrNotHere) {
		t.Errorf("another machine: %v", err)
	}
}
