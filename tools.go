package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/app"
	"xinyuan/internal/bucket"
	"xinyuan/internal/clock"
	"xinyuan/internal/config"
	"xinyuan/internal/doctor"
	"xinyuan/internal/importer"
	"xinyuan/internal/mysql"
	"xinyuan/internal/redis"
	"xinyuan/internal/seal"
)

// target is the installation that a tool works on: the environment's where it
// names one, otherwise the running demo in the data folder.
type target struct {
	addresses
	env      config.Env
	password string         // of Redis
	bucket   *bucket.Bucket // where pictures are kept instead of the folder; nil: in it
}

// access says what a tool does with the records of an installation.
type access bool

const (
	reads  access = false
	writes access = true
)

// findTarget finds the installation. A tool that writes takes the demo only where
// the call names it: on a server whose settings were not found it would say that
// all is done, and the county's database would be as before.
func findTarget(c *cli.Command, a access) (target, error) {
	cfg, err := settings(c)
	if err != nil {
		return target{}, err
	}
	named := c.Bool("demo") || c.IsSet("data")
	if cfg.MySQL.DSN != "" {
		if c.Bool("demo") {
			return target{}, fmt.Errorf("写了 --demo，却也有正式环境的设置（%s 或环境变量）：去掉其中一个", c.String("env"))
		}
		at := addresses{cfg.MySQL.DSN.Reveal(), cfg.Redis.Addr, cfg.Seal.Keys.Reveal(), cfg.Media.Folder}
		store, err := app.Bucket(cfg)
		return target{at, cfg.Env, cfg.Redis.Password.Reveal(), store}, err
	}
	where := c.String("data")
	text, err := os.ReadFile(filepath.Join(where, addressFile))
	if err != nil {
		return target{}, fmt.Errorf("没有正式环境的设置（%s 或 XINYUAN_MYSQL_DSN），%s 里也没有运行中的演示（先运行 make run）",
			c.String("env"), where)
	}
	if a == writes && !named {
		return target{}, fmt.Errorf("没有正式环境的设置（%s 或 XINYUAN_MYSQL_DSN），只找到 %s 里的演示。"+
			"要写进演示，请加 --demo：xinyuan --demo …", c.String("env"), where)
	}
	if !named {
		fmt.Fprintf(os.Stderr, "没有正式环境的设置，用的是 %s 里的演示\n", where)
	}
	t := target{env: config.Demo}
	return t, json.Unmarshal(text, &t.addresses)
}

func (t target) database(ctx context.Context) (*mysql.DB, error) {
	return mysql.Open(ctx, t.MySQL, mysql.Options{Pool: 4, Business: clock.System()})
}

// onDatabase does it with the database, and closes that.
func (t target) onDatabase(ctx context.Context, do func(*mysql.DB) error) (err error) {
	db, err := t.database(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(db)
}

// open connects to both servers.
func (t target) open(ctx context.Context) (*mysql.DB, *redis.Client, error) {
	db, err := t.database(ctx)
	if err != nil {
		return nil, nil, err
	}
	cache, err := redis.Open(redis.Options{Addr: t.Redis, Password: t.password})
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, cache, nil
}

func migrateCommand() *cli.Command {
	return &cli.Command{
		Name:  "migrate",
		Usage: "数据库结构：up 升级，status 查看",
		Commands: []*cli.Command{
			{Name: "up", Usage: "升级到本程序的结构", Action: func(ctx context.Context, c *cli.Command) error {
				t, err := findTarget(c, writes)
				if err != nil {
					return err
				}
				return mysql.Migrate(ctx, t.MySQL, func(name string) { fmt.Println("已应用", name) })
			}},
			{Name: "status", Usage: "查看还有哪些没有应用", Action: func(ctx context.Context, c *cli.Command) error {
				t, err := findTarget(c, reads)
				if err != nil {
					return err
				}
				steps, err := mysql.Migrations(ctx, t.MySQL)
				for _, s := range steps {
					state := "未应用"
					if s.Applied {
						state = "已应用"
					}
					fmt.Println(state, s.Name)
				}
				return err
			}},
		},
	}
}

func seedCommand() *cli.Command {
	return &cli.Command{
		Name:  "seed",
		Usage: "写入示例数据（正式环境拒绝）",
		Flags: []cli.Flag{
			profileFlag(),
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "同一个数得到同样的数据"},
			scaleFlag(),
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			what, err := dataOf(c)
			if err != nil {
				return err
			}
			t, err := findTarget(c, reads) // what seed writes is a demo's by nature
			if err != nil {
				return err
			}
			if t.env == config.Production {
				return errors.New("正式环境不能写入示例数据")
			}
			what.number = c.Uint64("seed")
			return fill(ctx, t.addresses, what)
		},
	}
}

// imports are the tables that can be imported.
var imports = []struct {
	name, usage string
	run         func(context.Context, *mysql.DB, target, io.Reader, importer.Options) (importer.Report, error)
}{
	{"divisions", "区划：code、name、kind、parent_code 四列，可加 service_phone；CSV 或 xlsx",
		func(ctx context.Context, db *mysql.DB, _ target, file io.Reader, o importer.Options) (importer.Report, error) {
			return importer.Divisions(ctx, db, file, o.Commit)
		}},
	{"units", "单位：单位名称、所属社区（或所属街道），可加单位编码；CSV 或 xlsx",
		func(ctx context.Context, db *mysql.DB, _ target, file io.Reader, o importer.Options) (importer.Report, error) {
			return importer.Units(ctx, db, file, o)
		}},
	{"duties", "街道职责清单：编号、板块、职能、事项、承担方式（主体或配合），可加牵头部门、社区参与、关键词；xlsx 或 CSV",
		func(ctx context.Context, db *mysql.DB, _ target, file io.Reader, o importer.Options) (importer.Report, error) {
			return importer.Duties(ctx, db, file, o)
		}},
	{"holidays", "法定节假日：日期、安排（放假或上班）、节日；CSV 或 xlsx，只收还没到的日子",
		func(ctx context.Context, db *mysql.DB, _ target, file io.Reader, o importer.Options) (importer.Report, error) {
			return importer.Holidays(ctx, db, file, o)
		}},
	{"hotline", "热线（12345）转来的事：热线编号、社区、类别、在哪里、要办的事，可加姓名、电话、住址、不公开；xlsx 或 CSV，编号已有的不动",
		func(ctx context.Context, db *mysql.DB, t target, file io.Reader, o importer.Options) (importer.Report, error) {
			sealer, err := seal.New(t.Keys)
			if err != nil {
				return importer.Report{}, err
			}
			return importer.Hotline(ctx, db, sealer, file, o)
		}},
	{"roster", "单位的党员名册：姓名、单位，可加报到社区、手机号；CSV 或 xlsx。名册里的人报到时自动通过",
		func(ctx context.Context, db *mysql.DB, t target, file io.Reader, o importer.Options) (importer.Report, error) {
			sealer, err := seal.New(t.Keys)
			if err != nil {
				return importer.Report{}, err
			}
			return importer.Roster(ctx, db, sealer, file, o)
		}},
}

func importCommand() *cli.Command {
	command := &cli.Command{Name: "import", Usage: "导入表格；先试运行，加 --commit 才写入"}
	for _, i := range imports {
		command.Commands = append(command.Commands, &cli.Command{
			Name: i.name, Usage: i.usage, ArgsUsage: "文件",
			Flags: []cli.Flag{&cli.BoolFlag{Name: "commit", Usage: "写入"}},
			Action: func(ctx context.Context, c *cli.Command) error {
				path := c.Args().First()
				if path == "" {
					return fmt.Errorf("请写明文件：xinyuan import %s 文件", i.name)
				}
				file, err := os.Open(path)
				if err != nil {
					return fmt.Errorf("打不开文件：%w", err)
				}
				defer func() { _ = file.Close() }()
				commit := c.Bool("commit")
				t, err := findTarget(c, access(commit))
				if err != nil {
					return err
				}
				return t.onDatabase(ctx, func(db *mysql.DB) error {
					r, err := i.run(ctx, db, t, file, importer.Options{Commit: commit, Step: progress("写入")})
					return sayImport(r, err, commit)
				})
			},
		})
	}
	return command
}

func doctorCommand() *cli.Command {
	return &cli.Command{
		Name:  "doctor",
		Usage: "检查数据是否前后一致；有问题时退出码为 1",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "输出 JSON"},
			&cli.StringSliceFlag{Name: "only", Usage: "只查这几项，写 JSON 里的 name，用逗号隔开"},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			only := c.StringSlice("only")
			for _, name := range only {
				if !slices.Contains(doctor.Checks(), name) {
					return fmt.Errorf("没有 %s 这一项，有的是：%s", name, strings.Join(doctor.Checks(), "、"))
				}
			}
			t, err := findTarget(c, reads)
			if err != nil {
				return err
			}
			return t.examine(ctx, c.Bool("json"), only...)
		},
	}
}

// examine runs doctor and says what it found.
func (t target) examine(ctx context.Context, asJSON bool, only ...string) error {
	db, cache, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = errors.Join(db.Close(), cache.Close()) }()
	sealer, err := seal.New(t.Keys)
	if err != nil {
		return err
	}
	return report(doctor.Each(ctx, doctor.Installation{
		DB: db, Redis: cache, Machine: clock.System(), Pictures: t.Pictures, Bucket: t.bucket, Sealer: sealer,
	}, only...), asJSON)
}

// report writes each result as it comes, as JSON all at the end.
func report(each iter.Seq2[doctor.Result, error], asJSON bool) error {
	results := []doctor.Result{}
	bad := 0
	for r, err := range each {
		if err != nil {
			return err
		}
		results = append(results, r)
		mark := "✓"
		if len(r.Findings) > 0 {
			bad++
			mark = "✗"
		}
		if asJSON {
			continue
		}
		fmt.Println(mark, r.Says+spent(r.Took))
		for _, f := range r.Findings {
			fmt.Printf("    %s\n", f)
		}
	}
	if asJSON {
		if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
			return err
		}
	}
	if bad > 0 {
		return cli.Exit(fmt.Sprintf("有 %d 项不一致", bad), 1)
	}
	return nil
}

// spent is how long a check took, where somebody waited for it.
func spent(d time.Duration) string {
	if d < 5*time.Second {
		return ""
	}
	return fmt.Sprintf("（用了 %.0f 秒）", d.Seconds())
}
