package api

import (
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/words"
)

// audience is whom a history is told: insiders read reasons, the owner of a wish is
// addressed.
type audience struct {
	id             id.User
	insider, owner bool
	staff          bool // who decides reads a reason before it is checked
}

// history tells its reader what happened.
func history(entries []matter.Entry, to audience) []HistoryEntry {
	all := make([]HistoryEntry, 0, len(entries))
	for _, e := range entries {
		step := words.Step{
			Noun: e.Noun, Event: e.Name, Role: e.Role, Delegated: e.Delegated, ToOwner: to.owner,
			Self: e.ActorID != nil && *e.ActorID == to.id,
		}
		if to.insider && step.IsEcho() {
			continue
		}
		h := HistoryEntry{At: e.At, Text: step.Sentence()}
		if to.insider {
			h.Reason = some(e.Reason)
			if e.Waiting != "" && (to.staff || step.Self) {
				h.Reason, h.Waiting = &e.Waiting, some(true)
			}
		}
		all = append(all, h)
	}
	return all
}
