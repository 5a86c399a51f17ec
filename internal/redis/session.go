package redis

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

// Sessions keeps who is logged in. A session is a person, a session id, and on
// which phone it began; what the person may do is read from MySQL each time. Only
// the token's hash is stored, so that a copy of Redis logs nobody in.
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

// Create begins a session of the person on a device, which the person sees in the
// list of their sessions. Error: fault.ReasonUnavailable.
func (s *Sessions) Create(ctx context.Context, person id.User, device string) (Session, error) {
	secret, now := random(32), s.machine.Now()
	o := open{person: person, id: random(9), began: now, device: device}
	if err := s.keep(ctx, o, s.key(secret)); err != nil {
		return Session{}, err
	}
	return Session{Token: secret, ExpiresAt: now.Add(s.life)}, nil
}

// keep lists the session before it begins: one that is not listed could not be
// ended by its person.
func (s *Sessions) keep(ctx context.Context, o open, key string) error {
	if err := s.client.HSet(ctx, s.list(o.person), o.id, key).Err(); err != nil {
		return Unavailable(err)
	}
	return Unavailable(s.client.Set(ctx, key, o.text(), s.life).Err())
}

// Find tells whose token this is and moves its expiry on. Errors:
// fault.ReasonUnauthenticated for a dead token, fault.ReasonUnavailable when
// Redis is out of reach: nobody is logged out by that.
func (s *Sessions) Find(ctx context.Context, secret string) (id.User, error) {
	o, err := s.find(ctx, secret)
	if err == nil && o.began.IsZero() { // begun before sessions were listed
		o.began = s.machine.Now()
		err = s.keep(ctx, o, s.key(secret))
	}
	return o.person, err
}

func (s *Sessions) find(ctx context.Context, secret string) (open, error) {
	if !token.MatchString(secret) {
		return open{}, fault.New(fault.ReasonUnauthenticated)
	}
	value, err := s.client.Ask(ctx, "getex", s.key(secret), "px", s.life.Milliseconds()).Text()
	if errors.Is(err, goredis.Nil) {
		return open{}, fault.New(fault.ReasonUnauthenticated)
	}
	if err != nil {
		return open{}, Unavailable(err)
	}
	o, err := parse(value)
	if err != nil {
		return open{}, fault.Because(fault.ReasonUnauthenticated, err)
	}
	return o, nil
}

// Delete ends the session of the token.
func (s *Sessions) Delete(ctx context.Context, secret string) error {
	o, err := s.find(ctx, secret)
	switch {
	case fault.Has(err, fault.ReasonUnauthenticated):
		return nil
	case err != nil:
		return err
	}
	return s.end(ctx, o.person, o.id, s.key(secret))
}

// end takes the session away, and only then what lists it.
func (s *Sessions) end(ctx context.Context, person id.User, session, key string) error {
	if err := s.client.Del(ctx, key).Err(); err != nil {
		return Unavailable(err)
	}
	return Unavailable(s.client.HDel(ctx, s.list(person), session).Err())
}

// open is a session as stored.
type open struct {
	person id.User
	id     string
	began  time.Time
	device string
}

// text is "person id began device"; sessions of before have the first two alone.
func (o open) text() string {
	return strings.Join([]string{
		o.person.String(), o.id, strconv.FormatInt(o.began.UnixMilli(), 10),
		base64.RawURLEncoding.EncodeToString([]byte(o.device)),
	}, " ")
}

const (
	partsBefore = 2
	parts       = 4
)

func parse(text string) (o open, err error) {
	all := strings.Split(text, " ")
	if len(all) != partsBefore && len(all) != parts {
		return o, errors.New("redis: this is no session")
	}
	o.id = all[1]
	if err := o.person.UnmarshalText([]byte(all[0])); err != nil || len(all) == partsBefore {
		return o, err
	}
	began, err := strconv.ParseInt(all[2], 10, 64)
	o.began = time.UnixMilli(began).UTC()
	device, wrong := base64.RawURLEncoding.DecodeString(all[3])
	o.device = string(device)
	return o, errors.Join(err, wrong)
}

func (s *Sessions) key(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return s.client.Key("session", hex.EncodeToString(sum[:]))
}

// list is where the keys of a person's sessions stand, by their ids.
func (s *Sessions) list(person id.User) string { return s.client.Key("sessions", person.String()) }

func random(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails: the program ends where no randomness is
	return base64.RawURLEncoding.EncodeToString(b)
}
