package redis_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/fault"
	"xinyuan/internal/race"
	"xinyuan/internal/redis"
)

// Each of many who ask at once gets the own answer or the own error, and who leaves takes no
// answer from the others.
func TestAskTogether(t *testing.T) {
	t.Parallel()
	client, _ := shared(t)
	must(t, client.LPush(t.Context(), client.Key("list"), "1").Err())
	var wg race.Group
	for i := range 500 {
		wg.Go(func() {
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			key := client.Key("own", fmt.Sprint(i))
			switch i % 10 {
			case 0:
				if _, err := client.Ask(ctx, "get", client.Key("list")).Result(); err == nil || !strings.HasPrefix(err.Error(), "WRONGTYPE") {
					t.Errorf("a list read as text: %v", err)
				}
			case 1:
				if answer, err := client.Ask(ctx, "get", client.Key("nothing")).Result(); err != goredis.Nil { //nolint:errorlint // bare
					t.Errorf("a missing key: %v %v", answer, err)
				}
			case 2:
				wg.Go(leave)
				_ = client.Ask(ctx, "get", client.Key("list"))
			default:
				if answer, err := client.Ask(ctx, "set", key, i).Result(); err != nil || answer != "OK" {
					t.Errorf("set: %v %v", answer, err)
				}
				if answer, err := client.Ask(ctx, "get", key).Result(); err != nil || answer != fmt.Sprint(i) {
					t.Errorf("%d asks and gets %v %v", i, answer, err)
				}
			}
		})
	}
	wg.Wait()
}

// While Redis is away everybody is told, and afterwards it answers; a script that it has forgotten is sent again.
func TestAskAfterRedisWasAway(t *testing.T) {
	t.Parallel()
	server := testdb.OwnRedis(t)
	client := open(t, server.Addr(), "")
	script := goredis.NewScript(`return redis.call('INCRBY', KEYS[1], ARGV[1])`)
	count := func(want int64) {
		t.Helper()
		if answer, err := client.Script(t.Context(), script, []string{"n"}, 2).Result(); err != nil || answer != want {
			t.Errorf("the script answers %v %v, want %d", answer, err, want)
		}
	}
	count(2)
	must(t, client.ScriptFlush(t.Context()).Err())
	count(4)
	server.Stop()
	var wg race.Group
	for range 50 {
		wg.Go(func() {
			if _, err := client.Ask(t.Context(), "get", "n").Result(); !fault.Has(redis.Unavailable(err), fault.ReasonUnavailable) {
				t.Errorf("asked while Redis is away: %v", err)
			}
		})
	}
	wg.Wait()
	server.Start()
	count(2)
}
