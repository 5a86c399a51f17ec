// Package api is all HTTP: it decodes, calls one method, and encodes. The
// contract is openapi.yaml; openapi.gen.go is made from it.
package api

//go:generate go tool -modfile=../tools/go.mod oapi-codegen -config oapi.yaml openapi.yaml

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/prometheus/client_golang/prometheus"

	"xinyuan/internal/account"
	"xinyuan/internal/activity"
	"xinyuan/internal/agreement"
	"xinyuan/internal/assignment"
	"xinyuan/internal/attendance"
	"xinyuan/internal/ballot"
	"xinyuan/internal/brand"
	"xinyuan/internal/certificate"
	"xinyuan/internal/clock"
	"xinyuan/internal/complaint"
	"xinyuan/internal/config"
	"xinyuan/internal/contact"
	"xinyuan/internal/content"
	"xinyuan/internal/duty"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/handover"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/idempotency"
	"xinyuan/internal/leaderboard"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/membership"
	"xinyuan/internal/minicode"
	"xinyuan/internal/moderation"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/objection"
	"xinyuan/internal/offer"
	"xinyuan/internal/org"
	"xinyuan/internal/points"
	"xinyuan/internal/project"
	"xinyuan/internal/push"
	"xinyuan/internal/redis"
	"xinyuan/internal/report"
	"xinyuan/internal/review"
	"xinyuan/internal/seal"
	"xinyuan/internal/subscription"
	"xinyuan/internal/task"
	"xinyuan/internal/team"
	"xinyuan/internal/user"
	"xinyuan/internal/visit"
	"xinyuan/internal/wish"
)

// Parts are what the handlers call.
type Parts struct {
	Log    *slog.Logger
	Clocks clock.Clocks
	DB     *mysql.DB
	Sealer *seal.Sealer
	// Requests remembers keyed requests.
	Requests *idempotency.Store
	Tree     *org.Tree
	Grants   *grant.Service
	People   *user.People
	Wishes   *wish.Service
	Contacts *contact.Book
	// Memberships are report-ins.
	Memberships *membership.Service
	Attendance  *attendance.Service
	Objections  *objection.Service
	Ledger      *points.Ledger
	Complaints  *complaint.Service
	Needs       *need.Service
	Handovers   *handover.Service
	Visits      *visit.Service
	Offers      *offer.Service      // what bodies open to people, and who books it
	Agreements  *agreement.Service  // what units promise communities
	Assignments *assignment.Service // what bodies owe for needs
	Projects    *project.Service    // what units do for many people
	Brands      *brand.Service      // lasting services, renewed each year
	Ballots     *ballot.Service     // the votes about it
	Duties      *duty.Service       // the duty list, and admissions
	Records     *hours.Service
	Teams       *team.Service
	Activities  *activity.Service // what teams do, with their sign-ups
	Boards      *leaderboard.Service
	Reports     *report.Reports
	Inbox       *matter.Inbox
	Tasks       *task.Service
	Accounts    *account.Service
	Operator    Operator // who runs this installation
	Photos      *media.Service
	// Certificates are what people take away on paper.
	Certificates *certificate.Service
	// MiniCodes are the codes that WeChat's scanner reads.
	MiniCodes *minicode.Codes
	// Cases are what staff decides about what people see.
	Cases *moderation.Service
	Texts *content.Service
	// Subscriptions are messages of the inbox that go to the phone as well.
	Subscriptions *subscription.Service
	// ChecksPictures tells that others see pictures once they are passed.
	ChecksPictures bool
	// Pushes are what WeChat sends by itself.
	Pushes *push.Desk
	// Reviews are the accounts of WeChat's reviewers.
	Reviews *review.Reviews
	// Ready tells whether all servers answer.
	Ready func(context.Context) error

	BodyLimit        int64         // bytes
	Busy             int           // worked on at once
	Timeout          time.Duration // for one request
	IndividualBoards bool          // whether boards of members are shown at all

	Limits  *redis.Limits
	Rates   config.Rates
	Proxies string // whose word about addresses is believed, see configs/default.yaml
}

// server answers the contract's operations, one method each.
type server struct {
	Parts
	county atomic.Int64 // its id.Node, once known
	busy   atomic.Int64 // requests that are worked on
}

// Options are what New needs besides the parts.
type Options struct {
	// Demo adds what only a demo has: its start page and its clock, and the check
	// of the Host header that keeps other web sites out of it.
	Demo *Demo
	// Metrics is where the counters go; nil means a registry of its own.
	Metrics *prometheus.Registry
	// WatchAddresses warns when everybody comes from one address, as behind a proxy
	// that says nothing of others, or is not believed.
	WatchAddresses bool
}

// New returns the handler of everything that the binary serves.
func New(p Parts, o Options) (http.Handler, error) {
	doc, err := Load()
	if err != nil {
		return nil, err
	}
	s := &server{Parts: p}
	e := echo.New()
	e.HTTPErrorHandler = s.refuse
	if e.IPExtractor, err = addressOf(p.Proxies); err != nil {
		return nil, err
	}
	registry := o.Metrics
	if registry == nil {
		registry = prometheus.NewRegistry()
	}
	// WeChat sends no PATCH: its client posts and names the method it means.
	e.Pre(middleware.MethodOverride())
	if o.WatchAddresses {
		e.Use((&addressWatch{log: s.Log, clock: s.Clocks.Machine}).middleware)
	}
	e.Use(identify, s.observe(registry), s.deadline, s.recoverPanics, secureHeaders, s.tellTime, s.limitBody)
	middlewares := map[string][]echo.MiddlewareFunc{}
	for name, route := range routes(doc) {
		who, ok := Access[name]
		if !ok {
			return nil, fmt.Errorf("api: access.go says nothing about %s", name)
		}
		middlewares[name] = []echo.MiddlewareFunc{
			s.person(name, who), s.admit, s.validate(route), s.limit(name), s.requirePlaces(route), s.once(route.Operation),
		}
	}
	RegisterHandlersWithOptions(e, NewStrictHandler(s, nil), RegisterHandlersOptions{
		BaseURL: "/api/v1", OperationMiddlewares: middlewares,
	})
	s.registerDocs(e)
	s.registerVerify(e)
	s.registerPush(e)
	s.registerHealth(e, registry)
	if o.Demo != nil {
		o.Demo.register(e, s)
	}
	return e, nil
}

// deadline ends what a request waits for in time to be told of it, before the server
// stops sending: the log says then what the client got.
func (s *server) deadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, limit := c.Request(), s.Timeout
		if c.Path() == picturesPath && r.Method == http.MethodPost {
			limit = pictureTime - answerTime
		}
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		c.SetRequest(r.WithContext(ctx))
		if err := next(c); err != nil {
			c.Error(err)
		}
		return nil
	}
}

// answerTime is what is left of a time to send the answer.
const answerTime = 10 * time.Second

// admit refuses what is more than the server works on at once, before it costs
// anything: a queue of those who have given up by the time they are served helps
// nobody. Who asks is known by then, so that strangers take no places. Error:
// fault.ReasonUnavailable, which says when to come again.
func (s *server) admit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		defer s.busy.Add(-1)
		if s.busy.Add(1) > int64(s.Busy) {
			return fault.New(fault.ReasonUnavailable).Saying("现在用的人太多了，请过几秒再试。")
		}
		return next(c)
	}
}

// limitBody refuses long bodies while they are read.
func (s *server) limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, limit := c.Request(), s.BodyLimit
		if c.Path() == picturesPath && r.Method == http.MethodPost {
			limit = pictureLimit
			if err := s.takeTime(c); err != nil {
				return err
			}
		}
		r.Body = http.MaxBytesReader(c.Response(), r.Body, limit)
		return next(c)
	}
}

// secureHeaders are for whatever a browser shows.
func secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cache-Control", "no-store")
		return next(c)
	}
}

// tellTime says what time it is for the programme: a phone's own clock may be
// wrong, and in the demo days pass at once.
func (s *server) tellTime(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Xinyuan-Now", s.Clocks.Business.Now().Format(time.RFC3339))
		return next(c)
	}
}

func (s *server) recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := fault.Catch(func() error { return next(c) })
		if errors.Is(err, http.ErrAbortHandler) {
			panic(http.ErrAbortHandler) // which net/http asks for
		}
		return err
	}
}

type personKey struct{}

// me is the person of the request; the middleware has put it there.
func me(ctx context.Context) id.User {
	person, _ := ctx.Value(personKey{}).(id.User)
	return person
}
