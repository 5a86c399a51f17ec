package media

import (
	"crypto/subtle"
	"strconv"
	"strings"
	"time"

	"xinyuan/internal/seal"
)

// addressLife is how long an address holds at least. Addresses end at full
// quarters of an hour: the same picture has the same address for a while, so a
// phone fetches it once.
const addressLife = 15 * time.Minute

// Address is where a picture is fetched: whoever has it sees the picture until
// it ends. It is given to people who may see the picture, and to nobody else.
type Address struct {
	File      string
	Size      Size
	Expires   string // seconds since 1970, as the address has it
	Signature string
}

// Address is the picture's address for who may see it now.
func (s *Service) Address(p Photo, size Size) Address {
	return s.sign(p.File, size, s.machine.Now().Add(addressLife).Truncate(addressLife).Add(addressLife))
}

// OwnAddress is for who has just added the picture: it holds as long as the
// picture waits, since a draft shows it when it is opened again.
func (s *Service) OwnAddress(p Photo, size Size) Address {
	return s.sign(p.File, size, s.machine.Now().Add(Wait))
}

func (s *Service) sign(file string, size Size, until time.Time) Address {
	a := Address{File: file, Size: size, Expires: strconv.FormatInt(until.Unix(), 10)}
	a.Signature = s.sealer.Lookup(seal.PurposeAddress, a.text())
	return a
}

func (a Address) text() string { return strings.Join([]string{a.File, string(a.Size), a.Expires}, "/") }

// check tells until when a genuine address holds; false for all others.
func (s *Service) check(a Address) (time.Time, bool) {
	genuine := 0
	for _, signature := range s.sealer.LookupAll(seal.PurposeAddress, a.text()) {
		genuine |= subtle.ConstantTimeCompare([]byte(signature), []byte(a.Signature))
	}
	seconds, err := strconv.ParseInt(a.Expires, 10, 64)
	until := time.Unix(seconds, 0)
	return until, genuine == 1 && err == nil && s.machine.Now().Before(until)
}
