package account

import (
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/team"
)

// step is one thing that ends with the account.
type step struct {
	name string
	do   func(context.Context, id.User) error
}

// steps are those of a deletion, in their order: what others wait for ends first, by
// its own rules and with a word to whom it concerns, and then the words go.
func (s *Service) steps() []step {
	at := func() mysql.Args { return mysql.Args{"at": s.db.Now()} }
	return []step{
		{"sessions", func(ctx context.Context, who id.User) error {
			_, err := s.People.EndSessions(ctx, who, "")
			return err
		}},
		{"memberships", each(s, "account.live_memberships", at, ends(s.Memberships.Leave))},
		{"wishes", each(s, "account.open_wishes", at, ends(s.Wishes.Withdraw))},
		{"signups", each(s, "account.coming", at, func(ctx context.Context, who id.User, a id.Activity) error {
			return s.Activities.CancelSignup(ctx, who, a, who, nil)
		})},
		{"teams", each(s, "account.live_teams", at, func(ctx context.Context, who id.User, t id.Team) error {
			return s.Teams.Leave(ctx, who, team.Leaving{Team: t, Person: who}, nil)
		})},
		{"grants", each(s, "account.live_grants", at, s.Grants.Resign)},
		{"certificates", s.revokeAll},
		{"complaints", each(s, "account.live_complaints", at, ends(s.Complaints.Close))},
		{"needs", each(s, "account.live_needs", at, ends(s.Needs.Withdraw))},
		{"visits", each(s, "account.live_visits", at, ends(s.Visits.Withdraw))},
		{"answers", s.eraseAnswers},
		{"words", s.eraseWords},
		{"pictures", s.erasePictures},
	}
}

// ends is an operation of a noun's that ends one of its matters, without its answer.
func ends[I ~int64, T any](do func(context.Context, id.User, I, mysql.OnCommit[T]) (T, error)) func(
	context.Context, id.User, I) error {
	return func(ctx context.Context, who id.User, one I) error {
		_, err := do(ctx, who, one, nil)
		return err
	}
}

// takeAway does every step, as far as there is anything to do.
func (s *Service) takeAway(ctx context.Context, who id.User) error {
	for _, one := range s.steps() {
		if err := errors.Join(s.before(one.name), ctx.Err()); err != nil {
			return err
		}
		if err := one.do(ctx, who); err != nil {
			return fmt.Errorf("account: %s: %w", one.name, err)
		}
	}
	return nil
}

// each does it to all that the query finds of the person. What somebody else moved
// meanwhile, or what its rule keeps, is left as it is: its words go in any case.
func each[I ~int64](s *Service, query string, args func() mysql.Args, do func(context.Context, id.User, I) error) func(
	context.Context, id.User) error {
	return func(ctx context.Context, who id.User) error {
		var all []I
		a := args()
		a["user"] = who
		if err := s.db.Select(ctx, &all, query, a); err != nil {
			return err
		}
		for _, one := range all {
			err := do(ctx, who, one)
			if refused, known := fault.Of(err); err != nil && (!known || refused.Kind != fault.Conflict) {
				return err
			}
		}
		return nil
	}
}
