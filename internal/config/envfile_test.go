package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xinyuan/internal/config"
)

func envFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "xinyuan.env")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The file is read as systemd would read it, and the environment wins over it.
func TestEnvironmentFile(t *testing.T) {
	path := envFile(t, "# the county's\n\nXINYUAN_REDIS_ADDR=file:6379\nXINYUAN_WECHAT_APPID='wx2'\n"+
		`XINYUAN_MYSQL_DSN="u:p$HOME#1@tcp(db)/x"`+"\nHTTPS_PROXY=http://egress:3128\n")
	environ, err := config.WithFile(path, []string{"XINYUAN_REDIS_ADDR=process:6379"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Load("", environ)
	if err != nil {
		t.Fatal(err)
	}
	if c.Redis.Addr != "process:6379" || c.WeChat.AppID != "wx2" || c.MySQL.DSN.Reveal() != "u:p$HOME#1@tcp(db)/x" {
		t.Errorf("read %q, %q, %q", c.Redis.Addr, c.WeChat.AppID, c.MySQL.DSN.Reveal())
	}
}

// A mistake names the file, and never what stands in it.
func TestMistakesInTheEnvironmentFile(t *testing.T) {
	bad := envFile(t, "XINYUAN_WECHAT_SECRET s3cret\n")
	for path, want := range map[string]string{bad: bad, "/nowhere/xinyuan.env": "/nowhere/xinyuan.env"} {
		_, err := config.WithFile(path, nil)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", path, err)
		}
	}
	environ, err := config.WithFile(envFile(t, "XINYUAN_MYSQL_POOLS=3\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := config.Load("", environ); err == nil || !strings.Contains(err.Error(), "没有 XINYUAN_MYSQL_POOLS 这个设置") {
		t.Errorf("a misspelt setting: %v", err)
	}
}
