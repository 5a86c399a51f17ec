package redis_test

import (
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/redis"
)

// A person sees each phone on which they are logged in, and ends one, or all others.
func TestSessionsOfAPerson(t *testing.T) {
	t.Parallel()
	client, prefix := shared(t)
	machine := clock.Fixed(noon)
	sessions := redis.NewSessions(client, machine, life)
	create := func(device string) string {
		s, err := sessions.Create(t.Context(), person, device)
		must(t, err)
		return s.Token
	}
	list := func(current string) []redis.LoggedIn {
		all, err := sessions.Of(t.Context(), person, current)
		must(t, err)
		return all
	}
	phone, tablet, lent := create("HUAWEI P40 心愿"), create(""), create("iPhone")
	stranger, err := sessions.Create(t.Context(), person+1, "Redmi")
	must(t, err)
	all := list(phone)
	if len(all) != 3 {
		t.Fatalf("three phones are listed as %+v", all)
	}
	devices := map[string]redis.LoggedIn{}
	for _, s := range all {
		devices[s.Device] = s
		if ago := noon.Sub(s.SeenAt); !s.BeganAt.Equal(noon) || ago < 0 || ago > time.Minute {
			t.Errorf("begun at %s, seen at %s, want about %s", s.BeganAt, s.SeenAt, noon)
		}
	}
	if own := devices["HUAWEI P40 心愿"]; !own.Current || devices["iPhone"].Current {
		t.Errorf("the phone that asks is %+v", devices)
	}
	must(t, client.Expire(t.Context(), keyOf(t, client, prefix, devices["iPhone"].ID), life-3*time.Hour).Err())
	if last := list(phone)[2]; last.Device != "iPhone" || noon.Sub(last.SeenAt).Round(time.Minute) != 3*time.Hour {
		t.Errorf("unused for three hours: %+v", last)
	}
	if there, err := sessions.End(t.Context(), person, devices["iPhone"].ID); err != nil || !there {
		t.Errorf("the lent phone: %t, %v", there, err)
	}
	if there, err := sessions.End(t.Context(), person, devices["iPhone"].ID); err != nil || there {
		t.Errorf("ended twice: %t, %v", there, err)
	}
	if there, err := sessions.End(t.Context(), person+1, devices[""].ID); err != nil || there {
		t.Errorf("a stranger ended it: %t, %v", there, err)
	}
	if _, err := sessions.Find(t.Context(), lent); !fault.Has(err, fault.ReasonUnauthenticated) {
		t.Errorf("an ended session: %v", err)
	}
	if ended, err := sessions.EndAll(t.Context(), person, phone); err != nil || ended != 1 {
		t.Errorf("all others: %d, %v", ended, err)
	}
	if _, err := sessions.Find(t.Context(), tablet); !fault.Has(err, fault.ReasonUnauthenticated) {
		t.Errorf("an ended session: %v", err)
	}
	if got, err := sessions.Find(t.Context(), phone); err != nil || got != person {
		t.Errorf("the spared session: %s, %v", got, err)
	}
	if ended, err := sessions.EndAll(t.Context(), person, ""); err != nil || ended != 1 {
		t.Errorf("all: %d, %v", ended, err)
	}
	if got, err := sessions.Find(t.Context(), stranger.Token); err != nil || got != person+1 {
		t.Errorf("a stranger's session: %s, %v", got, err)
	}
	if left := client.Exists(t.Context(), prefix+"sessions:"+person.String()).Val(); left != 0 {
		t.Error("the empty list stays")
	}
}

// keyOf is where the session is stored.
func keyOf(t *testing.T, client *redis.Client, prefix, session string) string {
	t.Helper()
	key, err := client.HGet(t.Context(), prefix+"sessions:"+person.String(), session).Result()
	must(t, err)
	return key
}

// A session of before the list is listed when it is used, and one that ended by
// itself is not.
func TestSessionsOfBeforeAndAfter(t *testing.T) {
	t.Parallel()
	client, prefix := shared(t)
	sessions := redis.NewSessions(client, clock.Fixed(noon), life)
	old, err := sessions.Create(t.Context(), person, "iPhone")
	must(t, err)
	all, err := sessions.Of(t.Context(), person, "")
	must(t, err)
	key := keyOf(t, client, prefix, all[0].ID)
	must(t, client.Del(t.Context(), prefix+"sessions:"+person.String()).Err())
	must(t, client.Set(t.Context(), key, person.String()+" "+all[0].ID, life).Err())
	if got, err := sessions.Find(t.Context(), old.Token); err != nil || got != person {
		t.Fatalf("a session of before: %s, %v", got, err)
	}
	if again, err := sessions.Of(t.Context(), person, old.Token); err != nil || len(again) != 1 || !again[0].Current {
		t.Errorf("used once, it is listed as %+v, %v", again, err)
	}
	must(t, client.Del(t.Context(), key).Err())
	if again, err := sessions.Of(t.Context(), person, ""); err != nil || len(again) != 0 {
		t.Errorf("over, it is listed as %+v, %v", again, err)
	}
	if left := client.Exists(t.Context(), prefix+"sessions:"+person.String()).Val(); left != 0 {
		t.Error("what listed it stays")
	}
}
