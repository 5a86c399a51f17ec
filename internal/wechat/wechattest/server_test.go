package wechattest_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/wechat/wechattest"
)

var start = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

func options() wechattest.Options {
	return wechattest.Options{AppID: "wx0", Secret: "secret", Clock: clock.Fixed(start)}
}

// ask returns the answer's body; a body of its own makes it a POST.
func ask(t *testing.T, server *wechattest.Server, target, body string) string {
	t.Helper()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d", target, w.Code)
	}
	return strings.TrimSpace(w.Body.String())
}

func logIn(t *testing.T, server *wechattest.Server, code string) string {
	t.Helper()
	return ask(t, server, loginTarget("wx0", "secret", code), "")
}

func loginTarget(appID, secret, code string) string {
	return wechattest.LoginPath + "?appid=" + appID + "&secret=" + secret +
		"&js_code=" + code + "&grant_type=authorization_code"
}

const tokenBody = `{"grant_type":"client_credential","appid":"wx0","secret":"secret"}`

func token(t *testing.T, server *wechattest.Server, body string) string {
	t.Helper()
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(ask(t, server, wechattest.TokenPath, body)), &answer); err != nil {
		t.Fatal(err)
	}
	if answer.AccessToken == "" {
		t.Fatal("no token")
	}
	return answer.AccessToken
}

func wantMatch(t *testing.T, got, pattern string) {
	t.Helper()
	if !regexp.MustCompile(`^` + pattern + `$`).MatchString(got) {
		t.Errorf("got %s\nwant %s", got, pattern)
	}
}

const rid = `, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}"}`

func TestBodies(t *testing.T) {
	server := wechattest.New(options())
	code, phoneCode := server.NewCode("openid-1"), server.NewPhoneCode("13580006666")
	wantMatch(t, logIn(t, server, code), `{"session_key":"[A-Za-z0-9+/]{22}==","openid":"openid-1"}`)
	wantMatch(t, logIn(t, server, code), `{"errcode":40163,"errmsg":"code been used`+rid)
	wantMatch(t, logIn(t, server, "x"), `{"errcode":40029,"errmsg":"invalid code`+rid)
	wantMatch(t, ask(t, server, loginTarget("wx1", "secret", code), ""), `{"errcode":40013,"errmsg":"invalid appid`+rid)
	wantMatch(t, ask(t, server, loginTarget("wx0", "other", code), ""),
		`{"errcode":40125,"errmsg":"invalid appsecret`+rid)
	wantMatch(t, ask(t, server, wechattest.LoginPath+"?appid=wx0&secret=secret", ""), `{"errcode":40002,.*`+rid)
	wantMatch(t, ask(t, server, wechattest.TokenPath, tokenBody),
		`{"access_token":"[A-Z0-9_]+","expires_in":7200}`)
	for body, errcode := range map[string]string{
		strings.Replace(tokenBody, "wx0", "wx1", 1):                      "40013",
		strings.Replace(tokenBody, `"secret"}`, `"other"}`, 1):           "40125",
		strings.Replace(tokenBody, "client_credential", "credential", 1): "40002",
		"x": "47001",
	} {
		wantMatch(t, ask(t, server, wechattest.TokenPath, body), `{"errcode":`+errcode+`,.*`+rid)
	}
	wantMatch(t, ask(t, server, wechattest.TokenPath, ""), `{"errcode":43002,"errmsg":"require POST method`+rid)
	phonePath := wechattest.PhonePath + "?access_token="
	wantMatch(t, ask(t, server, phonePath, "{}"), `{"errcode":41001,.*`+rid)
	wantMatch(t, ask(t, server, phonePath+"x", "{}"), `{"errcode":40001,"errmsg":"invalid credential, .*`+rid)
	phonePath += token(t, server, tokenBody)
	wantMatch(t, ask(t, server, phonePath, "x"), `{"errcode":47001,.*`+rid)
	wantMatch(t, ask(t, server, phonePath, `{"code":"`+server.NewCode("o")+`"}`), `{"errcode":40029,.*`+rid)
	wantMatch(t, ask(t, server, phonePath, `{"code":"`+phoneCode+`"}`),
		`{"errcode":0,"errmsg":"ok","phone_info":{"phoneNumber":"13580006666","purePhoneNumber":"13580006666",`+
			`"countryCode":"86","watermark":{"timestamp":1772413200,"appid":"wx0"}}}`)
	wantMatch(t, ask(t, server, phonePath, `{"code":"`+phoneCode+`"}`), `{"errcode":40163,.*`+rid)
}

func TestTokensRotate(t *testing.T) {
	o := options()
	server := wechattest.New(o)
	works := func(token string) string {
		return ask(t, server, wechattest.PhonePath+"?access_token="+token, `{"code":"x"}`)
	}
	first := token(t, server, tokenBody)
	if token(t, server, tokenBody) != first {
		t.Error("a stable token changed")
	}
	o.Clock.Advance(2*time.Hour - 5*time.Minute)
	second := token(t, server, tokenBody)
	if second == first {
		t.Error("no new token 5 minutes before the end")
	}
	wantMatch(t, works(first), `{"errcode":40029,.*`)
	o.Clock.Advance(5 * time.Minute)
	wantMatch(t, works(first), `{"errcode":42001,.*`)
	wantMatch(t, works(second), `{"errcode":40029,.*`)
	forced := token(t, server, strings.Replace(tokenBody, "}", `,"force_refresh":true}`, 1))
	wantMatch(t, works(second), `{"errcode":40001,.*`)
	wantMatch(t, works(forced), `{"errcode":40029,.*`)
	server.ExpireTokens()
	wantMatch(t, works(forced), `{"errcode":40001,.*`)
}

func TestFailuresQueueUp(t *testing.T) {
	server := wechattest.New(options())
	code := server.NewCode("o")
	server.FailNext(wechattest.LoginPath, -1, 2)
	server.FailNext(wechattest.LoginPath, 45011, 1)
	for _, want := range []string{"-1", "-1", "45011"} {
		wantMatch(t, logIn(t, server, code), `{"errcode":`+want+`,.*`+rid)
	}
	wantMatch(t, logIn(t, server, code), `.*"openid":"o"}`)
	if n := server.Calls(wechattest.LoginPath); n != 4 {
		t.Errorf("%d calls", n)
	}
}

func TestPersonas(t *testing.T) {
	o := options()
	server := wechattest.New(o)
	o.DemoPersonas = true
	demo := wechattest.New(o)
	for _, code := range []string{
		"demo-resident", "demo-resident-2", "demo-member", "demo-member-1", "demo-member-99", "demo-member-200",
		"demo-leader", "demo-grid", "demo-secretary", "demo-unit", "demo-street", "demo-county", "demo-auditor", "demo-area-leader",
		"load-member-1", "load-member-100000",
	} {
		openID := wechattest.DemoOpenID(strings.TrimPrefix(code, "demo-"))
		for range 2 {
			wantMatch(t, logIn(t, demo, code), `.*"openid":"`+openID+`"}`)
		}
		wantMatch(t, logIn(t, server, code), `{"errcode":40029,.*`)
	}
	for _, code := range []string{
		"demo-", "demo-member-0", "demo-member-01", "demo-member-201", "demo-member-1x", "demo-nobody", "resident",
		"demo-resident-3", "load-member-0", "load-member-", "xdemo-member",
	} {
		wantMatch(t, logIn(t, demo, code), `{"errcode":40029,.*`)
	}
	if wechattest.DemoOpenID("member") != wechattest.DemoOpenID("member-1") {
		t.Error("member is not member-1")
	}
}

func TestStartAndClose(t *testing.T) {
	server := wechattest.New(options())
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); !errors.Is(err, wechattest.ErrStarted) {
		t.Errorf("the second start: %v", err)
	}
	base := server.URL()
	if !strings.HasPrefix(base, "http://127.0.0.1:") {
		t.Errorf("it listens on %s", base)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/nowhere", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown path: status %d", answer.StatusCode)
	}
	for range 2 {
		if err := server.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	if answer, err := http.DefaultClient.Do(r); err == nil {
		_ = answer.Body.Close()
		t.Error("it still answers after Close")
	}
}
