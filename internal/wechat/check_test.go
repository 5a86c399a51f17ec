package wechat_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/wechat"
	"xinyuan/internal/wechat/wechattest"
)

// Each answer by which WeChat refuses an installation tells the operator what to do.
func TestAdviceForEachRefusal(t *testing.T) {
	t.Parallel()
	for code, advice := range map[int]string{
		40001: "AppSecret 不对", 40013: "AppID 不对", 40125: "AppSecret 不对", 40164: "IP 白名单", 48001: "权限",
		45009: "用完了", 61024: "第三方平台", 45011: "一分钟后", -1: "微信忙", 89503: "照错误码",
	} {
		server := newServer(t, wechattest.Options{})
		server.FailNext(wechattest.TokenPath, code, 1)
		client := newClient(t, server.URL(), memory())
		var problem *wechat.Problem
		if err := client.Check(t.Context()); !errors.As(err, &problem) {
			t.Fatalf("%d: %v", code, err)
		}
		if problem.Code != int64(code) || !strings.Contains(problem.Advice, advice) || problem.Request == "" {
			t.Errorf("%d: %+v", code, problem)
		}
		if address := problem.Address; (code == 40164) != (address == "203.0.113.7") {
			t.Errorf("%d: WeChat sees the address %q", code, address)
		}
		if strings.Contains(problem.Error(), secret) {
			t.Errorf("%d: the secret is in %v", code, problem)
		}
		if err := client.Check(t.Context()); err != nil {
			t.Errorf("after %d: %v", code, err)
		}
	}
}

// A wrong secret is noticed although a token is still kept from before.
func TestCheckLooksPastTheKeptToken(t *testing.T) {
	t.Parallel()
	server := newServer(t, wechattest.Options{})
	tokens := memory()
	if _, err := newClient(t, server.URL(), tokens).Phone(t.Context(), server.NewPhoneCode(phone)); err != nil {
		t.Fatal(err)
	}
	wrong, err := wechat.New(wechat.Config{
		AppID: appID, Secret: "another", BaseURL: server.URL(), Timeout: 20 * time.Second,
	}, tokens, clock.Fixed(start))
	if err != nil {
		t.Fatal(err)
	}
	var problem *wechat.Problem
	if err := wrong.Check(t.Context()); !errors.As(err, &problem) || problem.Code != 40125 {
		t.Errorf("%v", err)
	}
}

// Who cannot reach WeChat reads that, and where it is said.
func TestCheckWithoutANetwork(t *testing.T) {
	t.Parallel()
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	server.FailHTTP(wechattest.TokenPath, 502, 1)
	var problem *wechat.Problem
	if err := client.Check(t.Context()); !errors.As(err, &problem) || problem.Code != 0 || !strings.Contains(problem.Advice, "连不上微信") {
		t.Errorf("%v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := client.Check(gone); !errors.As(err, &problem) || !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// Calls are counted by what came of them.
func TestCalls(t *testing.T) {
	t.Parallel()
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	server.FailHTTP(wechattest.LoginPath, 502, 1)
	for range 2 {
		_, _ = client.Login(t.Context(), "no-such-code")
	}
	if _, err := client.Login(t.Context(), server.NewCode(openID)); err != nil {
		t.Fatal(err)
	}
	for result, want := range map[string]int64{"ok": 1, "errcode 40029": 1, "status 502": 1} {
		if got := client.Calls()[wechat.Call{Path: wechattest.LoginPath, Result: result}]; got != want {
			t.Errorf("%s: %d, want %d", result, got, want)
		}
	}
}
