package words

import "fmt"

// Duration tells a length in minutes as people say it: 2 小时 20 分, 45 分钟, which
// nobody takes for points, and 0 小时 where there is none. The client says the same
// (hoursWords); the tests of both read testdata/durations.json.
func Duration[N int | int64](minutes N) string {
	hours, rest := minutes/60, minutes%60
	switch {
	case rest == 0:
		return fmt.Sprintf("%d 小时", hours)
	case hours == 0:
		return fmt.Sprintf("%d 分钟", rest)
	}
	return fmt.Sprintf("%d 小时 %d 分", hours, rest)
}
