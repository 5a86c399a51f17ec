package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"xinyuan/internal/fault"
)

// Source, also for the limits and the codes:
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/msgSecCheck.html
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/mediaCheckAsync.html
const (
	textCheckPath    = "/wxa/msg_sec_check"
	pictureCheckPath = "/wxa/media_check_async"
	// MaxCheckedText is the longest text that WeChat checks, in characters.
	MaxCheckedText = 2500

	codeNotRecent    = 61010 // the person was not in the program for two hours
	codeWrongOpenID  = 40003
	checkVersion     = 2
	pictureMediaType = 2
)

// Scene is what a text or a picture is for.
type Scene int

// The scenes.
const (
	SceneProfile Scene = 1 // names and what people say of themselves
	SceneComment Scene = 2
	SceneForum   Scene = 3 // what people publish
	SceneLog     Scene = 4
)

// The suggestions of a check.
const (
	SuggestPass   = "pass"
	SuggestReview = "review"
	SuggestRisky  = "risky"
)

// Suggestion is WeChat's opinion.
type Suggestion struct {
	Suggest string
	Label   int64
}

// LabelWords say what a label means, as WeChat's page does.
func LabelWords(label int64) string {
	words := map[int64]string{
		100: "正常", 10001: "广告", 20001: "时政", 20002: "色情", 20003: "辱骂", 20006: "违法犯罪", 20008: "欺诈", 20012: "低俗",
		20013: "版权", 21000: "其他",
	}[label]
	if words == "" {
		return fmt.Sprint(label)
	}
	return words
}

// ErrNotRecent says that WeChat does not check for a person who was not in the program
// in the last two hours, or whom it does not know.
var ErrNotRecent = errors.New("wechat: the person was not here for two hours")

// CheckText asks WeChat about a text that the person wrote; what is longer than
// MaxCheckedText is cut. Errors: ErrNotRecent, fault.ReasonWeChatBusy,
// ReasonWeChatFailure, ReasonTooManyRequests, ReasonUnavailable.
func (c *Client) CheckText(ctx context.Context, openID string, scene Scene, text string) (Suggestion, error) {
	letters := []rune(text)
	var answer struct {
		Result struct {
			Suggest string `json:"suggest"`
			Label   int64  `json:"label"`
		} `json:"result"`
	}
	err := c.post(ctx, textCheckPath, map[string]any{
		"openid": openID, "scene": scene, "version": checkVersion,
		"content": string(letters[:min(len(letters), MaxCheckedText)]),
	}, &answer)
	if err == nil && answer.Result.Suggest == "" {
		err = fault.Because(fault.ReasonWeChatFailure, errAnswer)
	}
	return Suggestion(answer.Result), notRecent(err)
}

// CheckPicture asks WeChat to look at the picture at an address, which it fetches
// within minutes. The result comes as a push with the trace that is returned. Errors:
// as CheckText.
func (c *Client) CheckPicture(ctx context.Context, openID string, scene Scene, address string) (
	trace string, err error) {
	var answer struct {
		TraceID string `json:"trace_id"`
	}
	err = c.post(ctx, pictureCheckPath, map[string]any{
		"openid": openID, "scene": scene, "version": checkVersion, "media_url": address, "media_type": pictureMediaType,
	}, &answer)
	if err == nil && answer.TraceID == "" {
		err = fault.Because(fault.ReasonWeChatFailure, errAnswer)
	}
	return answer.TraceID, notRecent(err)
}

func notRecent(err error) error {
	var refused *refusal
	if errors.As(err, &refused) && (refused.code == codeNotRecent || refused.code == codeWrongOpenID) {
		return ErrNotRecent
	}
	return err
}

// post runs one exchange of JSON with an access token.
func (c *Client) post(ctx context.Context, path string, in, out any) error {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(in); err != nil {
		return err
	}
	return c.call(ctx, func(ctx context.Context) error {
		raw, err := c.transport.post(ctx, path, body.Bytes())
		if err != nil {
			return err
		}
		if code := errcode(raw); code != 0 {
			var said struct {
				Text string `json:"errmsg"`
			}
			_ = json.Unmarshal(raw, &said) // it was read before
			return newRefusal(code, said.Text)
		}
		if json.Unmarshal(raw, out) != nil {
			return errAnswer
		}
		return nil
	})
}

// post sends a body with the access token, and returns the whole answer.
func (t *transport) post(ctx context.Context, path string, body []byte) ([]byte, error) {
	token, err := t.tokens.GetAccessTokenContext(ctx)
	if err != nil {
		return nil, err
	}
	address := "https://" + host + path + "?access_token=" + url.QueryEscape(token)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, errAnswer // its own words hold the token
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := t.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, fmt.Errorf("wechat: read: %w", err)
	}
	return raw, nil
}
