package app

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// scrapeTimeout bounds what a scrape asks the database.
const scrapeTimeout = 3 * time.Second

var (
	weChatCalls = prometheus.NewDesc("xinyuan_wechat_calls_total",
		"Calls to WeChat by what came of them.", []string{"path", "result"}, nil)
	outboxOldest = prometheus.NewDesc("xinyuan_outbox_oldest_seconds",
		"How long the oldest row of the outbox waits; 0: none waits.", nil, nil)
	sweeps = prometheus.NewDesc("xinyuan_sweeps_total",
		"Rounds of the periodic jobs by whether all of them went well.", []string{"result"}, nil)
	sweepFailures = prometheus.NewDesc("xinyuan_sweep_failures_total",
		"Rows that periodic jobs could not do, each time they tried.", nil, nil)
)

// metrics are what monitors watch of an installation beside its requests.
type metrics struct{ app *App }

// Describe implements prometheus.Collector.
func (m metrics) Describe(all chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{weChatCalls, outboxOldest, sweeps, sweepFailures} {
		all <- d
	}
}

// Collect implements prometheus.Collector. A database that does not answer leaves
// the outbox out: its own figures tell that.
func (m metrics) Collect(all chan<- prometheus.Metric) {
	for call, n := range m.app.weChat.Calls() {
		all <- prometheus.MustNewConstMetric(weChatCalls, prometheus.CounterValue, float64(n), call.Path, call.Result)
	}
	for result, n := range map[string]int64{"ok": m.app.sweepsDone.Load(), "failed": m.app.sweepsFailed.Load()} {
		all <- prometheus.MustNewConstMetric(sweeps, prometheus.CounterValue, float64(n), result)
	}
	all <- prometheus.MustNewConstMetric(sweepFailures, prometheus.CounterValue, float64(m.app.rowsFailed.Load()))
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	if waits, err := m.app.Outbox.GetOldest(ctx); err == nil {
		all <- prometheus.MustNewConstMetric(outboxOldest, prometheus.GaugeValue, waits.Seconds())
	}
}
