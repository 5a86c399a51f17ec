package wechat_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"xinyuan/internal/fault"
	"xinyuan/internal/wechat/wechattest"
)

const arrive = "pages/home/arrive"

// WeChat's scanner finds in the picture what was asked for.
func TestCodePicture(t *testing.T) {
	t.Parallel()
	server := newServer(t, wechattest.Options{Pages: []string{arrive}})
	picture, err := newClient(t, server.URL(), memory()).CodePicture(t.Context(), arrive, "a157336731650082615")
	if err != nil {
		t.Fatal(err)
	}
	if found, ok := server.Scan(picture); !ok || found != (wechattest.Scanned{Page: arrive, Scene: "a157336731650082615"}) {
		t.Errorf("scanned: %+v", found)
	}
}

// Each refusal that WeChat documents is one that people understand, and tells no token.
func TestRefusedCodePictures(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]fault.Reason{
		41030: fault.ReasonPageUnpublished, 45009: fault.ReasonTooManyRequests, 40097: fault.ReasonWeChatFailure,
		40169: fault.ReasonWeChatFailure, 85096: fault.ReasonWeChatFailure, 45011: fault.ReasonTooManyRequests, 48001: fault.ReasonWeChatFailure,
	} {
		server := newServer(t, wechattest.Options{})
		server.FailNext(wechattest.CodePath, code, 1)
		client := newClient(t, server.URL(), memory())
		_, err := client.CodePicture(t.Context(), arrive, "a1")
		refused := wantReason(t, err, want)
		if strings.Contains(refused.Error(), "access_token") || strings.Contains(refused.Error(), secret) {
			t.Errorf("%d: %v tells too much", code, refused)
		}
		if (refused.RetryAfter > 0) != (want == fault.ReasonTooManyRequests) {
			t.Errorf("%d: again after %s", code, refused.RetryAfter)
		}
		if _, err := client.CodePicture(t.Context(), arrive, "a1"); err != nil {
			t.Errorf("after %d: %v", code, err)
		}
	}
	server := newServer(t, wechattest.Options{Pages: []string{"pages/home/home"}})
	_, err := newClient(t, server.URL(), memory()).CodePicture(t.Context(), arrive, "a1")
	wantReason(t, err, fault.ReasonPageUnpublished)
}

// A token that WeChat has forgotten is fetched anew, a busy WeChat is asked again.
func TestCodePictureHeals(t *testing.T) {
	t.Parallel()
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	for _, code := range []int{40001, 42001, -1} {
		server.FailNext(wechattest.CodePath, code, 1)
		if _, err := client.CodePicture(t.Context(), arrive, "a1"); err != nil {
			t.Errorf("%d: %v", code, err)
		}
	}
}

// What WeChat would not take is not sent; what is no picture is none.
func TestNoCodePicture(t *testing.T) {
	t.Parallel()
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	for _, scene := range []string{"", strings.Repeat("a", 33), "愿", "a b", "a%20"} {
		if _, err := client.CodePicture(t.Context(), arrive, scene); !fault.Has(err, fault.ReasonInternal) {
			t.Errorf("%q: %v", scene, err)
		}
	}
	if n := server.Calls(wechattest.CodePath); n != 0 {
		t.Errorf("%d scenes were sent", n)
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == wechattest.TokenPath {
			server.ServeHTTP(w, r)
			return
		}
		_, _ = w.Write([]byte("<html>a proxy in between</html>"))
	}))
	defer proxy.Close()
	_, err := newClient(t, proxy.URL, memory()).CodePicture(t.Context(), arrive, "a1")
	wantReason(t, err, fault.ReasonWeChatFailure)
	server.FailHTTP(wechattest.CodePath, 502, 1)
	_, err = client.CodePicture(t.Context(), arrive, "a1")
	if wantReason(t, err, fault.ReasonWeChatFailure); errors.Is(err, nil) {
		t.Error("no error")
	}
}
