package api_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/race"
)

// proxied is a town behind Debian's nginx with the shipped deploy/nginx.conf.
type proxied struct {
	*apptest.Town
	*apptest.Nginx
}

// behindNginx starts it with the settings of deploy/xinyuan.env.example that say who
// the proxy is.
func behindNginx(t *testing.T, choices ...apptest.Option) *proxied {
	t.Helper()
	return behindChanged(t, nil, choices...)
}

// behindChanged is behindNginx with changed words in the shipped file.
func behindChanged(t *testing.T, words [][2]string, choices ...apptest.Option) *proxied {
	t.Helper()
	example := shipped(t, "xinyuan.env.example")
	for _, line := range regexp.MustCompile(`(?m)^XINYUAN_HTTP_TRUSTED_PROXIES=.*$`).FindAllString(example, -1) {
		choices = append(choices, apptest.With(line))
	}
	town := apptest.NewTown(apptest.New(t, choices...), 2)
	return &proxied{town, apptest.StartNginx(t, shipped(t, "nginx.conf"), strings.TrimPrefix(town.URL, "http://"), words...)}
}

func shipped(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// from is somebody at this address of the loopback network, who asks nginx.
func (p *proxied) from(address string) func(method, url string, header http.Header, body string) *http.Response {
	client := p.From(p.T, address)
	return func(method, url string, header http.Header, body string) *http.Response {
		p.T.Helper()
		if strings.HasPrefix(url, "/") {
			url = "https://" + p.TLS + url
		}
		r, err := http.NewRequestWithContext(p.T.Context(), method, url, strings.NewReader(body))
		if err != nil {
			p.T.Fatal(err)
		}
		if r.Header = header; header == nil {
			r.Header = http.Header{}
		}
		r.Header.Set("Content-Type", "application/json")
		answer, err := client.Do(r)
		if err != nil {
			p.T.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		return answer
	}
}

// unknownCode has the form of a code that no certificate has.
const unknownCode = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

// Behind the shipped proxy with the shipped settings each address has limits of its
// own, whatever it claims about itself.
func TestLimitsBehindTheShippedProxy(t *testing.T) {
	t.Parallel()
	p := behindNginx(t, apptest.With("XINYUAN_LIMITS_VERIFY=60/1h"), apptest.With("XINYUAN_LIMITS_LOG_IN=600/1h"))
	loud, other := p.from("127.0.0.2"), p.from("127.0.0.3")
	last := 0
	for i := range 61 {
		forged := http.Header{"X-Forwarded-For": {fmt.Sprintf("203.0.113.%d", i)}}
		last = loud("GET", "/verify/"+unknownCode, forged, "").StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("61 checks from one address: the last is answered %d", last)
	}
	if got := other("GET", "/verify/"+unknownCode, nil, "").StatusCode; got != http.StatusNotFound {
		t.Errorf("a check from another address: %d", got)
	}
	for _, closed := range []string{"/metrics", "/readyz", "/docs", "/openapi.yaml"} {
		if got := other("GET", closed, nil, "").StatusCode; got != http.StatusNotFound {
			t.Errorf("%s is open to the outside: %d", closed, got)
		}
	}
}

// Requests that are no log-ins or no codes at all lock nobody out, not even those
// who share the address.
func TestMalformedRequestsLockNobodyOut(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_LIMITS_LOG_IN=5/1h"), apptest.With("XINYUAN_LIMITS_VERIFY=5/1h"),
		apptest.With("XINYUAN_LIMITS_ADDRESS=40/1h"), apptest.With("XINYUAN_LIMITS_MALFORMED=30/1h")), 1)
	refused := 0
	for range 50 {
		if w.Send("", "POST", "/api/v1/sessions", `{"code":7}`).Status == http.StatusTooManyRequests {
			refused++
		}
		w.Send("", "GET", "/verify/no-code", nil).Want(404)
	}
	if refused != 20 {
		t.Errorf("%d of 50 malformed requests were one too many, want 20", refused)
	}
	w.Call("resident", "POST", "/api/v1/inbox/read", map[string]any{"upTo": "1"}).Want(200)
	w.Send("", "GET", "/verify/"+unknownCode, nil).Want(404)
}

// Who writes too often is refused alone: what is refused does not count towards the
// address that others share.
func TestOneBusyPersonLeavesTheAddressToOthers(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_LIMITS_ADDRESS=20/1h"), apptest.With("XINYUAN_LIMITS_PERSON=5/1h"),
		apptest.With("XINYUAN_LIMITS_OPERATION=5/1h")), 1)
	for range 60 {
		w.Call("resident", "PATCH", "/api/v1/me", map[string]any{})
	}
	w.Call("resident-2", "PATCH", "/api/v1/me", map[string]any{}).Want(200)
}

// No log of the proxy holds what opens something: codes of certificates, addresses
// of calendars and of pictures, with TLS and without, answered and refused.
func TestShippedProxyLogsNoSecrets(t *testing.T) {
	t.Parallel()
	p := behindChanged(t, [][2]string{{"rate=100r/s", "rate=1r/s"}}) // so that a slow machine is refused too
	ask := p.from("127.0.0.2")
	long := strings.Repeat("a", 13<<20)
	const secret = "thisistheverysecretcode2a7"
	for _, path := range []string{
		"/verify/" + secret, "//verify/" + secret, "/verify/" + secret + "/", "/api/v1/calendar/" + secret + ".ics",
		"/api/v1/media/0123456789abcdef0123456789abcdef/full?expires=1&signature=" + secret,
	} {
		for range 10 {
			ask("GET", path, nil, "")
			ask("GET", "http://"+p.Plain+path, nil, "")
		}
		if got := ask("POST", path, nil, long).StatusCode; got != http.StatusRequestEntityTooLarge {
			t.Errorf("POST %s: %d", path, got)
		}
	}
	for range 400 { // more than nginx lets through at once
		ask("GET", "/verify/"+secret, nil, "")
	}
	for _, name := range []string{"xinyuan.log", "error.log"} {
		text, err := os.ReadFile(filepath.Join(p.Logs, name))
		if err != nil {
			t.Fatal(err)
		}
		if at := bytes.Index(text, []byte(secret)); at >= 0 {
			t.Errorf("%s has a code: %s", name, text[max(0, at-200):at+len(secret)])
		}
		if name == "xinyuan.log" && (!bytes.Contains(text, []byte(`"path":"/verify/-"`)) || !bytes.Contains(text, []byte(`"status":429`))) {
			t.Errorf("the log does not tell what was asked: %.600s", text)
		}
	}
}

// Twenty people behind a proxy that says nothing of them, or is not believed, are
// one address: the server says so. With the shipped files it has nothing to say.
func TestServerNoticesOneAddressForAll(t *testing.T) {
	t.Parallel()
	const warning = "everybody comes from one address"
	come := func(w *apptest.Town, header func(i int) http.Header) {
		for i := 1; i <= 25; i++ {
			w.CallWith(header(i), fmt.Sprintf("member-%d", i), "/api/v1/inbox/read", map[string]any{"upTo": "1"}).Want(200)
		}
	}
	forwarded := func(i int) http.Header { return http.Header{"X-Forwarded-For": {fmt.Sprintf("203.0.113.%d", i)}} }
	for _, c := range []struct {
		name, proxies string
		header        func(i int) http.Header
		warnings      int
	}{
		{"no header", "127.0.0.1/32,::1/128", func(int) http.Header { return http.Header{} }, 1},
		{"not believed", "", forwarded, 1},
		{"as shipped", "127.0.0.1/32,::1/128", forwarded, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := apptest.NewTown(apptest.New(t, apptest.WatchingAddresses(), apptest.With("XINYUAN_HTTP_TRUSTED_PROXIES="+c.proxies)), 25)
			come(w, c.header)
			if got := strings.Count(w.Log.String(), warning); got != c.warnings {
				t.Errorf("%d warnings, want %d", got, c.warnings)
			}
		})
	}
}

// Every example names the proxy whose word is believed.
func TestExamplesNameTheProxy(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"xinyuan.env.example", "compose.yaml", "../docs/operations.md"} {
		if !regexp.MustCompile(`XINYUAN_HTTP_TRUSTED_PROXIES\W+\d`).MatchString(shipped(t, name)) {
			t.Errorf("%s does not say which proxy is believed", name)
		}
	}
}

// Seven hundred people who log in at once, each with an address of their own, all
// come in, while one address that floods is refused. The proxy's rate is lower than
// shipped, so that a slow machine floods, too.
func TestLogInsOfAnEvening(t *testing.T) {
	t.Parallel()
	p := behindChanged(t, [][2]string{{"rate=100r/s", "rate=1r/s"}})
	const people, atOnce = 700, 16
	var refused, admitted atomic.Int64
	logIn := func(address, code string) int {
		return p.from(address)("POST", "/api/v1/sessions", nil, fmt.Sprintf(`{"code":%q}`, code)).StatusCode
	}
	var g race.Group
	g.Go(func() {
		flood := p.from("127.0.0.9")
		for range people {
			if flood("POST", "/api/v1/sessions", nil, `{"code":"no-code-of-wechat"}`).StatusCode == http.StatusTooManyRequests {
				refused.Add(1)
			}
		}
	})
	for worker := range atOnce {
		g.Go(func() {
			for i := worker; i < people; i += atOnce {
				address := fmt.Sprintf("127.0.%d.%d", 1+i/250, 1+i%250)
				if got := logIn(address, p.WeChat.NewCode(fmt.Sprintf("openid-evening-%d", i))); got != http.StatusCreated {
					t.Errorf("the log-in from %s is answered %d", address, got)
					continue
				}
				admitted.Add(1)
			}
		})
	}
	g.Wait()
	if admitted.Load() != people || refused.Load() == 0 {
		t.Errorf("%d of %d came in, and %d log-ins of the flood were refused", admitted.Load(), people, refused.Load())
	}
}
