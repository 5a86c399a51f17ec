// Command xinyuan is the whole system: server, worker, demo and tools.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := &cli.Command{
		Name:  "xinyuan",
		Usage: "心愿：微心愿、认领、积分",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "config", Usage: "自己的设置文件（YAML），各项含义见 configs/default.yaml"},
			&cli.StringFlag{Name: "env", Value: config.EnvFile, Usage: "正式环境的设置文件（每行一个 名称=值）；有这个文件时才读"},
			&cli.StringFlag{Name: "data", Value: ".data", Usage: "演示的数据目录"},
			&cli.BoolFlag{Name: "demo", Usage: "工具用于演示：没有正式环境的设置时，写数据的命令要加上它（或写明 --data）"},
		},
		Commands: []*cli.Command{
			demoCommand(), serveCommand(), workerCommand(), migrateCommand(), seedCommand(), importCommand(), exportCommand(),
			installCommand(), reviewCommand(), rebuildCommand(), doctorCommand(), healthcheckCommand(),
			loadtestCommand(),
		},
	}
	speakChinese(root)
	if err := root.Run(ctx, os.Args); err != nil {
		fmt.Fprintln(os.Stderr, why(err))
		var code cli.ExitCoder
		if errors.As(err, &code) {
			os.Exit(code.ExitCode())
		}
		os.Exit(1)
	}
}

// settings reads the configuration that the flags, the environment file and the
// environment give. The file's usual place may be empty; one that is named must
// be there.
func settings(c *cli.Command) (config.Config, error) {
	environ, err := config.WithFile(c.String("env"), os.Environ())
	switch {
	case errors.Is(err, fs.ErrNotExist) && !c.IsSet("env"):
		environ = os.Environ()
	case errors.Is(err, fs.ErrPermission):
		return config.Config{}, fmt.Errorf("没有权限读 %s：请用 sudo -u xinyuan 运行", c.String("env"))
	case err != nil:
		return config.Config{}, err
	}
	return config.Load(c.String("config"), environ)
}

// logger writes JSON lines, at the configured level.
func logger(c config.Config, to *os.File) (*slog.Logger, error) {
	level, err := c.Level()
	if err != nil {
		return nil, fmt.Errorf("log.level 写的是 %q：要写 debug、info、warn 或者 error", c.Log.Level)
	}
	return slog.New(slog.NewJSONHandler(to, &slog.HandlerOptions{Level: level})), nil
}
