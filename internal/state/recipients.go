package state

import "slices"

// Message is whom an event concerns, beside who causes it. Events of a wish that
// only follow from its claim's are told as those.
//
// What waits for staff is on the list of their tasks, and nobody is told of it. They
// are told of what rose to them, and of a decision of theirs that somebody else undid
// or corrected.
type Message struct {
	Event Event
	To    []Party
}

// EventsTo lists a noun's events that the party is told of.
func EventsTo(noun string, p Party) []Event {
	var all []Event
	for _, m := range messagesOf(noun) {
		if slices.Contains(m.To, p) {
			all = append(all, m.Event)
		}
	}
	return all
}

// AllRecipients are all that a party can be who is told of something.
func AllRecipients() []Party {
	var all []Party
	for _, l := range lifecycles {
		for _, m := range l.Messages {
			for _, p := range m.To {
				if !slices.Contains(all, p) {
					all = append(all, p)
				}
			}
		}
	}
	return all
}

// Recipients is whom the event concerns, beside who causes it.
func Recipients(noun string, e Event) []Party {
	for _, m := range messagesOf(noun) {
		if m.Event == e {
			return m.To
		}
	}
	return nil
}

func messagesOf(noun string) []Message {
	for _, l := range lifecycles {
		if l.Noun == noun {
			return l.Messages
		}
	}
	return nil
}
