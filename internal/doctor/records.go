package doctor

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/points"
)

// serviceTimes looks for credited time that is counted twice, and for records
// that say more than their time.
func serviceTimes(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.overlapping_service": "service record %d shares time with another of the same person",
		"doctor.service_times":       "service record %d has more minutes than its time, its day or its activity",
	})
}

// serviceReviews looks for records that too few, or the wrong people confirmed.
func serviceReviews(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.service_reviews": "service record %d was not confirmed by as many different others as were due",
		"doctor.service_days":    "service record %d is of a day that needed more reviews",
	})
}

// several asks queries whose rows are each a finding.
func several(ctx context.Context, e env, queries map[string]string) ([]string, error) {
	var found []string
	for query, format := range queries {
		more, err := named(ctx, e, query, format)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// served is a credited record whose transfers are not simply its minutes and the
// points of its whole hours: caps may explain it.
type served struct {
	ID          id.Record   `db:"id"`
	Minutes     int64       `db:"minutes"`
	Member      bool        `db:"is_member"`
	MinutesPaid int64       `db:"minutes_paid"` // -1: none
	Paid        int64       `db:"paid"`         // points; -1: none
	Transfer    id.Transfer `db:"transfer_id"`
	Account     id.Account  `db:"account_id"`
	Rule        id.Rule     `db:"rule_id"`
	DeedAt      *time.Time  `db:"deed_at"`
}

// servicePaid holds each credited record against what it earned, and each other
// one against what was taken back.
func servicePaid(ctx context.Context, e env) ([]string, error) {
	found, err := named(ctx, e, "doctor.unreturned", "transfer %d: its service record and its correction disagree")
	if err != nil {
		return nil, err
	}
	var rows []served
	if err := e.db.Select(ctx, &rows, "doctor.unlike_served", nil); err != nil {
		return nil, err
	}
	for _, r := range rows {
		switch {
		case r.MinutesPaid != r.Minutes:
			found = append(found,
				fmt.Sprintf("service record %s earned %d minutes instead of %d", r.ID, r.MinutesPaid, r.Minutes))
			continue
		case r.Member != (r.Paid >= 0):
			found = append(found, fmt.Sprintf("service record %s earned points or not, against its member's report-in", r.ID))
			continue
		case !r.Member:
			found = append(found, fmt.Sprintf("service record %s earned somebody else its minutes", r.ID))
			continue
		}
		due, err := capped{r.Transfer, r.Account, r.Rule, *r.DeedAt, points.ServiceHours}.due(ctx, e, r.Minutes)
		if err != nil {
			return nil, err
		}
		if r.Paid != due {
			found = append(found,
				fmt.Sprintf("service record %s: transfer %s paid %d instead of %d", r.ID, r.Transfer, r.Paid, due))
		}
	}
	return found, nil
}

// untoldRecords looks for volunteers who do not know what became of their service.
func untoldRecords(ctx context.Context, e env) ([]string, error) {
	var ids []int64
	err := e.db.Select(ctx, &ids, "doctor.untold_records", recipientsOfEvents())
	var found []string
	for _, e := range ids {
		found = append(found, fmt.Sprintf("event %d was not told to the volunteer", e))
	}
	return found, err
}
