package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/mysql"
	"xinyuan/internal/user"
)

func installCommand() *cli.Command {
	return &cli.Command{
		Name:      "install",
		Usage:     "设第一位县级负责人：先在小程序里登录，再用“我的 → 我的号码”里的八位号码",
		ArgsUsage: "号码",
		Action: func(ctx context.Context, c *cli.Command) error {
			number := strings.ReplaceAll(strings.Join(c.Args().Slice(), ""), " ", "") // the page shows it in two halves
			if number == "" {
				return errors.New("请写明号码：xinyuan install 号码（小程序“我的 → 我的号码”里的八位数字）")
			}
			t, err := findTarget(c, writes)
			if err != nil {
				return err
			}
			return t.onDatabase(ctx, func(db *mysql.DB) error { return installFirst(ctx, db, number) })
		},
	}
}

// installFirst makes the person with the number the county's first secretary.
func installFirst(ctx context.Context, db *mysql.DB, number string) error {
	person, err := user.WithNumber(ctx, db, number)
	if fault.Has(err, fault.ReasonNotFound) {
		return fmt.Errorf("没有号码是 %s 的人。请先登录一次小程序，打开“我的 → 我的号码”，照上面的八位数字写", number)
	}
	if err != nil {
		return err
	}
	switch err = grant.New(db, nil).Install(ctx, person); {
	case fault.Has(err, fault.ReasonNotFound):
		return errors.New("还没有导入区划。请先运行 xinyuan import divisions")
	case fault.Has(err, fault.ReasonGrantExists):
		return errors.New("这个人已经是县级负责人")
	case err != nil:
		return err
	}
	fmt.Println("已设为县级负责人。其他岗位请在系统里安排。")
	return nil
}
