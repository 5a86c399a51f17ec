package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/urfave/cli/v3"
)

// healthcheckCommand asks the server of the same settings whether it lives, for
// containers, which have no curl. It exits with 0 or 1.
func healthcheckCommand() *cli.Command {
	return &cli.Command{
		Name:   "healthcheck",
		Usage:  "检查本机的服务是否在运行",
		Hidden: true,
		Action: func(ctx context.Context, c *cli.Command) error {
			cfg, err := settings(c)
			if err != nil {
				return err
			}
			url, err := healthURL(cfg.HTTP.Addr)
			if err != nil {
				return err
			}
			return healthy(ctx, url)
		},
	}
}

// healthURL is where a server that listens on the address is asked. One that
// listens on every address is asked on loopback.
func healthURL(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("http.addr 要写成 主机:端口：%w", err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + "/healthz", nil
}

func healthy(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("服务没有回答：看它启动了没有，http.addr 对不对：%w", err)
	}
	// No proxy of the environment may answer in the server's place.
	answer, err := (&http.Client{Transport: &http.Transport{}}).Do(request)
	if err != nil {
		return fmt.Errorf("服务没有回答：看它启动了没有，http.addr 对不对：%w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s 答的是 %s：看服务的日志", url, answer.Status)
	}
	return nil
}
