package wechattest

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// Opinion is what WeChat makes of a text or a picture.
type Opinion struct {
	Suggest string
	Label   int64
}

// Trace is a picture that was handed in, and waits for its result.
type Trace struct{ ID, OpenID, Address string }

// Judge makes WeChat think so of every text that has the words.
func (s *Server) Judge(words, suggest string, label int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opinions[words] = Opinion{suggest, label}
}

// Absent makes WeChat believe that the person was not in the program for two hours.
func (s *Server) Absent(openID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.absent[openID] = true
}

// Hang lets calls of the path wait until the function that is returned is called.
func (s *Server) Hang(path string) (end func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	gate := make(chan struct{})
	s.hanging[path] = gate
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.hanging[path] == gate {
			delete(s.hanging, path)
			close(gate)
		}
	}
}

// Hung is how many calls of the path came while it hung.
func (s *Server) Hung(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hung[path]
}

func (s *Server) hang(r *http.Request) {
	s.mu.Lock()
	gate := s.hanging[r.URL.Path]
	if gate != nil {
		s.hung[r.URL.Path]++
	}
	s.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-r.Context().Done():
		}
	}
}

// Traces are the pictures that were handed in, in their order.
func (s *Server) Traces() []Trace {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Trace(nil), s.traces...)
}

type checked struct {
	ErrCode int            `json:"errcode"`
	ErrMsg  string         `json:"errmsg"`
	Result  map[string]any `json:"result,omitempty"`
	TraceID string         `json:"trace_id"`
}

// checkArguments are those of both checks.
func (s *Server) checkArguments(query url.Values, openID string, scene, version int) (errcode int) {
	switch errcode := s.checkToken(query.Get("access_token")); {
	case errcode != 0:
		return errcode
	case openID == "":
		return errOpenID
	case s.absent[openID]:
		return errNotRecent
	case scene < 1 || scene > 4 || version != 2:
		return errArguments
	}
	return 0
}

func (s *Server) checkText(query url.Values, body []byte) any {
	var in struct {
		OpenID  string `json:"openid"`
		Content string `json:"content"`
		Scene   int    `json:"scene"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return s.refuse(errDataFormat)
	}
	if errcode := s.checkArguments(query, in.OpenID, in.Scene, in.Version); errcode != 0 {
		return s.refuse(errcode)
	}
	if n := len([]rune(in.Content)); n == 0 || n > 2500 {
		return s.refuse(errArguments)
	}
	opinion := Opinion{"pass", 100}
	for words, other := range s.opinions {
		if strings.Contains(in.Content, words) {
			opinion = other
		}
	}
	return checked{
		ErrMsg: "ok", TraceID: rand.Text(), Result: map[string]any{"suggest": opinion.Suggest, "label": opinion.Label},
	}
}

func (s *Server) checkPicture(query url.Values, body []byte) any {
	var in struct {
		OpenID  string `json:"openid"`
		Address string `json:"media_url"`
		Type    int    `json:"media_type"`
		Scene   int    `json:"scene"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return s.refuse(errDataFormat)
	}
	if errcode := s.checkArguments(query, in.OpenID, in.Scene, in.Version); errcode != 0 {
		return s.refuse(errcode)
	}
	if in.Type != 2 || !strings.HasPrefix(in.Address, "http") {
		return s.refuse(errArguments)
	}
	trace := rand.Text()
	s.traces = append(s.traces, Trace{trace, in.OpenID, in.Address})
	return checked{ErrMsg: "ok", TraceID: trace}
}
