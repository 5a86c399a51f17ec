// Package redis talks to Redis, which holds sessions, WeChat's access token and
// the leaderboards, and is never the truth: it may be emptied at any moment.
package redis

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/fault"
)

// Client is a connection to one server or a cluster. It is safe for concurrent use.
type Client struct {
	goredis.UniversalClient
	prefix   string
	together *together
}

// Options say where Redis is.
type Options struct {
	// Addr is "host:port", "unix:///path" or, for a cluster, several of the first
	// kind with commas.
	Addr     string
	Password string
	// Prefix is put before every key, so that tests can share a server.
	Prefix string
}

// discard drops what go-redis would print by itself: each failure reaches its
// caller, who logs it with the request it belongs to.
type discard struct{}

func (discard) Printf(context.Context, string, ...any) {}

// Open prepares a client, which connects when first used.
func Open(options Options) (*Client, error) {
	goredis.SetLogger(discard{})
	o := &goredis.UniversalOptions{
		DialerRetries: 1, DialTimeout: 2 * time.Second, ReadTimeout: 2 * time.Second, WriteTimeout: 2 * time.Second,
		ContextTimeoutEnabled: true, DisableIdentity: true, Password: options.Password,
	}
	addr := options.Addr
	switch {
	case addr == "":
		return nil, errors.New("缺 redis.addr：写成 主机:6379")
	case strings.HasPrefix(addr, "unix://"):
		o.Addrs = []string{strings.TrimPrefix(addr, "unix://")}
	default:
		o.Addrs = strings.Split(addr, ",")
	}
	return &Client{goredis.NewUniversalClient(o), options.Prefix, &together{}}, nil
}

// Key is the name under which the key is stored.
func (c *Client) Key(parts ...string) string { return c.prefix + strings.Join(parts, ":") }

// List returns the names under which keys that match the pattern are stored, in no order. It looks at every key that
// Redis has, a thousand at a time; one that comes or goes meanwhile may be left out.
func (c *Client) List(ctx context.Context, pattern string) ([]string, error) {
	literal := strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`)
	pattern = literal.Replace(c.prefix) + pattern
	var mu sync.Mutex
	seen := map[string]bool{} // Redis may name one twice
	scan := func(ctx context.Context, server goredis.Cmdable) error {
		for keys := server.Scan(ctx, 0, pattern, 1000).Iterator(); ; {
			if !keys.Next(ctx) {
				return keys.Err()
			}
			mu.Lock()
			seen[keys.Val()] = true
			mu.Unlock()
		}
	}
	var err error
	if cluster, is := c.UniversalClient.(*goredis.ClusterClient); is {
		err = cluster.ForEachMaster(ctx, func(ctx context.Context, c *goredis.Client) error { return scan(ctx, c) })
	} else {
		err = scan(ctx, c)
	}
	return slices.Collect(maps.Keys(seen)), Unavailable(err)
}

// Alive returns nil, or fault.ReasonUnavailable when Redis does not answer.
func (c *Client) Alive(ctx context.Context) error { return Unavailable(c.Ping(ctx).Err()) }

// Unavailable turns what go-redis returns into fault.ReasonUnavailable: whatever
// fails there, the remedy is to try again later. A missing key stays what it is.
func Unavailable(err error) error {
	if err == nil || errors.Is(err, goredis.Nil) || errors.Is(err, context.Canceled) {
		return err
	}
	return fault.Because(fault.ReasonUnavailable, err)
}
