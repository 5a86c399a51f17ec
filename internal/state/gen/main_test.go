package main

import (
	"os"
	"testing"
)

func TestDocumentIsFresh(t *testing.T) {
	written, err := os.ReadFile("../../../docs/lifecycles.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(written) != document() {
		t.Error("docs/lifecycles.md is older than internal/state: run go generate ./internal/state")
	}
}
