package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
)

// Purpose keeps look-up values apart: the same text has another value for each.
type Purpose string

// The purposes.
const (
	PurposePhone       Purpose = "phone"        // the whole number, digits only
	PurposeRosterPhone Purpose = "roster_phone" // a number on a unit's roster: nobody finds by it whose it is
	PurposePhoneTail   Purpose = "phone_tail"   // its last four digits
	PurposeRequest     Purpose = "request"      // the body of a request, to know it again
	PurposeName        Purpose = "name"         // a real name, as membership.NameKey writes it
	PurposeCalendar    Purpose = "calendar"     // the token of a person's calendar feed
	PurposeCertificate Purpose = "certificate"  // the code by which a certificate is checked
	PurposeInvitation  Purpose = "invitation"   // the code with which people join a team
	PurposeReview      Purpose = "review"       // the code and the token of a reviewer of WeChat's
	PurposeScene       Purpose = "scene"        // what a mini-program code carries
	PurposeCheckIn     Purpose = "check_in"     // an activity's code of a moment: see Numbers
	PurposeBooking     Purpose = "booking"      // a booking's code at the door: see Numbers
	PurposeAddress     Purpose = "address"      // the address of a picture, whose bearer may see it
	PurposeSample      Purpose = "sample"       // whether something is drawn for a second look
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
	return k.id + ":" + base64.RawURLEncoding.EncodeToString(k.mac(purpose, text))
}

func (k *key) mac(purpose Purpose, text string) []byte {
	mac := hmac.New(sha256.New, k.lookup)
	mac.Write([]byte(purpose))
	mac.Write([]byte{0})
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// Numbers are 64 bits that nobody without the keys can tell for the text, one
// number a key, the current key's first: codes that people read off a screen are
// made of them, and those of an older key hold until they are over.
func (s *Sealer) Numbers(purpose Purpose, text string) []uint64 {
	all := make([]uint64, len(s.keys))
	for i, k := range s.keys {
		all[i] = binary.BigEndian.Uint64(k.mac(purpose, text))
	}
	return all
}
