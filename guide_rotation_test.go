package main_test

import (
	"strings"
	"syscall"
)

const newSecret = "fedcba9876543210fedcba9876543210"

// rotates changes AppSecret, database password and keys by the guide's own commands:
// what was there before still works, what is new takes the new one, and the old one is
// good for nothing.
func (c *county) rotates() {
	c.t.Helper()
	blocks := guideCommands(c.t, "五、升级和轮换")
	if len(blocks) != 3 {
		c.t.Fatalf("the guide rotates %d things", len(blocks))
	}
	c.rotatesSecret(blocks[0])
	c.rotatesPassword(blocks[1])
	c.rotatesKeys(blocks[2])
}

// during runs the server, and logs a person in who has not been here.
func (c *county) during(newcomer string, status int, do func()) string {
	c.t.Helper()
	server := c.m.serve()
	c.call(newcomer, "POST", "/sessions", map[string]any{"code": c.m.wechat.NewCode("openid-" + newcomer)}, status)
	do()
	server.stop(c.t, syscall.SIGTERM)
	return server.said.String()
}

func (c *county) rotatesSecret(commands string) {
	c.t.Helper()
	phone := func(status int) func() {
		return func() {
			c.t.Helper()
			c.call("resident-2", "POST", "/me/phone", map[string]any{"code": c.m.wechat.NewPhoneCode("13904350002")}, status)
		}
	}
	c.during("before", 201, phone(200)) // keeps a token in Redis
	c.m.wechat.SetSecret(newSecret)
	if said := c.during("refused", 503, phone(503)); !strings.Contains(said, "AppSecret 不对") {
		c.t.Errorf("the old AppSecret: %s", said)
	}
	c.m.types(newSecret, commands)
	if said := c.during("after", 201, phone(200)); !strings.Contains(said, "WeChat knows this installation") {
		c.t.Errorf("the new AppSecret: %s", said)
	}
}

func (c *county) rotatesPassword(commands string) {
	c.t.Helper()
	c.m.bash("cp /etc/xinyuan/secrets/mysql_dsn \"$ROOT/old_dsn\"\n" + commands)
	c.during("after-password", 201, func() { c.call("resident", "GET", c.wish, nil, 200) })
	said := c.m.bash("XINYUAN_MYSQL_DSN_FILE=\"$ROOT/old_dsn\" xinyuan migrate status 2>&1 || true")
	if !strings.Contains(said, "不认 mysql.dsn 里的用户名或密码") {
		c.t.Errorf("the old password: %s", said)
	}
}

func (c *county) rotatesKeys(commands string) {
	c.t.Helper()
	if said := c.m.bash("cp /etc/xinyuan/secrets/seal_keys \"$ROOT/old_keys\"\n" + commands); strings.Contains(said, "✗") {
		c.t.Errorf("doctor: %s", said)
	}
	contact := map[string]any{"name": "赵德顺", "phone": "13904350003", "address": "5 号楼 1 单元 102"}
	c.during("after-keys", 201, func() {
		c.call("resident", "POST", "/wishes", map[string]any{
			"nodeId": c.home, "category": "repair", "title": "想换一把门锁", "description": "锁打不开了。", "contact": contact,
		}, 201)
		if read := c.call("secretary", "GET", c.wish+"/contact", nil, 200); read["name"] != "刘桂兰" {
			c.t.Errorf("what the old key sealed is read as %v", read)
		}
	})
	keys := c.m.bash("mariadb xinyuan -Ne \"SELECT COUNT(*), SUM(LOCATE('k1', SUBSTRING(name, 1, 8)) > 0), " +
		"SUM(LOCATE('k2', SUBSTRING(name, 1, 8)) > 0) FROM contacts WHERE noun = 'wish'\"")
	if keys != "2\t1\t1\n" {
		c.t.Errorf("contacts, by the old key, by the new: %q", keys)
	}
	said := c.m.bash("XINYUAN_SEAL_KEYS_FILE=\"$ROOT/old_keys\" xinyuan doctor 2>&1 || true")
	if !strings.Contains(said, "密钥 k2 不在") {
		c.t.Errorf("doctor without the new key: %s", said)
	}
}
