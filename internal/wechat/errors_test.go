package wechat_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/wechat"
)

const (
	markerCode  = "MARKERCODE"
	markerToken = "MARKERTOKEN"
)

// answering is a server that repeats in its answer all it was asked.
func answering(answer func(w http.ResponseWriter, asked string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		answer(w, r.URL.String()+string(body))
	}
}

// hijacked writes the text in place of an HTTP answer and hangs up.
func hijacked(w http.ResponseWriter, text string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	_, _ = io.WriteString(conn, text)
	_ = conn.Close()
}

// says answers with what text makes of the question; raw does so below HTTP.
func says(text func(asked string) string) http.HandlerFunc {
	return answering(func(w http.ResponseWriter, asked string) { _, _ = io.WriteString(w, text(asked)) })
}

func raw(text func(asked string) string) http.HandlerFunc {
	return answering(func(w http.ResponseWriter, asked string) { hijacked(w, text(asked)) })
}

func troubles() map[string]http.HandlerFunc {
	const ok = "HTTP/1.1 200 OK\r\n"
	return map[string]http.HandlerFunc{
		"status": answering(func(w http.ResponseWriter, asked string) { http.Error(w, asked, http.StatusBadGateway) }),
		"redirect": answering(func(w http.ResponseWriter, asked string) {
			w.Header().Set("Location", "http://127.0.0.1:1"+asked)
			w.WriteHeader(http.StatusFound)
		}),
		"no JSON": says(func(asked string) string { return asked }),
		"wrong types": says(func(asked string) string {
			return `{"errcode":"` + url.QueryEscape(asked) + `","openid":1}`
		}),
		"empty answer": says(func(string) string { return "{}" }),
		"too large":    says(func(asked string) string { return asked + strings.Repeat(" ", 1<<20) }),
		"no HTTP":      raw(func(asked string) string { return asked }),
		"hung up":      raw(func(string) string { return "" }),
		"cut short":    raw(func(string) string { return ok + "Content-Length: 9\r\n\r\n{" }),
		"bad header":   raw(func(asked string) string { return ok + asked + "\r\n\r\n" }),
		"bad chunks":   raw(func(asked string) string { return ok + "Transfer-Encoding: chunked\r\n\r\n" + asked }),
		"never ready": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // net/http sees a client leave only after the body
			<-r.Context().Done()
		},
	}
}

// texts are those of err and of every error it wraps.
func texts(err error) []string {
	var all []string
	for ; err != nil; err = errors.Unwrap(err) {
		all = append(all, err.Error())
	}
	return all
}

func wantNoSecrets(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Error("no error at all")
	}
	for _, text := range texts(err) {
		for _, marker := range []string{"MARKER", "http:", "https:", "/sns/", "/wxa/", "/cgi-bin/", "api.weixin", "="} {
			if strings.Contains(text, marker) {
				t.Errorf("%q tells %q", text, marker)
			}
		}
	}
}

func TestUnavailableTellsNoSecrets(t *testing.T) {
	for name, handler := range troubles() {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(handler)
			defer server.Close()
			wantQuietFailures(t, server.URL)
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		server := httptest.NewServer(http.NotFoundHandler())
		server.Close()
		wantQuietFailures(t, server.URL)
	})
	t.Run("unknown certificate", func(t *testing.T) {
		server := httptest.NewUnstartedServer(http.NotFoundHandler())
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		defer server.Close()
		wantQuietFailures(t, server.URL)
	})
}

// wantQuietFailures makes a log-in, a phone without a token and a phone with
// one, all of which must fail without a secret in the error.
func wantQuietFailures(t *testing.T, base string) {
	t.Helper()
	cfg := wechat.Config{AppID: appID, Secret: secret, BaseURL: base, Timeout: 500 * time.Millisecond}
	tokens := memory()
	client, err := wechat.New(cfg, tokens, clock.Fixed(start))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Login(t.Context(), markerCode)
	wantReason(t, err, fault.ReasonWeChatFailure)
	wantNoSecrets(t, err)
	_, err = client.Phone(t.Context(), markerCode)
	wantReason(t, err, fault.ReasonWeChatFailure)
	wantNoSecrets(t, err)
	if err := tokens.Set(t.Context(), tokenKey, markerToken, time.Hour); err != nil {
		t.Fatal(err)
	}
	_, err = client.Phone(t.Context(), markerCode)
	wantReason(t, err, fault.ReasonWeChatFailure)
	wantNoSecrets(t, err)
}

func TestErrorCodesTellNoSecrets(t *testing.T) {
	for _, errcode := range []string{"-1", "40001", "40029", "40163", "40226", "45011", "40125"} {
		server := httptest.NewServer(answering(func(w http.ResponseWriter, asked string) {
			_, _ = io.WriteString(w, `{"errcode":`+errcode+`,"errmsg":"`+url.QueryEscape(asked)+`"}`)
		}))
		client := newClient(t, server.URL, memory())
		_, err := client.Login(t.Context(), markerCode)
		wantNoSecrets(t, err)
		_, err = client.Phone(t.Context(), markerCode)
		wantNoSecrets(t, err)
		server.Close()
	}
}

func TestTimeout(t *testing.T) {
	server := httptest.NewServer(troubles()["never ready"])
	defer server.Close()
	cfg := wechat.Config{AppID: appID, Secret: secret, BaseURL: server.URL, Timeout: 50 * time.Millisecond}
	client, err := wechat.New(cfg, memory(), clock.Fixed(start))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Login(t.Context(), markerCode)
	wantReason(t, err, fault.ReasonWeChatFailure)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v does not say that time ran out", err)
	}
}

func TestBodyCap(t *testing.T) {
	for _, c := range []struct {
		size int
		ok   bool
	}{{1 << 20, true}, {1<<20 + 1, false}} {
		server := httptest.NewServer(answering(func(w http.ResponseWriter, _ string) {
			answer := `{"session_key":"k","openid":"` + openID + `"}`
			_, _ = io.WriteString(w, answer+strings.Repeat(" ", c.size-len(answer)))
		}))
		_, err := newClient(t, server.URL, memory()).Login(t.Context(), markerCode)
		server.Close()
		if c.ok {
			if err != nil {
				t.Errorf("%d bytes: %v", c.size, err)
			}
			continue
		}
		if f := wantReason(t, err, fault.ReasonWeChatFailure); !strings.Contains(f.Error(), "too large") {
			t.Errorf("%d bytes: %v", c.size, err)
		}
	}
}
