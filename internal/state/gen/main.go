// Command gen writes docs/lifecycles.md from package state, and for the client
// the states of each lifecycle and what each role may do:
//
//	go generate ./internal/state
package main

import (
	"fmt"
	"os"
	"strings"

	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

const head = `# Lifecycles

Generated from internal/state by ` + "`go generate ./internal/state`" + `: change the tables there, not this file.

Who may cause an event: **owner**, whose wish it is · **member**, with an active report-in · **claimant**, who made
the claim · **leader**, of the team, or a deputy · **volunteer**, who joins a team, signs up or has served ·
**decider**, eligible staff at the node or above who are no party to the matter · **system**, nobody
directly: the event follows from one in another lifecycle.
`

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gen DOCUMENT TYPESCRIPT")
		os.Exit(2)
	}
	for i, content := range []string{document(), client()} {
		file := os.Args[i+1]
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil { //nolint:gosec // go generate names the files
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

const clientHead = `// Code generated from internal/state and internal/id by ` +
	"`go generate ./internal/state`" + `. DO NOT EDIT.

/** The states of each lifecycle. */
export const states = {
`

// document is the whole page.
func document() string {
	var b strings.Builder
	b.WriteString(head)
	for _, l := range state.All() {
		fmt.Fprintf(&b, "\n## %s\n\n```mermaid\n%s```\n\n", l.Noun, l.Mermaid)
		b.WriteString("| from | event | to | who | note |\n|---|---|---|---|---|\n")
		for _, t := range l.Arrows {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", t.From, t.Event, t.To, t.Who(), t.Note)
		}
	}
	return b.String()
}

// client is the module from which the client knows states and roles.
func client() string {
	var b strings.Builder
	b.WriteString(clientHead)
	for _, l := range state.All() {
		fmt.Fprintf(&b, "  %s: %s,\n", l.Noun, list(l.Statuses))
	}
	b.WriteString("} as const\n\n/** The roles, by what they may do. */\nexport const rolesOf = {\n")
	for _, group := range []struct {
		name  string
		roles []id.Role
	}{{"all", id.Roles()}, {"deciders", id.Deciders()}, {"posts", id.Posts()}, {"deputies", id.Deputies()}} {
		fmt.Fprintf(&b, "  %s: %s,\n", group.name, list(group.roles))
	}
	b.WriteString("} as const\n")
	return b.String()
}

// list writes the values as TypeScript does.
func list[S ~string](all []S) string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = "'" + string(s) + "'"
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
