package wechattest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"time"
)

// weChatHost is where a program in production calls.
const weChatHost = "api.weixin.qq.com:443"

// Egress is the proxy of a closed network, behind which the fake server stands as
// api.weixin.qq.com with TLS. A program that runs as in production reaches the fake
// through it, where it trusts the authority.
type Egress struct {
	URL       string
	Authority []byte // PEM

	refused atomic.Int64
	proxy   *httptest.Server
	far     *http.Server
	tunnels *tunnels
}

// NewEgress starts it in front of s. Close ends it.
func NewEgress(s *Server) (*Egress, error) {
	certificate, authority, err := certify()
	if err != nil {
		return nil, err
	}
	e := &Egress{Authority: authority, tunnels: &tunnels{conns: make(chan net.Conn), closed: make(chan struct{})}}
	e.far = &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second}
	settings := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	go func() { _ = e.far.Serve(tls.NewListener(e.tunnels, settings)) }()
	e.proxy = httptest.NewServer(http.HandlerFunc(e.connect))
	e.URL = e.proxy.URL
	return e, nil
}

// Refused is how often somebody wanted to go elsewhere.
func (e *Egress) Refused() int64 { return e.refused.Load() }

// Close ends both servers and the tunnels between them.
func (e *Egress) Close() {
	_ = e.far.Close()
	e.proxy.Close()
}

// connect opens a tunnel to the fake server, whoever asks for WeChat's host.
func (e *Egress) connect(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect || r.Host != weChatHost {
		e.refused.Add(1)
		http.Error(w, "this network reaches WeChat alone", http.StatusForbidden)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if _, err := conn.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n")); err != nil {
		_ = conn.Close()
		return
	}
	select {
	case e.tunnels.conns <- conn:
	case <-e.tunnels.closed:
		_ = conn.Close()
	}
}

// tunnels is a listener whose connections come out of the proxy.
type tunnels struct {
	conns  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func (l *tunnels) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *tunnels) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *tunnels) Addr() net.Addr { return &net.TCPAddr{} }

// certify makes a certificate for WeChat's host that signs itself.
func certify() (certificate tls.Certificate, authority []byte, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return certificate, nil, err
	}
	host, _, _ := net.SplitHostPort(weChatHost)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{host}, BasicConstraintsValid: true, IsCA: true,
		NotBefore: time.Unix(0, 0), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return certificate, nil, err
	}
	pair := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	return pair, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}
