// Withstack runs a command with private MariaDB and Redis servers:
//
//	go run ./internal/devstack/withstack go test -race ./...
//
// The command finds them by the variables XINYUAN_TEST_MYSQL_DSN and
// XINYUAN_TEST_REDIS_ADDR. One that is set already is left as it is, and where
// both are, nothing is started. The servers end with the command, whose exit
// code is passed on; go run itself turns any but 0 into 1.
//
// With -search it looks, after a command that did not fail, for the contacts that tests
// give to residents, in all that servers and tests have written: one that stands there
// in clear is a failure.
//
// Where TMPDIR is not set, the command's temporary files lie beside the servers'
// data, which is in memory where there is plenty. The go tool's own work stays
// where it was: it is large.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"xinyuan/internal/devstack"
)

func main() {
	code, err := withServers(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withstack:", err)
	}
	os.Exit(code)
}

// withServers runs the command and returns its exit code. An error is one of
// our own, with code 1 where the command did not fail.
func withServers(command []string) (code int, err error) {
	search := len(command) > 0 && command[0] == "-search"
	if search {
		command = command[1:]
	}
	if len(command) == 0 {
		return 2, errors.New("usage: withstack [-search] COMMAND [ARGUMENT…]")
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	found, stack, err := servers()
	if err != nil {
		return 1, err
	}
	if stack == nil {
		return run(command, append(os.Environ(), found...), signals)
	}
	defer func() {
		if stopErr := stack.Stop(); stopErr != nil {
			err = errors.Join(err, stopErr)
			code = max(code, 1)
		}
	}()
	code, err = run(command, append(os.Environ(), found...), signals)
	if search && code == 0 && err == nil {
		if err = searchFiles(stack); err != nil {
			code = 1
		}
	}
	return code, err
}

// searchFiles is an error where somebody's contact stands in clear.
func searchFiles(stack *devstack.Stack) error {
	leaks, err := stack.Leaks(context.Background(), devstack.Canaries(), devstack.PublicTitle)
	if err == nil && len(leaks) > 0 {
		err = fmt.Errorf("somebody's contact is kept in clear:\n%s", strings.Join(leaks, "\n"))
	}
	return err
}

// servers starts what the environment does not name. It returns the missing
// variables and the servers, nil where none are missing. A signal meanwhile makes it fail.
func servers() (found []string, stack *devstack.Stack, err error) {
	mysql, redis := os.Getenv(devstack.MySQLVariable), os.Getenv(devstack.RedisVariable)
	if mysql != "" && redis != "" {
		return nil, nil, nil
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	stack, err = devstack.Start(ctx, devstack.Options{})
	if err != nil {
		return nil, nil, err
	}
	if mysql == "" {
		found = append(found, devstack.MySQLVariable+"="+stack.MySQLDSN())
	}
	if redis == "" {
		found = append(found, devstack.RedisVariable+"="+stack.RedisAddr())
	}
	if os.Getenv("TMPDIR") == "" {
		temp, err := stack.Temp()
		if err != nil {
			return nil, nil, errors.Join(err, stack.Stop())
		}
		found = append(found, "TMPDIR="+temp)
		if os.Getenv("GOTMPDIR") == "" {
			found = append(found, "GOTMPDIR="+os.TempDir())
		}
	}
	return found, stack, nil
}

// run passes every signal on to the command. Ctrl-C on a terminal reaches the
// command twice then, which the go tool takes as once.
func run(command, env []string, signals <-chan os.Signal) (code int, err error) {
	cmd := exec.Command(command[0], command[1:]...) //nolint:gosec,noctx // it runs what it is told, till that ends
	cmd.Env = env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return 1, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			if err := cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
				return 1, err
			}
		case err := <-ended:
			return exitCode(err)
		}
	}
}

// exitCode is the command's own, or as in a shell 128 and the signal that ended it.
func exitCode(err error) (int, error) {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		if err != nil {
			return 1, err
		}
		return 0, nil
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal()), nil
	}
	return exit.ExitCode(), nil
}
