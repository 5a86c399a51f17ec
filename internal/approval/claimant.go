package approval

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

// Claimant is what staff weigh about who claims a wish, wherever they decide.
func (a *Approvals) Claimant(ctx context.Context, person id.User) (Claimant, error) {
	var c Claimant
	return c, a.db.Get(ctx, &c, "approval.claimants", mysql.Args{"people": []id.User{person}})
}

// showClaimants puts to each claim that waits who made it.
func (a *Approvals) showClaimants(ctx context.Context, items []Item) error {
	var people []id.User
	for _, item := range items {
		if item.Kind == KindClaim {
			people = append(people, item.ClaimantID)
		}
	}
	if len(people) == 0 {
		return nil
	}
	var all []Claimant
	if err := a.db.Select(ctx, &all, "approval.claimants", mysql.Args{"people": people}); err != nil {
		return err
	}
	known := map[id.User]*Claimant{}
	for i := range all {
		known[all[i].ID] = &all[i]
	}
	for i := range items {
		if items[i].Kind == KindClaim {
			items[i].Claimant = known[items[i].ClaimantID]
		}
	}
	return nil
}

// showEarlier puts to each report-in the one of another person under the same name.
func (a *Approvals) showEarlier(ctx context.Context, items []Item) error {
	var wanted []id.Membership
	for _, item := range items {
		if item.EarlierID != 0 {
			wanted = append(wanted, item.EarlierID)
		}
	}
	known, err := membership.FindEarlier(ctx, a.db, wanted)
	for i := range items {
		items[i].Earlier = known[items[i].EarlierID]
	}
	return err
}

// showRecorded puts to each call back the yes about which it asks again.
func (a *Approvals) showRecorded(ctx context.Context, items []Item) error {
	var wanted []id.Claim
	for _, item := range items {
		if item.Kind == KindCallback {
			wanted = append(wanted, id.Claim(item.ID))
		}
	}
	known, err := wish.FindRecorded(ctx, a.db, wanted)
	for i := range items {
		if items[i].Kind == KindCallback {
			items[i].Recorded = known[id.Claim(items[i].ID)]
		}
	}
	return err
}
