package need

import (
	"context"
	"errors"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
)

// Sweep tells the next level of what is late, has staff ask residents who have not answered, and takes up what waited
// for a day that has come.
func (s *Service) Sweep(ctx context.Context) error {
	var late, unanswered, toReview []id.Need
	now := s.db.Now()
	args := mysql.Args{"at": now, "since": now.Add(-CallBackAfter), "limit": sweep.Size}
	err := s.db.Read(ctx, mysql.Many(&late, "need.late", args), mysql.Many(&unanswered, "need.unanswered", args),
		mysql.Many(&toReview, "need.to_review", args))
	if err != nil {
		return err
	}
	return errors.Join(
		sweep.Each(ctx, "late needs", late, s.system(func(w *work) (state.Event, error) {
			return state.EventEscalate, w.need.Raise(w.tx.Now())
		})),
		sweep.Each(ctx, "unanswered needs", unanswered, s.system(func(w *work) (state.Event, error) {
			return state.EventCallBack, w.need.CallBack(w.tx.Now())
		})),
		sweep.Each(ctx, "needs to review", toReview, s.system(func(w *work) (state.Event, error) {
			if w.need.ReviewAt == nil || w.need.ReviewAt.After(w.tx.Now()) { // somebody was faster
				return "", fault.New(fault.ReasonNeedState)
			}
			event := state.EventResume
			if w.need.Status == state.NeedUnsolved {
				event = state.EventReopen
			}
			return event, w.need.Again(event, &w.book, w.tx.Now())
		})),
	)
}

// system takes a need the step that time alone causes.
func (s *Service) system(rule func(w *work) (state.Event, error)) func(context.Context, id.Need) error {
	return func(ctx context.Context, need id.Need) error {
		_, err := s.change(ctx, 0, need, nil, func(w *work) (matter.Step, error) {
			event, err := rule(w)
			return matter.Step{Name: event}, err
		})
		return err
	}
}
