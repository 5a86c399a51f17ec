package wechattest

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
)

// Scanned is what WeChat's scanner makes of a mini-program's code.
type Scanned struct{ Page, Scene string }

// Scan holds WeChat's scanner before a picture that the server has made.
func (s *Server) Scan(picture []byte) (Scanned, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.pictures[sha256.Sum256(picture)]
	return found, ok
}

var sceneForm = regexp.MustCompile("^[A-Za-z0-9!#$&'()*+,/:;=?@._~-]+$")

func (s *Server) codePicture(query url.Values, body []byte) any {
	if errcode := s.checkToken(query.Get("access_token")); errcode != 0 {
		return s.refuse(errcode)
	}
	in := struct {
		Scene     string `json:"scene"`
		Page      string `json:"page"`
		CheckPath bool   `json:"check_path"`
	}{CheckPath: true}
	if err := json.Unmarshal(body, &in); err != nil {
		return s.refuse(errDataFormat)
	}
	switch {
	case len(in.Scene) == 0 || len(in.Scene) > 32:
		return s.refuse(errSceneLength)
	case !sceneForm.MatchString(in.Scene):
		return s.refuse(errArguments)
	case in.CheckPath && s.options.Pages != nil && !slices.Contains(s.options.Pages, in.Page):
		return s.refuse(errPage)
	}
	picture := drawn()
	s.pictures[sha256.Sum256(picture)] = Scanned{in.Page, in.Scene}
	return picture
}

// drawn is a picture that no other is like; nobody's camera reads it.
func drawn() []byte {
	pixels := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range pixels.Pix {
		pixels.Set(i%64, i/64, color.Gray{Y: uint8(rand.IntN(2)) * 255})
	}
	var out bytes.Buffer
	_ = jpeg.Encode(&out, pixels, nil) // a buffer takes everything
	return out.Bytes()
}
