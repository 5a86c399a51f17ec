package api_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
)

// Whatever is asked for, the metrics stay short, and neither they nor the log has
// anything of an address.
func TestMetricsAreBounded(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	doc, err := api.Load()
	must(t, err)
	operations := 0
	for path, item := range doc.Paths.Map() {
		operations += len(item.Operations())
		path = "/api/v1" + strings.NewReplacer("{", "stranger-", "}", "").Replace(path)
		for method := range item.Operations() {
			w.Send("", method, path, nil)
			w.Call("resident", method, path, "{")
		}
		for _, method := range []string{"PUT", "PROPFIND", "TRACE"} {
			w.Send("", method, path, nil)
		}
	}
	for i := range 200 {
		for _, path := range []string{"/stranger-%d", "/verify/stranger-%d/", "/verify/stranger-%d", "/api/v1/calendar/stranger-%d/x"} {
			w.Send("", []string{"GET", "POST", "PROPFIND"}[i%3], fmt.Sprintf(path, i), nil)
		}
	}
	metrics := w.Send("", "GET", "/metrics", nil).Want(200).Raw
	if at := bytes.Index(metrics, []byte("stranger")); at >= 0 {
		t.Errorf("the metrics name an address: %.300s", metrics[max(0, at-200):])
	}
	if strings.Contains(w.Log.String(), "stranger") {
		t.Error("the log names an address")
	}
	if len(metrics) > operations*1600 {
		t.Errorf("%d bytes of metrics for %d operations", len(metrics), operations)
	}
}
