package words

import (
	"fmt"
	"strings"
)

// Duration tells a length in minutes as people say it: 2 小时 20 分, 45 分钟, which
// nobody takes for points, and 0 小时 where there is none. The client says the same
// (hoursWords); the tests of both read testdata/durations.json.
func Duration[N int | int64](minutes N) string {
	var text []string
	for _, p := range DurationParts(minutes) {
		text = append(text, fmt.Sprint(p.Count), p.Unit)
	}
	return strings.Join(text, " ")
}

// Part is a number of a length and its unit.
type Part struct {
	Count int64
	Unit  string
}

// DurationParts is Duration for who shows numbers and units in different letters.
func DurationParts[N int | int64](minutes N) []Part {
	hours, rest := int64(minutes/60), int64(minutes%60)
	switch {
	case rest == 0:
		return []Part{{hours, "小时"}}
	case hours == 0:
		return []Part{{rest, "分钟"}}
	}
	return []Part{{hours, "小时"}, {rest, "分"}}
}
