package wechat_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/wechat"
	"xinyuan/internal/wechat/wechattest"
)

// The vectors that WeChat publishes on the page of the message push.
var (
	vectorConfig = wechat.PushConfig{AppID: "wxba5fad812f8e6fb9", Token: "AAAAA", Key: strings.Repeat("A", 43)}
	vectorEcho   = url.Values{
		"timestamp": {"1714036504"}, "nonce": {"1514711492"}, "echostr": {"4375120948345356249"},
		"signature": {"f464b24fc39322e44b38aa78f5edd27bd1441696"},
	}
	vectorQuery = url.Values{
		"timestamp": {"1714112445"}, "nonce": {"415670741"}, "encrypt_type": {"aes"},
		"msg_signature": {"046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"},
	}
)

const (
	vectorEncrypt = "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8" +
		"XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mSt" +
		"wntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
	vectorMessage = `{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,` +
		`"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}`
	vectorBody = `{"ToUserName":"gh_97417a04a28d","Encrypt":"` + vectorEncrypt + `"}`
)

func receiver(t *testing.T, c wechat.PushConfig, at int64) *wechat.Receiver {
	t.Helper()
	r, err := wechat.NewReceiver(c, clock.Fixed(time.Unix(at, 0)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func with(query url.Values, name, value string) url.Values {
	changed := url.Values{}
	for key, values := range query {
		changed[key] = values
	}
	changed[name] = []string{value}
	return changed
}

func TestPublishedPushVectors(t *testing.T) {
	t.Parallel()
	if got, err := receiver(t, vectorConfig, 1714036504).Echo(vectorEcho); got != "4375120948345356249" || err != nil {
		t.Errorf("the check of the address: %q, %v", got, err)
	}
	r := receiver(t, vectorConfig, 1714112445+60)
	for _, body := range []string{vectorBody, "<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[" + vectorEncrypt + "]]></Encrypt></xml>"} {
		plain, err := r.Open(vectorQuery, []byte(body))
		if string(plain) != vectorMessage || err != nil {
			t.Errorf("the push: %s, %v", plain, err)
		}
	}
	e, err := wechat.ReadPush([]byte(vectorMessage))
	if e.Name != "debug_demo" || e.OpenID != "o9AgO5Kd5ggOC-bXrbNODIiE3bGY" || e.At.Unix() != 1714112445 || err != nil {
		t.Errorf("the message: %+v, %v", e, err)
	}
}

func TestForgedPushesAreRefused(t *testing.T) {
	t.Parallel()
	const at = 1714112445
	other := vectorConfig
	other.AppID = "wxffffffffffffffff"
	token := vectorConfig
	token.Token = "AAAAB"
	for name, c := range map[string]struct {
		config wechat.PushConfig
		now    int64
		query  url.Values
		body   string
		want   error
	}{
		"plain, with a good signature of the address": {vectorConfig, 1714036504, vectorEcho, vectorMessage, wechat.ErrPushPlain},
		"no signature":       {vectorConfig, at, with(vectorQuery, "msg_signature", ""), vectorBody, wechat.ErrPushSignature},
		"another signature":  {vectorConfig, at, with(vectorQuery, "msg_signature", strings.Repeat("0", 40)), vectorBody, wechat.ErrPushSignature},
		"another nonce":      {vectorConfig, at, with(vectorQuery, "nonce", "1"), vectorBody, wechat.ErrPushSignature},
		"another token":      {token, at, vectorQuery, vectorBody, wechat.ErrPushSignature},
		"a changed message":  {vectorConfig, at, vectorQuery, strings.Replace(vectorBody, "+qdx", "+qdy", 1), wechat.ErrPushSignature},
		"yesterday's":        {vectorConfig, at + 86400, vectorQuery, vectorBody, wechat.ErrPushStale},
		"too old":            {vectorConfig, at + 301, vectorQuery, vectorBody, wechat.ErrPushStale},
		"of the future":      {vectorConfig, at - 301, vectorQuery, vectorBody, wechat.ErrPushStale},
		"another program":    {other, at, vectorQuery, vectorBody, wechat.ErrPushStranger},
		"no JSON":            {vectorConfig, at, vectorQuery, "Encrypt", wechat.ErrPushBroken},
		"broken XML":         {vectorConfig, at, vectorQuery, "<xml><Encrypt>", wechat.ErrPushBroken},
		"an empty body":      {vectorConfig, at, vectorQuery, "", wechat.ErrPushBroken},
		"a list for a text":  {vectorConfig, at, vectorQuery, `{"Encrypt":["x"]}`, wechat.ErrPushBroken},
		"nothing in Encrypt": {vectorConfig, at, vectorQuery, `{"Encrypt":""}`, wechat.ErrPushPlain},
	} {
		plain, err := receiver(t, c.config, c.now).Open(c.query, []byte(c.body))
		if !errors.Is(err, c.want) || plain != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// Whatever stands in a push with a good signature, nothing panics.
func FuzzOpenPush(f *testing.F) {
	f.Add(vectorEncrypt)
	f.Add("AAAAAAAAAAAAAAAAAAAAAA==")
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		server := wechattest.New(wechattest.Options{
			AppID: vectorConfig.AppID, Clock: clock.Fixed(start), PushToken: vectorConfig.Token, PushKey: vectorConfig.Key,
		})
		pushed := server.SealAs(text)
		plain, err := receiver(t, vectorConfig, start.Unix()).Open(pushed.Query, pushed.Body)
		if err == nil {
			_, _ = wechat.ReadPush(plain)
		}
		_, _ = wechat.ReadPush([]byte(text))
	})
}

func TestReadPush(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"an accept and a reject in JSON, with times and scenes as strings": {
			`{"FromUserName":"o1","CreateTime":"1620963428","Event":"subscribe_msg_popup_event","List":[{"TemplateId":"t1",` +
				`"SubscribeStatusString":"accept","PopupScene":"0"},{"TemplateId":"t2","SubscribeStatusString":"reject","PopupScene":"0"}]}`,
			`{"name":"subscribe_msg_popup_event","openId":"o1","at":"2021-05-14T03:37:08Z","subscribe":[{"template":"t1","status":"accept"},` +
				`{"template":"t2","status":"reject"}]}`,
		},
		"one item that is no list": {
			`{"FromUserName":"o1","CreateTime":1620963428,"Event":"subscribe_msg_sent_event","List":{"TemplateId":"t1","MsgID":"1700827132819554304",` +
				`"ErrorCode":"0","ErrorStatus":"success"}}`,
			`{"name":"subscribe_msg_sent_event","openId":"o1","at":"2021-05-14T03:37:08Z","subscribe":[{"template":"t1","messageId":"1700827132819554304"}]}`,
		},
		"the same in XML": {
			`<xml><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1620963428</CreateTime><Event><![CDATA[subscribe_msg_change_event]]></Event>` +
				`<SubscribeMsgChangeEvent><List><TemplateId><![CDATA[t1]]></TemplateId><SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString>` +
				`</List><List><TemplateId>t2</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List></SubscribeMsgChangeEvent></xml>`,
			`{"name":"subscribe_msg_change_event","openId":"o1","at":"2021-05-14T03:37:08Z","subscribe":[{"template":"t1","status":"reject"},` +
				`{"template":"t2","status":"accept"}]}`,
		},
		"a checked picture": {
			`{"FromUserName":"o1","CreateTime":1620963428,"Event":"wxa_media_check","trace_id":"60f9-1","version":2,"detail":[{"strategy":` +
				`"content_model","errcode":0}],"errcode":0,"errmsg":"ok","result":{"suggest":"risky","label":20001}}`,
			`{"name":"wxa_media_check","openId":"o1","at":"2021-05-14T03:37:08Z","check":{"traceId":"60f9-1","suggest":"risky","label":20001}}`,
		},
		"one that WeChat could not fetch, in XML": {
			`<xml><FromUserName>o1</FromUserName><CreateTime>1620963428</CreateTime><Event>wxa_media_check</Event><trace_id>60f9-1</trace_id>` +
				`<errcode>-1008</errcode></xml>`,
			`{"name":"wxa_media_check","openId":"o1","at":"2021-05-14T03:37:08Z","check":{"traceId":"60f9-1","errCode":-1008,"suggest":"","label":0}}`,
		},
	} {
		e, err := wechat.ReadPush([]byte(c.text))
		got, _ := json.Marshal(e)
		if string(got) != c.want || err != nil {
			t.Errorf("%s:\n%s, %v, want\n%s", name, got, err, c.want)
		}
	}
	for _, text := range []string{"", "{", "<xml", `{"List":7}`, `[]`} {
		if _, err := wechat.ReadPush([]byte(text)); !errors.Is(err, wechat.ErrPushBroken) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestPushConfig(t *testing.T) {
	t.Parallel()
	for _, c := range []wechat.PushConfig{{}, {Token: "AAAAA"}, {Token: "AAAAA", Key: "short"}, {Token: "a b", Key: vectorConfig.Key},
		{Token: "AAAAA", Key: strings.Repeat("!", 43)}} {
		if _, err := wechat.NewReceiver(c, clock.Fixed(start)); !errors.Is(err, wechat.ErrPushConfig) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
