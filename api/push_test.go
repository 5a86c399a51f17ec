package api_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/race"
	"xinyuan/internal/wechat/wechattest"
)

// mediaCheck is a push about a picture.
func mediaCheck(trace, suggest string) map[string]any {
	return map[string]any{
		"ToUserName": "gh_0", "FromUserName": "o1", "CreateTime": 1714112445, "MsgType": "event", "Event": "wxa_media_check",
		"trace_id": trace, "errcode": 0, "result": map[string]any{"suggest": suggest, "label": 100},
	}
}

func send(t *testing.T, w *apptest.World, p wechattest.Pushed) int {
	t.Helper()
	status, err := w.WeChat.Send(t.Context(), p)
	must(t, err)
	return status
}

// pushed is how many pushes lie in the outbox.
func pushed(t *testing.T, w *apptest.World) (n int) {
	t.Helper()
	row := w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM outbox WHERE topic = 'push'")
	must(t, row.Scan(&n))
	return n
}

func sealed(t *testing.T, w *apptest.World, message any) wechattest.Pushed {
	t.Helper()
	text, err := json.Marshal(message)
	must(t, err)
	return w.WeChat.Seal(text)
}

// WeChat's check of the address is answered, and nobody else's.
func TestPushAddressIsChecked(t *testing.T) {
	t.Parallel()
	w := apptest.New(t, apptest.WithoutWorker())
	query := sealed(t, w, "x").Query
	query.Set("echostr", "4375120948345356249")
	a := w.Send("", "GET", "/wechat/push?"+query.Encode(), nil).Want(200)
	if string(a.Raw) != "4375120948345356249" {
		t.Errorf("answered %q", a.Raw)
	}
	query.Set("signature", strings.Repeat("0", 40))
	if a := w.Send("", "GET", "/wechat/push?"+query.Encode(), nil).Want(403); len(a.Raw) != 0 {
		t.Errorf("a stranger reads %q", a.Raw)
	}
}

// A push lies in the outbox once, however often and in whichever wrapping WeChat sends
// it, and whatever Redis remembers.
func TestAPushIsTakenOnce(t *testing.T) {
	t.Parallel()
	cache := testdb.OwnRedis(t)
	w := apptest.New(t, apptest.WithoutWorker(), apptest.WithRedis(cache.Addr()))
	first := sealed(t, w, mediaCheck("trace-1", "pass"))
	for range 2 {
		if status := send(t, w, first); status != 200 {
			t.Fatalf("answered %d", status)
		}
	}
	cache.Flush()
	if status := send(t, w, first); status != 200 || pushed(t, w) != 1 {
		t.Errorf("after Redis was emptied: %d, %d rows", status, pushed(t, w))
	}
	if status := send(t, w, sealed(t, w, mediaCheck("trace-1", "pass"))); status != 200 || pushed(t, w) != 1 {
		t.Errorf("wrapped anew: %d, %d rows", status, pushed(t, w))
	}
	var wg race.Group
	second := sealed(t, w, mediaCheck("trace-2", "pass"))
	var mu sync.Mutex
	for range 20 {
		wg.Go(func() {
			status, err := w.WeChat.Send(t.Context(), second)
			mu.Lock()
			defer mu.Unlock()
			if status != 200 || err != nil {
				t.Errorf("one of twenty: %d, %v", status, err)
			}
		})
	}
	wg.Wait()
	if n := pushed(t, w); n != 2 {
		t.Errorf("%d rows of two messages", n)
	}
}

// Pushes that nobody signed, that are old, plain, long or broken are refused, and none
// of them is written down or costs a session.
func TestBadPushesAreRefused(t *testing.T) {
	t.Parallel()
	machine := clock.Fixed(time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC))
	w := apptest.New(t, apptest.WithoutWorker(), apptest.WithMachine(machine))
	good := sealed(t, w, mediaCheck("trace-1", "risky"))
	plain, err := json.Marshal(mediaCheck("trace-1", "pass"))
	must(t, err)
	for name, c := range map[string]struct {
		pushed wechattest.Pushed
		want   int
	}{
		"plain":       {wechattest.Pushed{Query: good.Query, Body: plain}, 403},
		"empty":       {wechattest.Pushed{Query: good.Query}, 400},
		"too long":    {wechattest.Pushed{Query: good.Query, Body: []byte(`{"Encrypt":"` + strings.Repeat("A", 40<<10) + `"}`)}, 400},
		"not signed":  {wechattest.Pushed{Body: good.Body}, 403},
		"not a block": {w.WeChat.SealAs("AAAA"), 400},
	} {
		if status := send(t, w, c.pushed); status != c.want {
			t.Errorf("%s: %d, want %d", name, status, c.want)
		}
	}
	machine.Advance(6 * time.Minute)
	if status := send(t, w, good); status != 403 {
		t.Errorf("a stale one: %d", status)
	}
	// What WeChat sends and we do not know is no reason to send it again.
	if status := send(t, w, sealed(t, w, map[string]any{"Event": "user_enter_tempsession"})); status != 200 {
		t.Errorf("an event of no interest: %d", status)
	}
	if status := send(t, w, sealed(t, w, []string{"no event"})); status != 200 {
		t.Errorf("an unreadable message: %d", status)
	}
	if n := pushed(t, w); n != 0 {
		t.Errorf("%d rows", n)
	}
}

// An installation without a key has no such address.
func TestWithoutAKeyNothingIsTaken(t *testing.T) {
	t.Parallel()
	w := apptest.New(t, apptest.WithoutWorker(), apptest.With("XINYUAN_WECHAT_PUSH_TOKEN="), apptest.With("XINYUAN_WECHAT_PUSH_KEY="))
	if status := send(t, w, sealed(t, w, mediaCheck("trace-1", "pass"))); status != 404 {
		t.Errorf("answered %d", status)
	}
	w.Send("", "GET", "/wechat/push", nil).Want(404)
}

// While the database hangs WeChat is told within a second to come again, and what comes
// again is taken.
func TestAPushIsAnsweredWithinASecond(t *testing.T) {
	t.Parallel()
	w := apptest.New(t, apptest.WithoutWorker())
	held, err := w.App.DB.Pool().BeginTx(t.Context(), nil)
	must(t, err)
	p := sealed(t, w, mediaCheck("trace-1", "pass"))
	_, err = held.ExecContext(t.Context(), "DELETE FROM wechat_pushes")
	must(t, err)
	_, err = held.ExecContext(t.Context(), "INSERT INTO wechat_pushes (digest, received_at) VALUES (?, NOW(3))", digest(t, mediaCheck("trace-1", "pass")))
	must(t, err)
	started := w.Clocks.Machine.Now()
	if status := send(t, w, p); status != http.StatusServiceUnavailable {
		t.Errorf("answered %d", status)
	}
	if took := w.Clocks.Machine.Now().Sub(started); took > 2*time.Second {
		t.Errorf("answered after %s", took)
	}
	must(t, held.Rollback())
	if status := send(t, w, p); status != 200 || pushed(t, w) != 1 {
		t.Errorf("sent again: %d, %d rows", status, pushed(t, w))
	}
}

// What lies in the outbox is worked off, and forgotten.
func TestPushesAreWorkedOff(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	status, err := w.WeChat.Push(context.Background(), mediaCheck("nobody's", "pass"))
	must(t, err)
	if status != 200 {
		t.Fatalf("answered %d", status)
	}
	w.Until("the outbox is empty", func() bool { return pushed(t, w) == 0 })
}

// digest names a message as the database has it.
func digest(t *testing.T, message any) string {
	t.Helper()
	text, err := json.Marshal(message)
	must(t, err)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
