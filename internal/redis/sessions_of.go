package redis

import (
	"context"
	"errors"
	"slices"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/id"
)

// LoggedIn is a session as its person sees it.
type LoggedIn struct {
	ID      string
	Device  string // as the phone called itself; empty: it did not say
	BeganAt time.Time
	SeenAt  time.Time // of its latest request
	Current bool      // it is the one that asks
}

// Of lists a person's sessions, the one used last first. secret is the token that
// asks. Error: fault.ReasonUnavailable.
func (s *Sessions) Of(ctx context.Context, person id.User, secret string) ([]LoggedIn, error) {
	listed, err := s.client.HGetAll(ctx, s.list(person)).Result()
	if err != nil {
		return nil, Unavailable(err)
	}
	var all []LoggedIn
	for session, key := range listed {
		value, err := s.client.Get(ctx, key).Result()
		if errors.Is(err, goredis.Nil) { // over by itself
			if err := s.client.HDel(ctx, s.list(person), session).Err(); err != nil {
				return nil, Unavailable(err)
			}
			continue
		}
		if err != nil {
			return nil, Unavailable(err)
		}
		left, err := s.client.PTTL(ctx, key).Result()
		if err != nil {
			return nil, Unavailable(err)
		}
		o, err := parse(value)
		if err != nil {
			return nil, err
		}
		// Each request gives the session its whole life again: what is gone of it is the time since.
		seen := s.machine.Now().Add(left - s.life)
		all = append(all, LoggedIn{ID: o.id, Device: o.device, BeganAt: o.began, SeenAt: seen, Current: key == s.key(secret)})
	}
	slices.SortFunc(all, func(a, b LoggedIn) int { return b.SeenAt.Compare(a.SeenAt) })
	return all, nil
}

// End ends one session of the person and tells whether there was one. Error:
// fault.ReasonUnavailable.
func (s *Sessions) End(ctx context.Context, person id.User, session string) (bool, error) {
	key, err := s.client.HGet(ctx, s.list(person), session).Result()
	if errors.Is(err, goredis.Nil) {
		return false, nil
	}
	if err != nil {
		return false, Unavailable(err)
	}
	return true, s.end(ctx, person, session, key)
}

// EndAll ends all sessions of the person but that of the token; "" spares none. It
// tells how many there were. Error: fault.ReasonUnavailable.
func (s *Sessions) EndAll(ctx context.Context, person id.User, but string) (ended int, err error) {
	listed, err := s.client.HGetAll(ctx, s.list(person)).Result()
	if err != nil {
		return 0, Unavailable(err)
	}
	for session, key := range listed {
		if but != "" && key == s.key(but) {
			continue
		}
		if err := s.end(ctx, person, session, key); err != nil {
			return ended, err
		}
		ended++
	}
	return ended, nil
}
