package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/urfave/cli/v3"
	"golang.org/x/sys/unix"

	"xinyuan/api"
	"xinyuan/internal/app"
	"xinyuan/internal/clock"
	"xinyuan/internal/config"
	"xinyuan/internal/devstack"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/seed"
	"xinyuan/internal/wechat/wechattest"
)

func demoCommand() *cli.Command {
	return &cli.Command{
		Name:  "demo",
		Usage: "在本机演示：自带数据库、Redis、微信替身和示例数据",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "port", Value: 8080, Usage: "端口", Sources: cli.EnvVars("PORT")},
			profileFlag(),
			scaleFlag(),
			&cli.BoolFlag{Name: "with-parent", Hidden: true, Usage: "父进程结束时一起结束（make run 用）"},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			d, err := dataOf(c)
			if err != nil {
				return err
			}
			if c.Bool("with-parent") {
				// prctl(2): SIGTERM comes when the parent, make, is gone.
				if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(syscall.SIGTERM), 0, 0, 0); err != nil {
					return fmt.Errorf("demo: %w", err)
				}
			}
			return runDemo(ctx, c.String("data"), c.Int("port"), d, c.String("config"))
		},
	}
}

// addresses is what a running demo writes into its data folder, so that the
// tools find its servers.
type addresses struct {
	MySQL string `json:"mysql"`
	Redis string `json:"redis"`
	Keys  string `json:"sealKeys"`
	// Pictures is the folder of the pictures.
	Pictures string `json:"pictures"`
}

const addressFile = "demo.json"

// The demo's message push, from the fake WeChat on this machine.
const (
	demoPushToken = "demopushtoken"
	demoPushKey   = "demopushkeydemopushkeydemopushkeydemopushke"
)

// runDemo serves the demo; the settings of the file, if any, stand where the
// demo has none of its own.
func runDemo(ctx context.Context, dir string, port int, d data, file string) (err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("端口 %d 已被占用。换一个端口：PORT=%d make run", port, port+1)
	}
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	fmt.Println("心愿 · 正在准备演示……")
	stack, err := devstack.Start(ctx, devstack.Options{Dir: dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stack.Stop()) }()
	keys, err := demoKeys(dir)
	if err != nil {
		return err
	}
	if err := mysql.Migrate(ctx, stack.MySQLDSN(), nil); err != nil {
		return err
	}
	pictures, err := filepath.Abs(filepath.Join(dir, "media"))
	if err != nil {
		return err
	}
	at := addresses{stack.MySQLDSN(), stack.RedisAddr(), keys, pictures}
	if err := fill(ctx, at, d); err != nil {
		return err
	}
	fake := wechattest.New(wechattest.Options{
		AppID: "wxdemo", Secret: "demo", Clock: clock.System(), DemoPersonas: true,
		PushToken: demoPushToken, PushKey: demoPushKey, DemoAccepts: true,
	})
	fake.PushTo("http://" + listener.Addr().String() + "/wechat/push")
	if err := fake.Start(); err != nil { //nolint:contextcheck // it serves until Close
		return err
	}
	defer func() { err = errors.Join(err, fake.Close()) }()
	cfg, err := config.Load(file, []string{
		"XINYUAN_ENV=demo", "XINYUAN_MYSQL_DSN=" + stack.MySQLDSN(), "XINYUAN_REDIS_ADDR=" + stack.RedisAddr(),
		"XINYUAN_SEAL_KEYS=" + keys, "XINYUAN_WECHAT_APPID=wxdemo", "XINYUAN_WECHAT_SECRET=demo",
		"XINYUAN_WECHAT_BASE_URL=" + fake.URL(), "XINYUAN_BOARDS_INDIVIDUAL=true",
		"XINYUAN_CONTENT_WECHAT=false", // the list alone decides, and at once: nobody waits for words in a demonstration
		"XINYUAN_MESSAGES_PROGRESS=demo-progress once thing1=title thing2=text time3=time",
		"XINYUAN_MESSAGES_WORK=demo-work-0 long_term thing1=title thing2=text time3=time",
		"XINYUAN_WECHAT_PUSH_TOKEN=" + demoPushToken, "XINYUAN_WECHAT_PUSH_KEY=" + demoPushKey,
		"XINYUAN_LIMITS_ADDRESS=", "XINYUAN_LIMITS_LOG_IN=", "XINYUAN_LIMITS_PERSON=20/1s", "XINYUAN_LIMITS_OPERATION=",
		"XINYUAN_LIMITS_PICTURE=", "XINYUAN_MEDIA_FOLDER=" + pictures,
		"XINYUAN_LIMITS_VERIFY=", "XINYUAN_LIMITS_MALFORMED=", "XINYUAN_HTTP_PUBLIC_URL=http://" + listener.Addr().String(),
	})
	if err != nil {
		return err
	}
	if err := writeAddresses(dir, at); err != nil {
		return err
	}
	return serveDemo(ctx, cfg, dir, listener)
}

func serveDemo(ctx context.Context, cfg config.Config, dir string, listener net.Listener) (err error) {
	logFile := filepath.Join(dir, "xinyuan.log")
	out, err := os.OpenFile(logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	log, err := logger(cfg, out)
	if err != nil {
		return err
	}
	clocks := clock.Systems()
	a, err := app.Open(ctx, cfg, app.Options{Clocks: clocks, Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	demo := &api.Demo{Advance: func(ctx context.Context, by time.Duration) error {
		clocks.Business.Advance(by)
		return a.DB.Tx(ctx, func(tx *mysql.Tx) error {
			return tx.SaveSetting(clockSetting, clocks.Business.Offset().String())
		})
	}}
	kept, err := a.DB.Setting(ctx, clockSetting)
	if err != nil {
		return err
	}
	if offset, err := time.ParseDuration(kept); err == nil {
		clocks.Business.SetOffset(offset)
	}
	handler, err := a.Handler(api.Options{Demo: demo}) //nolint:contextcheck // each request brings its own
	if err != nil {
		return err
	}
	fmt.Printf(banner, listener.Addr(), logFile)
	return serve(ctx, a, handler, listener, true)
}

// clockSetting is the setting under which the demo keeps how far its clock was moved.
const clockSetting = "demo.clock"

const banner = `
  心愿已经运行：http://%[1]s        接口说明：http://%[1]s/docs
  可以登录的人（登录凭证就是名字）：
    demo-resident  刘奶奶，许愿的居民       demo-member    在职党员（另有 demo-member-2 … -200）
    demo-secretary 茂山社区书记             demo-grid      网格员
    demo-leader    志愿服务队队长           demo-unit      单位联络员
    demo-street    街道负责人               demo-county    县级负责人      demo-auditor 监督员
    demo-responder 住建局的接单人，接社区吹的哨       demo-area-leader 包保领导，晚上来听大家说话
  日志：%[2]s        按 Ctrl-C 停止

`

// demoKeys reads the demo's own random keys, or makes them.
func demoKeys(dir string) (string, error) {
	path := filepath.Join(dir, "seal.keys")
	text, err := os.ReadFile(path)
	if err == nil {
		return string(text), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	keys := seal.NewDemoKeys()
	return keys, os.WriteFile(path, []byte(keys), 0o600)
}

func writeAddresses(dir string, a addresses) error {
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, addressFile), text, 0o600)
}

// data says what a seed writes.
type data struct {
	profile seed.Profile
	number  uint64 // the same number gives the same data
	scale   int    // of the load profile
}

// fill seeds a fresh database, with a bar on the terminal.
func fill(ctx context.Context, at addresses, d data) error {
	sealer, err := seal.New(at.Keys)
	if err != nil {
		return err
	}
	bar := progress("写入示例数据")
	seeded, err := seed.Fill(ctx, seed.Target{
		DSN: at.MySQL, Sealer: sealer, Now: clock.System().Now(), Profile: d.profile, Seed: d.number, Scale: d.scale,
		Step: bar, Pictures: at.Pictures,
	})
	bar(1, 1)
	if err != nil || !seeded || d.profile != seed.ProfileLoad {
		return err
	}
	return target{addresses: at}.rebuildBoards(ctx) // it has no postings that wait for boards
}

// profileFlag says what data to write; its value is checked by dataOf.
func profileFlag() cli.Flag {
	return &cli.StringFlag{Name: "profile", Value: string(seed.ProfileDemo), Usage: "示例数据：demo、county（全县一年）或 load（压力测试）"}
}

// mostMembers is how many members the load profile may have.
const mostMembers = 5_000_000

// scaleFlag says how large the load profile is.
func scaleFlag() cli.Flag {
	return &cli.IntFlag{Name: "scale", Value: 1000, Usage: "load：多少名党员（load-member-1 起）、多少个心愿"}
}

func dataOf(c *cli.Command) (data, error) {
	d := data{profile: seed.Profile(c.String("profile")), number: 1, scale: c.Int("scale")}
	switch {
	case !slices.Contains(seed.Profiles(), d.profile):
		return d, fmt.Errorf("没有名为 %q 的示例数据；现有：%v", d.profile, seed.Profiles())
	case d.scale < 1 || d.scale > mostMembers:
		return d, fmt.Errorf("--scale 要在 1 到 %d 之间", mostMembers)
	}
	return d, nil
}
