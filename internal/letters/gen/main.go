// Command gen writes how long each text may be, as openapi.yaml says under x-letters, for server and client:
//
//	go generate ./internal/letters
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"regexp"
	"strings"
)

// block finds the numbers, one a line, which no other part of the contract repeats.
var (
	block = regexp.MustCompile(`(?m)^x-letters:.*\n((?:  [a-zA-Z]+: \d+.*\n)+)`)
	entry = regexp.MustCompile(`(?m)^  ([a-zA-Z]+): (\d+)(?: # (.*))?$`)
)

const (
	head = "// Code generated from x-letters of api/openapi.yaml by " +
		"`go generate ./internal/letters`. DO NOT EDIT.\n\n"
	serverHead = head + "package letters\n\n// How many characters each text may have.\nconst (\n"
	clientHead = head + "export const letters = {\n"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: gen CONTRACT GO TYPESCRIPT")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(contract, goFile, clientFile string) error {
	text, err := os.ReadFile(contract) //nolint:gosec // go generate names the file
	if err != nil {
		return err
	}
	found := block.FindSubmatch(text)
	if found == nil {
		return fmt.Errorf("%s has no x-letters", contract)
	}
	server, client := serverHead, clientHead
	for _, e := range entry.FindAllSubmatch(found[1], -1) {
		name, n, what := string(e[1]), string(e[2]), string(e[3])
		server += fmt.Sprintf("\t%s = %s // %s\n", strings.ToUpper(name[:1])+name[1:], n, what)
		client += fmt.Sprintf("  %s: %s,\n", name, n)
	}
	formatted, err := format.Source([]byte(server + ")\n"))
	if err != nil {
		return err
	}
	for file, content := range map[string][]byte{goFile: formatted, clientFile: []byte(client + "} as const\n")} {
		if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, content) {
			continue
		}
		if err := os.WriteFile(file, content, 0o644); err != nil { //nolint:gosec // go generate names the files
			return err
		}
	}
	return nil
}
