package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Rate is how often something may happen, "20/1s". The zero value means: as
// often as you like.
type Rate struct {
	Count int
	Per   time.Duration
}

// UnmarshalText reads "count/duration", or nothing for no limit.
func (r *Rate) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Rate{}
		return nil
	}
	count, per, _ := strings.Cut(string(text), "/")
	n, err := strconv.Atoi(count)
	d, problem := time.ParseDuration(per)
	if err != nil || problem != nil || n < 1 || d < time.Millisecond {
		return fmt.Errorf("%q 不是次数：例如 20/1s、600/1m", text)
	}
	*r = Rate{n, d}
	return nil
}
