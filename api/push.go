package api

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/fault"
	"xinyuan/internal/push"
	"xinyuan/internal/wechat"
)

// pushPath is where WeChat pushes to; it is outside /api/v1, and no session opens it.
const pushPath = "/wechat/push"

// registerPush adds WeChat's message push: its check of the address, and the pushes.
func (s *server) registerPush(e *echo.Echo) {
	e.GET(pushPath, func(c echo.Context) error {
		echoed, err := s.Pushes.Echo(c.QueryParams())
		if err != nil {
			return s.refusePush(c, err)
		}
		return c.String(http.StatusOK, echoed)
	})
	e.POST(pushPath, func(c echo.Context) error {
		r := c.Request()
		body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, push.MaxBody))
		if err != nil {
			return s.refusePush(c, wechat.ErrPushBroken)
		}
		if err := s.Pushes.Receive(r.Context(), c.QueryParams(), body); err != nil {
			return s.refusePush(c, err)
		}
		return c.String(http.StatusOK, "success") // so WeChat wants it
	})
}

// refusePush says to a stranger no more than that they are one. What is WeChat's and was
// not written down is 503, so that WeChat sends it again.
func (s *server) refusePush(c echo.Context, err error) error {
	if known, ok := fault.Of(err); ok {
		return known
	}
	status := http.StatusForbidden
	switch {
	case errors.Is(err, wechat.ErrPushBroken):
		status = http.StatusBadRequest
	case errors.Is(err, wechat.ErrPushSignature), errors.Is(err, wechat.ErrPushStale),
		errors.Is(err, wechat.ErrPushPlain), errors.Is(err, wechat.ErrPushStranger):
	default:
		return fault.Because(fault.ReasonUnavailable, err)
	}
	if err := s.malformed(c, nil); err != nil {
		return err
	}
	s.Log.WarnContext(c.Request().Context(), "a push is refused", "error", err)
	return c.NoContent(status)
}
