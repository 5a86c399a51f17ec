package wechattest

import (
	"crypto/rand"
	"encoding/json"
	"net/url"
	"time"
)

// renewal is how long before its end a token is replaced; until then both work.
const renewal = 5 * time.Minute

// ExpireTokens makes WeChat forget every access token, as when another server
// of the subject forces a new one.
func (s *Server) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
}

// SetSecret is the reset of the AppSecret on WeChat's console: the one before and every
// token end.
func (s *Server) SetSecret(secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.Secret = secret
	s.forget()
}

func (s *Server) forget() {
	clear(s.tokens)
	s.token = ""
}

type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int64  `json:"expires_in"` // seconds
}

func (s *Server) stableToken(_ url.Values, body []byte) any {
	var in struct {
		GrantType    string `json:"grant_type"`
		AppID        string `json:"appid"`
		Secret       string `json:"secret"`
		ForceRefresh bool   `json:"force_refresh"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return s.refuse(errDataFormat)
	}
	if in.GrantType != "client_credential" {
		return s.refuse(errGrantType)
	}
	if errcode := s.checkApp(in.AppID, in.Secret); errcode != 0 {
		return s.refuse(errcode)
	}
	if in.ForceRefresh {
		s.forget()
	}
	now := s.options.Clock.Now()
	if s.token == "" || s.tokens[s.token].Sub(now) <= renewal {
		s.token = "99_" + rand.Text() + rand.Text()
		s.tokens[s.token] = now.Add(s.options.TokenLife)
	}
	return tokenAnswer{AccessToken: s.token, ExpiresIn: int64(s.tokens[s.token].Sub(now) / time.Second)}
}

func (s *Server) checkToken(token string) (errcode int) {
	ends, known := s.tokens[token]
	switch {
	case token == "":
		return errTokenMissing
	case !known:
		return errTokenInvalid
	case !s.options.Clock.Now().Before(ends):
		return errTokenExpired
	}
	return 0
}
