package api

import (
	"context"
	"io/fs"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/fault"
	"xinyuan/miniprogram"
)

// Demo is what only a demo has.
type Demo struct {
	// Advance moves the business clock forward and keeps its offset with the data.
	Advance func(ctx context.Context, by time.Duration) error
}

// maxAdvance is how far one call may move the clock: a year.
const maxAdvance = 366 * 24 * 60 * 60

func (d *Demo) register(e *echo.Echo, s *server) {
	e.Use(loopbackOnly)
	e.POST("/demo/clock", func(c echo.Context) error {
		var body struct {
			AdvanceSeconds int64 `json:"advanceSeconds"`
		}
		if err := c.Bind(&body); err != nil {
			return fault.New(fault.ReasonMalformedBody)
		}
		if body.AdvanceSeconds < 0 || body.AdvanceSeconds > maxAdvance {
			return fault.BadField("advanceSeconds", "时间只能往前走，一次最多一年。")
		}
		if err := d.Advance(c.Request().Context(), time.Duration(body.AdvanceSeconds)*time.Second); err != nil {
			return err
		}
		return c.JSON(http.StatusOK, map[string]any{"now": s.Clocks.Business.Now()})
	})
	registerWeb(e)
}

// registerWeb serves the client's web build at /, or where it was not built the
// start page of the API.
func registerWeb(e *echo.Echo) {
	web, built := miniprogram.Web()
	if !built {
		page, _ := pages.ReadFile("pages/start.html")
		e.GET("/", func(c echo.Context) error {
			c.Response().Header().Set("Content-Security-Policy",
				"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'")
			return c.HTMLBlob(http.StatusOK, page)
		})
		return
	}
	e.GET("/", func(c echo.Context) error {
		c.Response().Header().Set("Content-Security-Policy",
			"default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'")
		page, err := fs.ReadFile(web, "index.html")
		if err != nil {
			return err
		}
		return c.HTMLBlob(http.StatusOK, page)
	})
	e.GET("/assets/*", echo.StaticDirectoryHandler(echo.MustSubFS(web, "assets"), false), lasting)
}

// lasting lets a browser keep what it gets: the names of assets hold a hash of
// their content.
func lasting(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Before(func() {
			if c.Response().Status == http.StatusOK {
				c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
		})
		return next(c)
	}
}

// loopbackOnly refuses requests under another name than this machine's own, so
// that no web site can use the demo through its visitor's browser.
func loopbackOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		host := c.Request().Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return fault.New(fault.ReasonForbidden).Saying("演示只在本机使用，请打开 http://127.0.0.1。")
		}
		return next(c)
	}
}
