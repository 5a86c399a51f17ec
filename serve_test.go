package main_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"xinyuan/internal/devstack/testdb"
)

// productionEnv makes environments of a server over a database.
func productionEnv(t *testing.T) func(dsn string, more ...string) []string {
	t.Helper()
	addr, _ := testdb.Redis(t)
	key := "XINYUAN_SEAL_KEYS=k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
	pictures := t.TempDir()
	return func(dsn string, more ...string) []string {
		return append([]string{
			"XINYUAN_MYSQL_DSN=" + dsn, "XINYUAN_REDIS_ADDR=" + addr, key, "XINYUAN_WECHAT_APPID=wx1",
			"XINYUAN_WECHAT_SECRET=s3cret", "XINYUAN_MEDIA_FOLDER=" + pictures, "XINYUAN_HTTP_ADDR=127.0.0.1:0",
			"XINYUAN_WECHAT_PROXY=http://127.0.0.1:1", // no test asks the real WeChat
		}, more...)
	}
}

// refuses wants that the program ends with words for the operator, and tells no secret.
func refuses(t *testing.T, want string, env, args []string) {
	t.Helper()
	said, code := run(t, env, args...)
	if code == 0 || !strings.Contains(said, want) {
		t.Errorf("exit %d: %s", code, said)
	}
	if strings.Contains(said, "s3cret") || strings.Contains(said, "secretword") {
		t.Errorf("it tells the secret: %s", said)
	}
	if english := regexp.MustCompile(`no such file|(is|not) a directory|permission denied|read-only`).FindString(said); english != "" {
		t.Errorf("an operator reads %q: %s", english, said)
	}
	first, _, _ := strings.Cut(said, "\n")
	if !regexp.MustCompile(`\p{Han}`).MatchString(first) {
		t.Errorf("an operator reads %q", first)
	}
}

// Whatever an officer gets wrong is said in Chinese, with what to do and the setting's
// name.
func TestOperatorsReadChinese(t *testing.T) {
	t.Parallel()
	env, empty, unset := productionEnv(t), testdb.NewEmpty(t), t.TempDir()
	busy := httptest.NewServer(http.NotFoundHandler())
	defer busy.Close()
	for _, c := range []struct {
		name string
		env  []string
		args []string
		want string
	}{
		{"a database that is down", env("u:secretword@tcp(127.0.0.1:1)/x"), []string{"serve"}, "连不上数据库"},
		{"the same for a tool", env("u:secretword@tcp(127.0.0.1:1)/x"), []string{"migrate", "up"}, "连不上数据库"},
		{"the same for the first officer", env("u:secretword@tcp(127.0.0.1:1)/x"), []string{"install", "12345678"}, "连不上数据库"},
		{"no such database", env(regexp.MustCompile(`/xinyuan_t_\w+`).ReplaceAllString(empty, "/not_there")), []string{"migrate", "status"}, "没有 mysql.dsn 里写的那个数据库"},
		{"no such user", env(regexp.MustCompile(`^[^@]*@`).ReplaceAllString(empty, "nobody:secretword@")), []string{"import", "divisions", "data/tonghua-divisions.csv"}, "不认 mysql.dsn"},
		{"a DSN that is none", env("secretword"), []string{"migrate", "up"}, "mysql.dsn 读不懂"},
		{"a key that is none", env(empty, "XINYUAN_SEAL_KEYS=secretword"), []string{"serve"}, "seal.keys 的第 1 个密钥"},
		{"a key that is none, for review", env(empty, "XINYUAN_SEAL_KEYS=secretword"), []string{"review", "status"}, "seal.keys 的第 1 个密钥"},
		{"a number that is none", env(empty, "XINYUAN_MYSQL_POOL=many"), []string{"worker"}, "mysql.pool 的值读不懂"},
		{"a secret's file that is not there", env(empty, "XINYUAN_WECHAT_SECRET_FILE=/none"), []string{"doctor"}, "XINYUAN_WECHAT_SECRET_FILE"},
		{"a named file that is not there", nil, []string{"--env", unset + "/none", "serve"}, "设置文件读不了：没有"},
		{"settings that are not there", nil, []string{"--config", unset + "/none", "serve"}, "设置文件读不了：没有"},
		{"settings that are a folder", nil, []string{"--config", unset, "serve"}, "是文件夹"},
		{"divisions that are not there", env(empty), []string{"import", "divisions", unset + "/none.csv"}, "这个文件"},
		{"units that are not there", env(empty), []string{"import", "units", unset + "/none.csv"}, "这个文件"},
		{"duties that are not there", env(empty), []string{"import", "duties", unset + "/none.csv"}, "这个文件"},
		{"holidays that are not there", env(empty), []string{"import", "holidays", unset + "/none.csv"}, "这个文件"},
		{"needs that are not there", env(empty), []string{"import", "hotline", unset + "/none.xlsx"}, "这个文件"},
		{"a roster that is not there", env(empty), []string{"import", "roster", unset + "/none.csv"}, "这个文件"},
		{"a roster that is a folder", env(empty), []string{"import", "roster", unset}, "是文件夹"},
		{"a table in no folder", env(testdb.New(t)), []string{"export", "hotline", unset + "/none/a.csv"}, "这个文件"},
		{"a demo in no folder", nil, []string{"--data", "/dev/null/none", "demo", "--port", "0"}, "不是文件夹"},
		{"a trial of nobody", nil, []string{"loadtest", "settlement", "--members", "0"}, "--members 至少是 2"},
		{"a trial of no wish", nil, []string{"loadtest", "rush", "--wishes", "0"}, "--wishes 至少是 1"},
		{"a trial that asks for less than nothing", nil, []string{"loadtest", "evening", "--rate", "-1"}, "要比 0 大"},
		{"a trial of more than all", nil, []string{"loadtest", "evening", "--share", "2"}, "在 0 和 1 之间"},
		{"a trial of no time", nil, []string{"loadtest", "read", "--duration", "0s"}, "要比 0 长"},
		{"no such option", nil, []string{"serve", "--fast"}, "选项写得不对"},
		{"no such command", nil, []string{"start"}, "没有 xinyuan start"},
		{"no such command below", nil, []string{"import", "people"}, "没有 xinyuan import people"},
		{"a second server", env(empty, "XINYUAN_HTTP_ADDR="+busy.Listener.Addr().String()), []string{"healthcheck"}, "看服务的日志"},
	} {
		t.Run(c.name, func(t *testing.T) { refuses(t, c.want, c.env, c.args) })
	}
}

// Serve refuses what it must not run on, and answers on what it may.
func TestServe(t *testing.T) {
	env := productionEnv(t)
	empty := testdb.NewEmpty(t)
	for _, c := range []struct {
		name string
		env  []string
		args []string
		want string
	}{
		{"nothing set", nil, []string{"serve"}, "缺 XINYUAN_MYSQL_DSN"},
		{"an old schema", env(empty), []string{"serve"}, "xinyuan migrate up"},
		{"a misspelt setting", env(empty, "XINYUAN_MYSQL_POOLS=3"), []string{"serve"}, "没有 XINYUAN_MYSQL_POOLS 这个设置"},
		{"the demo's keys", env(empty, "XINYUAN_SEAL_KEYS=demo:MDEy"), []string{"serve"}, "演示的密钥"},
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
		t.Run(c.name, func(t *testing.T) { refuses(t, c.want, c.env, c.args) })
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
