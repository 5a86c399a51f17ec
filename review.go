package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/clock"
	"xinyuan/internal/mysql"
	"xinyuan/internal/review"
	"xinyuan/internal/seal"
)

// day is how the operator counts the life of review codes.
const day = 24 * time.Hour

func reviewCommand() *cli.Command {
	return &cli.Command{
		Name:  "review",
		Usage: "微信审核用的账号：on 打开，off 关上，status 查看",
		Commands: []*cli.Command{{
			Name: "on", Usage: "每种岗位给一个审核码，以前的作废；审核码只显示这一次",
			Flags:  []cli.Flag{&cli.IntFlag{Name: "days", Value: 14, Usage: "几天以后自己过期，最多 30 天"}},
			Action: withReviews(writes, reviewOn),
		}, {
			Name: "off", Usage: "审核码全部作废，用它们登录的人马上退出", Action: withReviews(writes, reviewOff),
		}, {
			Name: "status", Usage: "现在开着没有，哪个码登录过几次", Action: withReviews(reads, reviewStatus),
		}},
	}
}

type reviewAction func(context.Context, *cli.Command, *review.Reviews) error

func withReviews(a access, run reviewAction) cli.ActionFunc {
	return func(ctx context.Context, c *cli.Command) error {
		t, err := findTarget(c, a)
		if err != nil {
			return err
		}
		sealer, err := seal.New(t.Keys)
		if err != nil {
			return err
		}
		return t.onDatabase(ctx, func(db *mysql.DB) error { return run(ctx, c, review.New(db, sealer, clock.System())) })
	}
}

func reviewOn(ctx context.Context, c *cli.Command, r *review.Reviews) error {
	given, err := r.SwitchOn(ctx, time.Duration(c.Int("days"))*day)
	if errors.Is(err, review.ErrLife) {
		return errors.New("--days 写 1 到 30：审核码不能一直有效")
	}
	if err != nil {
		return err
	}
	fmt.Printf("审核账号已打开，到 %s 自己关上。把下面几行写进公众平台审核页的“测试账号”，审核通过以后运行 xinyuan review off。\n",
		shanghai(given[0].Until))
	for _, g := range given {
		fmt.Printf("%s：%s\n", g.Account, g.Code)
	}
	return nil
}

func reviewOff(ctx context.Context, _ *cli.Command, r *review.Reviews) error {
	err := r.SwitchOff(ctx)
	if err == nil {
		fmt.Println("审核账号已关上，审核码全部作废。")
	}
	return err
}

func reviewStatus(ctx context.Context, _ *cli.Command, r *review.Reviews) error {
	codes, err := r.ListCodes(ctx)
	if err != nil {
		return err
	}
	on := false
	for _, code := range codes {
		on = on || code.Holds(clock.System().Now())
	}
	if on {
		fmt.Println("审核账号开着。")
	} else {
		fmt.Println("审核账号关着。")
	}
	for _, code := range codes {
		how := "有效到 " + shanghai(code.Until)
		switch {
		case code.EndedAt != nil:
			how = "已作废"
		case !code.Holds(clock.System().Now()):
			how = "已过期"
		}
		fmt.Printf("%s：%s，登录过 %d 次", code.Account, how, code.LogIns)
		if code.LastAt != nil {
			fmt.Printf("，最近一次 %s", shanghai(*code.LastAt))
		}
		fmt.Println()
	}
	return nil
}

func shanghai(at time.Time) string { return at.In(clock.Shanghai).Format("2006-01-02 15:04") }
