package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"xinyuan/internal/fault"
)

// What an operator reads says what happened: a command that they stopped is no fault, whoever noticed it first.
func TestWhy(t *testing.T) {
	t.Parallel()
	stopped := "停下来了，没有做完。要做完，再运行一次。"
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("rows: %w", context.Canceled), stopped},
		{fault.Because(fault.ReasonUnavailable, context.Canceled), stopped},
		{errors.New("没有这个人"), "没有这个人"},
		{errors.New("no rows"), "出了意料之外的错。请把下面这一行和 journalctl -u xinyuan 的日志一起交给技术支持：\nno rows"},
	} {
		if got := why(c.err); got != c.want {
			t.Errorf("of %q it says %q, want %q", c.err, got, c.want)
		}
	}
}
