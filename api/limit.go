package api

import (
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/config"
	"xinyuan/internal/fault"
)

// limit refuses who writes too often: by address, and logged in by person, by
// person and operation, and for pictures. Reading is not limited. Without Redis nothing is: what
// needs a session is answered 503 anyway.
func (s *server) limit(operation string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if c.Request().Method == http.MethodGet {
				return next(c)
			}
			person := me(c.Request().Context())
			checks := map[string]config.Rate{"address:" + c.RealIP(): s.Rates.Address}
			if person == 0 {
				checks["log-in:"+c.RealIP()] = s.Rates.LogIn
			} else {
				checks["person:"+person.String()] = s.Rates.Person
				checks["operation:"+person.String()+":"+operation] = s.Rates.Operation
				if operation == addPicture {
					checks["picture:"+person.String()] = s.Rates.Picture
				}
			}
			for key, rate := range checks {
				if rate.Count == 0 {
					continue
				}
				wait, err := s.Limits.Allow(c.Request().Context(), key, rate.Count, rate.Per)
				if err != nil {
					s.Log.WarnContext(c.Request().Context(), "not counted", "requestId", requestID(c), "error", err)
				}
				if wait > 0 {
					refused := fault.New(fault.ReasonTooManyRequests)
					refused.RetryAfter = wait
					return refused
				}
			}
			return next(c)
		}
	}
}

// addressOf tells a request's address: that of the connection, or what a trusted
// proxy says about it. Proxies are CIDR ranges with commas.
func addressOf(proxies string) (echo.IPExtractor, error) {
	if proxies == "" {
		return echo.ExtractIPDirect(), nil
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for text := range strings.SplitSeq(proxies, ",") {
		_, network, err := net.ParseCIDR(strings.TrimSpace(text))
		if err != nil {
			return nil, fmt.Errorf("config: http.trusted_proxies: %w", err)
		}
		trust = append(trust, echo.TrustIPRange(network))
	}
	return echo.ExtractIPFromXFFHeader(trust...), nil
}
