package redis

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

// Sessions keeps who is logged in. A session is a person and a session id,
// nothing more; what the person may do is read from MySQL each time. Only the
// token's hash is stored, so that a copy of Redis logs nobody in.
type Sessions struct {
	client  *Client
	machine *clock.Clock
	life    time.Duration
}

// NewSessions returns sessions that end when unused for the given time.
func NewSessions(client *Client, machine *clock.Clock, life time.Duration) *Sessions {
	return &Sessions{client, machine, life}
}

// Session is what a person gets at log-in.
type Session struct {
	Token     string
	ExpiresAt time.Time
}

var token = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// Create begins a session. Error: fault.ReasonUnavailable.
func (s *Sessions) Create(ctx context.Context, person id.User) (Session, error) {
	secret := random(32)
	value := person.String() + " " + random(9)
	if err := s.client.Set(ctx, s.key(secret), value, s.life).Err(); err != nil {
		return Session{}, Unavailable(err)
	}
	return Session{Token: secret, ExpiresAt: s.machine.Now().Add(s.life)}, nil
}

// Find tells whose token this is and moves its expiry on. Errors:
// fault.ReasonUnauthenticated for a dead token, fault.ReasonUnavailable when
// Redis is out of reach: nobody is logged out by that.
func (s *Sessions) Find(ctx context.Context, secret string) (id.User, error) {
	if !token.MatchString(secret) {
		return 0, fault.New(fault.ReasonUnauthenticated)
	}
	value, err := s.client.GetEx(ctx, s.key(secret), s.life).Result()
	if errors.Is(err, goredis.Nil) {
		return 0, fault.New(fault.ReasonUnauthenticated)
	}
	if err != nil {
		return 0, Unavailable(err)
	}
	var person id.User
	first, _, _ := strings.Cut(value, " ")
	if err := person.UnmarshalText([]byte(first)); err != nil {
		return 0, fault.Because(fault.ReasonUnauthenticated, err)
	}
	return person, nil
}

// Delete ends the session of the token.
func (s *Sessions) Delete(ctx context.Context, secret string) error {
	return Unavailable(s.client.Del(ctx, s.key(secret)).Err())
}

func (s *Sessions) key(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return s.client.Key("session", hex.EncodeToString(sum[:]))
}

func random(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails: the program ends where no randomness is
	return base64.RawURLEncoding.EncodeToString(b)
}
