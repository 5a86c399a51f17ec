package words

import (
	"fmt"
	"strings"
)

// Duration tells a length in minutes as people say it: 2 小时 20 分, 45 分, and
// 0 小时 where there is none.
func Duration[N int | int64](minutes N) string {
	var parts []string
	if hours := minutes / 60; hours > 0 {
		parts = append(parts, fmt.Sprintf("%d 小时", hours))
	}
	if rest := minutes % 60; rest > 0 {
		parts = append(parts, fmt.Sprintf("%d 分", rest))
	}
	if len(parts) == 0 {
		return "0 小时"
	}
	return strings.Join(parts, " ")
}
