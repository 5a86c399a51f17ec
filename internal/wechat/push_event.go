package wechat

import (
	"encoding/json"
	"encoding/xml"
	"strconv"
	"strings"
	"time"
)

// The events of pushes that mean something to us.
// Source: https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/subscribe-message.html
// and https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/mediaCheckAsync.html
const (
	PushMediaCheck      = "wxa_media_check"
	PushSubscribePopup  = "subscribe_msg_popup_event"
	PushSubscribeChange = "subscribe_msg_change_event"
	PushSubscribeSent   = "subscribe_msg_sent_event"
)

// What a person says to a template.
const (
	AnswerAccept = "accept"
	AnswerReject = "reject"
)

// PushEvent is what a push says, whichever form it came in.
type PushEvent struct {
	Name      string          `json:"name"`
	Digest    string          `json:"digest,omitempty"` // of the push that brought it
	OpenID    string          `json:"openId"`
	At        time.Time       `json:"at"`
	Subscribe []PushSubscribe `json:"subscribe,omitempty"`
	Check     *PushCheck      `json:"check,omitempty"`
}

// PushSubscribe is what became of one template: of the question, of the person's
// settings, or of a message.
type PushSubscribe struct {
	Template  string `json:"template"`
	Status    string `json:"status,omitempty"`    // accept, reject, ban …
	MessageID string `json:"messageId,omitempty"` // of a message that was sent
	ErrCode   int64  `json:"errCode,omitempty"`   // of that message; 0: it arrived
}

// PushCheck is the result of a picture's check.
type PushCheck struct {
	TraceID string `json:"traceId"`
	ErrCode int64  `json:"errCode,omitempty"` // not 0: it was not checked
	Suggest string `json:"suggest"`           // pass, review or risky
	Label   int64  `json:"label"`
}

// loose is a value that WeChat writes now as a number and now as a string.
type loose string

func (l *loose) UnmarshalJSON(text []byte) error {
	*l = loose(strings.Trim(string(text), `"`))
	return nil
}

func (l loose) int() int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(string(l)), 10, 64)
	return n
}

// items is a list that WeChat writes as the item itself where there is one.
type items []item

type item struct {
	TemplateID            string `json:"TemplateId"            xml:"TemplateId"`
	SubscribeStatusString string `json:"SubscribeStatusString" xml:"SubscribeStatusString"`
	MsgID                 loose  `json:"MsgID"                 xml:"MsgID"`
	ErrorCode             loose  `json:"ErrorCode"             xml:"ErrorCode"`
}

func (all *items) UnmarshalJSON(text []byte) error {
	var many []item
	if json.Unmarshal(text, &many) == nil {
		*all = many
		return nil
	}
	var one item
	if err := json.Unmarshal(text, &one); err != nil {
		return err
	}
	*all = items{one}
	return nil
}

// message is a push as WeChat writes it.
type message struct {
	XMLName      xml.Name `json:"-"            xml:"xml"`
	FromUserName string   `json:"FromUserName" xml:"FromUserName"`
	CreateTime   loose    `json:"CreateTime"   xml:"CreateTime"`
	Event        string   `json:"Event"        xml:"Event"`

	List   items `json:"List"                      xml:"-"`
	Popup  items `json:"SubscribeMsgPopupEvent"    xml:"SubscribeMsgPopupEvent>List"`
	Change items `json:"SubscribeMsgChangeEvent"   xml:"SubscribeMsgChangeEvent>List"`
	Sent   items `json:"SubscribeMsgSentEvent"     xml:"SubscribeMsgSentEvent>List"`

	TraceID string `json:"trace_id" xml:"trace_id"`
	ErrCode loose  `json:"errcode"  xml:"errcode"`
	Result  struct {
		Suggest string `json:"suggest" xml:"suggest"`
		Label   loose  `json:"label"   xml:"label"`
	} `json:"result" xml:"result"`
}

// ReadPush reads an opened push. Error: ErrPushBroken.
func ReadPush(plain []byte) (PushEvent, error) {
	var m message
	if err := unmarshal(plain, &m); err != nil {
		return PushEvent{}, ErrPushBroken
	}
	e := PushEvent{Name: m.Event, OpenID: m.FromUserName, At: time.Unix(m.CreateTime.int(), 0).UTC()}
	if m.Event == PushMediaCheck {
		e.Check = &PushCheck{
			TraceID: m.TraceID, ErrCode: m.ErrCode.int(), Suggest: m.Result.Suggest, Label: m.Result.Label.int(),
		}
	}
	for _, list := range []items{m.List, m.Popup, m.Change, m.Sent} {
		for _, i := range list {
			e.Subscribe = append(e.Subscribe, PushSubscribe{
				Template: i.TemplateID, Status: i.SubscribeStatusString, MessageID: string(i.MsgID), ErrCode: i.ErrorCode.int(),
			})
		}
	}
	return e, nil
}
