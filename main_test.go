package main_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// builtVariable names a program that was just built from this code, as make test does.
const builtVariable = "XINYUAN_TEST_BINARY"

// binary builds the program once for all tests, unless it is there.
var binary = sync.OnceValues(func() (string, error) {
	if built := os.Getenv(builtVariable); built != "" {
		return built, nil
	}
	dir, err := os.MkdirTemp("", "xinyuan-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "xinyuan")
	out, err := exec.CommandContext(context.Background(), "go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", &buildError{string(out)}
	}
	return path, nil
})

type buildError struct{ said string }

func (e *buildError) Error() string { return e.said }

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil && os.Getenv(builtVariable) == "" {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// program prepares a run of the program with our variables alone.
func program(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return programAt(t, path, env, args...)
}

func programAt(t *testing.T, path string, env []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, env...)
	return cmd
}

// run runs it to its end and returns what it said and its exit code.
func run(t *testing.T, env []string, args ...string) (said string, code int) {
	t.Helper()
	cmd := program(t, env, args...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// demoVariable names a folder that a demo has filled and left, as make test has one.
const demoVariable = "XINYUAN_TEST_DEMO"

// demoFolder is a folder for a demo: a copy of the filled one, or an empty one, which
// the demo fills itself, in seconds.
func demoFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	if from := os.Getenv(demoVariable); from != "" {
		if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// running is a started program that serves.
type running struct {
	cmd  *exec.Cmd
	url  string
	said *apptest.Log
	done chan struct{}
}

var address = regexp.MustCompile(`(?:http://|"addr":")(127\.0\.0\.1:\d+)`)

// start waits until the program says where it serves.
func start(t *testing.T, env []string, args ...string) *running {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return startProgram(t, path, env, args...)
}

// startProgram is start of another copy.
func startProgram(t *testing.T, path string, env []string, args ...string) *running {
	t.Helper()
	r := &running{cmd: programAt(t, path, env, args...), said: &apptest.Log{}, done: make(chan struct{})}
	out, in := io.Pipe()
	r.cmd.Stdout, r.cmd.Stderr = in, in
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	found := make(chan string, 1)
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			_, _ = io.WriteString(r.said, lines.Text()+"\n")
			if m := address.FindStringSubmatch(lines.Text()); m != nil {
				select {
				case found <- "http://" + m[1]:
				default:
				}
			}
		}
	}()
	go func() {
		_ = r.cmd.Wait()
		_ = in.Close()
		<-read
		close(r.done)
	}()
	t.Cleanup(func() { _ = r.cmd.Process.Kill(); <-r.done })
	select {
	case r.url = <-found:
	case <-r.done:
		t.Fatalf("it ended: %s", r.said)
	}
	return r
}

func (r *running) get(t *testing.T, path string, authorization ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header["Authorization"] = authorization
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// number logs in and returns the number that the person shows.
func (r *running) number(t *testing.T, body string) string {
	t.Helper()
	response, err := http.Post(r.url+"/api/v1/sessions", "application/json", strings.NewReader(body)) //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var session struct{ Token string }
	if err := json.NewDecoder(response.Body).Decode(&session); err != nil {
		t.Fatal(err)
	}
	_, answer := r.get(t, "/api/v1/me/number", "Bearer "+session.Token)
	var shown struct{ Number string }
	if err := json.Unmarshal([]byte(answer), &shown); err != nil {
		t.Fatal(err)
	}
	return shown.Number
}

// stop sends the signal and waits for the end.
func (r *running) stop(t *testing.T, s os.Signal) int {
	t.Helper()
	if err := r.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
	<-r.done
	return r.cmd.ProcessState.ExitCode()
}

// servers lists the processes that name the folder or work in it.
func servers(t *testing.T, dir string) (found []string) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		line, _ := os.ReadFile(filepath.Join(p, "cmdline"))
		cwd, _ := os.Readlink(filepath.Join(p, "cwd"))
		if strings.Contains(string(line), dir) || cwd == dir {
			found = append(found, p+" "+strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return found
}

// wantHealthy waits until the doctor finds nothing. What the filled demo left to its worker may be old by now, until the
// worker has come to it.
func wantHealthy(t *testing.T, dir string) {
	t.Helper()
	said, code := "", 1
	for n := 0; code != 0 && n < 30; n++ {
		said, code = run(t, nil, "--data", dir, "doctor")
	}
	if code != 0 {
		t.Errorf("doctor: %s", said)
	}
}

// The demo serves with data, keeps it from one start to the next, is found by
// the tools, and leaves no server behind, not even when it is killed.
func TestDemo(t *testing.T) {
	dir := demoFolder(t)
	demo := func() *running { return start(t, nil, "--data", dir, "demo", "--port", "0") }
	first := demo()
	if status, body := first.get(t, "/readyz"); status != 200 {
		t.Fatalf("not ready: %s", body)
	}
	if !strings.Contains(first.said.String(), "demo-secretary") {
		t.Errorf("it does not say who can log in: %s", first.said)
	}
	wantHealthy(t, dir)
	if said, code := run(t, nil, "--data", dir, "doctor", "--json"); code != 0 || !strings.HasPrefix(said, `[{"name":"live_claims"`) {
		t.Errorf("doctor --json: %s", said)
	}
	if said, code := run(t, nil, "--data", dir, "doctor", "--only", "inbox,boards"); code != 0 || strings.Count(said, "✓") != 2 {
		t.Errorf("doctor --only: %s", said)
	}
	if said, code := run(t, nil, "--data", dir, "doctor", "--only", "bords"); code == 0 || !strings.Contains(said, "没有 bords 这一项") {
		t.Errorf("doctor --only of what is no check: %s", said)
	}
	if said, code := run(t, nil, "--data", dir, "migrate", "status"); code != 0 || strings.Contains(said, "未应用") {
		t.Errorf("migrate status: %s", said)
	}
	importTables(t, dir)
	if said, code := run(t, nil, "--data", dir, "demo", "--port", "0"); code == 0 || !strings.Contains(said, "another demo") {
		t.Errorf("a second demo in the folder: %s", said)
	}
	me := first.number(t, `{"code":"demo-resident"}`)
	if said, code := run(t, nil, "--data", dir, "install", me); code != 0 || !strings.Contains(said, "已设为县级负责人") {
		t.Errorf("install: %s", said)
	}
	if said, code := run(t, nil, "--data", dir, "install", me); code == 0 || !strings.Contains(said, "已经是") {
		t.Errorf("install twice: %s", said)
	}
	toolsWantTheDemoNamed(t, dir)
	port := first.url[strings.LastIndex(first.url, ":")+1:]
	if said, code := run(t, nil, "--data", t.TempDir(), "demo", "--port", port); code == 0 || !strings.Contains(said, "已被占用") {
		t.Errorf("a second demo on the port: %s", said)
	}
	if code := first.stop(t, os.Interrupt); code != 0 {
		t.Errorf("Ctrl-C ends it with %d: %s", code, first.said)
	}
	if left := servers(t, dir); left != nil {
		t.Fatalf("left behind: %v", left)
	}
	second := demo()
	if said, code := run(t, nil, "--data", dir, "seed"); code != 0 {
		t.Errorf("seed a second time: %s", said)
	}
	second.stop(t, syscall.SIGKILL)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(20 * time.Second); servers(t, dir) != nil; {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("left behind by a kill: %v", servers(t, dir))
		}
	}
	third := demo()
	wantHealthy(t, dir)
	third.stop(t, syscall.SIGTERM)
}

// toolsWantTheDemoNamed tries the tools beside a running demo that the call does not name, as on a server whose
// settings are not where they should be.
func toolsWantTheDemoNamed(t *testing.T, dir string) {
	t.Helper()
	beside := t.TempDir()
	if err := os.Symlink(dir, filepath.Join(beside, ".data")); err != nil {
		t.Fatal(err)
	}
	divisions, err := filepath.Abs("data/tonghua-divisions.csv")
	if err != nil {
		t.Fatal(err)
	}
	tool := func(env []string, args ...string) (string, int) {
		cmd := program(t, env, args...)
		cmd.Dir = beside
		out, _ := cmd.CombinedOutput()
		return string(out), cmd.ProcessState.ExitCode()
	}
	const refused, told = "请加 --demo", "用的是 .data 里的演示"
	for _, c := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"install", "1"}, refused, 1},
		{[]string{"migrate", "up"}, refused, 1},
		{[]string{"rebuild", "words"}, refused, 1},
		{[]string{"rebuild", "names"}, refused, 1},
		{[]string{"import", "divisions", "--commit", divisions}, refused, 1},
		{[]string{"import", "divisions", divisions}, told, 0},
		{[]string{"--demo", "import", "divisions", "--commit", divisions}, "已经写入", 0},
		{[]string{"migrate", "status"}, told, 0},
		{[]string{"--env", "/nowhere/xinyuan.env", "doctor"}, "/nowhere/xinyuan.env", 1},
	} {
		if said, code := tool(nil, c.args...); code != c.code || !strings.Contains(said, c.want) {
			t.Errorf("%v beside a demo: exit %d, %s", c.args, code, said)
		}
	}
	if said, code := tool([]string{"XINYUAN_MYSQL_DSN=u@tcp(127.0.0.1:1)/x"}, "--demo", "install", "1"); code != 1 ||
		!strings.Contains(said, "去掉其中一个") {
		t.Errorf("--demo beside settings: exit %d, %s", code, said)
	}
}

// importTables takes the county's divisions and the example files into the demo: dry, written, again, and
// one with a mistake.
func importTables(t *testing.T, dir string) {
	t.Helper()
	bad := filepath.Join(t.TempDir(), "bad.csv")
	if err := os.WriteFile(bad, []byte("姓名,单位\n王海燕,月亮公司\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const units, roster = "data/examples/units.csv", "data/examples/roster.csv"
	for _, c := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"divisions", "data/tonghua-divisions.csv"}, "共 198 行：新增 0，已有 198，错误 0。这是试运行", 0},
		{[]string{"units", units}, "这些列不保存：性质。\n共 10 行：新增 10，已有 0，错误 0。这是试运行，没有写入；加 --commit 写入。", 0},
		{[]string{"units", "--commit", units}, "共 10 行：新增 10，已有 0，错误 0。已经写入。", 0},
		{[]string{"roster", "--commit", roster}, "共 14 行：新增 14，已有 0，错误 0。已经写入。", 0},
		{[]string{"roster", "--commit", roster}, "共 14 行：新增 0，已有 14，错误 0。", 0},
		{[]string{"roster", "--commit", bad}, "第 2 行：没有叫“月亮公司”的单位\n共 1 行：新增 0，已有 0，错误 1。什么都没有写入。", 1},
	} {
		said, code := run(t, nil, append([]string{"--data", dir, "import"}, c.args...)...)
		if code != c.code || !strings.Contains(said, c.want) {
			t.Errorf("import %v: exit %d, %s", c.args, code, said)
		}
	}
}
