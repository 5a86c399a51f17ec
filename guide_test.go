package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/devstack"
	"xinyuan/internal/wechat/wechattest"
)

// machine is a server of a county as the guide finds it: a folder in place of its
// root, private MariaDB and Redis, WeChat behind an egress proxy.
type machine struct {
	t      *testing.T
	root   string
	moved  *strings.Replacer // paths and addresses of the machine, and what they are here
	env    []string
	wechat *wechattest.Server
	egress *wechattest.Egress
	listen string // where its server listens
}

const (
	guideDomain = "xinyuan.example.com"
	guideAppID  = "wxabcdef0123456789"
	guideSecret = "0123456789abcdef0123456789abcdef"
)

func newMachine(t *testing.T) *machine {
	t.Helper()
	stack, err := devstack.Start(t.Context(), devstack.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stack.Stop() })
	m := &machine{t: t, root: t.TempDir(), listen: apptest.FreePort(t)}
	m.wechat = wechattest.New(wechattest.Options{AppID: guideAppID, Secret: guideSecret, Clock: clock.System(), UnionIDs: true})
	if m.egress, err = wechattest.NewEgress(m.wechat); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.egress.Close)
	authority := filepath.Join(m.root, "authority.pem")
	m.write("authority.pem", string(m.egress.Authority))
	socket := regexp.MustCompile(`unix\((.*?)\)`).FindStringSubmatch(stack.MySQLDSN())[1]
	m.moved = strings.NewReplacer(
		"/run/mysqld/mysqld.sock", socket, "127.0.0.1:6379", stack.RedisAddr(), "127.0.0.1:8080", m.listen,
		"/etc/", m.root+"/etc/", "/usr/local/bin/", m.root+"/usr/local/bin/", "/var/lib/", m.root+"/var/lib/",
		"domain=xinyuan.example.cn", "domain="+guideDomain, "appid=wx0000000000000000", "appid="+guideAppID)
	m.write("etc/logrotate.d/nginx", "rotate 14\n") // as Debian's package has it
	m.write(".my.cnf", "[client]\nuser=root\nsocket="+socket+"\n")
	m.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + m.root, "SSL_CERT_FILE=" + authority, "ROOT=" + m.root,
		"REDIS=" + strings.TrimPrefix(stack.RedisAddr(), "unix://"),
	}
	for _, dir := range []string{"etc/redis", "etc/nginx/conf.d", "etc/systemd/system", "usr/local/bin", "var/lib/xinyuan"} {
		if err := os.MkdirAll(filepath.Join(m.root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	m.checkout()
	m.bash("echo 'DROP DATABASE xinyuan' | mariadb")
	return m
}

func (m *machine) write(name, text string) {
	m.t.Helper()
	path := filepath.Join(m.root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		m.t.Fatal(err)
	}
}

// checkout is what the guide has in the project's folder: the program, deploy/ and
// data/, with the paths of this machine.
func (m *machine) checkout() {
	m.t.Helper()
	for _, pattern := range []string{"deploy/*", "data/*.csv", "data/examples/*"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			m.t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				m.t.Fatal(err)
			}
			m.write("src/"+name, m.moved.Replace(string(text)))
		}
	}
	path, err := binary()
	if err != nil {
		m.t.Fatal(err)
	}
	if err := os.Symlink(path, filepath.Join(m.root, "src/xinyuan")); err != nil {
		m.t.Fatal(err)
	}
}

// around stands before the guide's commands: what needs a whole machine is only
// written down, and nobody but the test's user owns anything.
const around = `set -euo pipefail
cd "$ROOT/src"
for name in apt-get useradd systemctl nginx; do eval "$name() { echo \"$name \$*\" >> \"$ROOT/did\"; }"; done
redis-cli() { command redis-cli -s "$REDIS" "$@"; }
xinyuan() { "$ROOT/usr/local/bin/xinyuan" --env "$ROOT/etc/xinyuan/xinyuan.env" "$@"; }
install() {
  local kept=()
  while [ $# -gt 0 ]; do case $1 in -o|-g) shift 2 ;; *) kept+=("$1"); shift ;; esac; done
  command install "${kept[@]}"
}
`

// bash runs commands of the guide, with the AppSecret on the keyboard.
func (m *machine) bash(commands string) string {
	m.t.Helper()
	return m.types(guideSecret, commands)
}

// types is bash with another AppSecret on the keyboard.
func (m *machine) types(secret, commands string) string {
	m.t.Helper()
	cmd := exec.CommandContext(m.t.Context(), "bash", "-c", around+m.moved.Replace(commands))
	cmd.Env, cmd.Stdin = m.env, strings.NewReader(secret+"\n")
	said, err := cmd.CombinedOutput()
	if err != nil {
		m.t.Fatalf("the guide's commands: %v\n%s\n%s", err, commands, said)
	}
	return string(said)
}

// serve starts the program as the unit does.
func (m *machine) serve() *running {
	m.t.Helper()
	unit, err := os.ReadFile(filepath.Join(m.root, "etc/systemd/system/xinyuan.service"))
	if err != nil {
		m.t.Fatal(err)
	}
	command := strings.Fields(regexp.MustCompile(`(?m)^ExecStart=(.*)$`).FindStringSubmatch(string(unit))[1])
	// The unit names no file of settings: the program has its place built in.
	args := append([]string{"--env", filepath.Join(m.root, "etc/xinyuan/xinyuan.env")}, command[1:]...)
	return startProgram(m.t, command[0], []string{"SSL_CERT_FILE=" + filepath.Join(m.root, "authority.pem")}, args...)
}

// guideCommands are the blocks of a section that the officer pastes, in order.
// They share one shell's variables.
func guideCommands(t *testing.T, section string) []string {
	t.Helper()
	return commandsOf(t, "docs/operations.md", section)
}

// commandsOf are those of a section of a guide.
func commandsOf(t *testing.T, guide, section string) []string {
	t.Helper()
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "\n## "+section)
	if !found {
		t.Fatalf("the guide has no section %s", section)
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	var blocks []string
	for _, m := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(rest, -1) {
		blocks = append(blocks, m[1])
	}
	return blocks
}

// The guide's own commands, pasted on an empty machine, lead to a county that
// serves: WeChat is reached as in production, through an egress proxy, the phones
// come through Debian's nginx, and 岗位 gives the roles. What they back up is whole
// on another empty machine.
func TestGuide(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	blocks := guideCommands(t, "一、安装")
	install, officer := blocks[:len(blocks)-1], blocks[len(blocks)-1]
	m.bash(strings.Join(install, "\n") + "\necho XINYUAN_WECHAT_PROXY=" + m.egress.URL + " >> /etc/xinyuan/xinyuan.env")
	server := m.serve()
	p := apptest.StartNginx(t, m.nginx(), m.listen)
	county := &county{t: t, m: m, base: "https://" + p.TLS + "/api/v1", client: p.From(t, "127.0.0.2"), tokens: map[string]string{}}
	county.walk(func(number string) string {
		return m.bash(strings.Replace(officer, "12345678", number, 1))
	})
	county.reviewed()
	m.healthy()
	m.bash(strings.Join(guideCommands(t, "三、每天"), "\n"))
	if n := m.bash("mariadb xinyuan -Ne \"SELECT COUNT(*) FROM users WHERE union_id = CONCAT('union:', open_id)\""); n != "6\n" {
		t.Errorf("%s people are known across the subject's programs", n)
	}
	m.did("useradd --system", "systemctl enable --now xinyuan.service", "nginx -t", "systemctl restart systemd-journald")
	if !strings.Contains(server.said.String(), "WeChat knows this installation") {
		t.Errorf("the server does not say how it stands with WeChat: %s", server.said)
	}
	_, metrics := server.get(t, "/metrics")
	for _, want := range []string{
		`xinyuan_wechat_calls_total{path="/sns/jscode2session",result="ok"} 7`, "xinyuan_outbox_oldest_seconds 0",
		`xinyuan_sweeps_total{result="failed"} 0`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	watched(t, metrics)
	if m.egress.Refused() != 0 {
		t.Errorf("the program went elsewhere than to WeChat %d times", m.egress.Refused())
	}
	server.stop(t, syscall.SIGTERM)
	county.rotates()
	restoresElsewhere(m, install)
}

// watched wants that the alert rules and the dashboard name figures that the server has.
func watched(t *testing.T, metrics string) {
	t.Helper()
	for _, name := range []string{"deploy/alerts.yml", "deploy/dashboard.json"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		named := regexp.MustCompile(`\b(?:xinyuan_|go_)\w+`).FindAllString(string(text), -1)
		if len(named) < 8 {
			t.Errorf("%s names %d figures", name, len(named))
		}
		for _, figure := range named {
			if !regexp.MustCompile(`(?m)^` + figure + `[{ ]`).MatchString(metrics) {
				t.Errorf("%s names %s, which the server does not have", name, figure)
			}
		}
	}
	var rules struct {
		Groups []struct {
			Rules []struct{ Alert, Expr, For string }
		}
	}
	text, err := os.ReadFile("deploy/alerts.yml")
	if err := errors.Join(err, yaml.Unmarshal(text, &rules)); err != nil || len(rules.Groups) != 1 || len(rules.Groups[0].Rules) < 7 {
		t.Errorf("deploy/alerts.yml: %+v, %v", rules, err)
	}
	if text, err = os.ReadFile("deploy/dashboard.json"); err != nil || !json.Valid(text) {
		t.Errorf("deploy/dashboard.json is no JSON, %v", err)
	}
}

// restoresElsewhere backs the machine up and restores it on an empty one, as the
// guide says: the steps before the tables, the old key, then its commands.
func restoresElsewhere(m *machine, install []string) {
	m.t.Helper()
	blocks := guideCommands(m.t, "四、备份和恢复")
	m.bash(blocks[0])
	other := newMachine(m.t)
	var before []string
	for _, block := range install {
		if strings.Contains(block, "xinyuan migrate up") {
			break
		}
		before = append(before, block)
	}
	other.bash(strings.Join(before, "\n"))
	backups, err := filepath.Glob(filepath.Join(m.root, "src/*.gz"))
	if err != nil || len(backups) != 2 {
		m.t.Fatalf("the backup is %v, %v", backups, err)
	}
	day := regexp.MustCompile(`\d{4}-\d\d-\d\d`).FindString(backups[0])
	for _, name := range []string{"src/xinyuan-" + day + ".sql.gz", "src/xinyuan-media-" + day + ".tar.gz", "etc/xinyuan/secrets/seal_keys"} {
		text, err := os.ReadFile(filepath.Join(m.root, name))
		if err != nil {
			m.t.Fatal(err)
		}
		other.write(name, string(text))
	}
	other.bash(strings.Replace(blocks[1], "day=2026-01-31", "day="+day, 1))
	other.healthy()
	if pictures, _ := filepath.Glob(filepath.Join(other.root, "var/lib/xinyuan/media/*")); len(pictures) == 0 {
		m.t.Error("the restored machine has no pictures")
	}
}

// nginx is the proxy's configuration as the guide leaves it, in the shipped words.
func (m *machine) nginx() string {
	m.t.Helper()
	conf, err := os.ReadFile(filepath.Join(m.root, "etc/nginx/conf.d/xinyuan.conf"))
	if err != nil {
		m.t.Fatal(err)
	}
	if !bytes.Contains(conf, []byte("server_name "+guideDomain)) {
		m.t.Errorf("nginx does not know the domain: %s", conf)
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(conf), m.root, ""), m.listen, "127.0.0.1:8080")
}

func (m *machine) healthy() {
	m.t.Helper()
	if said := m.bash("xinyuan doctor"); strings.Contains(said, "✗") || !strings.Contains(said, "✓") {
		m.t.Errorf("doctor: %s", said)
	}
}

// did wants that the commands asked the machine for these.
func (m *machine) did(wants ...string) {
	m.t.Helper()
	did, err := os.ReadFile(filepath.Join(m.root, "did"))
	if err != nil {
		m.t.Fatal(err)
	}
	for _, want := range wants {
		if !strings.Contains(string(did), want) {
			m.t.Errorf("the guide does not run %q: %s", want, did)
		}
	}
}

// The units are right by systemd's own reading of them.
func TestUnits(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	names, err := filepath.Glob("deploy/*.service")
	if err != nil {
		t.Fatal(err)
	}
	timers, err := filepath.Glob("deploy/*.timer")
	if err != nil || len(names) < 2 || len(timers) < 1 {
		t.Fatalf("%v %v %v", names, timers, err)
	}
	const analyser = "systemd-analyze" //nolint:misspell // its name
	args := []string{"verify", "--man=no", "--recursive-errors=one"}
	for _, name := range append(names, timers...) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		there := strings.ReplaceAll(string(text), "/usr/local/bin/xinyuan", "/bin/true") // no program is installed here
		path := filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(path, []byte(there), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if said, err := exec.CommandContext(ctx, analyser, args...).CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("systemd's check of units (make guide installs it): %v\n%s", err, said)
	}
}
