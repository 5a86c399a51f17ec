package testdb

import (
	"context"
	"errors"
	"os"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/devstack"
)

// Redis returns the address of the Redis server that all tests share, in the
// form that internal/redis reads, and what to put before every key, so that
// tests do not meet. The keys are left behind.
func Redis(t testing.TB) (addr, prefix string) {
	t.Helper()
	prefix = "t" + unique() + ":"
	if addr = os.Getenv(devstack.RedisVariable); addr != "" {
		return addr, prefix
	}
	stack, err := ownStack()
	if err != nil {
		t.Fatal(err)
	}
	return stack.RedisAddr(), prefix
}

// RedisServer is a Redis server of one test. Its methods fail the test, so they
// are called from the test's own goroutine.
type RedisServer struct {
	t      testing.TB
	dir    string
	server *devstack.Redis
}

// OwnRedis starts a Redis server for a test that empties or stops it. It ends
// with the test.
func OwnRedis(t testing.TB) *RedisServer {
	t.Helper()
	dir, err := devstack.SocketDir()
	if err != nil {
		t.Fatal(err)
	}
	r := &RedisServer{t: t, dir: dir.Path()}
	t.Cleanup(func() {
		r.Stop()
		if err := dir.Remove(); err != nil {
			t.Error(err)
		}
	})
	r.Start()
	return r
}

// Addr is the server's address. It stays the same when the server is started again.
func (r *RedisServer) Addr() string { return r.server.Addr() }

// Start starts the server again, empty; one that runs is stopped first.
func (r *RedisServer) Start() {
	r.t.Helper()
	r.Stop()
	server, err := devstack.StartRedis(context.Background(), r.dir)
	if err != nil {
		r.t.Fatal(err)
	}
	r.server = server
}

// Stop ends the server; who connects to it is refused. It may be called twice.
func (r *RedisServer) Stop() {
	r.t.Helper()
	if r.server == nil {
		return
	}
	if err := r.server.Stop(); err != nil {
		r.t.Error(err)
	}
}

// Flush deletes every key.
func (r *RedisServer) Flush() {
	r.t.Helper()
	o, err := goredis.ParseURL(r.Addr())
	if err != nil {
		r.t.Fatal(err)
	}
	client := goredis.NewClient(o)
	defer func() { _ = client.Close() }()
	if err := client.FlushAll(context.Background()).Err(); err != nil {
		r.t.Fatal(err)
	}
}

// RedisCluster starts a Redis Cluster of two masters, and returns its address in the form that internal/redis reads. It
// ends with the test.
func RedisCluster(t testing.TB) string {
	t.Helper()
	dir, err := devstack.SocketDir()
	if err != nil {
		t.Fatal(err)
	}
	cluster, err := devstack.StartRedisCluster(t.Context(), dir.Path(), 2)
	if err != nil {
		t.Fatal(errors.Join(err, dir.Remove()))
	}
	t.Cleanup(func() {
		if err := errors.Join(cluster.Stop(), dir.Remove()); err != nil {
			t.Error(err)
		}
	})
	return cluster.Addr()
}
