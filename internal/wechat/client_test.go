package wechat_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/race"
	"xinyuan/internal/wechat"
	"xinyuan/internal/wechat/wechattest"
)

const (
	appID  = "wx0123456789abcdef"
	secret = "MARKERSECRET0123456789"
	openID = "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
	phone  = "13580006666"
)

var start = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

func newServer(t *testing.T, options wechattest.Options) *wechattest.Server {
	t.Helper()
	options.AppID, options.Secret = appID, secret
	if options.Clock == nil {
		options.Clock = clock.Fixed(start)
	}
	server := wechattest.New(options)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

func newClient(t *testing.T, base string, tokens wechat.TokenStore) *wechat.Client {
	t.Helper()
	client, err := wechat.New(wechat.Config{
		AppID: appID, Secret: secret, BaseURL: base, Timeout: 20 * time.Second,
	}, tokens, clock.Fixed(start))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func memory() wechat.TokenStore { return wechat.NewMemoryTokens(clock.Fixed(start)) }

func wantReason(t *testing.T, err error, reason fault.Reason) *fault.Error {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Reason != reason {
		t.Fatalf("got %v, want %s", err, reason)
	}
	return f
}

func TestLogin(t *testing.T) {
	server := newServer(t, wechattest.Options{UnionIDs: true})
	client := newClient(t, server.URL(), memory())
	code := server.NewCode(openID)
	who, err := client.Login(t.Context(), code)
	if err != nil || who.OpenID != openID || who.UnionID == "" {
		t.Fatalf("got %+v, %v", who, err)
	}
	who, err = client.Login(t.Context(), code)
	wantReason(t, err, fault.ReasonCodeUsed)
	if who != (wechat.Identity{}) {
		t.Fatalf("a refused log-in names %+v", who)
	}
	_, err = client.Login(t.Context(), "unknown")
	wantReason(t, err, fault.ReasonCodeInvalid)
	if n := server.Calls(wechattest.TokenPath); n != 0 {
		t.Fatalf("log-in fetched %d tokens", n)
	}
}

func TestPhone(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	code := server.NewPhoneCode(phone)
	number, err := client.Phone(t.Context(), code)
	if err != nil || number != phone {
		t.Fatalf("got %q, %v", number, err)
	}
	_, err = client.Phone(t.Context(), code)
	used := wantReason(t, err, fault.ReasonCodeUsed)
	if !strings.Contains(used.Message, "手机号") {
		t.Fatalf("the sentence is not about the phone: %s", used.Message)
	}
	_, err = client.Phone(t.Context(), server.NewCode(openID))
	wantReason(t, err, fault.ReasonCodeInvalid)
}

func TestCodesExpire(t *testing.T) {
	machine := clock.Fixed(start)
	server := newServer(t, wechattest.Options{Clock: machine})
	client := newClient(t, server.URL(), memory())
	login, number := server.NewCode(openID), server.NewPhoneCode(phone)
	machine.Advance(5*time.Minute - time.Millisecond)
	last := server.NewCode(openID)
	if _, err := client.Login(t.Context(), login); err != nil {
		t.Fatalf("a code just under 5 minutes old: %v", err)
	}
	machine.Advance(5*time.Minute - time.Millisecond)
	if _, err := client.Login(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	_, err := client.Phone(t.Context(), number)
	wantReason(t, err, fault.ReasonCodeInvalid)
	old := server.NewCode(openID)
	machine.Advance(5 * time.Minute)
	_, err = client.Login(t.Context(), old)
	wantReason(t, err, fault.ReasonCodeInvalid)
}

func TestUnfitCodesMakeNoCall(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	for _, code := range []string{
		"", " ", "a b", "a&secret=x", "a%20", "a\n", "码", "a/b", "a#", strings.Repeat("a", 129),
	} {
		_, err := client.Login(t.Context(), code)
		wantReason(t, err, fault.ReasonCodeInvalid)
		_, err = client.Phone(t.Context(), code)
		wantReason(t, err, fault.ReasonCodeInvalid)
	}
	for _, path := range []string{wechattest.LoginPath, wechattest.PhonePath, wechattest.TokenPath} {
		if n := server.Calls(path); n != 0 {
			t.Errorf("%s: %d calls", path, n)
		}
	}
	_, err := client.Login(t.Context(), strings.Repeat("a", 128))
	wantReason(t, err, fault.ReasonCodeInvalid)
	if n := server.Calls(wechattest.LoginPath); n != 1 {
		t.Errorf("the longest code made %d calls", n)
	}
}

func TestErrorCodes(t *testing.T) {
	paths := []string{wechattest.LoginPath, wechattest.PhonePath, wechattest.TokenPath}
	for _, c := range []struct {
		errcode int
		reason  fault.Reason
		calls   int
	}{
		{-1, fault.ReasonWeChatBusy, 3},
		{40029, fault.ReasonCodeInvalid, 1},
		{40163, fault.ReasonCodeUsed, 1},
		{40226, fault.ReasonLoginRisky, 1},
		{45011, fault.ReasonTooManyRequests, 1},
		{40013, fault.ReasonWeChatFailure, 1},
		{40125, fault.ReasonWeChatFailure, 1},
		{40164, fault.ReasonWeChatFailure, 1},
	} {
		for _, path := range paths {
			server := newServer(t, wechattest.Options{})
			client := newClient(t, server.URL(), memory())
			server.FailNext(path, c.errcode, 10)
			var err error
			if path == wechattest.LoginPath {
				_, err = client.Login(t.Context(), server.NewCode(openID))
			} else {
				_, err = client.Phone(t.Context(), server.NewPhoneCode(phone))
			}
			f := wantReason(t, err, c.reason)
			if n := server.Calls(path); n != c.calls {
				t.Errorf("%s, %d: %d calls, want %d", path, c.errcode, n, c.calls)
			}
			if (f.RetryAfter > 0) != (c.reason == fault.ReasonTooManyRequests) {
				t.Errorf("%s, %d: retry after %s", path, c.errcode, f.RetryAfter)
			}
		}
	}
}

func TestShortBusynessHeals(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	server.FailNext(wechattest.LoginPath, -1, 2)
	if _, err := client.Login(t.Context(), server.NewCode(openID)); err != nil {
		t.Fatal(err)
	}
	server.FailNext(wechattest.TokenPath, -1, 1)
	server.FailNext(wechattest.PhonePath, -1, 1)
	if _, err := client.Phone(t.Context(), server.NewPhoneCode(phone)); err != nil {
		t.Fatal(err)
	}
}

func TestWrongCredentials(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	for _, cfg := range []wechat.Config{{AppID: "wxother", Secret: secret}, {AppID: appID, Secret: "other"}} {
		cfg.BaseURL, cfg.Timeout = server.URL(), 20*time.Second
		client, err := wechat.New(cfg, memory(), clock.Fixed(start))
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.Login(t.Context(), server.NewCode(openID))
		wantReason(t, err, fault.ReasonWeChatFailure)
		_, err = client.Phone(t.Context(), server.NewPhoneCode(phone))
		wantReason(t, err, fault.ReasonWeChatFailure)
	}
}

func TestStatusIsTyped(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	for _, status := range []int{http.StatusFound, http.StatusForbidden, http.StatusBadGateway} {
		for _, path := range []string{wechattest.PhonePath, wechattest.TokenPath} {
			server.ExpireTokens()
			server.FailHTTP(path, status, 1)
			_, err := client.Phone(t.Context(), server.NewPhoneCode(phone))
			wantReason(t, err, fault.ReasonWeChatFailure)
			var typed *wechat.StatusError
			if !errors.As(err, &typed) || typed.Status != status {
				t.Errorf("%s: %v, want status %d", path, err, status)
			}
		}
	}
}

func TestClientsDoNotMix(t *testing.T) {
	var wg race.Group
	for range 2 {
		server := newServer(t, wechattest.Options{})
		client := newClient(t, server.URL(), memory())
		for range 10 {
			login, number := server.NewCode(openID), server.NewPhoneCode(phone)
			wg.Go(func() {
				if _, err := client.Login(t.Context(), login); err != nil {
					t.Errorf("log-in at its own server: %v", err)
				}
				if _, err := client.Phone(t.Context(), number); err != nil {
					t.Errorf("phone at its own server: %v", err)
				}
			})
		}
	}
	wg.Wait()
}

func TestEndedContext(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := client.Login(ctx, server.NewCode(openID))
	wantReason(t, err, fault.ReasonWeChatFailure)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v does not say that the caller left", err)
	}
}

func TestLeavingDuringAPause(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var calls atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		_, _ = io.WriteString(w, `{"errcode":-1,"errmsg":"system error"}`)
		cancel()
	}))
	defer server.Close()
	_, err := newClient(t, server.URL, memory()).Login(ctx, "code")
	if !fault.Has(err, fault.ReasonWeChatBusy) && !errors.Is(err, context.Canceled) {
		t.Errorf("a caller who left gets %v", err)
	}
	if n := calls.Load(); n != 1 {
		t.Errorf("%d calls for a caller who left", n)
	}
}

func TestNewRefuses(t *testing.T) {
	good := wechat.Config{AppID: appID, Secret: secret, Timeout: time.Second}
	for name, c := range map[string]struct {
		change func(*wechat.Config)
		want   error
	}{
		"no app id":       {func(c *wechat.Config) { c.AppID = "" }, wechat.ErrCredentials},
		"no secret":       {func(c *wechat.Config) { c.Secret = "" }, wechat.ErrCredentials},
		"unfit secret":    {func(c *wechat.Config) { c.Secret = secret + "&" }, wechat.ErrCredentials},
		"no time-out":     {func(c *wechat.Config) { c.Timeout = 0 }, wechat.ErrTimeout},
		"path":            {func(c *wechat.Config) { c.BaseURL = "http://127.0.0.1:1/x" }, wechat.ErrBaseURL},
		"slash":           {func(c *wechat.Config) { c.BaseURL = "http://127.0.0.1:1/" }, wechat.ErrBaseURL},
		"password":        {func(c *wechat.Config) { c.BaseURL = "http://u:" + secret + "@a" }, wechat.ErrBaseURL},
		"other scheme":    {func(c *wechat.Config) { c.BaseURL = "ftp://a" }, wechat.ErrBaseURL},
		"no host":         {func(c *wechat.Config) { c.BaseURL = "http://" }, wechat.ErrBaseURL},
		"no URL":          {func(c *wechat.Config) { c.BaseURL = "http://" + secret + "\n" }, wechat.ErrBaseURL},
		"the real WeChat": {func(*wechat.Config) {}, nil},
	} {
		cfg := good
		c.change(&cfg)
		if _, err := wechat.New(cfg, memory(), clock.Fixed(start)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		} else if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error tells the secret", name)
		}
	}
}
