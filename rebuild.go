package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/leaderboard"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/seal"
	"xinyuan/internal/wish"
)

func rebuildCommand() *cli.Command {
	return &cli.Command{
		Name:  "rebuild",
		Usage: "重新计算：boards 排行榜，names 报到人姓名的查找码，seals 用最新的密钥密封，words 心愿的查找词",
		Commands: []*cli.Command{{
			Name: "boards", Usage: "照积分流水重新计算全部排行榜；服务开着也可以",
			Action: func(ctx context.Context, c *cli.Command) error {
				t, err := findTarget(c, reads) // boards are derived
				if err != nil {
					return err
				}
				return t.rebuildBoards(ctx)
			},
		}, {
			Name: "names", Usage: "升级后运行一次：打开以前报到时密封的姓名，记下查找码和名册里对应的人",
			Action: func(ctx context.Context, c *cli.Command) error {
				t, err := findTarget(c, writes)
				if err != nil {
					return err
				}
				return t.rebuildNames(ctx)
			},
		}, {
			Name: "seals", Usage: "换密钥以后运行：用最新的密钥重新密封全部姓名、电话、地址；服务开着也可以，可以重复",
			Action: func(ctx context.Context, c *cli.Command) error {
				t, err := findTarget(c, writes)
				if err != nil {
					return err
				}
				return t.rebuildSeals(ctx)
			},
		}, {
			Name: "words", Usage: "升级后运行一次：照新的规则重写每个心愿的查找词；服务开着也可以",
			Action: func(ctx context.Context, c *cli.Command) error {
				t, err := findTarget(c, writes)
				if err != nil {
					return err
				}
				return t.rebuildWords(ctx)
			},
		}},
	}
}

func (t target) rebuildWords(ctx context.Context) error {
	return t.onDatabase(ctx, func(db *mysql.DB) error {
		n, err := wish.Reindex(ctx, db)
		if err == nil {
			fmt.Printf("重写了 %d 个心愿的查找词。\n", n)
		}
		return err
	})
}

func (t target) rebuildNames(ctx context.Context) error {
	sealer, err := seal.New(t.Keys)
	if err != nil {
		return err
	}
	var filled int
	var left []id.Membership
	err = t.onDatabase(ctx, func(db *mysql.DB) (err error) {
		filled, left, err = membership.FillNames(ctx, db, sealer)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Printf("补记了 %d 份报到的姓名查找码。\n", filled)
	for _, m := range left {
		fmt.Printf("报到 %s：名册里已经没有对应的人，请社区核实，不属实的可以结束。\n", m)
	}
	return nil
}

func (t target) rebuildBoards(ctx context.Context) (err error) {
	db, cache, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close(), cache.Close()) }()
	boards := leaderboard.New(db, cache, outbox.New(db, clock.System()), slog.New(slog.DiscardHandler))
	made, corrected, err := boards.Rebuild(ctx, progress("重算排行榜"))
	if errors.Is(err, leaderboard.ErrAnotherRebuild) {
		return errors.New("另一次重算开始得更晚，由它算完；这一次到此为止。")
	}
	if err == nil {
		fmt.Printf("重算了 %d 个排行榜，改正了 %d 处。\n", made, corrected)
	}
	return err
}
