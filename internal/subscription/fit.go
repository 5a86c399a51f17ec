package subscription

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestThing is how many characters WeChat allows in a field of kind thing.
const longestThing = 20

// leastName is how much of a name is left of it, so that its reader knows which it is.
const leastName = 4

// fit is what a sentence about a name says in a field: the whole of it, or its first
// clauses, with as much of the name as lets the sentence say what happened.
func fit(name string, say func(name string) string) string {
	letters := []rune(clean(name))
	for n := len(letters); n >= min(leastName, len(letters)); n-- {
		short := string(letters[:n])
		if n < len(letters) {
			short = strings.TrimRight(short, "，。；：、！？") + "…"
		}
		if text := clauses(clean(say(short))); text != "" {
			return text
		}
	}
	return cut(say(name))
}

// clauses is as much of the text as fits and ends where a clause does; empty: nothing
// does.
func clauses(text string) string {
	if utf8.RuneCountInString(text) <= longestThing {
		return text
	}
	letters := []rune(text)
	for at := longestThing; at > 0; at-- {
		head := string(letters[:at])
		if strings.ContainsRune("，。；！？", letters[at]) && strings.Count(head, "“") == strings.Count(head, "”") {
			return head
		}
	}
	return ""
}

// cut is as much of a text as fits, at the end of a clause where that leaves half of it.
func cut(text string) string {
	text = clean(text)
	letters := []rune(text)
	if len(letters) <= longestThing {
		return text
	}
	for at := longestThing; at > longestThing/2; at-- {
		if strings.ContainsRune("，。；！？、：", letters[at]) {
			return string(letters[:at])
		}
	}
	return string(letters[:longestThing-1]) + "…"
}

// clean leaves out what WeChat refuses in a field.
func clean(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsControl(r) }), "")
}
