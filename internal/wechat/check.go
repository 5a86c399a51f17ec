package wechat

import (
	"context"
	"errors"
	"fmt"
	"regexp"
)

// What WeChat says of an installation rather than of a person.
// Source: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
// and https://developers.weixin.qq.com/doc/oplatform/Return_codes/Return_code_descriptions_new.html
const (
	codeAppID        = 40013
	codeSecret       = 40125
	codeAddress      = 40164
	codeUnauthorised = 48001
	codeDailyQuota   = 45009
	codeComponent    = 61024
)

// advice is what the operator does about a code.
var advice = map[int64]string{ //nolint:gosec // no secrets: where the operator finds them
	codeTokenInvalid: "AppSecret 不对：在公众平台“开发管理 → 开发设置”重置，写进 wechat.secret",
	codeAppID:        "AppID 不对：照公众平台“开发管理 → 开发设置”写 wechat.appid",
	codeSecret:       "AppSecret 不对：在公众平台“开发管理 → 开发设置”重置，写进 wechat.secret",
	codeAddress:      "微信不认这台服务器的地址：在公众平台“开发管理 → 开发设置 → IP 白名单”里加上它",
	codeUnauthorised: "小程序没有这个接口的权限：看公众平台的认证和接口设置",
	codeDailyQuota:   "今天调用微信的次数用完了：到公众平台“开发管理 → 接口设置”看用量，零点以后恢复",
	codeComponent:    "小程序托管给了第三方平台，不能用自己的 AppSecret：在公众平台“设置 → 第三方设置”取消授权",
	codeTooFrequent:  "调用微信太频繁：一分钟后再试",
	codeBusy:         "微信忙：稍后会自己恢复",
}

// Problem is why WeChat does not serve this installation.
type Problem struct {
	Code    int64  // WeChat's; 0: no answer came
	Advice  string // what the operator does, in Chinese
	Address string // from where WeChat sees the calls, when it says so
	Request string // WeChat's id of the call, for its support
	cause   error
}

// Error tells the code and the advice.
func (p *Problem) Error() string { return fmt.Sprintf("wechat: errcode %d: %s", p.Code, p.Advice) }

// Unwrap is the call's error, without secrets.
func (p *Problem) Unwrap() error { return p.cause }

// Check asks WeChat for an access token, past the one that is kept: with that
// AppID, AppSecret and this server's address are known to be right. The error is a
// *Problem.
func (c *Client) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, transportKey{}, c.transport), c.timeout)
	defer cancel()
	if _, err := c.transport.tokens.ask(ctx); err != nil {
		return diagnose(err)
	}
	return nil
}

// diagnose turns WeChat's answer, or its silence, into what to do.
func diagnose(err error) *Problem {
	var refused *refusal
	if !errors.As(err, &refused) {
		return &Problem{
			Advice: "连不上微信：看这台服务器能不能访问 https://" + host + "，要经过代理的写 wechat.proxy", cause: safe(err),
		}
	}
	says := advice[refused.code]
	if says == "" {
		says = "微信不肯：照错误码查公众平台的文档"
	}
	return &Problem{Code: refused.code, Advice: says, Address: refused.address, Request: refused.request, cause: refused}
}

// WeChat's texts end with the id of the call. That of a refused address names it.
var (
	ridForm     = regexp.MustCompile(`rid: ([0-9a-f]{4,16}(?:-[0-9a-f]{4,16}){1,4})`)
	addressForm = regexp.MustCompile(`invalid ip ((?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F:]{3,45})[ ,]`)
)

// newRefusal keeps of WeChat's text only the two parts that help, by their form:
// nobody promises that it repeats nothing of the request.
func newRefusal(code int64, text string) *refusal {
	r := &refusal{code: code}
	if m := ridForm.FindStringSubmatch(text); m != nil {
		r.request = m[1]
	}
	if m := addressForm.FindStringSubmatch(text); m != nil {
		r.address = m[1]
	}
	return r
}
