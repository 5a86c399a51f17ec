package approval

import (
	"context"

	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Caution is why a matter is looked at before it is decided, and not in a batch.
type Caution string

// The cautions.
const (
	CautionSensitive Caution = "sensitive"   // of a category that is
	CautionUnseen    Caution = "unseen"      // a record of one of too many unseen people, who are decided about together
	CautionSample    Caution = "sample"      // a record that was drawn
	CautionLong      Caution = "long_report" // over hours.LongReport, reported by oneself
	CautionSameName  Caution = "same_name"   // a report-in under the name of another person
)

// Cautions lists every caution.
func Cautions() []Caution {
	return []Caution{CautionSensitive, CautionUnseen, CautionSample, CautionLong, CautionSameName}
}

// showCautions puts to the items why they are not decided in a batch.
func (a *Approvals) showCautions(ctx context.Context, items []Item) error {
	wishes, records := []id.Wish{0}, []int64{0}
	for i, item := range items {
		switch item.Kind {
		case KindWish, KindClaim:
			wishes = append(wishes, item.WishID)
		case KindService:
			records = append(records, item.ID)
		case KindMembership:
			if item.EarlierID != 0 {
				items[i].OneByOne = CautionSameName
			}
		case KindDispute, KindCallback, KindComplaint, KindObjection: // none of them is ever in a batch
		}
	}
	if len(wishes)+len(records) == 2 {
		return nil
	}
	var found []struct {
		ID      int64   `db:"id"`
		Caution Caution `db:"caution"`
	}
	err := a.db.Select(ctx, &found, "approval.cautions", mysql.Args{
		"wishes": wishes, "records": records, "long": hours.LongReport,
	})
	of := map[int64]Caution{}
	for _, f := range found {
		of[f.ID] = f.Caution
	}
	for i, item := range items {
		switch item.Kind {
		case KindWish, KindClaim:
			items[i].OneByOne = of[int64(item.WishID)]
		case KindService:
			items[i].OneByOne = of[item.ID]
		case KindMembership, KindDispute, KindCallback, KindComplaint, KindObjection:
		}
	}
	return err
}
