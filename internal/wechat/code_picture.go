package wechat

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"

	"xinyuan/internal/fault"
)

// Source, also for the error codes:
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html
const (
	codePicturePath = "/wxa/getwxacodeunlimit"
	codeUnpublished = 41030 // the page is none of the published program
	codeMinuteQuota = 45009 // for this call the 5,000 of a minute
)

// scene is what a mini-program's code may carry.
var scene = regexp.MustCompile("^[A-Za-z0-9!#$&'()*+,/:;=?@._~-]{1,32}$")

// CodePicture is the mini-program's own code as a JPEG: WeChat's scanner opens the page
// of the published program with the scene. The page is written without a slash before
// it. Errors: those of Login but for codes, fault.ReasonPageUnpublished, and
// fault.ReasonInternal for a scene that WeChat does not take.
//
// The SDK's call takes no context, and so belongs to no client.
func (c *Client) CodePicture(ctx context.Context, page, text string) ([]byte, error) {
	if !scene.MatchString(text) {
		return nil, fault.Because(fault.ReasonInternal, errScene)
	}
	body, err := json.Marshal(map[string]any{
		"scene": text, "page": page, "check_path": true, "env_version": "release", "width": 430,
	})
	if err != nil {
		return nil, err
	}
	var picture []byte
	err = c.call(ctx, func(ctx context.Context) error {
		picture, err = c.transport.picture(ctx, body)
		return err
	})
	return picture, err
}

func (t *transport) picture(ctx context.Context, body []byte) ([]byte, error) {
	picture, err := t.post(ctx, codePicturePath, body)
	switch {
	case err != nil:
		return nil, err
	case errcode(picture) != 0:
		return nil, pictureRefusal(picture)
	case http.DetectContentType(picture) != "image/jpeg":
		return nil, errAnswer
	}
	return picture, nil
}

func pictureRefusal(body []byte) error {
	var said struct {
		Text string `json:"errmsg"`
	}
	_ = json.Unmarshal(body, &said) // it was read before
	refused := newRefusal(errcode(body), said.Text)
	switch refused.code {
	case codeUnpublished:
		return fault.Because(fault.ReasonPageUnpublished, refused)
	case codeMinuteQuota:
		return refused.tooFrequent()
	}
	return refused
}
