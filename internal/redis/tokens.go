package redis

import (
	"context"
	"errors"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// Tokens is the place where all replicas share WeChat's access token: the
// wechat package's TokenStore.
type Tokens struct{ client *Client }

// NewTokens returns the store.
func NewTokens(client *Client) *Tokens { return &Tokens{client} }

// Get returns "" for an absent key.
func (t *Tokens) Get(ctx context.Context, key string) (string, error) {
	value, err := t.client.Get(ctx, t.key(key)).Result()
	if errors.Is(err, goredis.Nil) {
		return "", nil
	}
	return value, Unavailable(err)
}

// Set stores the value for a time.
func (t *Tokens) Set(ctx context.Context, key, value string, life time.Duration) error {
	return Unavailable(t.client.Set(ctx, t.key(key), value, life).Err())
}

// SetIfAbsent stores the value and tells true, unless the key is there.
func (t *Tokens) SetIfAbsent(ctx context.Context, key, value string, life time.Duration) (bool, error) {
	_, err := t.client.SetArgs(ctx, t.key(key), value, goredis.SetArgs{Mode: "NX", TTL: life}).Result()
	if errors.Is(err, goredis.Nil) {
		return false, nil
	}
	return err == nil, Unavailable(err)
}

var compareAndDelete = goredis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`)

// CompareAndDelete deletes the key and tells true, if it has this value.
func (t *Tokens) CompareAndDelete(ctx context.Context, key, value string) (bool, error) {
	n, err := compareAndDelete.Run(ctx, t.client, []string{t.key(key)}, value).Int()
	return n == 1, Unavailable(err)
}

func (t *Tokens) key(key string) string { return t.client.Key("wechat", key) }
