package wechat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/silenceper/wechat/v2/util"
)

// host is where every call of the SDK goes.
const host = "api.weixin.qq.com"

// maxBody bounds an answer, in bytes.
const maxBody = 1 << 20

// idleConns is how many connections to WeChat stay open between calls. Two,
// net/http's default, would mean a TLS handshake for most log-ins of a rush.
const idleConns = 32

// install puts the router into the SDK, whose HTTP client is one variable for
// the whole process, before the first call and never again.
var install = sync.OnceFunc(func() { util.DefaultHTTPClient = &http.Client{Transport: router{}} })

// transportKey finds a client's transport in the context of a call: the SDK's
// calls with a context hand it on to their request.
type transportKey struct{}

// router sends each request through the transport of the client it belongs to,
// so that clients with different base URLs live in one process.
type router struct{}

// RoundTrip returns errNoClient for a request that belongs to no client.
func (router) RoundTrip(r *http.Request) (*http.Response, error) {
	t, ok := r.Context().Value(transportKey{}).(*transport)
	if !ok {
		closeBody(r)
		return nil, errNoClient
	}
	return t.RoundTrip(r)
}

type transport struct {
	base   *url.URL
	tokens *tokenSource
	next   http.RoundTripper
	calls  calls
}

func newTransport(base *url.URL, proxy func(*http.Request) (*url.URL, error), tokens *tokenSource) *transport {
	return &transport{base: base, tokens: tokens, next: &http.Transport{
		Proxy:               proxy,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: idleConns,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,
	}}
}

// RoundTrip sends r to the base URL. When WeChat refuses the access token in
// its query, the token is replaced and r is sent once more.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" || r.URL.Host != host {
		closeBody(r)
		return nil, errHost
	}
	answer, body, err := t.send(r)
	if err != nil {
		return nil, err
	}
	token := r.URL.Query().Get("access_token")
	if token == "" || !refusesToken(body) || (r.Body != nil && r.GetBody == nil) {
		return answer, nil
	}
	again, err := t.withNewToken(r, token)
	if err != nil {
		return nil, err
	}
	answer, _, err = t.send(again)
	return answer, err
}

func (t *transport) withNewToken(r *http.Request, refused string) (*http.Request, error) {
	token, err := t.tokens.replace(r.Context(), refused)
	if err != nil {
		return nil, err
	}
	again := r.Clone(r.Context())
	query := again.URL.Query()
	query.Set("access_token", token)
	again.URL.RawQuery = query.Encode()
	if r.GetBody != nil {
		if again.Body, err = r.GetBody(); err != nil {
			return nil, fmt.Errorf("wechat: replay: %w", err)
		}
	}
	return again, nil
}

// send returns the whole answer, which its body holds too, and a StatusError
// when its status is not 200.
func (t *transport) send(r *http.Request) (*http.Response, []byte, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = t.base.Scheme, t.base.Host, t.base.Host
	path := r.URL.Path
	answer, err := t.next.RoundTrip(r)
	if err != nil {
		t.calls.count(path, "no answer")
		return nil, nil, fmt.Errorf("wechat: send: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		t.calls.count(path, "status "+strconv.Itoa(answer.StatusCode))
		return nil, nil, &StatusError{Status: answer.StatusCode}
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody+1))
	if err != nil {
		t.calls.count(path, "no answer")
		return nil, nil, fmt.Errorf("wechat: read: %w", err)
	}
	if len(body) > maxBody {
		t.calls.count(path, "too large")
		return nil, nil, errTooLarge
	}
	t.calls.count(path, result(body))
	answer.Body = io.NopCloser(bytes.NewReader(body))
	return answer, body, nil
}

func refusesToken(body []byte) bool {
	switch errcode(body) {
	case codeTokenInvalid, codeTokenUnlawful, codeTokenExpired:
		return true
	}
	return false
}

// errcode is WeChat's, or 0 where the answer has none: a picture, or for the caller
// to refuse.
func errcode(body []byte) int64 {
	var answer struct {
		ErrCode int64 `json:"errcode"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return 0
	}
	return answer.ErrCode
}

// closeBody does for a request that is not sent what a RoundTripper owes it.
func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}
