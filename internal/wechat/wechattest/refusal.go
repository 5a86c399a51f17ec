package wechattest

import (
	"fmt"
	"math/rand/v2"
)

// The error codes that the server gives by itself. Source, with the meaning of
// each: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/ and the
// pages of the single calls.
const (
	errTokenInvalid = 40001
	errGrantType    = 40002
	errOpenID       = 40003
	errAppID        = 40013
	errCodeInvalid  = 40029
	errSecret       = 40125
	errArguments    = 40097
	errCodeUsed     = 40163
	errSceneLength  = 40169
	errPage         = 41030
	errAddress      = 40164
	errTokenMissing = 41001
	errTokenExpired = 42001
	errMethodPost   = 43002
	errDataFormat   = 47001
	errNotRecent    = 61010
	// Of subscription messages.
	errTemplate      = 40037
	errNotSubscribed = 43101
	errFields        = 47003
)

// messages are WeChat's texts, without the request id that ends each.
var messages = map[int]string{
	-1: "system error",
	errTokenInvalid: "invalid credential, access_token is invalid or not latest, could get access_token by " +
		"getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r",
	errGrantType:   "invalid grant_type",
	errOpenID:      "invalid openid",
	errNotRecent:   "code is expired",
	errAppID:       "invalid appid",
	40014:          "invalid access_token",
	errCodeInvalid: "invalid code",
	errSecret:      "invalid appsecret",
	errCodeUsed:    "code been used",
	errAddress:     "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist",
	40226:          "code blocked",
	errTemplate:    "invalid template_id",
	errFields:      "argument invalid!",
	// The texts of the platform's own refusals to send.
	errNotSubscribed: "user refuse to accept the msg",
	43107:            "user disable all subscribe message",
	43108:            "concurrent subscribe message to the same user",
	45168:            "sensitive content",
	errArguments:     "invalid args",
	errSceneLength:   "invalid length for scene, or the data is not json string",
	errPage:          "invalid page",
	errTokenMissing:  "access_token missing",
	errTokenExpired:  "access_token expired",
	errMethodPost:    "require POST method",
	45009:            "reach max api daily quota limit",
	45011:            "api minute-quota reach limit mustslower retry next minute",
	errDataFormat:    "data format error",
	48001:            "api unauthorized", //nolint:misspell // so WeChat writes it
	61024:            "access_token is component's, not the app's own",
}

// refused is the body of an answer that grants nothing.
type refused struct {
	ErrCode int    `json:"errcode"`
	ErrMsg  string `json:"errmsg"`
}

func (s *Server) refuse(errcode int) refused {
	message, ok := messages[errcode]
	if !ok {
		message = "error"
	}
	rid := fmt.Sprintf("%08x-%08x-%08x", s.options.Clock.Now().Unix(), rand.Uint32(), rand.Uint32())
	return refused{ErrCode: errcode, ErrMsg: message + ", rid: " + rid}
}
