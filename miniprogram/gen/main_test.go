package main

import (
	"bytes"
	"os"
	"testing"
)

func TestFilesAreFresh(t *testing.T) {
	files, err := contents("../src")
	if err != nil {
		t.Fatal(err)
	}
	for file, content := range files {
		written, err := os.ReadFile(file) //nolint:gosec // named by contents
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(written, content) {
			t.Errorf("%s does not have the pages of src/pages: run go generate ./miniprogram", file)
		}
	}
}
