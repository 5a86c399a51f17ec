// Command gen writes how long each text may be, and how many of a thing there are, as openapi.yaml says under x-letters
// and x-counts, for server and client:
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

// blocks find the numbers, one a line, which no other part of the contract repeats.
var (
	blocks = map[string]*regexp.Regexp{"letters": numbers("letters"), "counts": numbers("counts")}
	entry  = regexp.MustCompile(`(?m)^  ([a-zA-Z]+): (\d+)(?: # (.*))?$`)
)

const (
	head = "// Code generated from x-letters and x-counts of api/openapi.yaml by " +
		"`go generate ./internal/letters`. DO NOT EDIT.\n\n"
	serverHead = head + "package letters\n"
)

// numbers finds the block of that name.
func numbers(name string) *regexp.Regexp {
	return regexp.MustCompile(`(?m)^x-` + name + `:.*\n((?:  [a-zA-Z]+: \d+.*\n)+)`)
}

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
	server, client := serverHead, head
	for _, name := range []string{"letters", "counts"} {
		found := blocks[name].FindSubmatch(text)
		if found == nil {
			return fmt.Errorf("%s has no x-%s", contract, name)
		}
		what := map[string]string{
			"letters": "How many characters each text may have.", "counts": "How many there may be.",
		}[name]
		server += "\n// " + what + "\nconst (\n"
		client += "export const " + name + " = {\n"
		for _, e := range entry.FindAllSubmatch(found[1], -1) {
			key, n := string(e[1]), string(e[2])
			server += fmt.Sprintf("\t%s = %s // %s\n", strings.ToUpper(key[:1])+key[1:], n, e[3])
			client += fmt.Sprintf("  %s: %s,\n", key, n)
		}
		server, client = server+")\n", client+"} as const\n"
	}
	formatted, err := format.Source([]byte(server))
	if err != nil {
		return err
	}
	for file, content := range map[string][]byte{goFile: formatted, clientFile: []byte(client)} {
		if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, content) {
			continue
		}
		if err := os.WriteFile(file, content, 0o644); err != nil { //nolint:gosec // go generate names the files
			return err
		}
	}
	return nil
}
