// Package seal keeps what identifies people unreadable in the database.
//
// A sealed value is bound to its table, column and row, so that copying it
// elsewhere makes it useless. Look-up values find a phone or a name again
// without storing either. Free text has numbers taken out by Redact; people see
// masks. No error of this package holds key material or plain text.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
)

const (
	version   = 1
	aesGCM    = 1 // algorithm 2 is reserved for SM4-GCM
	keyBytes  = 32
	headBytes = 3 // version, algorithm, length of the key id
)

// The errors of Seal and Open.
var (
	ErrPlace   = errors.New("seal: a place needs a table, a column and the id of a row")
	ErrForm    = errors.New("seal: this is no sealed value, or one of a later version")
	ErrKey     = errors.New("seal: the key that sealed this value is not among the keys")
	ErrChanged = errors.New("seal: the value was changed, or belongs to another place or key")
)

// Place is where a sealed value lives. It opens nowhere else.
type Place struct {
	Table  string
	Column string
	Row    int64
}

// Sealer seals with the current key and opens with any. It is safe for
// concurrent use.
type Sealer struct {
	current *key
	keys    []*key // in the order given, the current one first
}

// key is what is derived from one master key, which itself is not kept.
type key struct {
	id     string
	aead   cipher.AEAD
	lookup []byte
}

// New reads the keys from "k1:<base64 of 32 bytes>,k0:…", the current one
// first. Older keys stay in the list until nothing sealed with them is left.
func New(keys string) (*Sealer, error) {
	masters, err := parse(keys)
	if err != nil {
		return nil, err
	}
	s := &Sealer{}
	for _, m := range masters {
		k, err := derive(m)
		if err != nil {
			return nil, err
		}
		s.keys = append(s.keys, k)
	}
	s.current = s.keys[0]
	return s, nil
}

// Current is the id of the key that seals.
func (s *Sealer) Current() string { return s.current.id }

// Others are the ids of the keys that only open.
func (s *Sealer) Others() (all []string) {
	for _, k := range s.keys[1:] {
		all = append(all, k.id)
	}
	return all
}

func derive(m master) (*key, error) {
	sealing, err := hkdf.Key(sha256.New, m.secret, nil, "xinyuan seal 1 aes-256-gcm", keyBytes)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	lookup, err := hkdf.Key(sha256.New, m.secret, nil, "xinyuan lookup 1 hmac-sha-256", keyBytes)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	// A random nonce is good for 2^32 values a key, far more than a county has.
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return &key{id: m.id, aead: aead, lookup: lookup}, nil
}

// Seal hides the text for its place: version, algorithm, key id (its length
// before it), nonce, ciphertext with tag. That is 31 bytes and the key id more
// than the text. It returns ErrPlace if the place is incomplete.
func (s *Sealer) Seal(place Place, text string) ([]byte, error) {
	if place.Table == "" || place.Column == "" || place.Row <= 0 {
		return nil, ErrPlace
	}
	head := append([]byte{version, aesGCM, byte(len(s.current.id))}, s.current.id...)
	return s.current.aead.Seal(head, nil, []byte(text), bound(head, place)), nil //nolint:gosec // no nonce: random ones
}

// Open returns the text that was sealed for this place. It returns ErrForm,
// ErrKey or ErrChanged if it cannot.
func (s *Sealer) Open(place Place, sealed []byte) (string, error) {
	if len(sealed) < headBytes || sealed[0] != version || sealed[1] != aesGCM {
		return "", ErrForm
	}
	body := headBytes + int(sealed[2])
	if len(sealed) < body {
		return "", ErrForm
	}
	k := s.find(string(sealed[headBytes:body]))
	if k == nil {
		return "", ErrKey
	}
	text, err := k.aead.Open(nil, nil, sealed[body:], bound(sealed[:body], place))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrChanged, err)
	}
	return string(text), nil
}

// KeyOf is the id of the key that sealed the value; "" for what is no sealed value.
func KeyOf(sealed []byte) string {
	if len(sealed) < headBytes || len(sealed) < headBytes+int(sealed[2]) {
		return ""
	}
	return string(sealed[headBytes : headBytes+int(sealed[2])])
}

func (s *Sealer) find(id string) *key {
	for _, k := range s.keys {
		if k.id == id {
			return k
		}
	}
	return nil
}

// bound is what the tag also covers. Quoting keeps the parts apart, whatever
// they hold.
func bound(head []byte, p Place) []byte {
	return fmt.Appendf(nil, "%s|%q|%q|%d", head, p.Table, p.Column, p.Row)
}
