package task

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/wish"
)

// Claimant is what staff weigh before they approve a claim.
type Claimant struct {
	ID        id.User `db:"id"`
	UnitName  string  `db:"unit_name"` // empty for who has left
	InHand    int     `db:"in_hand"`   // claims approved or delivered
	Fulfilled int     `db:"fulfilled"` // claims that residents have confirmed
}

// GetClaimant is what staff weigh about who claims a wish, wherever they decide.
func (s *Service) GetClaimant(ctx context.Context, person id.User) (Claimant, error) {
	var c Claimant
	return c, s.db.Get(ctx, &c, "task.claimants", mysql.Args{"people": []id.User{person}})
}

// showClaimants puts to each claim that waits who made it.
func (s *Service) showClaimants(ctx context.Context, tasks []Task) error {
	var people []id.User
	for _, task := range tasks {
		if task.Kind == KindClaim {
			people = append(people, task.ClaimantID)
		}
	}
	if len(people) == 0 {
		return nil
	}
	var all []Claimant
	if err := s.db.Select(ctx, &all, "task.claimants", mysql.Args{"people": people}); err != nil {
		return err
	}
	known := map[id.User]*Claimant{}
	for i := range all {
		known[all[i].ID] = &all[i]
	}
	for i := range tasks {
		if tasks[i].Kind == KindClaim {
			tasks[i].Claimant = known[tasks[i].ClaimantID]
		}
	}
	return nil
}

// showEarlier puts to each report-in the one of another person under the same name.
func (s *Service) showEarlier(ctx context.Context, tasks []Task) error {
	var wanted []id.Membership
	for _, task := range tasks {
		if task.EarlierID != 0 {
			wanted = append(wanted, task.EarlierID)
		}
	}
	known, err := membership.FindEarlier(ctx, s.db, wanted)
	for i := range tasks {
		tasks[i].Earlier = known[tasks[i].EarlierID]
	}
	return err
}

// showRecorded puts to each call back the yes about which it asks again.
func (s *Service) showRecorded(ctx context.Context, tasks []Task) error {
	var wanted []id.Claim
	for _, task := range tasks {
		if task.Kind == KindCallback {
			wanted = append(wanted, id.Claim(task.ID))
		}
	}
	known, err := wish.FindRecorded(ctx, s.db, wanted)
	for i := range tasks {
		if tasks[i].Kind == KindCallback {
			tasks[i].Recorded = known[id.Claim(tasks[i].ID)]
		}
	}
	return err
}
