package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestHealthURL(t *testing.T) {
	for addr, want := range map[string]string{
		"127.0.0.1:8080": "http://127.0.0.1:8080/healthz",
		":8080":          "http://127.0.0.1:8080/healthz",
		"0.0.0.0:80":     "http://127.0.0.1:80/healthz",
		"[::]:8080":      "http://127.0.0.1:8080/healthz",
		"10.0.0.5:8080":  "http://10.0.0.5:8080/healthz",
		"8080":           "",
	} {
		got, err := healthURL(addr)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%s: got %q, %v", addr, got, err)
		}
	}
}

func TestHealthy(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	if err := healthy(t.Context(), server.URL); err != nil {
		t.Errorf("a server that lives: %v", err)
	}
	status = http.StatusServiceUnavailable
	if healthy(t.Context(), server.URL) == nil {
		t.Error("a server in trouble passes")
	}
	server.Close()
	if healthy(t.Context(), server.URL) == nil {
		t.Error("a server that is gone passes")
	}
}
