package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"xinyuan/configs"
	"xinyuan/internal/config"
)

func complete(more ...string) []string {
	return append([]string{
		"XINYUAN_MYSQL_DSN=u:dsn-secret@tcp(db)/x", "XINYUAN_REDIS_ADDR=r:6379", "XINYUAN_SEAL_KEYS=k1:seal-secret",
		"XINYUAN_WECHAT_APPID=wx1", "XINYUAN_WECHAT_SECRET=app-secret", "XINYUAN_MEDIA_FOLDER=/var/lib/xinyuan/media", "HOME=/root", "XINYUAN_TEST_REDIS_ADDR=x",
	}, more...)
}

func TestEnvironment(t *testing.T) {
	c, err := config.Load("", complete("XINYUAN_HTTP_BODY_LIMIT=2048", "XINYUAN_SESSION_LIFE=2h"))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	if c.HTTP.BodyLimit != 2048 || c.Session.Life != 2*time.Hour || c.MySQL.Pool != 16 {
		t.Errorf("read %+v", c)
	}
}

func TestSecretsFromFilesNeverShow(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("from-a-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load("", complete("XINYUAN_REDIS_PASSWORD_FILE="+file))
	if err != nil {
		t.Fatal(err)
	}
	if c.Redis.Password.Reveal() != "from-a-file" {
		t.Errorf("read %q", c.Redis.Password.Reveal())
	}
	shown := fmt.Sprintf("%v %+v %#v %s", c, c, c, c.MySQL.DSN)
	for _, secret := range []string{"from-a-file", "dsn-secret", "seal-secret", "app-secret"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%s shows in %s", secret, shown)
		}
	}
}

func TestMistakesAreNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(file, []byte("http:\n  prot: 80\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, file, variable, want string }{
		{"unknown variable", "", "XINYUAN_MYSQL_DNS=x", "没有 XINYUAN_MYSQL_DNS 这个设置"},
		{"unknown key", file, "A=b", "没有 http.prot 这个设置"},
		{"wrong type", "", "XINYUAN_MYSQL_POOL=many", "mysql.pool 的值读不懂"},
		{"no rate", "", "XINYUAN_LIMITS_PERSON=20", "limits.person 的值读不懂"},
		{"no such file", "", "XINYUAN_SEAL_KEYS_FILE=/none", "XINYUAN_SEAL_KEYS_FILE 写的文件读不了"},
		{"not there", "/none.yaml", "A=b", "/none.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := config.Load(c.file, []string{c.variable})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestSettingsThatAreWrong(t *testing.T) {
	for _, c := range []struct{ variable, want string }{
		{"XINYUAN_WECHAT_BASE_URL=http://127.0.0.1:1", "wechat.base_url"},
		{"XINYUAN_SEAL_KEYS=k1:x,demo:y", "演示的密钥"},
		{"XINYUAN_ENV=test", "env 写的是"},
		{"XINYUAN_MYSQL_POOL=1", "mysql.pool"},
		{"XINYUAN_LOG_LEVEL=loud", "log.level"},
		{"XINYUAN_MEDIA_FOLDER=", "XINYUAN_MEDIA_FOLDER"},
		{"XINYUAN_MYSQL_DSN=", "XINYUAN_MYSQL_DSN"},
		{"XINYUAN_WECHAT_PUSH_TOKEN=abc", "wechat.push_key"},
		{"XINYUAN_WECHAT_PUSH_KEY=" + strings.Repeat("A", 43), "要一起写"},
	} {
		cfg, err := config.Load("", complete(c.variable))
		if err != nil {
			t.Fatal(err)
		}
		if err := cfg.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", c.variable, err)
		}
	}
}

var (
	han  = regexp.MustCompile(`\p{Han}`)
	name = regexp.MustCompile(`[a-z]+\.[a-z]|XINYUAN_|env|--config|文件`)
)

// Whatever is wrong is said in Chinese, a line each, with the setting's name.
func TestMistakesAreToldInChinese(t *testing.T) {
	t.Parallel()
	bad := []string{"XINYUAN_ENV=test", "XINYUAN_HTTP_PUBLIC_URL=x", "XINYUAN_WECHAT_PROXY=x", "XINYUAN_LOG_LEVEL=loud",
		"XINYUAN_WECHAT_PUSH_KEY=short", "XINYUAN_WECHAT_PUSH_TOKEN=a b", "XINYUAN_ATTENDANCE_GUESSES="}
	for _, key := range []string{
		"HTTP_DRAIN", "HTTP_SHUTDOWN", "HTTP_TIMEOUT", "MYSQL_WAIT", "WECHAT_TIMEOUT", "SESSION_LIFE", "ATTENDANCE_BEFORE",
		"ATTENDANCE_AFTER", "SERVICE_LATE_ENTRY",
	} {
		bad = append(bad, "XINYUAN_"+key+"=9999h")
	}
	for _, key := range []string{
		"HTTP_BODY_LIMIT", "MYSQL_POOL", "SERVICE_SAMPLE_PERCENT", "SERVICE_OFFLINE_SAMPLE_PERCENT", "SERVICE_WATCH_DAYS",
		"SERVICE_WATCH_HOURS", "SERVICE_WATCH_RECORDS", "SERVICE_WATCH_PERCENT", "YES_WATCH_DAYS", "YES_WATCH_YESES",
		"YES_WATCH_PERCENT", "YES_DENIED_PERCENT",
	} {
		bad = append(bad, "XINYUAN_"+key+"=-1")
	}
	cfg, err := config.Load("", bad)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(cfg.Check().Error(), "\n")
	if len(lines) != len(bad)+6 { // and all that is missing
		t.Errorf("%d lines for %d mistakes: %s", len(lines), len(bad)+6, strings.Join(lines, "\n"))
	}
	file := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(file, []byte("http: [\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{"", "XINYUAN_MYSQL_DNS=x"}, {"", "XINYUAN_MYSQL_POOL=secret-value"}, {"", "XINYUAN_SEAL_KEYS_FILE=/none"}, {"/none.yaml", "A=b"}, {file, "A=b"},
		{"", "XINYUAN_LIMITS_PERSON=secret-value"}, {"", "XINYUAN_HTTP_DRAIN=secret-value"},
	} {
		_, err := config.Load(c[0], []string{c[1]})
		if err == nil || strings.Contains(err.Error(), "secret-value") {
			t.Fatalf("%v: %v", c, err)
		}
		lines = append(lines, err.Error())
	}
	for _, line := range lines {
		if !han.MatchString(line) || !name.MatchString(line) {
			t.Errorf("an operator reads %q", line)
		}
	}
}

// Every key has a sentence just above it.
func TestEveryKeyIsCommented(t *testing.T) {
	lines := strings.Split(string(configs.Default), "\n")
	key := regexp.MustCompile(`^ *[a-z_]+: \S`)
	for i, line := range lines {
		if key.MatchString(line) && !strings.HasPrefix(strings.TrimSpace(lines[i-1]), "#") {
			t.Errorf("no sentence above %q", line)
		}
	}
}
