package attendance

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/passcode"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// nine is nine in the morning of a Saturday, at the start of a slot.
var nine = time.Date(2026, 3, 14, 9, 0, 0, 0, clock.Shanghai).UTC()

func newCodes(t *testing.T, keys string) codes {
	t.Helper()
	sealer, err := seal.New(keys)
	if err != nil {
		t.Fatal(err)
	}
	return codes{sealer}
}

// sent is what a code sent at nine is worth.
func (c codes) sent(activity id.Activity, text string, at *time.Time) (Mark, error) {
	m, err := checkInTime(at, nine)
	if err != nil {
		return m, err
	}
	code, err := readCode(activity, text)
	if err != nil {
		return m, err
	}
	return m, c.checkCode(activity, code, m, nine)
}

// wide are the digits as keyboards for Chinese also write them.
func wide(digits string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, digits)
}

func TestJudge(t *testing.T) {
	c := newCodes(t, seal.NewDemoKeys())
	const here, there id.Activity = 1001, 1002
	ago := func(d time.Duration) *time.Time { at := nine.Add(-d); return &at }
	code := func(d time.Duration) string { return c.at(here, nine.Add(-d)).Digits }
	wrong := "00000000"
	for c.isShown(here, wrong, nine.Add(-26*time.Hour), nine.Add(3*time.Hour)) {
		wrong = "11111111"
	}
	for _, x := range []struct {
		name string
		code string
		at   *time.Time
		mode state.Mode   // where it holds
		want fault.Reason // where it does not
	}{
		{name: "just now", code: code(0), mode: state.ModeLive},
		{name: "typed in two halves", code: code(0)[:4] + " " + code(0)[4:], mode: state.ModeLive},
		{name: "typed wide", code: wide(code(0)), mode: state.ModeLive},
		{name: "scanned", code: c.at(here, nine).QR, mode: state.ModeLive},
		{name: "of 90 seconds ago", code: code(LiveFor), mode: state.ModeLive},
		{name: "of just now, with the time it was read", code: code(time.Minute), at: ago(time.Minute), mode: state.ModeLive},
		{name: "of two minutes ago", code: code(LiveFor + CodeEvery), want: fault.ReasonCodeOld},
		{name: "of an hour ago, sent on", code: code(time.Hour), want: fault.ReasonCodeOld},
		{name: "of a slot to come", code: code(-CodeEvery), want: fault.ReasonCodeAhead},
		{name: "of an hour to come", code: code(-time.Hour), want: fault.ReasonCodeAhead},
		{name: "of yesterday", code: code(24 * time.Hour), want: fault.ReasonCodeWrong},
		{name: "of another activity, typed", code: c.at(there, nine).Digits, want: fault.ReasonCodeWrong},
		{name: "of another activity, scanned", code: c.at(there, nine).QR, want: fault.ReasonCodeOfOther},
		{name: "guessed", code: wrong, want: fault.ReasonCodeWrong},
		{name: "seven digits", code: wrong[1:], want: fault.ReasonInvalidInput},
		{name: "no digits", code: "一二三四五六七八", want: fault.ReasonInvalidInput},
		{name: "another QR code", code: "https://example.com", want: fault.ReasonInvalidInput},
		{name: "offline", code: code(3 * time.Hour), at: ago(3 * time.Hour), mode: state.ModeOffline},
		{name: "offline, by a clock a minute off", code: code(3 * time.Hour), at: ago(3*time.Hour - time.Minute), mode: state.ModeOffline},
		{name: "offline, of another moment", code: code(3 * time.Hour), at: ago(4 * time.Hour), want: fault.ReasonCodeAhead},
		{name: "offline, older than it says", code: code(4 * time.Hour), at: ago(3 * time.Hour), want: fault.ReasonCodeOld},
		{name: "offline, on the last moment", code: code(OfflineFor), at: ago(OfflineFor), mode: state.ModeOffline},
		{name: "offline, over a day ago", code: code(OfflineFor + time.Second), at: ago(OfflineFor + time.Second), want: fault.ReasonOfflineTooLate},
		{name: "offline, guessed", code: wrong, at: ago(3 * time.Hour), want: fault.ReasonCodeWrong},
		{name: "read just now, by a clock five hours behind", code: code(0), at: ago(5 * time.Hour), want: fault.ReasonClockWrong},
		{name: "by a clock two hours ahead", code: code(-2 * time.Hour), at: ago(-2 * time.Hour), want: fault.ReasonClockWrong},
		{name: "by a clock two hours ahead, read just now", code: code(0), at: ago(-2 * time.Hour), want: fault.ReasonClockWrong},
	} {
		t.Run(x.name, func(t *testing.T) {
			m, err := c.sent(here, x.code, x.at)
			if x.want != "" {
				if !fault.Has(err, x.want) {
					t.Fatalf("got %+v, %v; want %s", m, err, x.want)
				}
				return
			}
			want := nine
			if x.mode == state.ModeOffline {
				want = *x.at
			}
			if err != nil || m.Mode != x.mode || !m.At.Equal(want) {
				t.Fatalf("got %+v, %v; want %s at %s", m, err, x.mode, want)
			}
		})
	}
}

// A code holds for its half minute, differs from those beside it, and outlives a
// change of keys.
func TestCodes(t *testing.T) {
	old := seal.NewDemoKeys()
	c, changed := newCodes(t, old), newCodes(t, "new:"+seal.NewDemoKeys()[len("demo:"):]+","+old)
	seen := map[string]bool{}
	for i := range 2000 {
		at := nine.Add(time.Duration(i) * CodeEvery)
		code := c.at(1001, at)
		if len(code.Digits) != passcode.Length || !code.ExpiresAt.Equal(at.Add(CodeEvery)) {
			t.Fatalf("got %+v at %s", code, at)
		}
		if again := c.at(1001, at.Add(CodeEvery-time.Millisecond)); again != code {
			t.Fatalf("%+v became %+v within its time", code, again)
		}
		seen[code.Digits] = true
	}
	if len(seen) < 1998 { // of 100 million, two of 2,000 are rarely the same
		t.Errorf("2000 moments have %d codes", len(seen))
	}
	before := c.at(1001, nine)
	if err := changed.checkCode(1001, before.Digits, Mark{nine.Add(time.Minute), state.ModeLive}, nine); err != nil {
		t.Errorf("a code shown before the keys changed: %v", err)
	}
	if changed.at(1001, nine) == before {
		t.Error("the new key makes the old key's codes")
	}
}

func TestHint(t *testing.T) {
	lat, lng := 41.6800, 125.7500
	for _, x := range []struct {
		name               string
		lat, lng           *float64
		from               *Location
		distance, accuracy int // -1: nothing is kept
	}{
		{"on the spot", &lat, &lng, &Location{lat, lng, 12.4}, 0, 12},
		{"a thousandth of a degree north", &lat, &lng, &Location{lat + 0.001, lng, 30}, 111, 30},
		{"round the earth", &lat, &lng, &Location{-lat, lng - 180, 5}, 20_015_087, 5},
		{"no location", &lat, &lng, nil, -1, -1},
		{"no place", nil, nil, &Location{lat, lng, 5}, -1, -1},
	} {
		h := hint(x.lat, x.lng, x.from)
		if got := value(h.Distance); got != x.distance {
			t.Errorf("%s: %d m, want %d", x.name, got, x.distance)
		}
		if got := value(h.Accuracy); got != x.accuracy {
			t.Errorf("%s: accuracy %d m, want %d", x.name, got, x.accuracy)
		}
	}
}

func value(n *int) int {
	if n == nil {
		return -1
	}
	return *n
}
