// Command gen writes docs/lifecycles.md from package state:
//
//	go generate ./internal/state
package main

import (
	"fmt"
	"os"
	"strings"

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
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen FILE")
		os.Exit(2)
	}
	page := []byte(document())
	if err := os.WriteFile(os.Args[1], page, 0o644); err != nil { //nolint:gosec // go generate names the file
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// document is the whole page.
func document() string {
	var b strings.Builder
	b.WriteString(head)
	section(&b, state.Wish)
	section(&b, state.Claim)
	section(&b, state.Membership)
	section(&b, state.Grant)
	section(&b, state.User)
	section(&b, state.Team)
	section(&b, state.TeamMember)
	section(&b, state.Activity)
	section(&b, state.Signup)
	section(&b, state.Record)
	section(&b, state.Join)
	section(&b, state.Objection)
	section(&b, state.Certificate)
	section(&b, state.Complaint)
	section(&b, state.Node)
	return b.String()
}

// section draws one noun and lists its transitions.
func section[S ~string](b *strings.Builder, m state.Machine[S]) {
	fmt.Fprintf(b, "\n## %s\n\n```mermaid\n%s```\n\n", m.Noun, m.Mermaid())
	b.WriteString("| from | event | to | who | note |\n|---|---|---|---|---|\n")
	for _, t := range m.Transitions {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", t.From, t.Event, t.To, t.Who(), t.Note)
	}
}
