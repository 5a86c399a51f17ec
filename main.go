// Command xinyuan is the whole system: server, worker, demo and tools.
package main

import (
	"context"
	"errors"
	"fmt"
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
			&cli.StringFlag{Name: "data", Value: ".data", Usage: "演示的数据目录"},
		},
		Commands: []*cli.Command{
			demoCommand(), serveCommand(), workerCommand(), migrateCommand(), seedCommand(), importCommand(),
			installCommand(), rebuildCommand(), doctorCommand(), healthcheckCommand(),
		},
	}
	if err := root.Run(ctx, os.Args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		var code cli.ExitCoder
		if errors.As(err, &code) {
			os.Exit(code.ExitCode())
		}
		os.Exit(1)
	}
}

// settings reads the configuration that the flags and the environment give.
func settings(c *cli.Command) (config.Config, error) {
	return config.Load(c.String("config"), os.Environ())
}

// logger writes JSON lines, at the configured level.
func logger(c config.Config, to *os.File) (*slog.Logger, error) {
	level, err := c.Level()
	if err != nil {
		return nil, fmt.Errorf("config: log.level is %q; it must be debug, info, warn or error", c.Log.Level)
	}
	return slog.New(slog.NewJSONHandler(to, &slog.HandlerOptions{Level: level})), nil
}
