package words

import (
	"slices"
	"strings"

	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// Step is an event as the history of its matter tells it.
type Step struct {
	Noun      string
	Event     state.Event
	Role      id.Role // by which it was done; empty: in no office
	Delegated bool    // by a deputy
	Self      bool    // the reader did it
	ToOwner   bool    // the reader is whose matter it is
}

// Sentence is the event in words, by whom first: nobody reads 许愿人说 about their own words.
func (s Step) Sentence() string {
	said := byNoun[s.Noun]
	if text := of(said.ownersHistory, s.Event); text != "" && s.ToOwner {
		return text
	}
	who, text := Role(s.Role), of(said.history, s.Event)
	if s.Delegated {
		who += "的受托人"
	}
	for _, part := range []string{"{owner}", "认领人"} {
		if rest, ok := strings.CutPrefix(text, part); ok && s.Self && s.Role == "" {
			text = "您" + rest
		}
	}
	owner, speaker := "许愿人", "居民"
	if s.ToOwner {
		owner, speaker = "您", "您"
	}
	return who + strings.NewReplacer("{owner}", owner, "{speaker}", speaker).Replace(text)
}

// IsEcho says that the event tells an insider once more what stands beside it.
func (s Step) IsEcho() bool { return slices.Contains(byNoun[s.Noun].echoes, s.Event) }
