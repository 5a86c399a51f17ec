package api

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/fault"
)

// status is the one map from kinds of errors to HTTP.
var status = map[fault.Kind]int{
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.Internal:        http.StatusInternalServerError,
}

// special are the reasons whose status differs from that of their kind.
//
//exhaustive:ignore
var special = map[fault.Reason]int{
	fault.ReasonMalformedBody:    http.StatusBadRequest,
	fault.ReasonBodyTooLarge:     http.StatusRequestEntityTooLarge,
	fault.ReasonPictureTooLarge:  http.StatusRequestEntityTooLarge,
	fault.ReasonMethodNotAllowed: http.StatusMethodNotAllowed,
}

// statusGone is what the log and the counters have, as nginx does, of a request
// whose client went away before its answer: no fault of the server.
const statusGone = 499

func statusOf(e *fault.Error) int {
	if s, ok := special[e.Reason]; ok {
		return s
	}
	return status[e.Kind]
}

// refuse answers every error of a handler or of echo. An unknown one is opaque
// outside; the log has it once, under the request id.
func (s *server) refuse(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	r := c.Request()
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelInfo, "nobody waits for the answer",
			slog.String("requestId", requestID(c)), slog.String("route", c.Path()))
		c.Response().WriteHeader(statusGone)
		return
	}
	e := asFault(err)
	if e.Kind == fault.Internal || e.Kind == fault.Unavailable {
		s.Log.LogAttrs(r.Context(), slog.LevelError, "request failed",
			slog.String("requestId", requestID(c)), slog.String("route", c.Path()), slog.String("error", err.Error()))
	}
	body := Refusal{Reason: e.Reason, Message: e.Message, RequestId: requestID(c), ExistingId: some(e.ExistingID)}
	if len(e.Fields) > 0 {
		fields := make([]Field, len(e.Fields))
		for i, f := range e.Fields {
			fields[i] = Field{Path: f.Path, Message: f.Message}
		}
		body.Fields = &fields
	}
	if e.Kind == fault.Unavailable && e.RetryAfter == 0 {
		c.Response().Header().Set("Retry-After", retryAfter(unavailableFor))
	}
	if e.RetryAfter > 0 {
		c.Response().Header().Set("Retry-After", retryAfter(e.RetryAfter))
	}
	if e.Kind == fault.Unauthenticated {
		c.Response().Header().Set("WWW-Authenticate", "Bearer")
	}
	if err := c.JSON(statusOf(e), body); err != nil {
		s.Log.WarnContext(r.Context(), "answer not sent", "requestId", requestID(c), "error", err)
	}
}

// unavailableFor is when to try again where nobody knows when it will be better.
const unavailableFor = 5 * time.Second

// retryAfter is a wait as the header of that name has it.
func retryAfter(wait time.Duration) string { return strconv.Itoa(int(math.Ceil(wait.Seconds()))) }

func asFault(err error) *fault.Error {
	if e, ok := fault.Of(err); ok {
		return e
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return fault.New(fault.ReasonBodyTooLarge)
	}
	if errors.Is(err, http.ErrNotMultipart) || errors.Is(err, http.ErrMissingBoundary) {
		return fault.Because(fault.ReasonMalformedBody, err)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fault.Because(fault.ReasonUnavailable, err)
	}
	var h *echo.HTTPError
	if errors.As(err, &h) {
		switch h.Code {
		case http.StatusNotFound:
			return fault.New(fault.ReasonNotFound).Saying("没有这个地址，请更新小程序后再试。接口说明在 /docs。")
		case http.StatusMethodNotAllowed:
			return fault.New(fault.ReasonMethodNotAllowed)
		case http.StatusRequestEntityTooLarge:
			return fault.New(fault.ReasonBodyTooLarge)
		case http.StatusBadRequest, http.StatusUnsupportedMediaType:
			return fault.New(fault.ReasonMalformedBody)
		}
	}
	return fault.Because(fault.ReasonInternal, err)
}
