package main_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/devstack"
	"xinyuan/internal/wechat/wechattest"
)

// sqlVariable makes the test's own program what `mariadb` is in the guide: it runs
// the statements of its input at this address.
const sqlVariable = "XINYUAN_TEST_RUN_SQL"

func runSQL(dsn string) error {
	statements, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(context.Background(), string(statements))
	return err
}

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
	m.wechat = wechattest.New(wechattest.Options{AppID: guideAppID, Secret: guideSecret, Clock: clock.System()})
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
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	m.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + m.root, "SSL_CERT_FILE=" + authority, "ROOT=" + m.root, "SELF=" + self,
		sqlVariable + "=" + strings.TrimSuffix(stack.MySQLDSN(), "xinyuan") + "?multiStatements=true",
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
mariadb() { "$SELF"; }
xinyuan() { XINYUAN_TEST_RUN_SQL= "$ROOT/usr/local/bin/xinyuan" --env "$ROOT/etc/xinyuan/xinyuan.env" "$@"; }
install() {
  local kept=()
  while [ $# -gt 0 ]; do case $1 in -o|-g) shift 2 ;; *) kept+=("$1"); shift ;; esac; done
  command install "${kept[@]}"
}
`

// bash runs commands of the guide, with the AppSecret on the keyboard.
func (m *machine) bash(commands string) string {
	m.t.Helper()
	cmd := exec.CommandContext(m.t.Context(), "bash", "-c", around+m.moved.Replace(commands))
	cmd.Env, cmd.Stdin = m.env, strings.NewReader(guideSecret+"\n")
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

// guideCommands are the blocks of the section that the officer pastes, in order.
// They share one shell's variables.
func guideCommands(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, m := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, m[1])
	}
	if len(blocks) < 10 {
		t.Fatalf("the guide has %d blocks of commands", len(blocks))
	}
	return blocks
}

// The guide's own commands, pasted on an empty machine, lead to a county that
// serves: WeChat is reached as in production, through an egress proxy, the phones
// come through Debian's nginx, and 岗位 gives the roles.
func TestGuide(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	blocks := guideCommands(t)
	install, officer := strings.Join(blocks[:len(blocks)-1], "\n"), blocks[len(blocks)-1]
	m.bash(install + "\necho XINYUAN_WECHAT_PROXY=" + m.egress.URL + " >> /etc/xinyuan/xinyuan.env")
	server := m.serve()
	defer server.stop(t, syscall.SIGTERM)
	conf, err := os.ReadFile(filepath.Join(m.root, "etc/nginx/conf.d/xinyuan.conf"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(conf, []byte("server_name "+guideDomain)) {
		t.Errorf("nginx does not know the domain: %s", conf)
	}
	p := apptest.StartNginx(t, strings.ReplaceAll(strings.ReplaceAll(string(conf), m.root, ""), m.listen, "127.0.0.1:8080"), m.listen)
	county := &county{t: t, m: m, base: "https://" + p.TLS + "/api/v1", client: p.From(t, "127.0.0.2"), tokens: map[string]string{}}
	county.walk(func(number string) string {
		return m.bash(strings.Replace(officer, "12345678", number, 1))
	})
	if said := m.bash("xinyuan doctor"); strings.Contains(said, "✗") {
		t.Errorf("doctor: %s", said)
	}
	if !strings.Contains(server.said.String(), "WeChat knows this installation") {
		t.Errorf("the server does not say how it stands with WeChat: %s", server.said)
	}
	_, metrics := server.get(t, "/metrics")
	for _, want := range []string{
		`xinyuan_wechat_calls_total{path="/sns/jscode2session",result="ok"} 5`, "xinyuan_outbox_oldest_seconds 0",
		`xinyuan_sweeps_total{result="failed"} 0`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if m.egress.Refused() != 0 {
		t.Errorf("the program went elsewhere than to WeChat %d times", m.egress.Refused())
	}
	did, err := os.ReadFile(filepath.Join(m.root, "did"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"useradd --system", "systemctl enable --now xinyuan.service", "nginx -t"} {
		if !strings.Contains(string(did), want) {
			t.Errorf("the guide does not run %q: %s", want, did)
		}
	}
}

// county is the people of the new county, on their phones.
type county struct {
	t      *testing.T
	m      *machine
	base   string
	client *http.Client
	tokens map[string]string
}

// call sends as the person and wants the status.
func (c *county) call(who, method, path string, body any, want int) map[string]any {
	c.t.Helper()
	if c.tokens[who] == "" && path != "/sessions" {
		answer := c.call(who, "POST", "/sessions", map[string]any{"code": c.m.wechat.NewCode("openid-" + who)}, 201)
		c.tokens[who], _ = answer["token"].(string)
	}
	text, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, bytes.NewReader(text))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if path != "/sessions" {
		r.Header.Set("Authorization", "Bearer "+c.tokens[who])
	}
	response, err := c.client.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	said, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if response.StatusCode != want {
		c.t.Fatalf("%s %s as %s: %d, want %d: %s", method, path, who, response.StatusCode, want, said)
	}
	var answer map[string]any
	if len(said) > 0 {
		if err := json.Unmarshal(said, &answer); err != nil {
			c.t.Fatal(err)
		}
	}
	return answer
}

func (c *county) number(who string) string {
	c.t.Helper()
	return fmt.Sprint(c.call(who, "GET", "/me/number", nil, 200)["number"])
}

// give finds a person by their number, as the page 岗位 does, and gives a role.
func (c *county) give(from, to, role, node string) {
	c.t.Helper()
	found := c.call(from, "GET", "/people?number="+c.number(to), nil, 200)
	c.call(from, "POST", "/grants", map[string]any{"userId": found["id"], "role": role, "nodeId": node}, 201)
}

// child is the place of this name below a place.
func (c *county) child(of, name string) string {
	c.t.Helper()
	items, _ := c.call("officer", "GET", "/nodes?parentId="+of, nil, 200)["items"].([]any)
	for _, item := range items {
		if node, _ := item.(map[string]any); node["name"] == name {
			return fmt.Sprint(node["id"])
		}
	}
	c.t.Fatalf("no %s below %s: %v", name, of, items)
	return ""
}

// walk leads from the first officer over 岗位 to a published wish.
func (c *county) walk(install func(number string) string) {
	c.t.Helper()
	if said := install(c.number("officer")); !strings.Contains(said, "已设为县级负责人") {
		c.t.Fatalf("install: %s", said)
	}
	roots, _ := c.call("officer", "GET", "/nodes?kind=county", nil, 200)["items"].([]any)
	top, _ := roots[0].(map[string]any)
	street := c.child(fmt.Sprint(top["id"]), "茂山街道")
	community := c.child(street, "茂山社区")
	c.give("officer", "street", "street", street)
	c.give("street", "secretary", "secretary", community)
	wish := c.call("resident", "POST", "/wishes", map[string]any{
		"nodeId": community, "category": "repair", "title": "想修一下厨房的灯", "description": "灯不亮了，够不着。",
		"contact": map[string]any{"name": "刘桂兰", "phone": "13904350001", "address": "3 号楼 2 单元 301"},
	}, 201)
	path := "/wishes/" + fmt.Sprint(wish["id"])
	c.call("secretary", "POST", path+"/review", map[string]any{"decision": "publish"}, 200)
	published, _ := c.call("resident-2", "GET", path, nil, 200)["wish"].(map[string]any)
	if published["status"] != "open" {
		c.t.Errorf("the wish: %v", published)
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
		t.Errorf("systemd's check of units (make systemd installs it): %v\n%s", err, said)
	}
}
