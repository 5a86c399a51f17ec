package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/org"
)

func installCommand() *cli.Command {
	return &cli.Command{
		Name:      "install",
		Usage:     "设第一位县级负责人：先在小程序里登录，再用“我的”里的编号",
		ArgsUsage: "编号",
		Action: func(ctx context.Context, c *cli.Command) error {
			var person id.User
			if err := person.UnmarshalText([]byte(c.Args().First())); err != nil {
				return errors.New("请写明编号：xinyuan install 编号（小程序“我的”里的数字）")
			}
			t, err := findTarget(c)
			if err != nil {
				return err
			}
			db, err := t.database(ctx)
			if err != nil {
				return err
			}
			defer func() { _ = db.Close() }()
			switch err = org.New(db, nil).Install(ctx, person); {
			case fault.Has(err, fault.ReasonNotFound):
				return errors.New("没有这个人，或者还没有导入区划。请先登录一次小程序，并运行 xinyuan import divisions")
			case fault.Has(err, fault.ReasonGrantExists):
				return errors.New("这个人已经是县级负责人")
			case err != nil:
				return err
			}
			fmt.Println("已设为县级负责人。其他岗位请在系统里安排。")
			return nil
		},
	}
}
