package api_test

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/mysql"
)

// valve stands before a server and can be closed: then connections stay, new ones
// are taken, and nothing passes, as where a disk or a network hangs.
type valve struct {
	mu   sync.Mutex
	open chan struct{} // closed while the valve is open
}

// newValve returns a valve before the database, and the database's DSN behind it.
func newValve(t *testing.T, dsn string) (*valve, string) {
	t.Helper()
	cfg, err := mysql.Config(dsn)
	must(t, err)
	network, address := cfg.Net, cfg.Addr
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	v := &valve{open: make(chan struct{})}
	close(v.open)
	t.Cleanup(v.resume)
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := new(net.Dialer).Dial(network, address)
			if err != nil {
				_ = client.Close()
				continue
			}
			go v.pass(server, client)
			go v.pass(client, server)
		}
	}()
	cfg.Net, cfg.Addr = "tcp", listener.Addr().String()
	return v, cfg.FormatDSN()
}

func (v *valve) pass(to, from net.Conn) {
	defer func() { _, _ = to.Close(), from.Close() }()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		v.mu.Lock()
		open := v.open
		v.mu.Unlock()
		<-open
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (v *valve) hang() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open = make(chan struct{})
}

func (v *valve) resume() {
	v.mu.Lock()
	defer v.mu.Unlock()
	select {
	case <-v.open:
	default:
		close(v.open)
	}
}

// A database that hangs holds up a request until its deadline and no longer, and no
// more requests than there are connections: the others are told at once to come
// again. The log has of each what its client got.
func TestADatabaseThatHangs(t *testing.T) {
	t.Parallel()
	const timeout = 8 * time.Second // long enough for the one that does not wait
	v, dsn := newValve(t, testdb.New(t))
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker(), apptest.With("XINYUAN_MYSQL_DSN="+dsn),
		apptest.With("XINYUAN_MYSQL_POOL=2"), apptest.With("XINYUAN_MYSQL_WAIT=1s"),
		apptest.With("XINYUAN_HTTP_TIMEOUT="+timeout.String())), 1)
	wish := w.Open()
	for _, persona := range []string{"resident", "member-1"} {
		w.Token(persona)
	}
	first, err := w.App.DB.Pool().Conn(t.Context()) // both connections are to be there
	must(t, err)
	second, err := w.App.DB.Pool().Conn(t.Context())
	must(t, errors.Join(err, first.Close(), second.Close()))
	v.hang()
	logged := len(w.Log.String())
	began := w.App.Clocks.Machine.Now()
	answers := make(chan apptest.Answer, 2)
	go func() { answers <- w.Call("member-1", "GET", "/api/v1/wishes/"+wish, nil) }()
	go func() { answers <- w.Call("resident", "POST", "/api/v1/wishes", apptest.Draft(w.Home)) }()
	w.Until("two requests hang", func() bool { return w.App.DB.Pool().Stats().InUse == 2 })
	refused := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil)
	if len(answers) > 0 {
		t.Error("who found no connection waited as long as those who had one")
	}
	for _, a := range []apptest.Answer{refused, <-answers, <-answers} {
		a.Refused(503, "unavailable")
		if a.Header.Get("Retry-After") == "" {
			t.Errorf("nothing says when to come again: %v", a.Header)
		}
	}
	if took := w.App.Clocks.Machine.Now().Sub(began); took < timeout || took > timeout+20*time.Second {
		t.Errorf("the answers took %v, the deadline is %v", took, timeout)
	}
	w.Until("all three are in the log", func() bool {
		return strings.Count(w.Log.String()[logged:], `"msg":"request","requestId"`) == 3
	})
	if got := strings.Count(w.Log.String()[logged:], fmt.Sprintf(`"status":%d`, 503)); got != 3 {
		t.Errorf("the log has %d answers 503 of three: %s", got, w.Log.String()[logged:])
	}
	v.resume()
	w.Until("it answers again", func() bool {
		return w.Call("member-1", "GET", "/api/v1/wishes/"+wish, nil).Status == 200
	})
	w.Call("resident", "POST", "/api/v1/wishes", apptest.Draft(w.Home)).Want(201)
	w.Healthy()
}
