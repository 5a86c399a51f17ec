package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"xinyuan/internal/fault"
	"xinyuan/internal/loadtest"
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
		{fmt.Errorf("打不开文件：%w", &fs.PathError{Op: "open", Path: "/职责.csv", Err: syscall.ENOENT}),
			"打不开文件：没有 /职责.csv 这个文件，请看名字和文件夹写得对不对"},
		{&fs.PathError{Op: "open", Path: "/职责.csv", Err: syscall.EACCES}, "没有权限读写 /职责.csv，请看文件和文件夹的权限"},
		{errors.Join(fmt.Errorf("一：%w", &fs.PathError{Op: "read", Path: "/表", Err: syscall.EISDIR}),
			fmt.Errorf("二：%w", &fs.PathError{Op: "write", Path: "/表/甲", Err: syscall.ENOSPC})),
			"一：/表 是文件夹，请写明是里面的哪个文件\n二：写 /表/甲 时磁盘满了，请腾出地方再来"},
		{&fs.PathError{Op: "open", Path: "/甲/乙", Err: syscall.ENOTDIR}, "/甲/乙 写得不对：中间有一段不是文件夹"},
		{&fs.PathError{Op: "open", Path: "/甲", Err: syscall.EIO}, "/甲 读写不了，请看磁盘是不是好的（input/output error）"},
		{fmt.Errorf("importer: %w", &fs.PathError{Op: "read", Path: "/表", Err: syscall.EISDIR}), "/表 是文件夹，请写明是里面的哪个文件"},
		{noTrial(loadtest.ErrNotHere), "--url 只能是这台电脑上的服务，比如 http://127.0.0.1:8080"},
		{noTrial(errors.New("403 not_member")), "压力测试没做成（403 not_member）。先运行 xinyuan --data 目录 demo --profile load --scale 1000，" +
			"--data 写同一个目录，--url 写它的地址，--members 不比 --scale 多"},
		{errors.New("no rows"), "出了意料之外的错。请把下面这一行和 journalctl -u xinyuan 的日志一起交给技术支持：\nno rows"},
	} {
		if got := why(c.err); got != c.want {
			t.Errorf("of %q it says %q, want %q", c.err, got, c.want)
		}
	}
}
