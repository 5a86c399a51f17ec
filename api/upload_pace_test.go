package api

import (
	"io"
	"strings"
	"testing"
	"time"
)

// An upload has time for what it has sent: a minute to begin with, three for the
// longest picture, and none without end.
func TestUploadsKeepAPace(t *testing.T) {
	for sent, want := range map[int64]time.Duration{
		0: time.Minute, 5 << 20: 2 * time.Minute, 10 << 20: 3 * time.Minute, 1 << 40: 3 * time.Minute,
	} {
		if got := paceOf(sent); got != want {
			t.Errorf("%d bytes may take %v, want %v", sent, got, want)
		}
	}
	var until time.Time
	began := time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)
	body := &steady{ReadCloser: io.NopCloser(strings.NewReader(strings.Repeat("x", 1<<20))), began: began,
		allow: func(u time.Time) error { until = u; return nil }}
	if n, err := body.Read(make([]byte, 1<<20)); n != 1<<20 || err != nil || !until.Equal(began.Add(72*time.Second)) {
		t.Errorf("after %d bytes (%v) it may take until %v", n, err, until)
	}
}
