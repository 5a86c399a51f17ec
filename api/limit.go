package api

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/config"
	"xinyuan/internal/fault"
)

// budget is how often something may happen under a key.
type budget struct {
	key  string
	rate config.Rate
}

// limit refuses a person who writes too often: by pictures, by operation, in all,
// and by address. The narrowest comes first, and what it refuses counts towards no
// other: one busy phone leaves the address to the others behind it. Reading is not
// limited.
func (s *server) limit(operation string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if c.Request().Method == http.MethodGet {
				return next(c)
			}
			person := me(c.Request().Context())
			var budgets []budget
			if person == 0 {
				budgets = append(budgets, budget{"log-in:" + c.RealIP(), s.Rates.LogIn})
			} else {
				if operation == addPicture {
					budgets = append(budgets, budget{"picture:" + person.String(), s.Rates.Picture})
				}
				budgets = append(budgets, budget{"operation:" + person.String() + ":" + operation, s.Rates.Operation},
					budget{"person:" + person.String(), s.Rates.Person})
			}
			if err := s.count(c, append(budgets, budget{"address:" + c.RealIP(), s.Rates.Address})...); err != nil {
				return err
			}
			return next(c)
		}
	}
}

// lookUp counts that the person looks for somebody by a number, so that nobody
// guesses numbers. Error: fault.ReasonTooManyGuesses.
func (s *server) lookUp(ctx context.Context) error {
	rate := s.Rates.Number
	if rate.Count == 0 {
		return nil
	}
	wait, err := s.Limits.Allow(ctx, "number:"+me(ctx).String(), rate.Count, rate.Per)
	if err != nil { // without Redis nothing is limited
		s.Log.WarnContext(ctx, "not counted", "error", err)
		return nil
	}
	if wait > 0 {
		refused := fault.New(fault.ReasonTooManyGuesses).Saying("用号码找人找得太多了，请过一会儿再找。号码请对方当面给您看。")
		refused.RetryAfter = wait
		return refused
	}
	return nil
}

// malformed counts a request that breaks the contract, and returns why it is
// refused.
func (s *server) malformed(c echo.Context, refused error) error {
	if err := s.count(c, budget{"malformed:" + c.RealIP(), s.Rates.Malformed}); err != nil {
		return err
	}
	return refused
}

// count counts the request towards each budget in turn, until one has nothing left.
// Without Redis nothing is limited: what needs a session is answered 503 anyway.
// Error: fault.ReasonTooManyRequests.
func (s *server) count(c echo.Context, budgets ...budget) error {
	ctx := c.Request().Context()
	for _, b := range budgets {
		if b.rate.Count == 0 {
			continue
		}
		wait, err := s.Limits.Allow(ctx, b.key, b.rate.Count, b.rate.Per)
		if err != nil {
			s.Log.WarnContext(ctx, "not counted", "requestId", requestID(c), "error", err)
		}
		if wait > 0 {
			refused := fault.New(fault.ReasonTooManyRequests)
			refused.RetryAfter = wait
			return refused
		}
	}
	return nil
}
