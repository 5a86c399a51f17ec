package testdb_test

import (
	"errors"
	"net"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/devstack/testdb"
)

func client(t *testing.T, addr string) *goredis.Client {
	t.Helper()
	c := goredis.NewClient(&goredis.Options{Addr: strings.TrimPrefix(addr, "unix://")})
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func set(t *testing.T, c *goredis.Client, key string) {
	t.Helper()
	if err := c.Set(t.Context(), key, "value", 0).Err(); err != nil {
		t.Fatal(err)
	}
}

func has(t *testing.T, c *goredis.Client, key string) bool {
	t.Helper()
	err := c.Get(t.Context(), key).Err()
	if err != nil && !errors.Is(err, goredis.Nil) {
		t.Fatal(err)
	}
	return err == nil
}

func TestPrefixesAreApart(t *testing.T) {
	t.Parallel()
	addr, prefix := testdb.Redis(t)
	again, other := testdb.Redis(t)
	set(t, client(t, addr), prefix+"key")
	if c := client(t, again); !has(t, c, prefix+"key") || has(t, c, other+"key") {
		t.Errorf("prefixes %q and %q meet, or the server is not shared", prefix, other)
	}
}

func TestOwnRedis(t *testing.T) {
	t.Parallel()
	server := testdb.OwnRedis(t)
	addr := server.Addr()
	c := client(t, addr)
	set(t, c, "key")
	server.Flush()
	if has(t, c, "key") {
		t.Error("the key outlives Flush")
	}
	set(t, c, "key")
	server.Stop()
	if _, err := new(net.Dialer).DialContext(t.Context(), "unix", strings.TrimPrefix(addr, "unix://")); err == nil {
		t.Fatal("it answers after Stop")
	}
	server.Start()
	if server.Addr() != addr {
		t.Errorf("the address is %s, was %s", server.Addr(), addr)
	}
	if has(t, c, "key") {
		t.Error("the key outlives a stop")
	}
}
