package redis_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/redis"
)

const (
	person = id.User(1234567890123456789)
	life   = 30 * 24 * time.Hour
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

// shared is a client of the Redis that all tests share, and its prefix.
func shared(t *testing.T) (*redis.Client, string) {
	t.Helper()
	addr, prefix := testdb.Redis(t)
	return open(t, addr, prefix), prefix
}

func open(t *testing.T, addr, prefix string) *redis.Client {
	t.Helper()
	client, err := redis.Open(redis.Options{Addr: addr, Prefix: prefix})
	must(t, err)
	t.Cleanup(func() { must(t, client.Close()) })
	return client
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// everything lists each key of a session with its value.
func everything(t *testing.T, client *redis.Client, prefix string) map[string]string {
	t.Helper()
	all := map[string]string{}
	keys := client.Scan(t.Context(), 0, prefix+"session:*", 1000).Iterator()
	for keys.Next(t.Context()) {
		value, err := client.Get(t.Context(), keys.Val()).Result()
		must(t, err)
		all[keys.Val()] = value
	}
	must(t, keys.Err())
	return all
}

func TestSession(t *testing.T) {
	t.Parallel()
	client, _ := shared(t)
	sessions := redis.NewSessions(client, clock.Fixed(noon), life)
	one, err := sessions.Create(t.Context(), person, "")
	must(t, err)
	other, err := sessions.Create(t.Context(), person+1, "")
	must(t, err)
	again, err := sessions.Create(t.Context(), person, "")
	must(t, err)
	if one.Token == again.Token || len(one.Token) != 43 || !one.ExpiresAt.Equal(noon.Add(life)) {
		t.Errorf("sessions %+v and %+v", one, again)
	}
	for token, want := range map[string]id.User{one.Token: person, other.Token: person + 1, again.Token: person} {
		if got, err := sessions.Find(t.Context(), token); err != nil || got != want {
			t.Errorf("the token is that of %s, want %s: %v", got, want, err)
		}
	}
	must(t, sessions.Delete(t.Context(), one.Token))
	must(t, sessions.Delete(t.Context(), one.Token))
	if _, err := sessions.Find(t.Context(), one.Token); !fault.Has(err, fault.ReasonUnauthenticated) {
		t.Errorf("after log-out: %v", err)
	}
	if got, err := sessions.Find(t.Context(), again.Token); err != nil || got != person {
		t.Errorf("the other phone was logged out too: %v", err)
	}
}

// Each use moves the end of a session on, without a use it comes.
func TestSessionSlides(t *testing.T) {
	t.Parallel()
	client, prefix := shared(t)
	sessions := redis.NewSessions(client, clock.Fixed(noon), life)
	session, err := sessions.Create(t.Context(), person, "")
	must(t, err)
	var key string
	for key = range everything(t, client, prefix) {
	}
	left := func() time.Duration {
		ttl, err := client.TTL(t.Context(), key).Result()
		must(t, err)
		return ttl
	}
	if ttl := left(); ttl > life || ttl < life-time.Minute {
		t.Errorf("a new session lives %s, want %s", ttl, life)
	}
	must(t, client.Expire(t.Context(), key, time.Hour).Err())
	if _, err := sessions.Find(t.Context(), session.Token); err != nil {
		t.Fatal(err)
	}
	if ttl := left(); ttl > life || ttl < life-time.Minute {
		t.Errorf("a session in use lives %s, want %s", ttl, life)
	}
	must(t, client.PExpire(t.Context(), key, 1*time.Millisecond).Err())
	gone(t, client, key)
	if _, err := sessions.Find(t.Context(), session.Token); !fault.Has(err, fault.ReasonUnauthenticated) {
		t.Errorf("after its end: %v", err)
	}
	if all := everything(t, client, prefix); len(all) != 0 {
		t.Errorf("the dead token wrote %v", all)
	}
}

// gone waits until the key has expired.
func gone(t *testing.T, client *redis.Client, key string) {
	t.Helper()
	until(t, key+" expires", func() bool { return errors.Is(client.Get(t.Context(), key).Err(), goredis.Nil) })
}

// until waits for what comes by itself, and fails the test after 20 s.
func until(t *testing.T, what string, good func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(20 * time.Second); !good(); {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatal("still not: ", what)
		}
	}
}

func TestGarbageTokens(t *testing.T) {
	t.Parallel()
	client, prefix := shared(t)
	sessions := redis.NewSessions(client, clock.Fixed(noon), life)
	session, err := sessions.Create(t.Context(), person, "")
	must(t, err)
	before := everything(t, client, prefix)
	flipped := []byte(session.Token)
	flipped[0] ^= 1
	var key, value string
	for key, value = range before {
	}
	for _, token := range []string{
		"", " ", "*", session.Token[:42], session.Token + "A", session.Token + "\n", " " + session.Token,
		string(flipped), strings.Repeat("A", 43), strings.Repeat("心", 43), strings.Repeat("A", 1<<20),
		key, value, strings.TrimPrefix(key, prefix+"session:"), person.String(),
	} {
		got, err := sessions.Find(t.Context(), token)
		if !fault.Has(err, fault.ReasonUnauthenticated) || got != 0 {
			t.Errorf("the token %.50q is that of %s: %v", token, got, err)
		}
		must(t, sessions.Delete(t.Context(), token))
	}
	if _, err := sessions.Find(t.Context(), session.Token); err != nil {
		t.Error(err)
	}
	must(t, client.Set(t.Context(), key, "no person", life).Err())
	if _, err := sessions.Find(t.Context(), session.Token); !fault.Has(err, fault.ReasonUnauthenticated) {
		t.Errorf("a session of nobody: %v", err)
	}
}

// A copy of Redis must log nobody in: neither a key nor a value holds a token.
func TestOnlyTheHashIsStored(t *testing.T) {
	t.Parallel()
	client, prefix := shared(t)
	sessions := redis.NewSessions(client, clock.Fixed(noon), life)
	var tokens, values []string
	for range 20 {
		session, err := sessions.Create(t.Context(), person, "")
		must(t, err)
		tokens = append(tokens, session.Token)
	}
	all := everything(t, client, prefix)
	for key, value := range all {
		for _, token := range tokens {
			for i := 0; i+8 <= len(token); i++ {
				if part := token[i : i+8]; strings.Contains(key, part) || strings.Contains(value, part) {
					t.Fatalf("%s = %s holds a part of a token", key, value)
				}
			}
		}
		values = append(values, value)
	}
	slices.Sort(values)
	if len(all) != len(tokens) || len(slices.Compact(values)) != len(tokens) {
		t.Errorf("%d sessions are %d keys and %d values", len(tokens), len(all), len(values))
	}
}
