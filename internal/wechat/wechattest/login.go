package wechattest

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"time"
)

// codeLife is how long a code may be used.
const codeLife = 5 * time.Minute

// issuedCode stands for what its holder wants to know: an open id or a phone.
type issuedCode struct {
	value string
	until time.Time
	used  bool
}

// NewCode is wx.login on the phone of the person with this open id: the code
// logs in once, within 5 minutes.
func (s *Server) NewCode(openID string) string { return s.issue(s.loginCodes, rand.Text(), openID) }

// NewPhoneCode is the getPhoneNumber button on a phone with this mainland
// number: the code tells it once, within 5 minutes.
func (s *Server) NewPhoneCode(phone string) string { return s.issue(s.phoneCodes, rand.Text(), phone) }

// AddPhoneCode issues the code itself, for tests whose requests are the same each time.
func (s *Server) AddPhoneCode(code, phone string) string { return s.issue(s.phoneCodes, code, phone) }

func (s *Server) issue(codes map[string]*issuedCode, code, value string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	codes[code] = &issuedCode{value: value, until: s.options.Clock.Now().Add(codeLife)}
	return code
}

// spend returns what the code stands for and uses it up, or an error code.
func (s *Server) spend(codes map[string]*issuedCode, code string) (value string, errcode int) {
	issued, ok := codes[code]
	switch {
	case !ok || !s.options.Clock.Now().Before(issued.until):
		return "", errCodeInvalid
	case issued.used:
		return "", errCodeUsed
	}
	issued.used = true
	return issued.value, 0
}

type session struct {
	SessionKey string `json:"session_key"`
	OpenID     string `json:"openid"`
	UnionID    string `json:"unionid,omitempty"`
}

func (s *Server) logIn(query url.Values, _ []byte) any {
	if errcode := s.checkApp(query.Get("appid"), query.Get("secret")); errcode != 0 {
		return s.refuse(errcode)
	}
	if query.Get("grant_type") != "authorization_code" {
		return s.refuse(errGrantType)
	}
	code := query.Get("js_code")
	openID := s.demoLogin(code)
	if openID == "" {
		var errcode int
		if openID, errcode = s.spend(s.loginCodes, code); errcode != 0 {
			return s.refuse(errcode)
		}
	}
	key := make([]byte, 16)
	_, _ = rand.Read(key) // never fails, says its documentation
	answer := session{SessionKey: base64.StdEncoding.EncodeToString(key), OpenID: openID}
	if s.options.UnionIDs {
		answer.UnionID = "union:" + openID
	}
	return answer
}

func (s *Server) checkApp(appID, secret string) (errcode int) {
	switch {
	case appID != s.options.AppID:
		return errAppID
	case secret != s.options.Secret:
		return errSecret
	}
	return 0
}

type phoneAnswer struct {
	ErrCode   int       `json:"errcode"`
	ErrMsg    string    `json:"errmsg"`
	PhoneInfo phoneInfo `json:"phone_info"`
}

type phoneInfo struct {
	PhoneNumber     string    `json:"phoneNumber"`
	PurePhoneNumber string    `json:"purePhoneNumber"`
	CountryCode     string    `json:"countryCode"`
	Watermark       watermark `json:"watermark"`
}

type watermark struct {
	Timestamp int64  `json:"timestamp"`
	AppID     string `json:"appid"`
}

func (s *Server) phone(query url.Values, body []byte) any {
	if errcode := s.checkToken(query.Get("access_token")); errcode != 0 {
		return s.refuse(errcode)
	}
	var in struct {
		Code string `json:"code"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return s.refuse(errDataFormat)
	}
	phone := s.demoPhone(in.Code)
	if phone == "" {
		var errcode int
		if phone, errcode = s.spend(s.phoneCodes, in.Code); errcode != 0 {
			return s.refuse(errcode)
		}
	}
	return phoneAnswer{ErrMsg: "ok", PhoneInfo: phoneInfo{
		PhoneNumber: phone, PurePhoneNumber: phone, CountryCode: "86",
		Watermark: watermark{Timestamp: s.options.Clock.Now().Unix(), AppID: s.options.AppID},
	}}
}
