// Package wechattest is a WeChat for tests and the demo: an HTTP server that
// answers as api.weixin.qq.com does, bodies and error codes alike. The client
// of package wechat reaches it by its base URL and cannot tell the difference.
package wechattest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"xinyuan/internal/clock"
)

// The paths that are answered.
const (
	LoginPath = "/sns/jscode2session"
	PhonePath = "/wxa/business/getuserphonenumber"
	TokenPath = "/cgi-bin/stable_token"
	CodePath  = "/wxa/getwxacodeunlimit"
	// TextCheckPath and PictureCheckPath are the checks of what people publish.
	TextCheckPath    = "/wxa/msg_sec_check"
	PictureCheckPath = "/wxa/media_check_async"
)

// maxBody bounds a request, in bytes.
const maxBody = 1 << 20

// ErrStarted says that Start was called twice.
var ErrStarted = errors.New("wechattest: started already")

// Options say which mini-program the server knows and what it makes easy.
type Options struct {
	AppID  string
	Secret string
	// Clock judges the lives of codes and tokens.
	Clock *clock.Clock
	// TokenLife is how long an access token lasts. 0 means 7200 s, as with WeChat.
	TokenLife time.Duration
	// UnionIDs adds a union id to each log-in, as for a mini-program that is
	// bound to an open platform account.
	UnionIDs bool
	// DemoPersonas lets the codes of the demo's personas log in, again and again.
	DemoPersonas bool
	// DemoAccepts lets messages to the demo's personas arrive without an accept.
	DemoAccepts bool
	// Pages are those of the published mini-program, without a slash before them. Nil:
	// whichever is asked for.
	Pages []string
	// PushToken and PushKey are those of the message push, as on WeChat's console.
	PushToken, PushKey string
}

// Server is the fake WeChat. It is safe for concurrent use.
type Server struct {
	options   Options
	endpoints map[string]endpoint

	mu         sync.Mutex
	loginCodes map[string]*issuedCode
	phoneCodes map[string]*issuedCode
	tokens     map[string]time.Time // token to end of life
	token      string               // the newest
	calls      map[string]int
	failures   map[string][]failure
	pictures   map[[32]byte]Scanned
	pushTo     string
	opinions   map[string]Opinion
	absent     map[string]bool // open ids that were not here for two hours
	traces     []Trace
	hanging    map[string]chan struct{}
	hung       map[string]int // how many calls came meanwhile, by path
	accepts    map[string]int // of messages, by open id and template
	sent       []Sent

	server *http.Server
	served chan error
	url    string
}

// endpoint answers one path. Its function runs under the server's lock.
type endpoint struct {
	method      string
	contentType string
	answer      func(query url.Values, body []byte) any
}

// failure is what the next call of a path gets: an HTTP status or an errcode.
type failure struct{ status, errcode int }

// New returns a server that answers as an http.Handler, or after Start on a
// port of its own.
func New(options Options) *Server {
	if options.TokenLife == 0 {
		options.TokenLife = 2 * time.Hour
	}
	s := &Server{
		options:    options,
		loginCodes: make(map[string]*issuedCode),
		phoneCodes: make(map[string]*issuedCode),
		tokens:     make(map[string]time.Time),
		calls:      make(map[string]int),
		failures:   make(map[string][]failure),
		pictures:   make(map[[32]byte]Scanned),
		opinions:   make(map[string]Opinion),
		absent:     make(map[string]bool),
		hanging:    make(map[string]chan struct{}),
		hung:       make(map[string]int),
		accepts:    make(map[string]int),
	}
	const jsonType = "application/json; encoding=utf-8" // so WeChat writes it
	s.endpoints = map[string]endpoint{
		LoginPath: {http.MethodGet, "text/plain", s.logIn}, // likewise
		PhonePath: {http.MethodPost, jsonType, s.phone},
		TokenPath: {http.MethodPost, jsonType, s.stableToken},
		CodePath:  {http.MethodPost, jsonType, s.codePicture},

		TextCheckPath:    {http.MethodPost, jsonType, s.checkText},
		PictureCheckPath: {http.MethodPost, jsonType, s.checkPicture},
		SendPath:         {http.MethodPost, jsonType, s.sendMessage},
	}
	return s
}

// Start listens on a free loopback port until Close. Its errors are ErrStarted
// and those of listening.
func (s *Server) Start() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server != nil {
		return ErrStarted
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("wechattest: listen: %w", err)
	}
	s.url = "http://" + listener.Addr().String()
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second}
	s.served = make(chan error, 1)
	go func(server *http.Server, served chan<- error) { served <- server.Serve(listener) }(s.server, s.served)
	return nil
}

// URL is the base URL of a started server, "" before Start.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.url
}

// Close ends what Start began and every open connection. It returns what went
// wrong while serving, and nil for a server that is not running.
func (s *Server) Close() error {
	s.mu.Lock()
	server, served := s.server, s.served
	s.server, s.served, s.url = nil, nil, ""
	s.mu.Unlock()
	if server == nil {
		return nil
	}
	err := server.Close()
	if serveErr := <-served; !errors.Is(serveErr, http.ErrServerClosed) {
		err = errors.Join(err, serveErr)
	}
	if err != nil {
		return fmt.Errorf("wechattest: close: %w", err)
	}
	return nil
}

// FailNext gives the next calls of the path, so many times, the error code in
// place of their answer. They use up no code. Failures queue up.
func (s *Server) FailNext(path string, errcode, times int) {
	s.fail(path, failure{errcode: errcode}, times)
}

// FailHTTP is FailNext with an HTTP status and no answer of WeChat's.
func (s *Server) FailHTTP(path string, status, times int) {
	s.fail(path, failure{status: status}, times)
}

func (s *Server) fail(path string, f failure, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range times {
		s.failures[path] = append(s.failures[path], f)
	}
}

// Calls is how often the path was called, failures included.
func (s *Server) Calls(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[path]
}

// ServeHTTP answers as WeChat: nearly everything, errors too, with status 200.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, http.StatusText(http.StatusBadRequest), http.StatusBadRequest)
		return
	}
	target, ok := s.endpoints[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	s.hang(r)
	status, answer := s.respond(target, r, body)
	if status != http.StatusOK {
		http.Error(w, http.StatusText(status), status)
		return
	}
	if picture, ok := answer.([]byte); ok {
		w.Header().Set("Content-Type", "image/jpeg")
		_, _ = io.Copy(w, bytes.NewReader(picture))
		return
	}
	w.Header().Set("Content-Type", target.contentType)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(answer) // a client that hung up wants no answer
}

func (s *Server) respond(target endpoint, r *http.Request, body []byte) (status int, answer any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := r.URL.Path
	s.calls[path]++
	if queue := s.failures[path]; len(queue) > 0 {
		s.failures[path] = queue[1:]
		if queue[0].status != 0 {
			return queue[0].status, nil
		}
		return http.StatusOK, s.refuse(queue[0].errcode)
	}
	if r.Method != target.method {
		return http.StatusOK, s.refuse(errMethodPost)
	}
	return http.StatusOK, target.answer(r.URL.Query(), body)
}
