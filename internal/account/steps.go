package account

import (
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// step is one thing that ends with the account.
type step struct {
	name string
	do   func(context.Context, id.User) error
}

// steps are those of a deletion, in their order: what others wait for ends first, by
// its own rules and with a word to whom it concerns, and then the words go.
func (s *Service) steps() []step {
	all := []step{{"sessions", func(ctx context.Context, who id.User) error {
		_, err := s.People.EndSessions(ctx, who, "")
		return err
	}}}
	for _, of := range Belongings() {
		if of.Live != "" {
			all = append(all, step{of.Noun, func(ctx context.Context, who id.User) error { return s.endAll(ctx, who, of) }})
		}
	}
	return append(all, step{"certificates", s.revokeAll}, step{"answers", s.eraseAnswers},
		step{"words", s.eraseWords}, step{"pictures", s.erasePictures})
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

// endAll ends the person's matters of a noun that live. What somebody else moved
// meanwhile, or what its rule keeps, is left as it is: its words go in any case.
func (s *Service) endAll(ctx context.Context, who id.User, of Belonging) error {
	end := s.Ends[of.Noun]
	if end == nil {
		return fmt.Errorf("nobody has said how a %s ends", of.Noun)
	}
	var all []int64
	err := s.db.Select(ctx, &all, of.Live, mysql.Args{"user": who, "at": s.db.Now()})
	for _, one := range all {
		failed := end(ctx, who, one)
		if refused, known := fault.Of(failed); failed != nil && (!known || refused.Kind != fault.Conflict) {
			return failed
		}
	}
	return err
}
