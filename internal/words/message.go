package words

import (
	"fmt"
	"strings"

	"xinyuan/internal/state"
)

// sentences are what is said of a noun.
type sentences struct {
	// messages are what each party is told of an event, %s being the matter's title. Who recorded a wish is told what
	// its owner is. Staff are not told any more of what only waits; the sentences of messages from before stay.
	messages map[addressed]string
	// ofPlace says that %s is the place in place of the title.
	ofPlace bool
	// special is asked first; nil, or an empty answer: messages has the sentence.
	special func(Message) string

	// history tells each event in plain words; {owner} and {speaker} are whose matter it is.
	history []sentence
	// ownersHistory is told to the owner in place of history: nobody waits for 本人 who is it.
	ownersHistory []sentence
	// echoes are events that say once more, of another noun, what an insider reads beside them.
	echoes []state.Event
}

// addressed is an event and as what somebody is told of it.
type addressed struct {
	event state.Event
	part  state.Party
}

// sentence is an event as the history tells it.
type sentence struct {
	event state.Event
	text  string
}

// of is how the event is told; empty: not at all.
func of(all []sentence, event state.Event) string {
	for _, t := range all {
		if t.event == event {
			return t.text
		}
	}
	return ""
}

// byNoun is what is said of each noun.
var byNoun = map[string]sentences{}

// say keeps what is said of a noun. Each noun calls it in its own file: nothing else is edited for a new one.
func say(noun string, s sentences) sentences { //nolint:unparam // what is declared has a value
	byNoun[noun] = s
	return s
}

// Message is an event of which a person is told.
type Message struct {
	Noun    string
	Event   state.Event
	Part    state.Party // as what they are told
	Title   string      // of the matter
	Place   string      // where it is
	Minutes int64       // that it credited; 0: none
}

// About is what the message calls its matter: by its title, or by its place.
func (m Message) About() string {
	if byNoun[m.Noun].ofPlace {
		return m.Place
	}
	return m.Title
}

// Calling is the message with another name of its matter.
func (m Message) Calling(name string) Message {
	if byNoun[m.Noun].ofPlace {
		m.Place = name
	} else {
		m.Title = name
	}
	return m
}

// Sentence tells the message to its reader.
func (m Message) Sentence() string {
	s := byNoun[m.Noun]
	if s.special != nil {
		if text := s.special(m); text != "" {
			return text
		}
	}
	about := m.About()
	if m.Part != state.PartyRecorder {
		return fmt.Sprintf(s.messages[addressed{m.Event, m.Part}], about)
	}
	text := s.messages[addressed{m.Event, state.PartyOwner}]
	return fmt.Sprintf("代办："+strings.ReplaceAll(text, "您的心愿", "心愿"), about)
}
