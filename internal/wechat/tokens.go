package wechat

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/silenceper/wechat/v2/cache"
	"github.com/silenceper/wechat/v2/credential"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
)

// TokenStore is where replicas share the access token and the lock of the one
// that fetches it. A life is positive; when it is over, the key is absent.
type TokenStore interface {
	// Get returns "" for an absent key.
	Get(ctx context.Context, key string) (string, error)
	// Set stores value in place of any other.
	Set(ctx context.Context, key, value string, life time.Duration) error
	// SetIfAbsent stores value and tells true, unless the key is there.
	SetIfAbsent(ctx context.Context, key, value string, life time.Duration) (bool, error)
	// CompareAndDelete deletes the key and tells true, if it has this value.
	CompareAndDelete(ctx context.Context, key, value string) (bool, error)
}

const (
	// pollEvery is how often one who waits for another's fetch looks again.
	pollEvery = 50 * time.Millisecond
	// renewal is how long before its end WeChat replaces a stable token, the
	// old one staying valid. Source, also for the life of 7200 s:
	// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
	renewal = 5 * time.Minute
	// minLife is the shortest life worth storing. Redis takes 0 for "always".
	minLife = time.Second
)

// tokenSource gives the SDK the access token.
type tokenSource struct {
	store   TokenStore
	machine *clock.Clock
	stable  *credential.StableAccessToken
	key     string
	lockKey string
	// patience bounds one fetch and the life of its lock: half a call's
	// time-out, so that one who waits for a dead replica has time to fetch.
	patience time.Duration
}

func newTokenSource(cfg Config, store TokenStore, machine *clock.Clock) (*tokenSource, error) {
	// The SDK wants a cache for its own GetAccessToken, which is never called:
	// its lock is one process wide.
	handle := credential.NewStableAccessToken(cfg.AppID, cfg.Secret, "", cache.NewMemory())
	stable, ok := handle.(*credential.StableAccessToken)
	if !ok {
		return nil, fmt.Errorf("wechat: the SDK's stable token is a %T", handle)
	}
	return &tokenSource{
		store: store, machine: machine, stable: stable, patience: cfg.Timeout / 2,
		key: "token:" + cfg.AppID, lockKey: "token-lock:" + cfg.AppID,
	}, nil
}

// GetAccessToken is for calls of the SDK that take no context, which belong to
// no client: it always returns errNoClient.
func (s *tokenSource) GetAccessToken() (string, error) { return "", errNoClient }

// GetAccessTokenContext returns the shared token, fetching it when there is
// none and nobody else is fetching it. It waits for another's fetch until ctx
// ends. A store that fails is fault.ReasonUnavailable.
func (s *tokenSource) GetAccessTokenContext(ctx context.Context) (string, error) {
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		token, err := s.stored(ctx)
		if err != nil || token != "" {
			return token, err
		}
		mine := rand.Text()
		locked, err := s.store.SetIfAbsent(ctx, s.lockKey, mine, s.patience)
		if err != nil {
			return "", storeUnavailable(err)
		}
		if locked {
			return s.fetchLocked(ctx, mine)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return "", fmt.Errorf("wechat: wait for the token: %w", ctx.Err())
		}
	}
}

// replace returns a token other than the one that WeChat refused, unless
// WeChat itself insists on that one.
func (s *tokenSource) replace(ctx context.Context, refused string) (string, error) {
	if _, err := s.store.CompareAndDelete(ctx, s.key, refused); err != nil {
		return "", storeUnavailable(err)
	}
	return s.GetAccessTokenContext(ctx)
}

func (s *tokenSource) fetchLocked(ctx context.Context, lock string) (string, error) {
	defer s.unlock(ctx, lock)
	// Another may have stored its token between our look and our lock.
	token, err := s.stored(ctx)
	if err != nil || token != "" {
		return token, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	asked := s.machine.Now()
	answer, err := s.ask(ctx)
	if err != nil {
		return "", err
	}
	ends := asked.Add(time.Duration(answer.ExpiresIn) * time.Second)
	return answer.AccessToken, s.keep(ctx, answer.AccessToken, ends.Sub(s.machine.Now()))
}

// ask calls WeChat for the token that is good now.
func (s *tokenSource) ask(ctx context.Context) (credential.ResAccessToken, error) {
	answer, err := s.stable.GetAccessTokenDirectly(ctx, false)
	switch {
	case answer.ErrCode != 0:
		return answer, newRefusal(answer.ErrCode, answer.ErrMsg)
	case err != nil:
		return answer, fmt.Errorf("wechat: fetch the token: %w", err)
	case answer.AccessToken == "":
		return answer, errAnswer
	}
	return answer, nil
}

// keep stores the token for as long as WeChat would give no newer one.
func (s *tokenSource) keep(ctx context.Context, token string, life time.Duration) error {
	if life > renewal {
		life -= renewal
	}
	if life < minLife {
		return nil
	}
	if err := s.store.Set(ctx, s.key, token, life); err != nil {
		return storeUnavailable(err)
	}
	return nil
}

// unlock lets the next one fetch, even when the caller is gone by now. Should
// it fail, the lock's life ends it.
func (s *tokenSource) unlock(ctx context.Context, lock string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.patience)
	defer cancel()
	_, _ = s.store.CompareAndDelete(ctx, s.lockKey, lock)
}

func (s *tokenSource) stored(ctx context.Context) (string, error) {
	token, err := s.store.Get(ctx, s.key)
	if err != nil {
		return "", storeUnavailable(err)
	}
	return token, nil
}

// storeUnavailable leaves an error alone that the store has classified itself.
func storeUnavailable(err error) error {
	if known, ok := fault.Of(err); ok {
		return known
	}
	return fault.Because(fault.ReasonUnavailable, fmt.Errorf("wechat: token store: %w", err))
}
