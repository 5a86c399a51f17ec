package devstack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// process is a server that dies with this program, even when that is killed.
type process struct {
	name   string
	cmd    *exec.Cmd
	log    string        // path of what the server says
	exited chan struct{} // closed when it has ended
}

// keeper is a thread that lives as long as the program. Linux sends the
// parent-death signal when the thread that started the child ends, not the
// process, so all children are started from here (prctl(2), PR_SET_PDEATHSIG).
var keeper = sync.OnceValue(func() chan<- func() {
	work := make(chan func())
	go func() {
		runtime.LockOSThread()
		for f := range work {
			f()
		}
	}()
	return work
})

// launch starts the command with its output in the log file.
func launch(name, log string, path string, args ...string) (*process, error) {
	out, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("devstack: %w", err)
	}
	cmd := exec.Command(path, args...) //nolint:noctx // it lives until Stop, not until a context ends
	cmd.Stdout, cmd.Stderr = out, out
	// A group of its own: Ctrl-C on the terminal must reach us first, so that
	// the servers are stopped in order.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	keeper() <- func() { started <- cmd.Start() }
	if err := errors.Join(<-started, out.Close()); err != nil {
		return nil, fmt.Errorf("devstack: %s: %w", name, err)
	}
	p := &process{name: name, cmd: cmd, log: log, exited: make(chan struct{})}
	go func() {
		_ = cmd.Wait()
		close(p.exited)
	}()
	return p, nil
}

// ready waits until ask succeeds. It fails at once, with the end of the
// server's log, when the server exits.
func (p *process) ready(ctx context.Context, ask func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ask(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-p.exited:
			return fmt.Errorf("devstack: %s did not start; it says:\n%s", p.name, tail(p.log))
		case <-ctx.Done():
			return fmt.Errorf("devstack: %s does not answer: %w; it says:\n%s", p.name, err, tail(p.log))
		}
	}
}

// stop asks the server to end and waits; after ten seconds it is killed.
func (p *process) stop() error {
	select {
	case <-p.exited:
		return nil
	default:
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("devstack: %s: %w", p.name, err)
	}
	patience := time.NewTimer(10 * time.Second)
	defer patience.Stop()
	select {
	case <-p.exited:
		return nil
	case <-patience.C:
	}
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("devstack: %s: %w", p.name, err)
	}
	<-p.exited
	return nil
}

func tail(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return "(no log)"
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return string(bytes.Join(lines[max(0, len(lines)-8):], []byte("\n")))
}
