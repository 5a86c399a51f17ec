package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/urfave/cli/v3"

	"xinyuan/api"
	"xinyuan/internal/app"
	"xinyuan/internal/clock"
)

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "正式运行：提供接口，并处理后台任务",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "no-worker", Usage: "不处理后台任务（另外运行 xinyuan worker）"}},
		Action: func(ctx context.Context, c *cli.Command) error {
			return production(ctx, c, func(a *app.App) error {
				handler, err := a.Handler(api.Options{WatchAddresses: true}) //nolint:contextcheck // each request brings its own
				if err != nil {
					return err
				}
				listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.Config.HTTP.Addr)
				if err != nil {
					return fmt.Errorf("占不到 http.addr 写的 %s：是不是已经有一个在运行（%w）", a.Config.HTTP.Addr, err)
				}
				a.Log.InfoContext(ctx, "serving", "addr", listener.Addr().String())
				var check sync.WaitGroup // beside the first requests: WeChat may be slow, and is no reason not to serve
				defer check.Wait()
				check.Go(func() { a.CheckWeChat(ctx) })
				a.CheckPushes(ctx)
				return serve(ctx, a, handler, listener, !c.Bool("no-worker"))
			})
		},
	}
}

func workerCommand() *cli.Command {
	return &cli.Command{
		Name:  "worker",
		Usage: "只处理后台任务",
		Action: func(ctx context.Context, c *cli.Command) error {
			return production(ctx, c, func(a *app.App) error {
				a.Log.InfoContext(ctx, "working")
				a.Work(ctx)
				return nil
			})
		},
	}
}

// production opens the application of the environment's settings. The demo's
// settings are refused: the demo has a command of its own.
func production(ctx context.Context, c *cli.Command, run func(*app.App) error) (err error) {
	cfg, err := settings(c)
	if err != nil {
		return err
	}
	if cfg.Env != "production" {
		return errors.New("serve 和 worker 给正式环境用（env 写 production）；演示请运行 xinyuan demo")
	}
	log, err := logger(cfg, os.Stderr)
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, cfg, app.Options{Clocks: clock.Systems(), Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return run(a)
}

// serve answers requests until ctx ends, then lets those under way finish.
func serve(ctx context.Context, a *app.App, handler http.Handler, listener net.Listener, worker bool) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(a.Log.Handler(), slog.LevelWarn),
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var wg sync.WaitGroup
	wg.Go(func() { a.Serve(background, worker) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		a.Log.InfoContext(background, "stopping")
		a.Stopping()
		drain(a.Config.HTTP.Drain)
		patience, cancel := context.WithTimeout(background, a.Config.HTTP.Shutdown)
		defer cancel()
		err = server.Shutdown(patience)
	}
	stop()
	wg.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("服务停了：%w", err)
	}
	return nil
}

// drain lets a server that is not ready any more serve a little longer.
func drain(d time.Duration) {
	over := time.NewTimer(d)
	defer over.Stop()
	<-over.C
}
