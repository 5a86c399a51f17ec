package wechat

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"xinyuan/internal/clock"
	"xinyuan/internal/wechat/wechattest"
)

// TestOtherHosts goes through the SDK's own functions, as a faulty or hostile
// URL would.
func TestOtherHosts(t *testing.T) {
	machine := clock.System()
	server := wechattest.New(wechattest.Options{AppID: "wx0", Secret: "secret", Clock: machine})
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	client, err := New(Config{AppID: "wx0", Secret: "secret", BaseURL: server.URL(), Timeout: time.Second},
		NewMemoryTokens(machine), machine)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithValue(t.Context(), transportKey{}, client.transport)
	for _, uri := range []string{
		"https://api2.weixin.qq.com", "https://api.weixin.qq.com.example.com", "https://example.com",
		"http://api.weixin.qq.com", "https://api.weixin.qq.com:8443", server.URL(),
	} {
		uri += wechattest.LoginPath
		if _, err := util.HTTPGetContext(ctx, uri); !errors.Is(err, errHost) {
			t.Errorf("GET %s: %v", uri, err)
		}
		if _, err := util.PostJSONContext(ctx, uri, "x"); !errors.Is(err, errHost) {
			t.Errorf("POST %s: %v", uri, err)
		}
	}
	const good = "https://" + host + wechattest.LoginPath
	if n := server.Calls(wechattest.LoginPath); n != 0 {
		t.Errorf("%d requests got through", n)
	}
	if _, err := util.HTTPGetContext(ctx, good); err != nil {
		t.Errorf("WeChat's own host: %v", err)
	}
	if _, err := util.HTTPGetContext(t.Context(), good); !errors.Is(err, errNoClient) {
		t.Errorf("without a client: %v", err)
	}
	if _, err := util.PostJSON(good, "x"); !errors.Is(err, errNoClient) {
		t.Errorf("without a context: %v", err)
	}
}
