package service_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/service"
)

// diary is one person's records as a model keeps them.
type diary struct {
	spans     [][2]time.Time // confirmed and credited
	confirmed int64          // minutes that somebody confirmed
}

func (d *diary) free(start, end time.Time) bool {
	for _, s := range d.spans {
		if start.Before(s[1]) && s[0].Before(end) {
			return false
		}
	}
	return true
}

// Random service of random lengths, most of it close to the ends of a day, a
// month and a year, by settlements, reports and corrections: what is taken never
// overlaps, nobody has more minutes than were confirmed, the ledger holds exactly
// the credited minutes and points, and who does not overlap is not refused.
func TestRecordsLikeModel(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	leader := o.people("leader", 1)[0]
	secretary, street := o.staff(id.RoleSecretary, o.community), o.staff(id.RoleStreet, o.street)
	county := o.staff(id.RoleCounty, o.county)
	o.clock.Advance(20 * 24 * time.Hour)
	turn := 0
	rapid.Check(t, func(r *rapid.T) {
		turn++
		o.clock.Advance(time.Second)
		people := o.people(fmt.Sprint("person-", turn), 2)
		diaries := map[id.User]*diary{people[0]: {}, people[1]: {}}
		var credited []service.Record
		span := func() (start, end time.Time) {
			start = at(rapid.IntRange(-1, 1).Draw(r, "day"), "00:00").Add(
				time.Duration(rapid.IntRange(0, 48).Draw(r, "half hours")) * 30 * time.Minute).Add(
				time.Duration(rapid.IntRange(0, 90).Draw(r, "seconds")) * time.Second)
			return start, start.Add(time.Duration(rapid.IntRange(60, 11*3600).Draw(r, "length")) * time.Second)
		}
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			o.clock.Advance(time.Second) // so that no identifier comes twice
			who := rapid.SampledFrom(people).Draw(r, "person")
			d := diaries[who]
			start, end := span()
			whole := int64(end.Sub(start) / time.Minute)
			if rapid.Bool().Draw(r, "correct") && len(credited) > 0 {
				old := rapid.SampledFrom(credited).Draw(r, "record")
				minutes := rapid.Int64Range(0, old.Minutes).Draw(r, "minutes")
				_, err := o.Correct(t.Context(), county, old.ID, service.Correction{Minutes: minutes, Reason: "核对"}, nil)
				if err == nil {
					diaries[old.UserID].confirmed += minutes - old.Minutes
					for i, s := range diaries[old.UserID].spans {
						if minutes == 0 && s[0].Equal(old.StartedAt) {
							diaries[old.UserID].spans = append(diaries[old.UserID].spans[:i:i], diaries[old.UserID].spans[i+1:]...)
							break
						}
					}
				}
				credited = credited[:0]
				continue
			}
			free := d.free(start, end)
			all, err := o.record(o.batch(leader, service.Entry{User: who, Start: start, End: end, Minutes: whole}))
			if free != (err == nil) || err != nil && !fault.Has(err, fault.ReasonServiceOverlap) {
				r.Fatalf("%s from %s to %s, which is free: %v: %v", who, start, end, free, err)
			}
			for _, one := range all {
				d.spans = append(d.spans, [2]time.Time{one.StartedAt, one.EndedAt})
				d.confirmed += one.Minutes
				if one.StartedAt.In(clock.Shanghai).Day() != one.EndedAt.Add(-time.Millisecond).In(clock.Shanghai).Day() {
					r.Fatalf("a record from %s to %s leaves its day", one.StartedAt, one.EndedAt)
				}
				for _, reviewer := range []id.User{secretary, street} {
					if one.Reviews < one.Due {
						if one, err = o.Review(t.Context(), reviewer, one.ID, service.Decision{Confirm: true}, nil); err != nil {
							r.Fatal(err)
						}
					}
				}
				credited = append(credited, one)
			}
		}
		for _, who := range people {
			o.agrees(r, who, diaries[who].confirmed)
		}
	})
}

// agrees fails the test where rows and ledger contradict what was confirmed.
func (o *office) agrees(r *rapid.T, who id.User, confirmed int64) {
	var overlaps int
	var minutes, paid, points, days, late int64
	row := o.db.Pool().QueryRowContext(o.t.Context(), `SELECT
  (SELECT COUNT(*) FROM service_records a JOIN service_records b ON b.user_id = a.user_id AND b.id > a.id
    AND a.started_at < b.ended_at AND b.started_at < a.ended_at
    WHERE a.user_id = ? AND a.minutes > 0 AND b.minutes > 0 AND a.status IN ('confirmed', 'credited')
      AND b.status IN ('confirmed', 'credited')),
  (SELECT CAST(COALESCE(SUM(minutes), 0) AS SIGNED) FROM service_records WHERE user_id = ? AND status = 'credited'),
  (SELECT CAST(COALESCE(SUM(balance), 0) AS SIGNED) FROM points_accounts WHERE user_id = ? AND unit = 'minutes'),
  (SELECT CAST(COALESCE(SUM(balance), 0) AS SIGNED) FROM points_accounts WHERE user_id = ? AND unit = 'points'),
  (SELECT CAST(COALESCE(SUM(LEAST(d.hours, 10)), 0) AS SIGNED) FROM (SELECT SUM(minutes DIV 60) AS hours
    FROM service_records WHERE user_id = ? AND status = 'credited' AND unit_id IS NOT NULL
    GROUP BY DATE(DATE_ADD(started_at, INTERVAL 8 HOUR))) d),
  (SELECT COUNT(*) FROM (SELECT SUM(minutes) AS total, MAX(due) AS due FROM service_records
    WHERE user_id = ? AND status = 'credited' GROUP BY DATE(DATE_ADD(started_at, INTERVAL 8 HOUR))) t
    WHERE t.due < CASE WHEN t.total > 720 THEN 3 WHEN t.total > 480 THEN 2 ELSE 1 END)`,
		who, who, who, who, who, who)
	if err := row.Scan(&overlaps, &minutes, &paid, &points, &days, &late); err != nil {
		r.Fatal(err)
	}
	if overlaps > 0 || minutes > confirmed || minutes != paid || points > days || late > 0 {
		r.Fatalf("%d overlaps, %d minutes credited of %d confirmed, %d paid, %d points of at most %d, %d days reviewed too little",
			overlaps, minutes, confirmed, paid, points, days, late)
	}
}
