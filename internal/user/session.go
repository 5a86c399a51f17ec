package user

import (
	"context"
	"strings"
	"unicode"

	"xinyuan/internal/id"
	"xinyuan/internal/redis"
)

// LogOut ends the session; a token that is already dead is none the worse.
func (p *People) LogOut(ctx context.Context, token string) error {
	return p.sessions.Delete(ctx, token)
}

// FindSession tells whose live token this is and moves its expiry on. Errors:
// fault.ReasonUnauthenticated, fault.ReasonUnavailable.
func (p *People) FindSession(ctx context.Context, token string) (id.User, error) {
	return p.sessions.Find(ctx, token)
}

// ListSessions lists on which devices the person is logged in, the one used last first.
// Error: fault.ReasonUnavailable.
func (p *People) ListSessions(ctx context.Context, person id.User, token string) ([]redis.LoggedIn, error) {
	return p.sessions.Of(ctx, person, token)
}

// EndSession logs the person out on one of their devices; a session that is over is none
// the worse. Error: fault.ReasonUnavailable.
func (p *People) EndSession(ctx context.Context, person id.User, session string) error {
	_, err := p.sessions.End(ctx, person, session)
	return err
}

// EndSessions logs the person out everywhere but where the token is; "" spares none.
// It tells how many sessions there were. Error: fault.ReasonUnavailable.
func (p *People) EndSessions(ctx context.Context, person id.User, but string) (int, error) {
	return p.sessions.EndAll(ctx, person, but)
}

// cleanDevice takes out of a device's name what is no letter: the phone's maker
// chose it, and a list shows it.
func cleanDevice(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, name))
}
