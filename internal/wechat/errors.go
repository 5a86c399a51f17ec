package wechat

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"xinyuan/internal/fault"
)

// WeChat's error codes that mean something to us.
// Source: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
const (
	codeBusy          = -1
	codeTokenInvalid  = 40001
	codeTokenUnlawful = 40014
	codeTokenExpired  = 42001
	codeInvalid       = 40029
	codeUsed          = 40163
	codeRisky         = 40226
	codeTooFrequent   = 45011
)

// quotaWindow is how long WeChat's limit of 100 calls a person lasts.
const quotaWindow = time.Minute

var (
	errAnswer   = errors.New("wechat: the answer cannot be read")
	errTooLarge = errors.New("wechat: the answer is too large")
	errHost     = errors.New("wechat: a host other than WeChat's was asked for")
	errScene    = errors.New("wechat: a scene has 1 to 32 letters, digits and signs")
	errNoClient = errors.New("wechat: the request does not come from a Client")
)

// StatusError is an HTTP status other than 200.
type StatusError struct{ Status int }

// Error names the status.
func (e *StatusError) Error() string { return fmt.Sprintf("wechat: HTTP status %d", e.Status) }

// refusal is an error code in WeChat's answer, with what newRefusal keeps of its
// text.
type refusal struct {
	code             int64
	address, request string
}

func (e *refusal) Error() string {
	said := fmt.Sprintf("wechat: errcode %d", e.code)
	if e.request != "" {
		said += ", rid " + e.request
	}
	return said
}

func isBusy(err error) bool {
	var refused *refusal
	return errors.As(err, &refused) && refused.code == codeBusy
}

func (e *refusal) fault() *fault.Error {
	switch e.code {
	case codeBusy:
		return fault.Because(fault.ReasonWeChatBusy, e)
	case codeInvalid:
		return fault.Because(fault.ReasonCodeInvalid, e)
	case codeUsed:
		return fault.Because(fault.ReasonCodeUsed, e)
	case codeRisky:
		return fault.Because(fault.ReasonLoginRisky, e)
	case codeTooFrequent:
		return e.tooFrequent()
	}
	return fault.Because(fault.ReasonWeChatFailure, e)
}

// tooFrequent is a quota that begins anew after a minute.
func (e *refusal) tooFrequent() *fault.Error {
	slow := fault.Because(fault.ReasonTooManyRequests, e)
	slow.RetryAfter = quotaWindow
	return slow
}

func asFault(err error) error {
	if err == nil {
		return nil
	}
	if known, ok := fault.Of(err); ok { // of the token store
		return known
	}
	var refused *refusal
	if errors.As(err, &refused) {
		return refused.fault()
	}
	return fault.Because(fault.ReasonWeChatFailure, safe(err))
}

// safe keeps of an error only what is known to repeat nothing of the request:
// url.Error holds the URL with the app secret or the token, and even net/http
// quotes an answer that it cannot parse.
func safe(err error) error {
	for _, plain := range []error{
		context.Canceled, context.DeadlineExceeded, errTooLarge, errHost, errNoClient,
	} {
		if errors.Is(err, plain) {
			return plain
		}
	}
	var status *StatusError
	var certificate *tls.CertificateVerificationError
	var network *net.OpError
	switch {
	case errors.As(err, &status):
		return status
	case errors.As(err, &certificate):
		return certificate
	case errors.As(err, &network):
		return network
	}
	return errAnswer
}
