package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"xinyuan/internal/importer"
)

// sayImport says what an import did, or would do.
func sayImport(r importer.Report, err error, committed bool) error {
	if err != nil && !errors.Is(err, importer.ErrBadRows) {
		return err
	}
	for _, b := range r.Bad {
		fmt.Printf("%s：%s\n", b.At(), b.Reason)
	}
	for _, note := range r.Notes {
		fmt.Printf("%s。\n", note)
	}
	if len(r.NotStored) > 0 {
		fmt.Printf("这些列不保存：%s。\n", strings.Join(r.NotStored, "、"))
	}
	fmt.Print(importLine(r))
	switch {
	case err != nil:
		fmt.Println("什么都没有写入。")
		return fmt.Errorf("有 %d 行不对，改好后再导入", len(r.Bad))
	case !committed:
		fmt.Println("这是试运行，没有写入；加 --commit 写入。")
	default:
		fmt.Println("已经写入。")
	}
	return nil
}

// importLine counts the rows: 共 1,400 行：新增 1,380，已有 20，错误 0。
func importLine(r importer.Report) string {
	line := fmt.Sprintf("共 %s 行：新增 %s", grouped(r.Rows()), grouped(r.New))
	for _, seldom := range []struct {
		what string
		n    int
	}{{"改名", r.Renamed}, {"改电话", r.Phoned}, {"补编码", r.Coded}, {"改动", r.Changed}} {
		if seldom.n > 0 {
			line += fmt.Sprintf("，%s %s", seldom.what, grouped(seldom.n))
		}
	}
	return line + fmt.Sprintf("，已有 %s，错误 %s。", grouped(r.Unchanged), grouped(len(r.Bad)))
}

// grouped is a number with a comma before every three digits.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
