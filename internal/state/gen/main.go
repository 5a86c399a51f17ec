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

// lifecycle is one noun's table, whatever the type of its statuses.
type lifecycle struct {
	noun, diagram string
	states        []string
	rows          string // of the table of transitions
}

func of[S ~string](m state.Machine[S]) lifecycle {
	l := lifecycle{noun: m.Noun, diagram: m.Mermaid()}
	for _, s := range m.Statuses() {
		l.states = append(l.states, string(s))
	}
	for _, t := range m.Transitions {
		l.rows += fmt.Sprintf("| %s | %s | %s | %s | %s |\n", t.From, t.Event, t.To, t.Who(), t.Note)
	}
	return l
}

// lifecycles lists them all, in the order of the document.
func lifecycles() []lifecycle {
	return []lifecycle{
		of(state.Wish), of(state.Claim), of(state.Membership), of(state.Grant), of(state.User), of(state.Team),
		of(state.TeamMember), of(state.Activity), of(state.Signup), of(state.Record), of(state.Join),
		of(state.Objection), of(state.Certificate), of(state.Complaint), of(state.Node),
	}
}

// document is the whole page.
func document() string {
	var b strings.Builder
	b.WriteString(head)
	for _, l := range lifecycles() {
		fmt.Fprintf(&b, "\n## %s\n\n```mermaid\n%s```\n\n", l.noun, l.diagram)
		b.WriteString("| from | event | to | who | note |\n|---|---|---|---|---|\n" + l.rows)
	}
	return b.String()
}

// client is the module from which the client knows states and roles.
func client() string {
	var b strings.Builder
	b.WriteString(clientHead)
	for _, l := range lifecycles() {
		fmt.Fprintf(&b, "  %s: %s,\n", l.noun, list(l.states))
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
