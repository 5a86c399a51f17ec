package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/mysql"
	"xinyuan/internal/paper"
	reports "xinyuan/internal/report"
)

// exportCommand writes tables for others; none of them has contacts.
func exportCommand() *cli.Command {
	return &cli.Command{Name: "export", Usage: "导出表格；没有联系方式", Commands: []*cli.Command{{
		Name: "hotline", Usage: "热线（12345）转来的事办得怎么样，按热线的编号；xlsx 或 CSV，看文件名", ArgsUsage: "文件",
		Action: func(ctx context.Context, c *cli.Command) error {
			path := c.Args().First()
			if path == "" {
				return errors.New("请写明文件：xinyuan export hotline 文件.xlsx")
			}
			t, err := findTarget(c, reads)
			if err != nil {
				return err
			}
			var table paper.Table
			err = t.onDatabase(ctx, func(db *mysql.DB) (err error) {
				table, err = reports.GetHotlineTable(ctx, db)
				return err
			})
			if err != nil {
				return err
			}
			data, err := writeTable(table, path)
			if err != nil {
				return err
			}
			if err := os.WriteFile(path, data, 0o600); err != nil {
				return fmt.Errorf("写不了文件：%w", err)
			}
			fmt.Printf("写了 %s 行到 %s。\n", grouped(len(table.Rows)), path)
			return nil
		},
	}}}
}

// writeTable is the table as the name of its file says.
func writeTable(t paper.Table, path string) ([]byte, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		return paper.Sheet(t)
	case ".csv":
		return paper.CSV(append([][]any{t.Head}, t.Rows...))
	}
	return nil, errors.New("文件名请以 .xlsx 或 .csv 结尾")
}
