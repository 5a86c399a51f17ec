package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"syscall"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/fault"
)

var han = regexp.MustCompile(`\p{Han}`)

// why is what an operator reads of an error: what is wrong and what to do, in Chinese.
// What nobody has thought of is handed on as it is.
func why(err error) string {
	known, isFault := fault.Of(err)
	text := sayFiles(err)
	switch {
	case errors.Is(err, context.Canceled): // by Ctrl-C or a signal
		return "停下来了，没有做完。要做完，再运行一次。"
	case isFault && known.Reason == fault.ReasonUnavailable:
		return "数据库或 Redis 没有回答：看它们启动了没有，设置里的地址、密码对不对（" + text + "）"
	case isFault && !han.MatchString(text):
		return known.Message
	case han.MatchString(text):
		return text
	}
	return "出了意料之外的错。请把下面这一行和 journalctl -u xinyuan 的日志一起交给技术支持：\n" + text
}

// sayFiles is the text of an error with sentences in the place of what the system says of files. They stand alone where
// nobody has put words around them.
func sayFiles(err error) string {
	text, around := err.Error(), err.Error()
	var said []string
	for _, e := range fileErrors(err) {
		sentence := sayFile(e)
		text, around = strings.ReplaceAll(text, e.Error(), sentence), strings.ReplaceAll(around, e.Error(), "")
		said = append(said, sentence)
	}
	if len(said) > 0 && !han.MatchString(around) {
		return strings.Join(said, "\n")
	}
	return text
}

// fileErrors are what the system says of files in an error that is joined and wrapped.
func fileErrors(err error) []*fs.PathError {
	switch e := err.(type) { //nolint:errorlint // it takes the wrapping off
	case *fs.PathError:
		return []*fs.PathError{e}
	case interface{ Unwrap() []error }:
		var all []*fs.PathError
		for _, one := range e.Unwrap() {
			all = append(all, fileErrors(one)...)
		}
		return all
	case interface{ Unwrap() error }:
		return fileErrors(e.Unwrap())
	}
	return nil
}

// sayFile says why a file cannot be read or written.
func sayFile(e *fs.PathError) string {
	switch {
	case errors.Is(e, fs.ErrNotExist):
		return fmt.Sprintf("没有 %s 这个文件，请看名字和文件夹写得对不对", e.Path)
	case errors.Is(e, fs.ErrPermission):
		return fmt.Sprintf("没有权限读写 %s，请看文件和文件夹的权限", e.Path)
	case errors.Is(e, syscall.EISDIR):
		return fmt.Sprintf("%s 是文件夹，请写明是里面的哪个文件", e.Path)
	case errors.Is(e, syscall.ENOTDIR):
		return fmt.Sprintf("%s 写得不对：中间有一段不是文件夹", e.Path)
	case errors.Is(e, syscall.EROFS):
		return fmt.Sprintf("%s 所在的磁盘只能读，请换一个地方", e.Path)
	case errors.Is(e, syscall.ENOSPC):
		return fmt.Sprintf("写 %s 时磁盘满了，请腾出地方再来", e.Path)
	}
	return fmt.Sprintf("%s 读写不了，请看磁盘是不是好的（%v）", e.Path, e.Err)
}

// speakChinese gives the commands and what is below them their words of help, and
// sentences for what is typed wrong.
func speakChinese(c *cli.Command) {
	cli.HelpFlag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "显示帮助"}
	words := strings.NewReplacer("NAME:", "名称：", "USAGE:", "用法：", "COMMANDS:", "命令：", "GLOBAL OPTIONS:", "选项：",
		"OPTIONS:", "选项：", "DESCRIPTION:", "说明：", "CATEGORY:", "类别：", "[global options]", "[选项]",
		"[command [command options]]", "[命令 [选项]]", "[options]", "[选项]", "[arguments...]", "")
	templates := []*string{&cli.RootCommandHelpTemplate, &cli.CommandHelpTemplate, &cli.SubcommandHelpTemplate}
	for _, template := range templates {
		*template = words.Replace(*template)
	}
	guard(c, c.Name)
}

// guard gives a command and those below it their sentences.
func guard(c *cli.Command, path string) {
	c.HideHelpCommand = true
	c.OnUsageError = func(_ context.Context, _ *cli.Command, err error, _ bool) error {
		return fmt.Errorf("%s 的选项写得不对（%w）。看 %s --help", path, err, path)
	}
	if len(c.Commands) > 0 && c.Action == nil {
		c.Action = func(_ context.Context, c *cli.Command) error {
			if name := c.Args().First(); name != "" {
				return fmt.Errorf("没有 %s %s 这个命令。看 %s --help", path, name, path)
			}
			return errors.Join(cli.ShowSubcommandHelp(c))
		}
	}
	for _, below := range c.Commands {
		guard(below, path+" "+below.Name)
	}
}
