package devstack

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strings"
)

// Redis is a running Redis server on a socket of its own.
type Redis struct {
	process *process
	socket  string
}

// StartRedis runs a Redis server that keeps nothing, with its socket and log in
// the folder, and returns when it answers. Errors: a *MissingError when it is
// not installed, or what the server said.
func StartRedis(ctx context.Context, dir string) (*Redis, error) {
	path := which(redisNames...)
	if path == "" {
		return nil, &MissingError{[]string{"Redis"}}
	}
	return startRedis(ctx, path, dir, dir, "--save", "")
}

func startRedis(ctx context.Context, path, dir, sockets string, more ...string) (*Redis, error) {
	r := &Redis{socket: filepath.Join(sockets, "redis.sock")}
	args := append([]string{"--port", "0", "--unixsocket", r.socket, "--unixsocketperm", "700",
		"--dir", dir, "--daemonize", "no", "--appendonly", "no"}, more...)
	var err error
	if r.process, err = launch("Redis", filepath.Join(dir, "redis.log"), path, args...); err != nil {
		return nil, err
	}
	if err := r.process.ready(ctx, r.ping); err != nil {
		return nil, errors.Join(err, r.Stop())
	}
	return r, nil
}

// Addr is the server's address, in the form that internal/redis reads.
func (r *Redis) Addr() string { return "unix://" + r.socket }

// Stop ends the server and waits for it. It may be called twice.
func (r *Redis) Stop() error { return r.process.stop() }

// ping fails while Redis still loads its file.
func (r *Redis) ping(ctx context.Context) error { return r.tell(ctx, "PING", "+PONG") }

// tell sends a command, whose answer must be the one line.
func (r *Redis) tell(ctx context.Context, command, want string) error {
	answer, err := r.ask(ctx, command)
	if err == nil && answer != want {
		err = fmt.Errorf("redis answers %q", answer)
	}
	return err
}

// ask sends a command and returns the first line of the answer.
func (r *Redis) ask(ctx context.Context, command string) (string, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "unix", r.socket)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write([]byte(command + "\r\n")); err != nil {
		return "", err
	}
	answer, err := bufio.NewReader(conn).ReadString('\n')
	return strings.TrimSuffix(answer, "\r\n"), err
}
