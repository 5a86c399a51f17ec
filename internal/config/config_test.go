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
		{"unknown variable", "", "XINYUAN_MYSQL_DNS=x", "XINYUAN_MYSQL_DNS is no setting"},
		{"unknown key", file, "A=b", "prot"},
		{"wrong type", "", "XINYUAN_MYSQL_POOL=many", "pool"},
		{"no rate", "", "XINYUAN_LIMITS_PERSON=20", "is no rate"},
		{"no such file", "", "XINYUAN_SEAL_KEYS_FILE=/none", "XINYUAN_SEAL_KEYS_FILE"},
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

func TestCheck(t *testing.T) {
	for _, c := range []struct{ variable, want string }{
		{"XINYUAN_WECHAT_BASE_URL=http://127.0.0.1:1", "wechat.base_url"},
		{"XINYUAN_SEAL_KEYS=k1:x,demo:y", "demo's key"},
		{"XINYUAN_ENV=test", "env is"},
		{"XINYUAN_MYSQL_POOL=1", "mysql.pool"},
		{"XINYUAN_LOG_LEVEL=loud", "log.level"},
		{"XINYUAN_MEDIA_FOLDER=", "XINYUAN_MEDIA_FOLDER"},
		{"XINYUAN_MYSQL_DSN=", "XINYUAN_MYSQL_DSN"},
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
