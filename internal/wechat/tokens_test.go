package wechat_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/race"
	"xinyuan/internal/wechat"
	"xinyuan/internal/wechat/wechattest"
)

const (
	tokenKey = "token:" + appID
	lockKey  = "token-lock:" + appID
)

// phones asks for one number at each client, times over, all at once.
func phones(t *testing.T, server *wechattest.Server, clients []*wechat.Client, times int) {
	t.Helper()
	var wg race.Group
	for range times {
		for _, client := range clients {
			code := server.NewPhoneCode(phone)
			wg.Go(func() {
				if number, err := client.Phone(t.Context(), code); err != nil || number != phone {
					t.Errorf("got %q, %v", number, err)
				}
			})
		}
	}
	wg.Wait()
}

func TestReplicasMakeOneFetch(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	tokens := memory()
	replicas := []*wechat.Client{
		newClient(t, server.URL(), tokens), newClient(t, server.URL(), tokens), newClient(t, server.URL(), tokens),
	}
	for round := 1; round <= 3; round++ {
		phones(t, server, replicas, 5)
		if n := server.Calls(wechattest.TokenPath); n != round {
			t.Fatalf("round %d: %d fetches", round, n)
		}
		server.ExpireTokens()
	}
}

func TestRefusedTokenHealsUnseen(t *testing.T) {
	for _, errcode := range []int{40001, 40014, 42001} {
		server := newServer(t, wechattest.Options{})
		client := newClient(t, server.URL(), memory())
		server.FailNext(wechattest.PhonePath, errcode, 1)
		if _, err := client.Phone(t.Context(), server.NewPhoneCode(phone)); err != nil {
			t.Errorf("%d: %v", errcode, err)
		}
		if n := server.Calls(wechattest.TokenPath); n != 2 {
			t.Errorf("%d: %d fetches, want the first and one more", errcode, n)
		}
		server.FailNext(wechattest.PhonePath, errcode, 10)
		_, err := client.Phone(t.Context(), server.NewPhoneCode(phone))
		wantReason(t, err, fault.ReasonWeChatFailure)
		if n := server.Calls(wechattest.PhonePath); n != 4 {
			t.Errorf("%d: %d calls, want one replay for each call", errcode, n)
		}
	}
}

func TestExpiredTokenHealsUnseen(t *testing.T) {
	machine := clock.Fixed(start)
	server := newServer(t, wechattest.Options{Clock: machine})
	client := newClient(t, server.URL(), memory()) // its own clock stands still: the store keeps the token
	phones(t, server, []*wechat.Client{client}, 1)
	machine.Advance(2 * time.Hour)
	phones(t, server, []*wechat.Client{client}, 1)
	if n := server.Calls(wechattest.TokenPath); n != 2 {
		t.Errorf("%d fetches", n)
	}
}

func TestFailedRefetchIsTold(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	client := newClient(t, server.URL(), memory())
	phones(t, server, []*wechat.Client{client}, 1)
	server.ExpireTokens()
	server.FailNext(wechattest.TokenPath, -1, 10)
	_, err := client.Phone(t.Context(), server.NewPhoneCode(phone))
	wantReason(t, err, fault.ReasonWeChatBusy)
}

func TestStoredLife(t *testing.T) {
	for _, c := range []struct{ gives, kept time.Duration }{
		{2 * time.Hour, 2*time.Hour - 5*time.Minute},
		{5*time.Minute + time.Second, time.Second},
		{5 * time.Minute, 5 * time.Minute},
		{time.Second, time.Second},
		{time.Millisecond, 0}, // WeChat counts in seconds: 0
	} {
		machine := clock.Fixed(start)
		tokens := wechat.NewMemoryTokens(machine)
		server := newServer(t, wechattest.Options{TokenLife: c.gives})
		phones(t, server, []*wechat.Client{newClient(t, server.URL(), tokens)}, 1)
		machine.Advance(c.kept - time.Millisecond)
		if token, err := tokens.Get(t.Context(), tokenKey); err != nil || (token != "") != (c.kept > 0) {
			t.Errorf("%s: before the end of its life: %q, %v", c.gives, token, err)
		}
		machine.Advance(time.Millisecond)
		if token, err := tokens.Get(t.Context(), tokenKey); err != nil || token != "" {
			t.Errorf("%s: after its life: %q, %v", c.gives, token, err)
		}
	}
}

// setTokens keeps the lives that were asked for.
type setTokens struct {
	wechat.TokenStore
	lives []time.Duration
}

func (s *setTokens) Set(ctx context.Context, key, value string, life time.Duration) error {
	s.lives = append(s.lives, life)
	return s.TokenStore.Set(ctx, key, value, life)
}

func TestTooShortALifeIsNotStored(t *testing.T) {
	for _, c := range []struct {
		expiresIn int
		took      time.Duration // the fetch
		want      []time.Duration
	}{
		{7200, time.Second, []time.Duration{7200*time.Second - 5*time.Minute - time.Second}},
		{2, time.Second, []time.Duration{time.Second}},
		{2, time.Second + time.Millisecond, nil},
		{301, time.Millisecond, nil},
		{0, 0, nil},
		{-1, 0, nil},
	} {
		machine := clock.Fixed(start)
		tokens := &setTokens{TokenStore: wechat.NewMemoryTokens(machine)}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != wechattest.TokenPath {
				_, _ = io.WriteString(w, `{"errcode":0,"phone_info":{"phoneNumber":"`+phone+`"}}`)
				return
			}
			machine.Advance(c.took)
			_, _ = fmt.Fprintf(w, `{"access_token":"T","expires_in":%d}`, c.expiresIn)
		}))
		client, err := wechat.New(wechat.Config{
			AppID: appID, Secret: secret, BaseURL: server.URL, Timeout: 20 * time.Second,
		}, tokens, machine)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.Phone(t.Context(), "code"); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
		server.Close()
		if !slices.Equal(tokens.lives, c.want) {
			t.Errorf("%+v: stored for %v", c, tokens.lives)
		}
	}
}

// watchedTokens tells when somebody was refused the lock, can do something
// before anybody takes it, and can fail.
type watchedTokens struct {
	wechat.TokenStore
	waiting chan struct{}
	before  func()
	err     error
}

func (w *watchedTokens) Get(ctx context.Context, key string) (string, error) {
	if w.err != nil {
		return "", w.err
	}
	return w.TokenStore.Get(ctx, key)
}

func (w *watchedTokens) SetIfAbsent(ctx context.Context, key, value string, life time.Duration) (bool, error) {
	if w.before != nil {
		w.before()
	}
	locked, err := w.TokenStore.SetIfAbsent(ctx, key, value, life)
	if !locked {
		select {
		case w.waiting <- struct{}{}:
		default:
		}
	}
	return locked, err
}

func watched(machine *clock.Clock) *watchedTokens {
	return &watchedTokens{TokenStore: wechat.NewMemoryTokens(machine), waiting: make(chan struct{}, 1)}
}

// lockAway takes the lock as another replica would.
func lockAway(t *testing.T, tokens wechat.TokenStore) {
	t.Helper()
	if locked, err := tokens.SetIfAbsent(t.Context(), lockKey, "another", 10*time.Second); err != nil || !locked {
		t.Fatalf("lock: %v, %v", locked, err)
	}
}

func TestWaiterTakesOverFromADeadReplica(t *testing.T) {
	machine := clock.Fixed(start)
	server := newServer(t, wechattest.Options{})
	tokens := watched(machine)
	lockAway(t, tokens)
	go func() {
		<-tokens.waiting
		machine.Advance(10 * time.Second)
	}()
	phones(t, server, []*wechat.Client{newClient(t, server.URL(), tokens)}, 1)
}

// goodToken returns a token that the server accepts, after its first fetch.
func goodToken(t *testing.T, server *wechattest.Server) string {
	t.Helper()
	tokens := memory()
	phones(t, server, []*wechat.Client{newClient(t, server.URL(), tokens)}, 1)
	token, err := tokens.Get(t.Context(), tokenKey)
	if err != nil || token == "" {
		t.Fatalf("%q, %v", token, err)
	}
	return token
}

func TestWaiterUsesTheTokenOfAnother(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	token, tokens := goodToken(t, server), watched(clock.Fixed(start))
	lockAway(t, tokens)
	go func() {
		<-tokens.waiting
		_ = tokens.Set(context.Background(), tokenKey, token, time.Hour)
	}()
	phones(t, server, []*wechat.Client{newClient(t, server.URL(), tokens)}, 1)
	if n := server.Calls(wechattest.TokenPath); n != 1 {
		t.Errorf("%d fetches: the waiter made its own", n)
	}
}

func TestTokenStoredBetweenLookAndLock(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	token, tokens := goodToken(t, server), watched(clock.Fixed(start))
	tokens.before = func() { _ = tokens.Set(context.Background(), tokenKey, token, time.Hour) }
	phones(t, server, []*wechat.Client{newClient(t, server.URL(), tokens)}, 1)
	if n := server.Calls(wechattest.TokenPath); n != 1 {
		t.Errorf("%d fetches: the second look is missing", n)
	}
}

func TestWaiterLeavesWithItsCaller(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	tokens := watched(clock.Fixed(start))
	lockAway(t, tokens)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-tokens.waiting
		cancel()
	}()
	_, err := newClient(t, server.URL(), tokens).Phone(ctx, server.NewPhoneCode(phone))
	wantReason(t, err, fault.ReasonWeChatFailure)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v does not say that the caller left", err)
	}
}

func TestLockIsGivenBackAfterAFailedFetch(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	tokens := memory()
	client := newClient(t, server.URL(), tokens)
	server.FailHTTP(wechattest.TokenPath, 500, 1)
	_, err := client.Phone(t.Context(), server.NewPhoneCode(phone))
	wantReason(t, err, fault.ReasonWeChatFailure)
	if lock, err := tokens.Get(t.Context(), lockKey); err != nil || lock != "" {
		t.Errorf("the lock is still held: %q, %v", lock, err)
	}
	phones(t, server, []*wechat.Client{client}, 1)
}

func TestStoreUnavailable(t *testing.T) {
	server := newServer(t, wechattest.Options{})
	lost := errors.New("connection lost")
	for _, trouble := range []error{lost, fault.Because(fault.ReasonUnavailable, lost)} {
		tokens := watched(clock.Fixed(start))
		tokens.err = trouble
		_, err := newClient(t, server.URL(), tokens).Phone(t.Context(), server.NewPhoneCode(phone))
		wantReason(t, err, fault.ReasonUnavailable)
		if !errors.Is(err, lost) {
			t.Errorf("%v hides its cause", err)
		}
	}
}

func TestMemoryTokens(t *testing.T) {
	machine := clock.Fixed(start)
	tokens := wechat.NewMemoryTokens(machine)
	get := func() string {
		t.Helper()
		value, err := tokens.Get(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	want := func(step, value string, is, should bool, err error) {
		t.Helper()
		if got := get(); err != nil || is != should || got != value {
			t.Errorf("%s: told %v, holds %q, %v; want %v, %q", step, is, got, err, should, value)
		}
	}
	ok, err := tokens.CompareAndDelete(t.Context(), "k", "")
	want("delete what is not there", "", ok, false, err)
	ok, err = tokens.SetIfAbsent(t.Context(), "k", "one", time.Second)
	want("set the absent", "one", ok, true, err)
	ok, err = tokens.SetIfAbsent(t.Context(), "k", "two", time.Second)
	want("set the present", "one", ok, false, err)
	ok, err = tokens.CompareAndDelete(t.Context(), "k", "two")
	want("delete another value", "one", ok, false, err)
	machine.Advance(time.Second)
	want("its life is over", "", true, true, nil)
	ok, err = tokens.SetIfAbsent(t.Context(), "k", "two", time.Second)
	want("set after that", "two", ok, true, err)
	want("set", "three", true, true, errors.Join(tokens.Set(t.Context(), "k", "three", time.Second)))
	ok, err = tokens.CompareAndDelete(t.Context(), "k", "three")
	want("delete its value", "", ok, true, err)
}
