// Package wechat is the only user of the WeChat SDK: log-in, phone numbers and
// the access token that such calls need.
//
// Every error a person may see is a fault; its cause names WeChat's error code
// or a kind of trouble, and never a secret, a token, a code or a URL.
package wechat

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"github.com/silenceper/wechat/v2/miniprogram/auth"
	"github.com/silenceper/wechat/v2/miniprogram/config"
	sdkcontext "github.com/silenceper/wechat/v2/miniprogram/context"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
)

// Config says which mini-program calls WeChat, and where WeChat is.
type Config struct {
	AppID  string
	Secret string
	// BaseURL is scheme and host of another server to ask in place of WeChat,
	// for tests and the demo. Empty is the real WeChat.
	BaseURL string
	// Proxy is an egress proxy, http(s)://host:port. Empty is the environment's
	// HTTPS_PROXY, or none.
	Proxy string
	// Timeout bounds one Login or one Phone with all its requests, pauses and
	// replays. WeChat itself allows a mini-program's request 60 s.
	Timeout time.Duration
}

// Client speaks to WeChat for one mini-program. It is safe for concurrent use.
type Client struct {
	auth      *auth.Auth
	transport *transport
	timeout   time.Duration
}

// Identity is who logged in. WeChat's session_key stays inside this package.
type Identity struct {
	OpenID  string // the person in this mini-program
	UnionID string // the person across the subject's programs; empty unless WeChat gives it
}

var (
	// The SDK writes these into a query without escaping them.
	plainWord = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	codeShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)
)

// pauses lie between the attempts of a call that WeChat is too busy for.
var pauses = []time.Duration{100 * time.Millisecond, 300 * time.Millisecond}

// The errors of New.
var (
	ErrCredentials = errors.New("wechat.appid 或 wechat.secret 不对：只有字母、数字、_ 和 -，照公众平台抄，不要带空格和引号")
	ErrBaseURL     = errors.New("wechat.base_url 要写成 http://主机:端口，后面什么都不要")
	ErrProxy       = errors.New("wechat.proxy 要写成 http://主机:端口")
	ErrTimeout     = errors.New("wechat.timeout 要大于 0，例如 5s")
)

// New returns a client that shares its access token through tokens with every
// replica. Its errors are ErrCredentials, ErrBaseURL, ErrProxy and
// ErrTimeout.
func New(cfg Config, tokens TokenStore, machine *clock.Clock) (*Client, error) {
	if !plainWord.MatchString(cfg.AppID) || !plainWord.MatchString(cfg.Secret) {
		return nil, ErrCredentials
	}
	if cfg.Timeout <= 0 {
		return nil, ErrTimeout
	}
	base, err := baseURL(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	proxy, err := proxyOf(cfg.Proxy)
	if err != nil {
		return nil, err
	}
	source, err := newTokenSource(cfg, tokens, machine)
	if err != nil {
		return nil, err
	}
	install()
	return &Client{
		auth: auth.NewAuth(&sdkcontext.Context{
			Config:                   &config.Config{AppID: cfg.AppID, AppSecret: cfg.Secret},
			AccessTokenContextHandle: source,
		}),
		transport: newTransport(base, proxy, source),
		timeout:   cfg.Timeout,
	}, nil
}

func proxyOf(raw string) (func(*http.Request) (*url.URL, error), error) {
	if raw == "" {
		return http.ProxyFromEnvironment, nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return nil, ErrProxy
	}
	return http.ProxyURL(u), nil
}

func baseURL(raw string) (*url.URL, error) {
	if raw == "" {
		return &url.URL{Scheme: "https", Host: host}, nil
	}
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, ErrBaseURL
	}
	base := url.URL{Scheme: u.Scheme, Host: u.Host}
	if base.String() != raw {
		return nil, ErrBaseURL
	}
	return &base, nil
}

// Login tells who is behind the code that wx.login gave the client. A code
// works once and for 5 minutes. Its errors are fault.ReasonCodeInvalid,
// ReasonCodeUsed, ReasonLoginRisky, ReasonTooManyRequests, ReasonWeChatBusy and
// ReasonWeChatFailure.
// Source: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
func (c *Client) Login(ctx context.Context, code string) (Identity, error) {
	if !codeShape.MatchString(code) {
		return Identity{}, fault.New(fault.ReasonCodeInvalid)
	}
	var who Identity
	err := c.call(ctx, func(ctx context.Context) error {
		answer, err := c.auth.Code2SessionContext(ctx, code)
		switch {
		case answer.ErrCode != 0:
			return newRefusal(answer.ErrCode, answer.ErrMsg)
		case err != nil:
			return err
		case answer.OpenID == "":
			return errAnswer
		}
		who = Identity{OpenID: answer.OpenID, UnionID: answer.UnionID}
		return nil
	})
	return who, err
}

// Phone tells the number that its owner agreed to hand over, by the code of
// the client's getPhoneNumber button, which works once and for 5 minutes.
// Numbers from outside mainland China carry their country code. The errors are
// those of Login, and fault.ReasonUnavailable when the token store is.
// Source: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-info/phone-number/getPhoneNumber.html
func (c *Client) Phone(ctx context.Context, code string) (string, error) {
	if !codeShape.MatchString(code) {
		return "", forPhone(fault.New(fault.ReasonCodeInvalid))
	}
	var number string
	err := c.call(ctx, func(ctx context.Context) error {
		answer, err := c.auth.GetPhoneNumberContext(ctx, code)
		switch {
		case answer != nil && answer.ErrCode != 0:
			return newRefusal(answer.ErrCode, answer.ErrMsg)
		case err != nil:
			return err
		case answer.PhoneInfo.PhoneNumber == "":
			return errAnswer
		}
		number = answer.PhoneInfo.PhoneNumber
		return nil
	})
	return number, forPhone(err)
}

// forPhone gives a refused code the sentence that fits the phone button.
func forPhone(err error) error {
	refused, ok := fault.Of(err)
	if ok && (refused.Reason == fault.ReasonCodeInvalid || refused.Reason == fault.ReasonCodeUsed) {
		return refused.Saying("这次授权已经失效，请再点一次“获取手机号”。")
	}
	return err
}

// call runs one exchange with WeChat, again after a pause while WeChat is busy,
// and turns its error into a fault.
func (c *Client) call(ctx context.Context, exchange func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, transportKey{}, c.transport), c.timeout)
	defer cancel()
	for _, pause := range pauses {
		err := exchange(ctx)
		if !isBusy(err) {
			return asFault(err)
		}
		if clock.Wait(ctx, pause) != nil {
			return asFault(err)
		}
	}
	return asFault(exchange(ctx))
}
