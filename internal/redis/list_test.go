package redis_test

import (
	"fmt"
	"slices"
	"testing"

	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/redis"
)

// Every key that matches is listed once, of this prefix alone, whatever signs it has.
func TestList(t *testing.T) {
	t.Parallel()
	addr, prefix := testdb.Redis(t)
	open := func(more string) *redis.Client {
		c, err := redis.Open(redis.Options{Addr: addr, Prefix: prefix + more})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	odd, plain := open(`a[b]*\?:`), open("ab1:")
	var want []string
	for i := range 3000 {
		key := odd.Key("here", fmt.Sprint(i))
		want = append(want, key)
		for _, k := range []string{key, odd.Key("there"), plain.Key("here", fmt.Sprint(i))} {
			if err := odd.Set(t.Context(), k, 1, 0).Err(); err != nil {
				t.Fatal(err)
			}
		}
	}
	found, err := odd.List(t.Context(), "here:*")
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	slices.Sort(want)
	if !slices.Equal(found, want) {
		t.Errorf("%d keys are listed, want %d", len(found), len(want))
	}
}
