package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Template is one of WeChat's templates of subscription messages. Without an id nothing
// is sent by it.
type Template struct {
	ID       string
	LongTerm bool
	Fields   map[string]string // by WeChat's name of the field: what stands in it
}

// fieldsOf is what may stand in a field of each kind.
var fieldsOf = map[string][]string{
	"thing": {"title", "text", "place"}, "time": {"time"}, "date": {"time"}, "number": {"count"},
}

var (
	templateID    = regexp.MustCompile(`^[A-Za-z0-9_-]{10,64}$`)
	templateField = regexp.MustCompile(`^([a-z]+)[0-9]{1,3}$`)
)

// UnmarshalText reads "id kind field=what …", or nothing.
func (t *Template) UnmarshalText(text []byte) error {
	*t = Template{}
	words := strings.Fields(string(text))
	if len(words) == 0 {
		return nil
	}
	const form = "不是消息模板：例如 模板ID once thing1=title thing2=text time3=time"
	if len(words) < 3 || !templateID.MatchString(words[0]) || !slices.Contains([]string{"once", "long_term"}, words[1]) {
		return fmt.Errorf("%q %s", text, form)
	}
	t.ID, t.LongTerm, t.Fields = words[0], words[1] == "long_term", map[string]string{}
	for _, word := range words[2:] {
		field, what, _ := strings.Cut(word, "=")
		kind := templateField.FindStringSubmatch(field)
		if kind == nil || !slices.Contains(fieldsOf[kind[1]], what) {
			return fmt.Errorf("%q %s", word, form)
		}
		t.Fields[field] = what
	}
	return nil
}
