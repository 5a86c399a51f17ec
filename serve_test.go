package main_test

import (
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"xinyuan/internal/devstack/testdb"
)

// serve refuses what it must not run on, and answers on what it may.
func TestServe(t *testing.T) {
	addr, _ := testdb.Redis(t)
	key := "XINYUAN_SEAL_KEYS=k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
	pictures := t.TempDir()
	env := func(dsn string, more ...string) []string {
		return append([]string{
			"XINYUAN_MYSQL_DSN=" + dsn, "XINYUAN_REDIS_ADDR=" + addr, key, "XINYUAN_WECHAT_APPID=wx1",
			"XINYUAN_WECHAT_SECRET=s3cret", "XINYUAN_MEDIA_FOLDER=" + pictures, "XINYUAN_HTTP_ADDR=127.0.0.1:0",
			"XINYUAN_WECHAT_PROXY=http://127.0.0.1:1", // no test asks the real WeChat
		}, more...)
	}
	empty := testdb.NewEmpty(t)
	for _, c := range []struct {
		name string
		env  []string
		args []string
		want string
	}{
		{"nothing set", nil, []string{"serve"}, "XINYUAN_MYSQL_DSN is needed"},
		{"an old schema", env(empty), []string{"serve"}, "xinyuan migrate up"},
		{"a misspelt setting", env(empty, "XINYUAN_MYSQL_POOLS=3"), []string{"serve"}, "XINYUAN_MYSQL_POOLS is no setting"},
		{"the demo's keys", env(empty, "XINYUAN_SEAL_KEYS=demo:MDEy"), []string{"serve"}, "demo's key"},
		{"a fake WeChat", env(empty, "XINYUAN_WECHAT_BASE_URL=http://127.0.0.1:1"), []string{"serve"}, "wechat.base_url"},
		{"the demo's environment", env(empty, "XINYUAN_ENV=demo"), []string{"serve"}, "xinyuan demo"},
		{"a worker on an old schema", env(empty), []string{"worker"}, "xinyuan migrate up"},
		{"seeding production", env(empty), []string{"seed"}, "正式环境"},
		{"no such profile", env(empty, "XINYUAN_ENV=demo"), []string{"seed", "--profile", "moon"}, "moon"},
		{"no such file", env(empty), []string{"import", "divisions", "/nowhere.csv"}, "打不开文件"},
		{"no file", env(empty), []string{"import", "divisions"}, "请写明文件"},
		{"a roster that is no table", env(empty), []string{"import", "roster", "README.md"}, "表头里没有"},
		{"no demo running", nil, []string{"--data", t.TempDir(), "doctor"}, "make run"},
	} {
		t.Run(c.name, func(t *testing.T) {
			said, code := run(t, c.env, c.args...)
			if code == 0 || !strings.Contains(said, c.want) {
				t.Errorf("exit %d: %s", code, said)
			}
			if strings.Contains(said, "s3cret") {
				t.Errorf("it tells the secret: %s", said)
			}
		})
	}
	if said, code := run(t, env(empty), "migrate", "up"); code != 0 {
		t.Fatalf("migrate up: %s", said)
	}
	if said, code := run(t, env(empty), "install", "7777 7777"); code == 0 || !strings.Contains(said, "没有号码是 77777777 的人") {
		t.Errorf("install nobody: %s", said)
	}
	server := start(t, env(empty, "XINYUAN_HTTP_DRAIN=2s"), "serve")
	if status, body := server.get(t, "/readyz"); status != 200 {
		t.Errorf("not ready: %s", body)
	}
	for _, path := range []string{"/", "/demo/clock"} {
		if status, _ := server.get(t, path); status != 404 {
			t.Errorf("%s answers %d: only a demo has it", path, status)
		}
	}
	server.drains(t)
	const first = "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
	const second = "k2:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
	for keys, want := range map[string]string{
		second:                                 "密钥 k1 不在 seal.keys 里",
		strings.Replace(second, "k2", "k1", 1): "密钥 k1 和以前的不是同一个",
	} {
		for _, command := range []string{"serve", "worker", "doctor"} {
			said, code := run(t, env(empty, "XINYUAN_SEAL_KEYS="+keys), command)
			if code == 0 || !strings.Contains(said, want) {
				t.Errorf("%s with other keys: exit %d, %s", command, code, said)
			}
		}
	}
	rotated := start(t, env(empty, "XINYUAN_SEAL_KEYS="+second+","+first), "serve")
	if code := rotated.stop(t, syscall.SIGTERM); code != 0 {
		t.Errorf("with a new key before the old one it ends with %d: %s", code, rotated.said)
	}
	if said, code := run(t, env(empty, "XINYUAN_SEAL_KEYS="+first), "serve"); code == 0 || !strings.Contains(said, "密钥 k2 不在") {
		t.Errorf("without the new key: exit %d, %s", code, said)
	}
	if !strings.Contains(server.said.String(), "连不上微信") {
		t.Errorf("nobody is told that WeChat is out of reach: %s", server.said)
	}
}

// drains stops a server, which is not ready any more and still serves, and then ends well.
func (r *running) drains(t *testing.T) {
	t.Helper()
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	unready := 0
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for ended := false; !ended; {
		if status, _ := r.get(t, "/readyz"); status == http.StatusServiceUnavailable {
			unready++
			if status, _ := r.get(t, "/healthz"); status != http.StatusOK && status != 0 {
				t.Errorf("a server that drains answers %d", status)
			}
		}
		select {
		case <-tick.C:
		case <-r.done:
			ended = true
		}
	}
	if code := r.cmd.ProcessState.ExitCode(); code != 0 || unready == 0 {
		t.Errorf("SIGTERM ends it with %d, unready %d times: %s", code, unready, r.said)
	}
}
