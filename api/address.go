package api

import (
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
)

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

// addressWatch notices that everybody comes from one address. Then a proxy hides
// who they are, and every limit by address is one for all of them.
type addressWatch struct {
	log   *slog.Logger
	clock *clock.Clock

	mu      sync.Mutex
	since   time.Time // when the current span began
	address string
	several bool // addresses in this span, or warned in it: nothing more to find out
	people  map[id.User]bool
}

const (
	// watchSpan is how long people are watched before it begins anew.
	watchSpan = time.Hour
	// watchPeople is how many of them make one address suspicious: an office has
	// fewer people who use Xinyuan at once, while nobody comes from elsewhere.
	watchPeople = 20
)

func (w *addressWatch) middleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		// Only who is logged in counts: monitors and scanners come from anywhere.
		if person, ok := c.Get("person").(id.User); ok && w.isSuspicious(c.RealIP(), person) {
			w.log.WarnContext(c.Request().Context(), "everybody comes from one address, so that limits by address are one "+
				"for all: let the proxy send X-Forwarded-For, and name the proxy in http.trusted_proxies",
				"address", c.RealIP(), "people", watchPeople,
				"forwarded", c.Request().Header.Get(echo.HeaderXForwardedFor) != "")
		}
		return err
	}
}

// isSuspicious notes a person's request. It is true once in a span: for the request
// with which so many people have come from one address and nobody from another.
func (w *addressWatch) isSuspicious(address string, person id.User) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now := w.clock.Now(); w.people == nil || now.Sub(w.since) >= watchSpan {
		w.since, w.address, w.several, w.people = now, address, false, map[id.User]bool{}
	}
	if w.several = w.several || address != w.address; w.several {
		return false
	}
	w.people[person] = true
	w.several = len(w.people) == watchPeople
	return w.several
}
