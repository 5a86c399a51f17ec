package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/clock"
	"xinyuan/internal/config"
	"xinyuan/internal/loadtest"
)

// trials are the scenarios of loadtest.
var trials = []struct {
	name, usage string
	flags       []cli.Flag
	run         func(context.Context, loadtest.Target, *cli.Command) (loadtest.Report, error)
}{
	{"rush", "许多党员同时抢少数几个心愿：每个心愿一人认领成功，别人马上知道晚了一步",
		[]cli.Flag{wishesFlag()},
		func(ctx context.Context, t loadtest.Target, c *cli.Command) (loadtest.Report, error) {
			return loadtest.Rush(ctx, t, c.Int("wishes"))
		}},
	{"settlement", "许多居民同时确认：榜单要在一秒内跟上",
		[]cli.Flag{wishesFlag()},
		func(ctx context.Context, t loadtest.Target, c *cli.Command) (loadtest.Report, error) {
			return loadtest.Settlement(ctx, t, c.Int("wishes"))
		}},
	{"evening", "一个晚上的样子：九成在看，一成在发、认领、办结、签到；不写 --rate 就先找出最高的速度",
		loadFlags(),
		func(ctx context.Context, t loadtest.Target, c *cli.Command) (loadtest.Report, error) {
			return loadtest.Evening(ctx, t, loadOf(c))
		}},
	{"read", "只看不写",
		loadFlags(),
		func(ctx context.Context, t loadtest.Target, c *cli.Command) (loadtest.Report, error) {
			return loadtest.Read(ctx, t, loadOf(c))
		}},
}

func wishesFlag() cli.Flag { return &cli.IntFlag{Name: "wishes", Value: 100, Usage: "多少个心愿"} }

func loadFlags() []cli.Flag {
	return []cli.Flag{
		&cli.FloatFlag{Name: "rate", Usage: "每秒多少次请求；不写就找出最高的，再用它的一部分"},
		&cli.FloatFlag{Name: "share", Value: 0.7, Usage: "找到的最高速度用几成"},
		&cli.DurationFlag{Name: "duration", Value: time.Minute, Usage: "多久"},
	}
}

func loadOf(c *cli.Command) loadtest.Load {
	return loadtest.Load{
		Rate: c.Float("rate"), Share: c.Float("share"), Duration: c.Duration("duration"), Probe: 10 * time.Second,
		Log: func(line string) { fmt.Fprintln(os.Stderr, " ", line) },
	}
}

func loadtestCommand() *cli.Command {
	command := &cli.Command{
		Name:  "loadtest",
		Usage: "压力测试：在本机运行着的 load 示例数据上，让许多人同时用，量出快慢，最后检查数据（正式环境拒绝）",
	}
	for _, trial := range trials {
		command.Commands = append(command.Commands, &cli.Command{
			Name: trial.name, Usage: trial.usage,
			Flags: append([]cli.Flag{
				&cli.StringFlag{Name: "url", Value: "http://127.0.0.1:8080", Usage: "运行着的服务"},
				&cli.IntFlag{Name: "members", Value: 1000, Usage: "多少名党员一起"},
				&cli.BoolFlag{Name: "no-doctor", Usage: "最后不检查数据"},
			}, trial.flags...),
			Action: func(ctx context.Context, c *cli.Command) error {
				if err := checkTrial(c); err != nil {
					return err
				}
				t, err := findTarget(c, reads)
				if err != nil {
					return err
				}
				if t.env == config.Production {
					return errors.New("正式环境不能做压力测试")
				}
				report, err := trial.run(ctx, loadtest.Target{
					URL: c.String("url"), Members: c.Int("members"), Clock: clock.System(),
					Code:  func(n int) string { return fmt.Sprint("load-member-", n) },
					Staff: []string{"demo-secretary", "demo-street", "demo-county"},
				}, c)
				if err != nil {
					return noTrial(err)
				}
				if err := report.Print(os.Stdout); err != nil {
					return err
				}
				if c.Bool("no-doctor") {
					return broken(report)
				}
				return errors.Join(broken(report), t.examine(ctx, false))
			},
		})
	}
	return command
}

// checkTrial refuses numbers with which there is nothing to try.
func checkTrial(c *cli.Command) error {
	switch {
	case c.Int("members") < 2:
		return errors.New("--members 至少是 2：一名党员发心愿，另一名认领")
	case c.IsSet("wishes") && c.Int("wishes") < 1:
		return errors.New("--wishes 至少是 1")
	case c.Float("rate") < 0:
		return errors.New("--rate 是每秒多少次，要比 0 大；不写就自己找")
	case c.IsSet("share") && (c.Float("share") <= 0 || c.Float("share") > 1):
		return errors.New("--share 在 0 和 1 之间，比如 0.7")
	case c.IsSet("duration") && c.Duration("duration") <= 0:
		return errors.New("--duration 要比 0 长，比如 1m")
	}
	return nil
}

// noTrial says why there was none.
func noTrial(err error) error {
	if errors.Is(err, loadtest.ErrNotHere) {
		return errors.New("--url 只能是这台电脑上的服务，比如 http://127.0.0.1:8080")
	}
	return fmt.Errorf("压力测试没做成（%w）。先运行 xinyuan --data 目录 demo --profile load --scale 1000，"+
		"--data 写同一个目录，--url 写它的地址，--members 不比 --scale 多", err)
}

// broken is an error where a promise did not hold.
func broken(r loadtest.Report) error {
	if len(r.Broken) > 0 {
		return cli.Exit(fmt.Sprintf("有 %d 处不对，见上面的 ✗", len(r.Broken)), 1)
	}
	return nil
}
