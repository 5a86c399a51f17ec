// Package apptest runs the whole application for a test: real MariaDB and
// Redis, the fake WeChat server behind the production transport, and HTTP.
package apptest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"xinyuan/api"
	"xinyuan/internal/app"
	"xinyuan/internal/clock"
	"xinyuan/internal/config"
	"xinyuan/internal/devstack"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
	"xinyuan/internal/seal"
	"xinyuan/internal/wechat/wechattest"
)

// World is a running application.
type World struct {
	T      testing.TB
	App    *app.App
	WeChat *wechattest.Server
	Clocks clock.Clocks
	URL    string
	// Log is everything that the application has logged.
	Log *Log

	router routers.Router
	mu     sync.Mutex
	tokens map[string]string
}

// Log collects lines. It is safe for concurrent use.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to the log.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String is the log so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Start is where the business clock of every test begins: a Wednesday noon in
// Shanghai.
var Start = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

// Option changes how a World is made.
type Option func(*options)

type options struct {
	redis    string
	prefix   string
	noWorker bool
	watch    bool
	settings []string
	machine  *clock.Clock
	ids      *id.Generator
	lose     func(attempt int) bool
	node     bool
}

// WithRedis uses this Redis instead of the shared one, for tests that flush or
// stop it.
func WithRedis(addr string) Option { return func(o *options) { o.redis, o.prefix = addr, "" } }

// With sets more of the configuration, as XINYUAN_<SECTION>_<KEY>=value.
func With(setting string) Option {
	return func(o *options) { o.settings = append(o.settings, setting) }
}

// WithoutWorker leaves the outbox alone.
func WithoutWorker() Option { return func(o *options) { o.noWorker = true } }

// WithMachine gives codes and sessions this clock, which the test moves.
func WithMachine(machine *clock.Clock) Option { return func(o *options) { o.machine = machine } }

// WatchingAddresses lets the handler warn as serve's does.
func WatchingAddresses() Option { return func(o *options) { o.watch = true } }

// New starts the application on a fresh database; it ends with the test. The
// demo's personas may log in, but only those that the test adds exist before.
func New(t testing.TB, choices ...Option) *World {
	t.Helper()
	var o options
	o.redis, o.prefix = testdb.Redis(t)
	for _, choose := range choices {
		choose(&o)
	}
	w := &World{
		T: t, Log: &Log{}, tokens: map[string]string{},
		Clocks: clock.Clocks{Business: clock.Fixed(Start), Machine: clock.System()},
	}
	if o.machine != nil {
		w.Clocks.Machine = o.machine
	}
	w.WeChat = wechattest.New(wechattest.Options{
		AppID: "wxtest", Secret: Secret, Clock: w.Clocks.Machine, DemoPersonas: true,
		PushToken: PushToken, PushKey: PushKey,
	})
	must(t, w.WeChat.Start())
	t.Cleanup(func() { must(t, w.WeChat.Close()) })
	w.open(o)
	return w
}

// Secret is the mini-program's secret in tests; it must show nowhere.
const Secret = "app-secret-that-must-show-nowhere"

// PushToken and PushKey are those of the message push in tests.
const (
	PushToken = "pushtokenofthetests"
	PushKey   = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
)

// The templates of subscription messages: for people once, for staff for long.
const (
	ProgressTemplate = "progress-of-the-tests"
	WorkTemplate     = "work-of-the-tests"
)

func (w *World) open(o options) {
	t := w.T
	t.Helper()
	keys := seal.NewDemoKeys()
	c, err := config.Load("", append([]string{
		"XINYUAN_ENV=demo", "XINYUAN_MYSQL_DSN=" + testdb.New(t), "XINYUAN_REDIS_ADDR=" + o.redis,
		"XINYUAN_SEAL_KEYS=" + keys, "XINYUAN_WECHAT_APPID=wxtest", "XINYUAN_WECHAT_SECRET=" + Secret,
		"XINYUAN_WECHAT_BASE_URL=" + w.WeChat.URL(), "XINYUAN_WECHAT_PUSH_TOKEN=" + PushToken,
		"XINYUAN_WECHAT_PUSH_KEY=" + PushKey, "XINYUAN_CONTENT_WECHAT=false",
		"XINYUAN_MESSAGES_PROGRESS=" + ProgressTemplate + " once thing1=title thing2=text time3=time",
		"XINYUAN_MESSAGES_WORK=" + WorkTemplate + " long_term thing1=title thing2=text time3=time",
		"XINYUAN_BOARDS_INDIVIDUAL=true", "XINYUAN_BOARDS_KEEP=0s", "XINYUAN_STATS_KEEP_TIMES=0",
		"XINYUAN_LIMITS_ADDRESS=", "XINYUAN_LIMITS_LOG_IN=", "XINYUAN_LIMITS_PERSON=", "XINYUAN_LIMITS_OPERATION=",
		"XINYUAN_LIMITS_PICTURE=", "XINYUAN_MEDIA_FOLDER=" + filepath.Join(t.TempDir(), "media"),
		"XINYUAN_MYSQL_WAIT=30s", "XINYUAN_HTTP_TIMEOUT=50s", // a busy machine is no trouble
		"XINYUAN_LIMITS_VERIFY=", "XINYUAN_LIMITS_MALFORMED=", "XINYUAN_HTTP_PUBLIC_URL=https://xinyuan.example.cn",
	}, o.settings...))
	must(t, err)
	log := slog.New(slog.NewJSONHandler(w.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.App, err = app.Open(t.Context(), c, app.Options{
		Clocks: w.Clocks, Log: log, RedisPrefix: o.prefix, IDs: o.ids,
		LoseCommit: o.lose, Node: o.node, QueriesChecked: checked.Swap(true),
	})
	must(t, err)
	w.askAgain(Start.Add(-time.Hour), 0) // no lot decides what a test sees
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		w.App.Serve(ctx, !o.noWorker)
		close(done)
	}()
	handler, err := w.App.Handler(api.Options{WatchAddresses: o.watch, Demo: &api.Demo{
		Advance: func(_ context.Context, by time.Duration) error {
			w.Clocks.Business.Advance(by)
			return nil
		},
	}})
	must(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.Close()
		stop()
		<-done
		must(t, w.App.Close())
		for _, canary := range devstack.Canaries() {
			if strings.Contains(w.Log.String(), canary) {
				t.Errorf("the log has %q: somebody's contact stands in it", canary)
			}
		}
	})
	w.URL = server.URL
	w.WeChat.PushTo(server.URL + "/wechat/push")
	w.router, err = router()
	must(t, err)
}

// checked is whether a World of this process has had its queries prepared. All
// have the same queries and the same schema, and it takes a tenth of a second.
var checked atomic.Bool

// router finds the operation of a request in the contract, for all Worlds.
var router = sync.OnceValues(func() (routers.Router, error) {
	doc, err := api.Load()
	if err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(doc)
})

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Raw    []byte
	t      testing.TB
	call   string
}

// Call sends a request as the persona ("" sends no token) and holds the answer
// against the contract. body may be nil, a string of raw JSON, or a value.
func (w *World) Call(persona, method, path string, body any) Answer {
	w.T.Helper()
	token := ""
	if persona != "" {
		token = w.Token(persona)
	}
	return w.Send(token, method, path, body)
}

// Send is Call with a token.
func (w *World) Send(token, method, path string, body any) Answer {
	w.T.Helper()
	return w.send(http.Header{}, token, method, path, body)
}

// SendAs is Send without a token, under another name of the server.
func (w *World) SendAs(host, method, path string, body any) Answer {
	w.T.Helper()
	return w.send(http.Header{"Host": {host}}, "", method, path, body)
}

// CallWith posts as the persona with more headers.
func (w *World) CallWith(header http.Header, persona, path string, body any) Answer {
	w.T.Helper()
	return w.SendWith(header, w.Token(persona), http.MethodPost, path, body)
}

// SendWith is Send with more headers.
func (w *World) SendWith(header http.Header, token, method, path string, body any) Answer {
	w.T.Helper()
	return w.send(header, token, method, path, body)
}

// Forget forgets the tokens, so that everybody logs in again.
func (w *World) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.tokens)
}

func (w *World) send(header http.Header, token, method, path string, body any) Answer {
	t := w.T
	t.Helper()
	var payload []byte
	switch b := body.(type) {
	case nil:
	case string:
		payload = []byte(b)
	case File:
		header.Set("Content-Type", formType)
		payload = b.form()
	default:
		var err error
		payload, err = json.Marshal(b)
		must(t, err)
	}
	if body != nil && header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/json")
	}
	if token != "" {
		header.Set("Authorization", "Bearer "+token)
	}
	return w.Do(header, method, path, payload)
}

// Do sends a request as it is, and holds the answer against the contract.
func (w *World) Do(header http.Header, method, path string, body []byte) Answer {
	t := w.T
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, w.URL+path, bytes.NewReader(body))
	must(t, err)
	r.Host, r.Header = header.Get("Host"), header
	response, err := http.DefaultClient.Do(r)
	must(t, err)
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	must(t, err)
	a := Answer{response.StatusCode, response.Header, raw, t, method + " " + path}
	w.holdAgainstContract(r, a)
	return a
}

func (w *World) holdAgainstContract(r *http.Request, a Answer) {
	w.T.Helper()
	route, params, err := w.router.FindRoute(r)
	if err != nil {
		return // outside the contract: health, docs, paths that are not there
	}
	err = openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 a.Status, Header: a.Header, Body: io.NopCloser(bytes.NewReader(a.Raw)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
	if err != nil {
		w.T.Errorf("%s: the answer breaks the contract: %v\n%s", a.call, err, a.Raw)
	}
}

// Token is a session token of the demo persona.
func (w *World) Token(persona string) string {
	w.T.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if t, ok := w.tokens[persona]; ok {
		return t
	}
	a := w.Send("", http.MethodPost, "/api/v1/sessions", map[string]string{"code": "demo-" + persona})
	w.tokens[persona] = a.Want(http.StatusCreated).Text("token")
	return w.tokens[persona]
}

// Until asks again until the answer is good, or fails the test after 20 s: for
// what follows a commit by itself.
func (w *World) Until(what string, good func() bool) {
	w.T.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(20 * time.Second); !good(); {
		select {
		case <-tick.C:
		case <-limit:
			w.T.Fatalf("still not: %s", what)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fmt.Errorf("apptest: %w", err))
	}
}
