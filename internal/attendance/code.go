package attendance

import (
	"strconv"
	"strings"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/passcode"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// The times of codes (docs/adr: check-in codes).
const (
	// CodeEvery is how long the leader's phone shows a code before the next.
	CodeEvery = 30 * time.Second
	// LiveFor is how long after it was shown a code still makes a live check-in,
	// and how far a phone's clock may be off.
	LiveFor = 90 * time.Second
	// OfflineFor is how long a phone without a network may keep a code.
	OfflineFor = 24 * time.Hour
	// lookAround is how far a refused code is searched for, to say what is wrong
	// with it.
	lookAround = 2 * time.Hour
)

// qrPrefix begins what the QR code says; the activity and the digits follow.
const qrPrefix = "xinyuan:checkin:"

// Code is what the leader's phone shows for half a minute.
type Code struct {
	Digits    string
	ExpiresAt time.Time
	QR        string // the text of the QR code
}

// codes makes and knows the codes of activities. Nothing is stored: whoever has
// the installation's keys can tell the code of any moment.
type codes struct{ sealer *seal.Sealer }

func slotOf(t time.Time) int64 { return t.Unix() / int64(CodeEvery/time.Second) }

// at is the activity's code of the moment.
func (c codes) at(activity id.Activity, t time.Time) Code {
	slot := slotOf(t)
	digits := c.digits(activity, slot)[0]
	return Code{
		Digits: digits, ExpiresAt: time.Unix((slot+1)*int64(CodeEvery/time.Second), 0).UTC(),
		QR: qrPrefix + activity.String() + ":" + digits,
	}
}

// digits are the codes of the slot, one a key.
func (c codes) digits(activity id.Activity, slot int64) []string {
	return passcode.Digits(c.sealer, seal.PurposeCheckIn, activity.String()+" "+strconv.FormatInt(slot, 10))
}

// isShown tells whether the activity showed the code at some moment of the span.
func (c codes) isShown(activity id.Activity, code string, from, until time.Time) bool {
	found := false
	for slot := slotOf(from); slot <= slotOf(until); slot++ {
		found = passcode.Has(c.digits(activity, slot), code) || found
	}
	return found
}

// Mark is when somebody was there, and how we know.
type Mark struct {
	At   time.Time
	Mode state.Mode
}

// checkInTime returns the time of a check-in, before its code is verified. at is
// when the phone read the code, by the server's time as the phone remembers it;
// nil means now. Errors: fault.ReasonClockWrong for a time in the future,
// fault.ReasonOfflineTooLate.
func checkInTime(at *time.Time, now time.Time) (Mark, error) {
	switch {
	case at == nil || at.After(now.Add(-LiveFor)) && !at.After(now.Add(LiveFor)):
		return Mark{now, state.ModeLive}, nil
	case at.After(now):
		return Mark{}, fault.New(fault.ReasonClockWrong)
	case at.Before(now.Add(-OfflineFor)):
		return Mark{}, fault.New(fault.ReasonOfflineTooLate)
	}
	return Mark{at.UTC().Truncate(time.Millisecond), state.ModeOffline}, nil
}

// checkCode holds a code against the time for which it is sent. Errors:
// fault.ReasonClockWrong for one that is shown just now and said to be of
// another time, fault.ReasonCodeOld, fault.ReasonCodeAhead,
// fault.ReasonCodeWrong.
func (c codes) checkCode(activity id.Activity, code string, m Mark, now time.Time) error {
	until := m.At // nobody has read what is yet to come, unless their clock is off
	if m.Mode == state.ModeOffline {
		until = m.At.Add(LiveFor)
	}
	switch {
	case c.isShown(activity, code, m.At.Add(-LiveFor), until):
		return nil
	case m.Mode == state.ModeOffline && c.isShown(activity, code, now.Add(-LiveFor), now):
		return fault.New(fault.ReasonClockWrong)
	case c.isShown(activity, code, m.At.Add(-lookAround), m.At):
		return fault.New(fault.ReasonCodeOld)
	case c.isShown(activity, code, m.At, m.At.Add(lookAround)):
		return fault.New(fault.ReasonCodeAhead)
	}
	return fault.New(fault.ReasonCodeWrong)
}

// readCode takes the digits out of what was typed or scanned. Error:
// fault.ReasonCodeOfOther where the QR code is another activity's,
// fault.ReasonInvalidInput where it is none.
func readCode(activity id.Activity, text string) (string, error) {
	text = passcode.Clean(text)
	if rest, scanned := strings.CutPrefix(text, qrPrefix); scanned {
		other, digits, _ := strings.Cut(rest, ":")
		if other != activity.String() {
			return "", fault.New(fault.ReasonCodeOfOther)
		}
		text = digits
	}
	if !passcode.IsWhole(text) {
		return "", fault.BadField("code", "签到码是八位数字，请看着队长的手机再输一次。")
	}
	return text, nil
}
