package hours_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
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

// model plays random service of people and keeps their diaries beside it.
type model struct {
	*office
	r         *rapid.T
	leader    id.User
	reviewers []id.User // from the community up
	diaries   map[id.User]*diary
	credited  []hours.Record // that may be corrected
}

// counted is the time without what lies on the other side of midnight and has no
// minute that ends there.
func counted(start, end time.Time) (from, until time.Time) {
	midnight := clock.Day(end)
	if !start.Before(midnight) {
		return start, end
	}
	if end.Sub(start)/time.Minute == midnight.Sub(start)/time.Minute {
		end = midnight
	}
	if midnight.Sub(start) < time.Minute {
		start = midnight
	}
	return start, end
}

// Random service of random lengths, most of it close to the ends of a day, a
// month and a year, by settlements, reports and corrections: what is taken never
// overlaps, nobody has more minutes than were confirmed, the ledger holds exactly
// the credited minutes and points, who does not overlap is not refused, and doctor
// finds nothing when all is done.
func TestRecordsLikeModel(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	o := inTown(w)
	newYear := time.Date(2027, 1, 1, 0, 0, 0, 0, clock.Shanghai)
	o.clock.Advance(newYear.AddDate(0, 0, 20).Sub(o.clock.Now()))
	turn := 0
	rapid.Check(t, func(r *rapid.T) {
		turn++
		o.clock.Advance(time.Second)
		people := o.people(fmt.Sprint("person-", turn), 2)
		m := model{
			office: o, r: r, leader: w.People["member-1"],
			reviewers: []id.User{w.People["secretary"], w.People["street"], w.People["county"]},
			diaries:   map[id.User]*diary{people[0]: {}, people[1]: {}},
		}
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			o.clock.Advance(time.Second) // so that no identifier comes twice
			if rapid.Bool().Draw(r, "correct") && len(m.credited) > 0 {
				m.correct()
				continue
			}
			start := newYear.AddDate(0, 0, rapid.IntRange(-2, 0).Draw(r, "day")).UTC().Add(
				time.Duration(rapid.IntRange(0, 48).Draw(r, "half hours")) * 30 * time.Minute).Add(
				time.Duration(rapid.IntRange(0, 90).Draw(r, "seconds")) * time.Second)
			length := time.Duration(rapid.IntRange(60, 11*3600).Draw(r, "length")) * time.Second
			m.serve(rapid.SampledFrom(people).Draw(r, "person"), start, start.Add(length))
		}
		for _, who := range people {
			o.agrees(r, who, m.diaries[who].confirmed)
		}
	})
	w.Until("everything has left the outbox", func() bool {
		var waiting int
		must(t, o.db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM outbox").Scan(&waiting))
		return waiting == 0
	})
	w.Healthy()
}

// correct puts fewer minutes in the place of a record's.
func (m *model) correct() {
	old := rapid.SampledFrom(m.credited).Draw(m.r, "record")
	minutes := rapid.Int64Range(0, old.Minutes).Draw(m.r, "minutes")
	m.credited = m.credited[:0]
	_, err := m.Correct(m.t.Context(), m.reviewers[2], old.ID, hours.Correction{Minutes: minutes, Reason: "核对"}, nil)
	if err != nil {
		return
	}
	d := m.diaries[old.UserID]
	d.confirmed += minutes - old.Minutes
	if minutes == 0 {
		i := slices.IndexFunc(d.spans, func(s [2]time.Time) bool { return s[0].Equal(old.StartedAt) })
		d.spans = slices.Delete(d.spans, i, i+1)
	}
}

// serve has the person serve, as the leader settles it or as they report it
// themselves, and has everybody confirm it whose turn it is.
func (m *model) serve(who id.User, start, end time.Time) {
	d, whole := m.diaries[who], int64(end.Sub(start)/time.Minute)
	from, until := counted(start, end)
	free := whole == 0 || d.free(from, until)
	var all []hours.Record
	var err error
	if rapid.Bool().Draw(m.r, "report") {
		all, err = m.SelfReport(m.t.Context(), who, hours.Draft{
			NodeID: m.community, Title: "扫雪", Start: start, End: end, Note: "三单元门前",
		}, nil)
	} else {
		all, err = m.record(m.batch(m.leader, hours.Entry{User: who, Start: start, End: end, Minutes: whole}))
	}
	if free != (err == nil) || err != nil && !fault.Has(err, fault.ReasonServiceOverlap) {
		m.r.Fatalf("%s from %s to %s, which is free: %v: %v", who, start, end, free, err)
	}
	if err != nil {
		return
	}
	var sum int64
	for _, one := range all {
		sum += one.Minutes
	}
	if sum != whole {
		m.r.Fatalf("%s from %s to %s: %d minutes instead of %d", who, start, end, sum, whole)
	}
	for _, one := range all {
		d.spans = append(d.spans, [2]time.Time{one.StartedAt, one.EndedAt})
		d.confirmed += one.Minutes
		if one.StartedAt.In(clock.Shanghai).Day() != one.EndedAt.Add(-time.Millisecond).In(clock.Shanghai).Day() {
			m.r.Fatalf("a record from %s to %s leaves its day", one.StartedAt, one.EndedAt)
		}
		for _, reviewer := range m.reviewers {
			if one.Reviews < one.Due {
				if one, err = m.Review(m.t.Context(), reviewer, one.ID, hours.Decision{Confirm: true}, nil); err != nil {
					m.r.Fatal(err)
				}
			}
		}
		m.credited = append(m.credited, one)
	}
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
