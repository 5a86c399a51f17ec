package wechattest

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"
)

// The codes of the demo. "member" is member-1; there are 200 members in the
// demo's data, and as many load members as were seeded.
var (
	demoCode = regexp.MustCompile(
		`^demo-(resident|resident-2|leader|grid|secretary|unit|street|county|auditor|responder|responder-2|area-leader|` +
			`member|member-([1-9][0-9]?|1[0-9]{2}|200))$`)
	loadCode = regexp.MustCompile(`^load-member-[1-9][0-9]{0,8}$`)
)

// DemoPhone is the number behind a persona's reusable phone code,
// "demo-phone-secretary": the same each time, and another for each.
func DemoPhone(persona string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(DemoOpenID(persona)))
	return fmt.Sprintf("139%08d", h.Sum32()%100_000_000)
}

// demoPhone is the number behind a persona's phone code, or "".
func (s *Server) demoPhone(code string) string {
	persona, phone := strings.CutPrefix(code, "demo-phone-")
	if !phone || !s.options.DemoPersonas || !demoCode.MatchString("demo-"+persona) {
		return ""
	}
	return DemoPhone(persona)
}

// DemoOpenID is the open id of a persona of the demo, for instance "secretary",
// "member-17" or "load-member-3": the one its code logs in, and the one its
// seeded person must have.
func DemoOpenID(persona string) string {
	if persona == "member" {
		persona = "member-1"
	}
	return "demo:" + persona
}

// demoLogin is the open id behind the code of a persona, or "".
func (s *Server) demoLogin(code string) string {
	switch {
	case !s.options.DemoPersonas:
		return ""
	case demoCode.MatchString(code):
		return DemoOpenID(strings.TrimPrefix(code, "demo-"))
	case loadCode.MatchString(code):
		return DemoOpenID(code)
	}
	return ""
}
