package api

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"xinyuan/internal/id"
)

var idForm = regexp.MustCompile(`^[A-Za-z0-9-]{8,64}$`)

// identify gives the request an id, or takes over a sound one from the proxy.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		given := c.Request().Header.Get(echo.HeaderXRequestID)
		if !idForm.MatchString(given) {
			given = rand.Text()
		}
		c.Response().Header().Set(echo.HeaderXRequestID, given)
		return next(c)
	}
}

func requestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

// counters are what monitors watch of the requests. Their labels are bounded,
// whatever is asked for: durations have no status, and no label has an address.
type counters struct {
	durations *prometheus.HistogramVec
	requests  *prometheus.CounterVec
}

func (s *server) counters(registry *prometheus.Registry) counters {
	all := counters{
		prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "xinyuan_http_request_duration_seconds", Help: "How long requests take.",
			Buckets: []float64{.01, .05, .1, .25, .5, 1, 5},
		}, []string{"method", "route"}),
		prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "xinyuan_http_requests_total", Help: "Requests by what they were answered.",
		}, []string{"method", "route", "status"}),
	}
	registry.MustRegister(all.durations, all.requests,
		collectors.NewGoCollector(), collectors.NewDBStatsCollector(s.DB.Pool(), "mysql"),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "xinyuan_mysql_retries_total", Help: "Transactions begun anew after a deadlock or conflict.",
		}, func() float64 { return float64(s.DB.Counts().Retries) }))
	return all
}

// observe writes one log line a request and counts it. Neither holds the URL,
// whose query people could fill with anything, nor any header.
func (s *server) observe(registry *prometheus.Registry) echo.MiddlewareFunc {
	all := s.counters(registry)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			began := s.Clocks.Machine.Exact()
			if err := next(c); err != nil {
				c.Error(err)
			}
			took := s.Clocks.Machine.Exact().Sub(began)
			r, code := c.Request(), c.Response().Status
			method, route := r.Method, c.Path()
			if code == http.StatusMethodNotAllowed || !isKnownMethod(method) {
				method, route = "other", "" // scanners try every method on every route
			}
			all.durations.WithLabelValues(method, route).Observe(took.Seconds())
			all.requests.WithLabelValues(method, route, strconv.Itoa(code)).Inc()
			person, _ := c.Get("person").(id.User)
			s.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("requestId", requestID(c)), slog.String("method", r.Method), slog.String("route", c.Path()),
				slog.Int("status", code), slog.Int64("ms", took.Milliseconds()), slog.Int64("person", int64(person)))
			return nil
		}
	}
}

// registerHealth adds what monitors ask: whether the process lives, whether it
// can serve, and its counters.
func (s *server) registerHealth(e *echo.Echo, registry *prometheus.Registry) {
	e.GET("/healthz", func(c echo.Context) error {
		return c.JSON(http.StatusOK, map[string]any{"status": "ok", "now": s.Clocks.Business.Now()})
	})
	e.GET("/readyz", func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), 3*time.Second)
		defer cancel()
		if err := s.Ready(ctx); err != nil {
			return err
		}
		return c.JSON(http.StatusOK, map[string]any{"status": "ready"})
	})
	e.GET("/metrics", echo.WrapHandler(promhttp.HandlerFor(registry, promhttp.HandlerOpts{})))
}

// isKnownMethod tells whether any route answers to the method.
func isKnownMethod(method string) bool {
	switch method {
	case http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete:
		return true
	}
	return false
}
