package words

import (
	"fmt"
	"time"
)

// Day is a date as papers write it.
func Day(year int, month time.Month, day int) string {
	return fmt.Sprintf("%d 年 %d 月 %d 日", year, month, day)
}
