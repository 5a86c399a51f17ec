package activity

import (
	"testing"
	"time"
)

// What goes on over midnight stays in the list until the morning.
func TestListOverMidnight(t *testing.T) {
	t.Parallel()
	shanghai := time.FixedZone("", 8*60*60)
	for at, want := range map[string]string{
		"2026-03-12 00:12": "2026-03-11", "2026-03-12 04:59": "2026-03-11", "2026-03-12 05:00": "2026-03-12",
		"2026-03-11 23:50": "2026-03-11",
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", at, shanghai)
		if err != nil {
			t.Fatal(err)
		}
		since, _ := Filter{}.args(0, now.UTC())["since"].(time.Time)
		if got := since.In(shanghai).Format(time.DateOnly); got != want {
			t.Errorf("at %s activities are listed from %s, want %s", at, got, want)
		}
	}
}
