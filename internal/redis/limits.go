package redis

import (
	"context"
	"time"

	"github.com/go-redis/redis_rate/v10"
	goredis "github.com/redis/go-redis/v9"
)

// Limits counts what somebody does, so that nobody does too much. An emptied
// Redis begins anew.
type Limits struct {
	limiter *redis_rate.Limiter
	client  *Client
}

// NewLimits counts in Redis.
func NewLimits(client *Client) *Limits {
	return &Limits{redis_rate.NewLimiter(counting{client}), client}
}

// counting is the client for redis_rate: what counts one request travels with what counts others.
type counting struct{ *Client }

// EvalSha asks a script that Redis knows.
func (c counting) EvalSha(ctx context.Context, hash string, keys []string, args ...any) *goredis.Cmd {
	return c.askScript(ctx, hash, keys, args...)
}

// Allow counts one more under the key, of which count are allowed per span. It
// returns how long to wait when it is one too many, 0 otherwise. Error:
// fault.ReasonUnavailable.
func (l *Limits) Allow(ctx context.Context, key string, count int, span time.Duration) (wait time.Duration, err error) {
	limit := redis_rate.Limit{Rate: count, Burst: count, Period: span}
	r, err := l.limiter.Allow(ctx, l.client.Key("limit", key), limit)
	if err != nil {
		return 0, Unavailable(err)
	}
	if r.Allowed > 0 {
		return 0, nil
	}
	return r.RetryAfter, nil
}

// Forget begins anew under the key. Error: fault.ReasonUnavailable.
func (l *Limits) Forget(ctx context.Context, key string) error {
	if err := l.limiter.Reset(ctx, l.client.Key("limit", key)); err != nil {
		return Unavailable(err)
	}
	return nil
}
