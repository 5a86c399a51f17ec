package redis_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/fault"
	"xinyuan/internal/race"
	"xinyuan/internal/redis"
	"xinyuan/internal/wechat"
)

var _ wechat.TokenStore = (*redis.Tokens)(nil)

// Without Redis every call says unavailable, which logs nobody out; once it is
// back, empty, the same client works again.
func TestOutOfReach(t *testing.T) {
	t.Parallel()
	server := testdb.OwnRedis(t)
	client := open(t, server.Addr(), "")
	sessions := redis.NewSessions(client, clock.Fixed(noon), life)
	tokens := redis.NewTokens(client)
	session, err := sessions.Create(t.Context(), person, "")
	must(t, err)
	must(t, client.Alive(t.Context()))
	server.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for name, call := range map[string]func() error{
		"Alive":  func() error { return client.Alive(ctx) },
		"Create": func() error { _, err := sessions.Create(ctx, person, ""); return err },
		"Find":   func() error { _, err := sessions.Find(ctx, session.Token); return err },
		"Delete": func() error { return sessions.Delete(ctx, session.Token) },
		"Get":    func() error { _, err := tokens.Get(ctx, "a"); return err },
		"Set":    func() error { return tokens.Set(ctx, "a", "1", time.Minute) },
		"SetIfAbsent": func() error {
			stored, err := tokens.SetIfAbsent(ctx, "a", "1", time.Minute)
			if stored {
				t.Error("SetIfAbsent says that it stored")
			}
			return err
		},
		"CompareAndDelete": func() error {
			deleted, err := tokens.CompareAndDelete(ctx, "a", "1")
			if deleted {
				t.Error("CompareAndDelete says that it deleted")
			}
			return err
		},
	} {
		if err := call(); !fault.Has(err, fault.ReasonUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, ctx.Err())
	if _, err := sessions.Find(ctx, "garbage"); !fault.Has(err, fault.ReasonUnauthenticated) {
		t.Errorf("garbage needs no Redis to be refused: %v", err)
	}
	server.Start()
	until(t, "Redis is back", func() bool { return client.Alive(t.Context()) == nil }) // go-redis looks each second
	if _, err := sessions.Find(t.Context(), session.Token); !fault.Has(err, fault.ReasonUnauthenticated) {
		t.Errorf("Redis is back without the session: %v", err)
	}
	session, err = sessions.Create(t.Context(), person, "")
	must(t, err)
	if got, err := sessions.Find(t.Context(), session.Token); err != nil || got != person {
		t.Errorf("a session after the return is that of %s: %v", got, err)
	}
}

// Whoever gave up waiting is no trouble with Redis.
func TestCancelled(t *testing.T) {
	t.Parallel()
	client, _ := shared(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := client.Alive(ctx); !errors.Is(err, context.Canceled) || fault.Has(err, fault.ReasonUnavailable) {
		t.Errorf("the error is %v", err)
	}
}

func TestOpenWithoutAddress(t *testing.T) {
	t.Parallel()
	if client, err := redis.Open(redis.Options{}); err == nil {
		must(t, client.Close())
		t.Error("a client of nowhere")
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	client, prefix := shared(t)
	tokens := redis.NewTokens(client)
	want := func(value string) {
		t.Helper()
		if got, err := tokens.Get(t.Context(), "a"); err != nil || got != value {
			t.Errorf("the value is %q, want %q: %v", got, value, err)
		}
	}
	want("")
	must(t, tokens.Set(t.Context(), "a", "1", time.Hour))
	must(t, tokens.Set(t.Context(), "a", "2", time.Minute))
	want("2")
	for key := range everything(t, client, prefix) {
		if ttl := client.TTL(t.Context(), key).Val(); ttl <= 0 || ttl > time.Minute {
			t.Errorf("%s lives %s, want a minute", key, ttl)
		}
	}
	for _, c := range []struct {
		key, value string
		deleted    bool
		left       string
	}{{"a", "1", false, "2"}, {"b", "2", false, "2"}, {"a", "", false, "2"}, {"a", "2", true, ""}, {"a", "2", false, ""}} {
		deleted, err := tokens.CompareAndDelete(t.Context(), c.key, c.value)
		must(t, err)
		if deleted != c.deleted {
			t.Errorf("delete %s if it is %q: %v", c.key, c.value, deleted)
		}
		want(c.left)
	}
	for i, first := range []bool{true, false} {
		stored, err := tokens.SetIfAbsent(t.Context(), "a", string(rune('1'+i)), 200*time.Millisecond)
		must(t, err)
		if stored != first {
			t.Errorf("attempt %d to set if absent: %v", i+1, stored)
		}
	}
	want("1")
	gone(t, client, prefix+"wechat:a")
	if stored, err := tokens.SetIfAbsent(t.Context(), "a", "3", time.Minute); err != nil || !stored {
		t.Errorf("set after the life was over: %v %v", stored, err)
	}
}

// Of twenty who want the lock at once one has it.
func TestTwentySetIfAbsent(t *testing.T) {
	t.Parallel()
	client, _ := shared(t)
	tokens := redis.NewTokens(client)
	const racers = 20
	start := make(chan struct{})
	won := make(chan string, racers)
	var wg race.Group
	for i := range racers {
		value := string(rune('a' + i))
		wg.Go(func() {
			<-start
			stored, err := tokens.SetIfAbsent(t.Context(), "lock", value, time.Minute)
			if err != nil {
				t.Error(err)
			}
			if stored {
				won <- value
			}
		})
	}
	close(start)
	wg.Wait()
	if len(won) != 1 {
		t.Fatalf("%d have the lock", len(won))
	}
	winner := <-won
	if got, err := tokens.Get(t.Context(), "lock"); err != nil || got != winner {
		t.Errorf("the lock says %q, the winner is %q: %v", got, winner, err)
	}
	deleted := make(chan bool, racers)
	for range racers {
		wg.Go(func() {
			ok, err := tokens.CompareAndDelete(t.Context(), "lock", winner)
			if err != nil {
				t.Error(err)
			}
			if ok {
				deleted <- true
			}
		})
	}
	wg.Wait()
	if len(deleted) != 1 {
		t.Errorf("%d gave it back", len(deleted))
	}
}
