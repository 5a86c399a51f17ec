package config

import (
	"fmt"
	"os"

	"github.com/hashicorp/go-envparse"
)

// EnvFile is where an installation keeps its settings as NAME=value lines. The
// server and the tools read the same file, so that both work on one installation.
const EnvFile = "/etc/xinyuan/xinyuan.env"

// WithFile puts the lines of an environment file before environ, whose own values
// win. The form is that of systemd's EnvironmentFile: comments and blank lines,
// quotes, no variables. Errors: a file that cannot be read, and a line that is not
// NAME=value.
func WithFile(path string, environ []string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("设置文件读不了：%w", err)
	}
	defer func() { _ = file.Close() }()
	set, err := envparse.Parse(file)
	if err != nil {
		return nil, fmt.Errorf("设置文件 %s 有一行不是 名称=值：%w", path, err)
	}
	pairs := make([]string, 0, len(set)+len(environ))
	for name, value := range set {
		pairs = append(pairs, name+"="+value)
	}
	return append(pairs, environ...), nil
}
