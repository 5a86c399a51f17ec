package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/urfave/cli/v3"

	"xinyuan/internal/fault"
)

var han = regexp.MustCompile(`\p{Han}`)

// why is what an operator reads of an error: what is wrong and what to do, in Chinese.
// What nobody has thought of is handed on as it is.
func why(err error) string {
	known, isFault := fault.Of(err)
	text := err.Error()
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
