package words

import (
	"testing"
	"time"
)

func TestSpan(t *testing.T) {
	for want, hours := range map[string][2]int{
		"3 月 12 日 9:00 到 11:00": {9, 11}, "3 月 12 日 22:00 到 24:00": {22, 24}, "3 月 12 日 23:00 到 3 月 13 日 1:00": {23, 25},
	} {
		at := func(hour int) time.Time { return time.Date(2026, 3, 12, hour, 0, 0, 0, time.UTC) }
		if got := Span(at(hours[0]), at(hours[1])); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
