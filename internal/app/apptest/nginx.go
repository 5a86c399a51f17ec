package apptest

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Nginx is Debian's nginx with the text of deploy/nginx.conf. Only its ports and
// paths are others.
type Nginx struct {
	TLS, Plain string // host:port
	Logs       string // the folder of its logs
	roots      *x509.CertPool
}

// StartNginx runs it in front of the server at upstream (host:port), with changed
// words of the text: what stands there, and what instead. It ends with the test.
func StartNginx(t testing.TB, conf, upstream string, words ...[2]string) *Nginx {
	t.Helper()
	for range 5 { // somebody else may take a port between its choice and nginx's start
		n := &Nginx{}
		if n.start(t, conf, upstream, words) {
			return n
		}
	}
	t.Fatal("nginx does not start: see above")
	return nil
}

// start tells whether nginx has come up.
func (n *Nginx) start(t testing.TB, conf, upstream string, words [][2]string) bool {
	t.Helper()
	dir := t.TempDir()
	n.Logs, n.TLS, n.Plain = filepath.Join(dir, "log"), FreePort(t), FreePort(t)
	n.certificate(t, dir)
	for _, change := range append([][2]string{
		{"listen 80;", "listen " + n.Plain + ";"}, {"listen 443 ssl;", "listen " + n.TLS + " ssl;"},
		{"server 127.0.0.1:8080;", "server " + upstream + ";"},
		{"/etc/nginx/tls/", dir + "/"}, {"/var/log/nginx/", n.Logs + "/"},
	}, words...) {
		if !strings.Contains(conf, change[0]) {
			t.Fatalf("nginx.conf has no %q any more", change[0])
		}
		conf = strings.ReplaceAll(conf, change[0], change[1])
	}
	// What Debian's own nginx.conf has around an included file.
	head := fmt.Sprintf("daemon off; master_process off; pid %s/pid; error_log %s/error.log;\nevents {}\nhttp {\n",
		dir, n.Logs)
	for _, what := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		head += fmt.Sprintf("%s_temp_path %s/%s;\n", what, dir, what)
	}
	write(t, filepath.Join(dir, "nginx.conf"), head+conf+"}\n")
	if err := os.Mkdir(n.Logs, 0o700); err != nil {
		t.Fatal(err)
	}
	path, err := exec.LookPath("nginx")
	if err != nil {
		t.Fatal("nginx is needed: make nginx")
	}
	runtime.LockOSThread() // the thread ends with the test, and nginx with the thread
	nginx := exec.CommandContext(t.Context(), path, "-c", filepath.Join(dir, "nginx.conf"), "-p", dir)
	nginx.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	var said bytes.Buffer
	nginx.Stdout, nginx.Stderr = &said, &said
	if err := nginx.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- nginx.Wait() }()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(20 * time.Second); ; {
		if c, err := new(net.Dialer).DialContext(t.Context(), "tcp", n.TLS); err == nil {
			_ = c.Close()
			return true
		}
		select {
		case <-tick.C:
		case <-ended:
			t.Logf("nginx: %s", said.String())
			return false
		case <-limit:
			t.Fatalf("nginx does not answer: %s", said.String())
		}
	}
}

// certificate writes the certificate that nginx shows.
func (n *Nginx) certificate(t testing.TB, dir string) {
	t.Helper()
	lender := httptest.NewTLSServer(http.NotFoundHandler())
	defer lender.Close()
	pair := lender.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	block := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	write(t, filepath.Join(dir, "xinyuan.pem"), block("CERTIFICATE", pair.Certificate[0]))
	write(t, filepath.Join(dir, "xinyuan.key"), block("PRIVATE KEY", key))
	n.roots = x509.NewCertPool()
	n.roots.AddCert(lender.Certificate())
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// FreePort is host:port on loopback that nobody listens on now.
func FreePort(t testing.TB) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// From is somebody at this address of the loopback network, who asks nginx and
// follows no redirect.
func (n *Nginx) From(t testing.TB, address string) *http.Client {
	t.Helper()
	client := &http.Client{
		Transport: &http.Transport{
			TLSClientConfig: &tls.Config{RootCAs: n.roots, ServerName: "example.com", MinVersion: tls.VersionTLS12},
			DialContext:     (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}).DialContext,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.Cleanup(client.CloseIdleConnections)
	return client
}
