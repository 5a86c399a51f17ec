package words

import (
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// What is said of a post.
var _ = say(state.Grant.Noun, sentences{
	special: func(m Message) string {
		if m.Event == state.EventEnd {
			return "您不再担任" + Post(m.Place, id.Role(m.Title))
		}
		return "您开始担任" + Post(m.Place, id.Role(m.Title))
	},
})
