package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
)

// Purpose keeps look-up values apart: the same text has another value for each.
type Purpose string

// The purposes.
const (
	PurposePhone     Purpose = "phone"      // the whole number, digits only
	PurposePhoneTail Purpose = "phone_tail" // its last four digits
	PurposeRequest   Purpose = "request"    // the body of a request, to know it again
	PurposeName      Purpose = "name"       // a real name, as user.NameKey writes it
)

// Lookup is a value to store beside a sealed text, by which the text is found
// again: "<key id>:<HMAC>", at most 60 bytes of ASCII. The same text must be
// written the same way each time. An empty text has an empty value, which
// nobody searches for.
func (s *Sealer) Lookup(purpose Purpose, text string) string {
	return s.current.value(purpose, text)
}

// LookupAll is the values that the text may be stored under, the current key's
// first, for searches while older keys are still in use.
func (s *Sealer) LookupAll(purpose Purpose, text string) []string {
	if text == "" {
		return nil
	}
	all := make([]string, len(s.keys))
	for i, k := range s.keys {
		all[i] = k.value(purpose, text)
	}
	return all
}

func (k *key) value(purpose Purpose, text string) string {
	if text == "" {
		return ""
	}
	mac := hmac.New(sha256.New, k.lookup)
	mac.Write([]byte(purpose))
	mac.Write([]byte{0})
	mac.Write([]byte(text))
	return k.id + ":" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
