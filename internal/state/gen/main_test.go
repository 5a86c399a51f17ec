package main

import (
	"os"
	"testing"
)

func TestFilesAreFresh(t *testing.T) {
	for file, content := range map[string]string{
		"../../../docs/lifecycles.md":                     document(),
		"../../../miniprogram/src/services/states.gen.ts": client(),
	} {
		written, err := os.ReadFile(file) //nolint:gosec // named above
		if err != nil {
			t.Fatal(err)
		}
		if string(written) != content {
			t.Errorf("%s is older than internal/state: run go generate ./internal/state", file)
		}
	}
}
