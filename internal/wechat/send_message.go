package wechat

import (
	"context"
	"errors"
	"net"

	"xinyuan/internal/fault"
)

// Source, also for the codes and the limits of fields:
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
const sendPath = "/cgi-bin/message/subscribe/send"

// Message is a subscription message (订阅消息).
type Message struct {
	OpenID   string
	Template string
	Page     string // where it leads, with its query
	State    string // of the program that it opens: formal, trial or developer
	Fields   map[string]string
}

// The errors of SendMessage that say what becomes of the message and of the person's
// accept.
var (
	ErrNotSubscribed = errors.New("wechat: the person has not accepted, or not any more")
	ErrSwitchedOff   = errors.New("wechat: the person has switched messages off")
	ErrConcurrent    = errors.New("wechat: another message to the person is being sent")
	ErrSensitive     = errors.New("wechat: the message has words that WeChat does not send")
	ErrTemplate      = errors.New("wechat: the template or its fields are not those of the program")
	ErrStranger      = errors.New("wechat: the person is not known to the program")
	ErrUncertain     = errors.New("wechat: whether it was sent is not known")
)

var sendErrors = map[int64]error{
	43101: ErrNotSubscribed, 43107: ErrSwitchedOff, 43108: ErrConcurrent, 45168: ErrSensitive, 47003: ErrTemplate,
	40037: ErrTemplate, 41030: ErrTemplate, 43116: ErrTemplate, codeWrongOpenID: ErrStranger,
}

// SendMessage sends a message, once, and returns the id by which WeChat tells later that
// it has arrived: it is not repeated when no answer comes, which is ErrUncertain. Errors:
// those above; any other fault means that nothing was sent.
func (c *Client) SendMessage(ctx context.Context, m Message) (string, error) {
	data := map[string]any{}
	for name, value := range m.Fields {
		data[name] = map[string]string{"value": value}
	}
	var answer struct {
		ID loose `json:"msgid"`
	}
	err := c.post(ctx, sendPath, map[string]any{
		"touser": m.OpenID, "template_id": m.Template, "page": m.Page, "miniprogram_state": m.State, "lang": "zh_CN",
		"data": data,
	}, &answer)
	var refused *refusal
	var network *net.OpError
	switch {
	case errors.As(err, &refused):
		if known := sendErrors[refused.code]; known != nil {
			return "", known
		}
	case errors.As(err, &network) && network.Op == "dial": // it never left
		return "", fault.Because(fault.ReasonUnavailable, network)
	case fault.Has(err, fault.ReasonWeChatFailure): // an answer was lost, or never came
		return "", ErrUncertain
	}
	return string(answer.ID), err
}
