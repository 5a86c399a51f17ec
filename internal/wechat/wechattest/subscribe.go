package wechattest

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SendPath sends a subscription message.
const SendPath = "/cgi-bin/message/subscribe/send"

// Sent is a message that a person has got.
type Sent struct {
	ID, OpenID, Template, Page, State string
	Fields                            map[string]string
}

// Accept is the person's tap on 允许: for one message, or with a long-term template for
// all.
func (s *Server) Accept(openID, template string, longTerm bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accepts[openID+" "+template]++
	if longTerm {
		s.accepts[openID+" "+template] = 1 << 30
	}
}

// Sent are the messages that people have got, in their order.
func (s *Server) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Sent(nil), s.sent...)
}

func (s *Server) sendMessage(query url.Values, body []byte) any {
	if errcode := s.checkToken(query.Get("access_token")); errcode != 0 {
		return s.refuse(errcode)
	}
	var in struct {
		To       string                       `json:"touser"`
		Template string                       `json:"template_id"`
		Page     string                       `json:"page"`
		State    string                       `json:"miniprogram_state"`
		Lang     string                       `json:"lang"`
		Data     map[string]map[string]string `json:"data"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return s.refuse(errDataFormat)
	}
	key := in.To + " " + in.Template
	switch {
	case in.To == "":
		return s.refuse(errOpenID)
	case in.Template == "":
		return s.refuse(errTemplate)
	case in.State == "" || in.Lang == "" || len(in.Data) == 0:
		return s.refuse(errFields)
	case s.accepts[key] == 0 && !s.isDemo(in.To):
		return s.refuse(errNotSubscribed)
	}
	one := Sent{OpenID: in.To, Template: in.Template, Page: in.Page, State: in.State, Fields: map[string]string{}}
	for name, value := range in.Data {
		if !fits(name, value["value"]) {
			return s.refuse(errFields)
		}
		one.Fields[name] = value["value"]
	}
	s.accepts[key]--
	one.ID = strconv.Itoa(3_000_000_000 + len(s.sent))
	s.sent = append(s.sent, one)
	id, _ := strconv.ParseInt(one.ID, 10, 64)
	return map[string]any{"errcode": 0, "errmsg": "ok", "msgid": id}
}

// isDemo tells whether the person is a persona of the demo, whose taps on the web build
// no WeChat sees.
func (s *Server) isDemo(openID string) bool {
	return s.options.DemoAccepts && strings.HasPrefix(openID, "demo:")
}

var kindOfField = regexp.MustCompile(`^([a-z_]+)[0-9]+$`)

// fits holds a field against WeChat's limit of its kind.
func fits(name, value string) bool {
	m := kindOfField.FindStringSubmatch(name)
	if m == nil || value == "" || strings.ContainsFunc(value, unicode.IsControl) {
		return false
	}
	longest := map[string]int{"thing": 20, "phrase": 5, "name": 10, "character_string": 32, "number": 32, "time": 32,
		"date": 32}[m[1]]
	return utf8.RuneCountInString(value) <= longest
}
