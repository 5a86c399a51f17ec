// Package miniprogram carries the client's web build in the binary. It is there
// after `make run`; a plain go build has none, and Web says so.
package miniprogram

//go:generate go run ./gen src

import (
	"embed"
	"io/fs"
)

//go:embed all:web
var files embed.FS

// Web is the web build; false when it has not been built.
func Web() (fs.FS, bool) {
	web, err := fs.Sub(files, "web/app")
	if err != nil {
		return nil, false
	}
	if _, err := fs.Stat(web, "index.html"); err != nil {
		return nil, false
	}
	return web, true
}
